/** Two commands in one stage: only the last one counts. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { DOCKER_NEEDLES, dockerfileOf } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-overridden-command',
  severity: 'warning',
  languages: ['text'],
  cwe: [561],
  concept: 'containers',
  impact: { likelihood: 'medium', cost: 'hours' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      for (const { instructions } of dockerfileOf(file)?.stages ?? [])
        for (const name of ['CMD', 'ENTRYPOINT', 'HEALTHCHECK']) {
          const all = instructions.filter(it => it.name === name)
          const last = all.at(-1)
          for (const { start, end } of all.slice(0, -1))
            yield { at: { start, end }, data: { name }, related: [last!] }
        }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `This \`${name}\` never counts: another one follows`,
      why: 'A stage has one of each, the last that is written. Whoever changes this line wonders why the container does the same as before.',
      remedy: 'Delete it, or start both programs from one script.',
      places: ['This one counts'],
    }),
    es: ({ name }) => ({
      message: `Este \`${name}\` no cuenta nunca: le sigue otro`,
      why: 'Una etapa tiene uno de cada, el último que se escribe. Quien cambie esta línea no entenderá por qué el contenedor hace lo mismo que antes.',
      remedy: 'Bórralo o inicia los dos programas desde un solo script.',
      places: ['Este es el que cuenta'],
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          FROM node:22
          «CMD ["node", "worker.js"]»
          CMD ["node", "server.js"]
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM node:22
          «ENTRYPOINT ["a"]»
          «entrypoint ["b"]»
          ENTRYPOINT ["c"]
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM node:22 AS dev
          CMD ["npm", "run", "dev"]
          FROM node:22
          ENTRYPOINT ["node"]
          CMD ["server.js"]
        `,
      ),
      text`
        CMD a
        CMD b
      `,
    ],
  },
})
