// What a sceptical operator asks of the door, of secrets and of who may do what.

import { settingsOf } from './policies.ts'
import { type Container, containersOf, find, ofKind, type Policy, workloads } from './policy.ts'
import { type Manifest, nameOf, podOf } from './render.ts'

const MIB = 1024 * 1024
const HSTS = 'Strict-Transport-Security'

export const EDGE_POLICIES: readonly Policy[] = [
  {
    name: 'whoever came over TLS once comes so again, and no request waits without an end',
    check: all =>
      ofKind(all, 'HTTPRoute')
        .flatMap(it => it.spec.rules.map((rule: Container) => [it, rule] as const))
        .filter(([, rule]) => rule.backendRefs)
        .flatMap(([it, rule]) => {
          const told = (rule.filters ?? []).some((filter: Container) =>
            (filter.responseHeaderModifier?.set ?? []).some((header: Container) => header.name === HSTS),
          )
          return [
            ...(told ? [] : [`${nameOf(it)}: nobody is told to come over TLS`]),
            ...(rule.timeouts?.request ? [] : [`${nameOf(it)}: a request waits for ever`]),
          ]
        }),
    breakIt: all => {
      delete find(all, 'HTTPRoute').spec.rules[0].filters
    },
  },
  {
    name: 'a body has an end: the gateway says which, and an edge that can say it says the same',
    check: all => {
      const limit = settingsOf(all)('bodyLimit')
      // The Gateway API and a load balancer of AWS have no word for it: behind them, the gateway is where a body ends.
      return [
        ...(limit > 0 && limit <= 32 * MIB ? [] : ['the gateway takes whatever comes']),
        ...ofKind(all, 'Ingress')
          .filter(it => it.spec.ingressClassName === 'nginx')
          .flatMap(it => {
            const said = /^(\d+)m$/.exec(
              it.metadata.annotations?.['nginx.org/client-max-body-size'] ?? '',
            )?.[1]
            return Number(said) * MIB === limit ? [] : [`${nameOf(it)}: ${said} MiB`]
          }),
      ]
    },
    breakIt: all => {
      const { data } = all.find(it => it.kind === 'ConfigMap' && it.data['gateway.toml'])!
      data['gateway.toml'] = data['gateway.toml'].replace(/^bodyLimit.*$/m, '')
    },
  },
  {
    name: 'the certificate is asked for by an issuer of our own, and the answer to its question gets in',
    check: all =>
      [...ofKind(all, 'Gateway'), ...ofKind(all, 'Ingress')].flatMap(it => {
        const named = it.metadata.annotations?.['cert-manager.io/issuer']
        // A load balancer of the cloud brings its own.
        if (it.spec.ingressClassName === 'alb') return []
        const issuer = ofKind(all, 'Issuer').find(of => of.metadata.name === named)
        if (!issuer) return [`${nameOf(it)}: nobody issues its certificate`]
        const getsIn = ofKind(all, 'NetworkPolicy').some(
          of => of.spec.podSelector.matchLabels?.['acme.cert-manager.io/http01-solver'] === 'true',
        )
        return !issuer.spec.acme || getsIn ? [] : [`${nameOf(issuer)}: its question is not answered`]
      }),
    breakIt: all => {
      Object.assign(find(all, 'Issuer', 'edge').metadata, { name: 'other' })
    },
  },
  {
    name: 'who runs it reads no secret, gets no shell, and gives nobody more than they have',
    check: all =>
      [...ofKind(all, 'Role'), ...ofKind(all, 'ClusterRole')].flatMap(it =>
        it.kind === 'ClusterRole'
          ? [`${nameOf(it)}: of the whole cluster`]
          : it.rules.flatMap((rule: Container) =>
              [...rule.apiGroups, ...rule.resources, ...rule.verbs].filter((word: string) =>
                /^(?:\*|secrets|pods\/exec|pods\/attach|serviceaccounts\/token|escalate|bind|impersonate|roles|rolebindings)$/.test(
                  word,
                ),
              ),
            ),
      ),
    breakIt: all => {
      find(all, 'Role', 'operator').rules[0].resources.push('secrets')
    },
  },
  {
    name: 'every secret that is asked for is brought, with what is asked of it',
    check: all => {
      const brought = new Map<string, readonly string[]>(
        ofKind(all, 'ExternalSecret').map(it => [
          it.spec.target.name,
          it.spec.data.map((entry: Container) => entry.secretKey),
        ]),
      )
      // Whoever makes them by hand is told by deploy/README.md.
      if (brought.size === 0) return []
      const stores = new Set(ofKind(all, 'SecretStore').map(it => it.metadata.name))
      return [
        ...ofKind(all, 'ExternalSecret')
          .filter(it => !stores.has(it.spec.secretStoreRef.name))
          .map(it => `${nameOf(it)}: from nowhere`),
        ...secretsAskedFor(all).flatMap(([who, secret, key]) =>
          brought.get(secret)?.includes(key ?? brought.get(secret)![0]!)
            ? []
            : [`${who}: ${secret}/${key ?? ''}`],
        ),
      ]
    },
    breakIt: all => {
      find(all, 'ExternalSecret', 'gateway').spec.data.shift()
    },
  },
]

/** Who asks, of which secret, which of its entries: known where a path below the place of its volume is. */
function secretsAskedFor(
  all: readonly Manifest[],
): readonly (readonly [string, string, string | undefined])[] {
  return workloads(all).flatMap(it => {
    const volumes = (podOf(it).volumes ?? []).filter((volume: Container) => volume.secret)
    return containersOf(it).flatMap(({ env = [], args = [], volumeMounts = [] }) => [
      ...env
        .filter((variable: Container) => variable.valueFrom?.secretKeyRef)
        .map(
          ({ valueFrom }: Container) =>
            [nameOf(it), valueFrom.secretKeyRef.name, valueFrom.secretKeyRef.key] as const,
        ),
      ...volumes.flatMap((volume: Container) => {
        const place = volumeMounts.find((mount: Container) => mount.name === volume.name)?.mountPath
        if (!place) return []
        const paths = [
          ...env.map((variable: Container) => variable.value ?? ''),
          ...args.join(' ').split(' '),
        ]
          .filter((path: string) => path.startsWith(`${place}/`))
          .map((path: string) => path.slice(place.length + 1))
        const entries: readonly (string | undefined)[] = paths.length > 0 ? paths : [undefined]
        return entries.map(key => [nameOf(it), volume.secret.secretName as string, key] as const)
      }),
    ])
  })
}
