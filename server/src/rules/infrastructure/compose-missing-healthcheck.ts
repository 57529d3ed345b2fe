/** A service waits until another one is healthy, which nobody checks: neither starts. */

import { at, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { composeOf } from '../support/infrastructure/compose.ts'

export default defineRule({
  id: 'infrastructure/compose-missing-healthcheck',
  severity: 'error',
  languages: ['yaml'],
  concept: 'declared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: ['service_healthy'],

  check: {
    *Text(file) {
      const compose = composeOf(file)
      if (!compose || compose.isPart) return
      for (const { view } of compose.services)
        for (const { key, value } of view.get('depends_on')?.entries ?? []) {
          const condition = value.get('condition')
          const other = compose.services.find(it => it.name === key)
          if (condition?.text !== 'service_healthy' || !other || other.view.get('build')) continue
          const check = other.view.get('healthcheck')
          if (check ? check.get('disable')?.scalar !== true : !hasNone(other.view.get('image')?.text ?? ''))
            continue
          yield { at: condition, data: { name: key }, related: [other.at] }
        }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `Nobody checks whether \`${name}\` is healthy`,
      why: 'Its image brings no check, and the service has none: compose ends with an error instead of waiting, and nothing that depends on it starts.',
      remedy: 'Give the service a `healthcheck`, or wait for `service_started`.',
      places: ['Has no check'],
    }),
    es: ({ name }) => ({
      message: `Nadie comprueba si \`${name}\` está sano`,
      why: 'Su imagen no trae ninguna comprobación y el servicio tampoco: compose termina con un error en vez de esperar, y no arranca nada que dependa de él.',
      remedy: 'Da al servicio un `healthcheck` o espera a `service_started`.',
      places: ['No tiene comprobación'],
    }),
  },

  examples: {
    invalid: [
      at(
        'compose.yml',
        yaml`
          services:
            shop:
              image: shop:1.4
              depends_on: { db: { condition: «service_healthy» } }
            db: { image: "postgres:17-alpine" }
        `,
      ),
      at(
        'compose.yml',
        yaml`
          services:
            shop:
              image: shop:1.4
              depends_on:
                cache:
                  condition: «service_healthy»
            cache: { image: "docker.io/library/redis:8", healthcheck: { disable: true } }
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
              depends_on:
                db: { condition: service_healthy }
                own: { condition: service_healthy }
                other: { condition: service_healthy }
            db: { image: "postgres:17", healthcheck: { test: pg_isready } }
            own: { build: . }
            other: { image: "example/other:1" }
        `,
      ),
      yaml`
        services:
          a: { depends_on: { b: { condition: service_healthy } } }
          b: { image: redis }
      `,
    ],
  },
})

/** Images of Docker itself that bring no check. */
function hasNone(image: string): boolean {
  return /^(?:docker\.io\/)?(?:library\/)?(?:postgres|mysql|mariadb|redis|valkey|rabbitmq|mongo|nginx|memcached|httpd|caddy|node|python|alpine|debian|ubuntu)(?::[\w.-]+)?$/.test(
    image,
  )
}
