/** A program that runs as root in its container, because nobody said otherwise. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { DOCKER_NEEDLES, dockerfileOf, finalStages } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-root-user',
  severity: 'hint',
  languages: ['text'],
  cwe: [250],
  concept: 'containers',
  impact: { likelihood: 'low', cost: 'weeks' },
  // Most images that are not for production have none, and base images may have one.
  enabled: false,
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      const read = dockerfileOf(file)
      if (!read) return
      const [last] = read.stages.slice(-1)
      const stages = finalStages(read)
      const users = stages.flatMap(it => it.instructions.findLast(other => other.name === 'USER') ?? [])
      const [user] = users
      if (!last || (user && !/^(?:root|0)(?::|$)/.test(user.body))) return
      // What starts nothing is a base for others.
      if (!stages.some(it => it.instructions.some(other => /^(?:CMD|ENTRYPOINT)$/.test(other.name)))) return
      if (!user && /nonroot|distroless|unprivileged|chainguard|\$/.test(stages.at(-1)?.base?.text ?? ''))
        return
      const { start, end } = user ?? last.from
      yield { at: { start, end }, data: {} }
    },
  },

  explain: {
    en: () => ({
      message: 'The program of this image runs as root',
      why: 'Whoever breaks into it may change every file of the container, and the way from there to the host is shorter for root than for anybody else.',
      remedy:
        'Make an account and switch to it before `CMD`: `USER app`. Many images bring one: `node`, `nobody`.',
    }),
    es: () => ({
      message: 'El programa de esta imagen se ejecuta como root',
      why: 'Quien se cuele en él puede cambiar cualquier archivo del contenedor, y el camino desde ahí hasta el anfitrión es más corto para root que para nadie.',
      remedy:
        'Crea una cuenta y cambia a ella antes de `CMD`: `USER app`. Muchas imágenes traen una: `node`, `nobody`.',
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          «FROM node:22»
          CMD ["node", "server.js"]
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM node:22
          USER node
          «USER root»
          CMD ["node", "server.js"]
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM node:22 AS base
          USER node
          FROM base
          CMD ["node", "server.js"]
        `,
      ),
      at('Dockerfile', text`FROM node:22`),
    ],
  },
})
