// Who reaches whom by the network policies of manifests, as a cluster that enforces them decides it.
// https://kubernetes.io/docs/concepts/services-networking/network-policies/

import type { Manifest } from './render.ts'

/** Somebody who asks, or is asked. */
export type Peer = PodPeer | { readonly address: string }

export interface PodPeer {
  readonly namespace: Labels
  readonly pod: Labels
  /** Ports by their names. */
  readonly ports?: Readonly<Record<string, number>>
}

type Labels = Readonly<Record<string, string>>
// biome-ignore lint/suspicious/noExplicitAny: see `Manifest`.
type Rule = any

/** Both sides have to allow it: the one that asks, and the one that is asked. A pod that no policy is about may do all. */
export function reaches(
  all: readonly Manifest[],
  from: Peer,
  to: Peer,
  port: number,
  protocol = 'TCP',
): boolean {
  return (
    allows(all, 'Egress', from, to, port, to, protocol) &&
    allows(all, 'Ingress', to, from, port, to, protocol)
  )
}

function allows(
  all: readonly Manifest[],
  direction: 'Ingress' | 'Egress',
  whose: Peer,
  other: Peer,
  port: number,
  asked: Peer,
  protocol: string,
): boolean {
  if ('address' in whose) return true
  const about = all.filter(
    it =>
      it.kind === 'NetworkPolicy' &&
      it.spec.policyTypes.includes(direction) &&
      whose.namespace['kubernetes.io/metadata.name'] === it.metadata.namespace &&
      isSelected(it.spec.podSelector, whose.pod),
  )
  if (about.length === 0) return true
  const [rules, peers] =
    direction === 'Ingress' ? (['ingress', 'from'] as const) : (['egress', 'to'] as const)
  return about.some(policy =>
    (policy.spec[rules] ?? []).some(
      (rule: Rule) =>
        isPort(rule.ports, port, protocol, asked) &&
        (rule[peers] === undefined ||
          rule[peers].some((it: Rule) => isPeer(it, other, policy.metadata.namespace!))),
    ),
  )
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Rule, peer: Peer, namespace: string): boolean {
  if (ipBlock) {
    if (!('address' in peer) || !isWithin(ipBlock.cidr, peer.address)) return false
    return !(ipBlock.except ?? []).some((it: string) => isWithin(it, peer.address))
  }
  if ('address' in peer) return false
  const isThere = namespaceSelector
    ? isSelected(namespaceSelector, peer.namespace)
    : peer.namespace['kubernetes.io/metadata.name'] === namespace
  return isThere && (!podSelector || isSelected(podSelector, peer.pod))
}

function isPort(ports: readonly Rule[] | undefined, port: number, protocol: string, asked: Peer): boolean {
  if (!ports) return true
  const named = 'pod' in asked ? (asked.ports ?? {}) : {}
  return ports.some(
    it =>
      (it.protocol ?? 'TCP') === protocol &&
      (it.port === undefined || (typeof it.port === 'string' ? named[it.port] : it.port) === port),
  )
}

function isSelected({ matchLabels = {}, matchExpressions = [] }: Rule, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values }: Rule) => {
      switch (operator) {
        case 'In':
          return values.includes(labels[key])
        case 'NotIn':
          return !values.includes(labels[key])
        case 'Exists':
          return key in labels
        case 'DoesNotExist':
          return !(key in labels)
        default:
          throw new Error(`${operator} is no operator`)
      }
    })
  )
}

function isWithin(cidr: string, address: string): boolean {
  const [network, bits] = cidr.split('/')
  const mask = Number(bits) === 0 ? 0 : (~0 << (32 - Number(bits))) >>> 0
  return (numberOf(network!) & mask) >>> 0 === (numberOf(address) & mask) >>> 0
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, it) => ((sum << 8) | Number(it)) >>> 0, 0)
}
