/** A service names another service, a volume, a network or a secret that the file does not have: nothing is started. */

import { at, fixes, yaml } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import { COMPOSE_NEEDLES, type Compose, composeOf, namesIn } from '../support/infrastructure/compose.ts'
import { isFilledIn } from '../support/infrastructure/kubernetes.ts'
import { nearestName } from '../support/nearest-name.ts'

export default defineRule({
  id: 'infrastructure/compose-unknown-reference',
  severity: 'error',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: COMPOSE_NEEDLES,

  check: {
    *Text(file) {
      const compose = composeOf(file)
      if (!compose || compose.isPart) return
      const told = new Set<number>()
      for (const { name, at, known, kind } of referencesIn(compose)) {
        if (known.has(name) || isFilledIn(name) || name === '') continue
        const meant = nearestName(name, known) ?? ''
        const from = file.text.indexOf(name, at.start)
        // What an anchor brings to several services stands in one place.
        if (told.has(from)) continue
        told.add(from)
        const place = { start: from, end: from + name.length }
        yield {
          at: place,
          data: { name, kind, meant },
          ...(meant && { fix: { safety: 'unsafe', edits: () => [{ ...place, newText: meant }] } }),
        }
      }
    },
  },

  explain: {
    en: ({ name, kind, meant }) => ({
      message: `This file has no ${ENGLISH[kind as Kind]} \`${name}\``,
      why: 'Compose refuses the whole file: none of its services starts.',
      remedy: meant
        ? `Name \`${meant}\`.`
        : kind === 'services'
          ? 'Name a service of this file.'
          : `Add it under \`${kind}\` at the end of the file.`,
      ...(meant && { fix: `Name \`${meant}\`` }),
    }),
    es: ({ name, kind, meant }) => ({
      message: `Este archivo no tiene ${SPANISH[kind as Kind]} \`${name}\``,
      why: 'Compose rechaza el archivo entero: no arranca ninguno de sus servicios.',
      remedy: meant
        ? `Nombra \`${meant}\`.`
        : kind === 'services'
          ? 'Nombra un servicio de este archivo.'
          : `Añádelo bajo \`${kind}\` al final del archivo.`,
      ...(meant && { fix: `Nombrar \`${meant}\`` }),
    }),
  },

  examples: {
    invalid: [
      fixes(
        at(
          'compose.yml',
          yaml`
            services:
              shop:
                image: shop:1.4
                depends_on: [«databse»]
              database: { image: "postgres:17" }
          `,
        ),
        at(
          'compose.yml',
          yaml`
            services:
              shop:
                image: shop:1.4
                depends_on: [database]
              database: { image: "postgres:17" }
          `,
        ),
      ),
      at(
        'docker-compose.yaml',
        yaml`
          services:
            shop:
              image: shop:1.4
              volumes: ["«data»:/data", "./own:/own"]
              networks: { «back»: {} }
              secrets: [«key»]
        `,
      ),
    ],
    valid: [
      at(
        'compose.yml',
        yaml`
          services:
            shop:
              image: shop:1.4
              depends_on: { db: { condition: service_started }, cache: { condition: service_started, required: false } }
              volumes: ["data:/data", "/srv:/srv", "~/a:/a", "\${DATA}:/b", { type: volume, source: data, target: /c }]
              networks: [default, back]
            db: { image: "postgres:17" }
          volumes: { data: }
          networks: { back: }
        `,
      ),
      // The rest stands in the file that this one adds to.
      at(
        'compose.override.yml',
        yaml`
          services:
            shop: { depends_on: [db] }
        `,
      ),
    ],
  },
})

type Kind = 'services' | 'volumes' | 'networks' | 'secrets' | 'configs'

const ENGLISH: Readonly<Record<Kind, string>> = {
  services: 'service',
  volumes: 'volume',
  networks: 'network',
  secrets: 'secret',
  configs: 'config',
}

const SPANISH: Readonly<Record<Kind, string>> = {
  services: 'ningún servicio',
  volumes: 'ningún volumen',
  networks: 'ninguna red',
  secrets: 'ningún secreto',
  configs: 'ninguna configuración',
}

interface Reference {
  readonly name: string
  readonly at: Range
  readonly kind: Kind
  readonly known: ReadonlySet<string>
}

function* referencesIn({ root, services }: Compose): Generator<Reference> {
  const known = (kind: Kind, ...more: readonly string[]) =>
    new Set([...(root.get(kind)?.entries ?? []).map(it => it.key), ...more])
  const names = {
    services: new Set(services.map(it => it.name)),
    volumes: known('volumes'),
    networks: known('networks', 'default'),
    secrets: known('secrets'),
    configs: known('configs'),
  }
  for (const { view } of services) {
    const waits = view.get('depends_on')
    for (const it of namesIn(waits))
      if (waits?.get(it.name, 'required')?.scalar !== false)
        yield { ...it, kind: 'services', known: names.services }
    for (const kind of ['networks', 'secrets', 'configs'] as const)
      for (const it of namesIn(view.get(kind))) yield { ...it, kind, known: names[kind] }
    for (const it of view.get('volumes')?.items ?? []) {
      const isLong = it.get('type')?.text === 'volume'
      const source = isLong
        ? it.get('source')?.text
        : /^([A-Za-z0-9][\w.-]*):(?![\\/]{2}|\\)/.exec(it.text ?? '')?.[1]
      // `C:\data` is a folder of Windows.
      if (source !== undefined && source.length > 1)
        yield { name: source, at: it, kind: 'volumes', known: names.volumes }
    }
  }
}
