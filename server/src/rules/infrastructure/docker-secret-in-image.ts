/** A secret that is written into the image: everybody who can pull it can read it. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { DOCKER_NEEDLES, dockerfileOf } from '../support/infrastructure/dockerfile.ts'
import { isRealSecret } from '../support/infrastructure/secrets.ts'

export default defineRule({
  id: 'infrastructure/docker-secret-in-image',
  severity: 'warning',
  languages: ['text'],
  cwe: [798, 538],
  concept: 'containers',
  impact: { likelihood: 'medium', cost: 'weeks' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      for (const { name, body, from } of dockerfileOf(file)?.instructions ?? []) {
        if (name !== 'ENV' && name !== 'ARG') continue
        for (const it of body.matchAll(
          /(?<=^|\s)([A-Za-z_]\w*)(?:=|(?<=^\w+)\s+)("(?:\\.|[^"\\])*"|'[^']*'|\S+)/g,
        )) {
          const [whole, key = '', value = ''] = it
          const bare = value.replace(/^(["'])(.*)\1$/s, '$2')
          if (!isRealSecret(key, bare)) continue
          const end = from + it.index + whole.length
          yield { at: { start: end - value.length, end }, data: { key } }
        }
      }
    },
  },

  explain: {
    en: ({ key }) => ({
      message: `The value of \`${key}\` becomes a part of the image`,
      why: 'It stands in the history of the image and in the environment of every container, for everybody who can pull it, also when a later line changes it.',
      remedy:
        'Replace the secret, and hand the new one over when the container starts; while building, with `RUN --mount=type=secret`.',
    }),
    es: ({ key }) => ({
      message: `El valor de \`${key}\` pasa a formar parte de la imagen`,
      why: 'Queda en el historial de la imagen y en el entorno de cada contenedor, a la vista de quien pueda descargarla, aunque una línea posterior lo cambie.',
      remedy:
        'Cambia el secreto y entrega el nuevo al arrancar el contenedor; durante la compilación, con `RUN --mount=type=secret`.',
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          FROM node:22
          ENV DB_PASSWORD=«tr0ub4dor&3»
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM node:22
          ARG API_KEY=«"k7Qm2vXw9LpR4tZs8BnY"»
          ENV SECRET_KEY «9f86d081884c7d659a2f»
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM node:22
          ARG NPM_TOKEN
          ENV DB_PASSWORD=changeme TOKEN=$NPM_TOKEN SECRET_FILE=/run/secrets/key1 SECRET_KEY=
        `,
      ),
      text`ENV DB_PASSWORD=tr0ub4dor&3`,
    ],
  },
})
