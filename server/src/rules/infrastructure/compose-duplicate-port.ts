/** Two services want the same port of the host: the second one does not start. */

import { at, yaml } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import { COMPOSE_NEEDLES, composeOf } from '../support/infrastructure/compose.ts'

export default defineRule({
  id: 'infrastructure/compose-duplicate-port',
  severity: 'error',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: COMPOSE_NEEDLES,

  check: {
    *Text(file) {
      const known = new Map<string, Range>()
      for (const { view } of composeOf(file)?.services ?? []) {
        // Those of a profile need not run together.
        if (view.get('profiles')) continue
        for (const it of view.get('ports')?.items ?? []) {
          const [, host = '', port, protocol = ''] = PUBLISHED.exec(it.text ?? '') ?? []
          if (!port) continue
          const key = `${/^0\.0\.0\.0:$/.test(host) ? '' : host}${port}${protocol.replace('/tcp', '')}`
          const first = known.get(key)
          if (first) yield { at: it, data: { port }, related: [first] }
          else known.set(key, it)
        }
      }
    },
  },

  explain: {
    en: ({ port }) => ({
      message: `Port ${port} of the host is taken by another service of this file`,
      why: 'Only one program can listen at a port: the second service fails to start, and with it whoever waits for it.',
      remedy: 'Publish one of them elsewhere; between each other services need no published ports.',
      places: ['Takes the port first'],
    }),
    es: ({ port }) => ({
      message: `El puerto ${port} del anfitrión lo ocupa otro servicio de este archivo`,
      why: 'Solo un programa puede escuchar en un puerto: el segundo servicio no arranca, ni quien lo espere.',
      remedy: 'Publica uno de ellos en otro puerto; entre sí los servicios no necesitan puertos publicados.',
      places: ['Ocupa antes el puerto'],
    }),
  },

  examples: {
    invalid: [
      at(
        'compose.yml',
        yaml`
          services:
            shop: { image: "shop:1.4", ports: ["8080:80"] }
            admin: { image: "admin:1.4", ports: [«"8080:3000"»] }
        `,
      ),
      at(
        'compose.yml',
        yaml`
          services:
            shop: { image: "shop:1.4", ports: ["127.0.0.1:5432:5432"] }
            db:
              image: postgres:17
              ports:
                - «127.0.0.1:5432:5432/tcp»
        `,
      ),
    ],
    valid: [
      at(
        'compose.yml',
        yaml`
          services:
            shop: { image: "shop:1.4", ports: ["8080:80", "53:53/udp", "53:53/tcp", "9000"] }
            admin: { image: "admin:1.4", ports: ["8081:80", "9000", "127.0.0.2:8080:80"] }
            other: { image: "other:1.4", profiles: [other], ports: ["8080:80"] }
        `,
      ),
      yaml`
        services:
          a: { ports: ["80:80"] }
          b: { ports: ["80:80"] }
      `,
    ],
  },
})

const PUBLISHED = /^((?:\d+\.){3}\d+:)?(\d+):\d+(\/\w+)?$/
