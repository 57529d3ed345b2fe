/** A command that begins like a list and is none, mostly for single quotes: a shell looks for a program called `[`. */

import { at, fixes, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { DOCKER_NEEDLES, dockerfileOf } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-json-form',
  severity: 'error',
  languages: ['text'],
  concept: 'containers',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      for (const { name, body, from, list } of dockerfileOf(file)?.instructions ?? []) {
        if (list || !COMMANDS.has(name) || !/^\[[^[].*\]$/s.test(body)) continue
        // `[ -f a ] && b` is a test of the shell.
        if (!/^\[\s*(?:['"“‘]|\])/.test(body) || /\]\s*(?:&&|\|\||;)/.test(body)) continue
        const meant = meantList(body)
        yield {
          at: { start: from, end: from + body.length },
          data: { name },
          ...(meant && {
            fix: { safety: 'safe', edits: () => [{ start: from, end: from + body.length, newText: meant }] },
          }),
        }
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `This \`${name}\` looks like a list and is none`,
      why: 'A list has to be JSON: double quotes, a comma between elements and none at the end. Anything else is given to a shell as it stands, which looks for a program whose name begins with `[`, and the container ends at once.',
      remedy: 'Write the elements in double quotes: `["node", "server.js"]`.',
      fix: 'Write the list in double quotes',
    }),
    es: ({ name }) => ({
      message: `Este \`${name}\` parece una lista y no lo es`,
      why: 'Una lista tiene que ser JSON: comillas dobles, una coma entre elementos y ninguna al final. Cualquier otra cosa se entrega tal cual a un shell, que busca un programa cuyo nombre empieza por `[`, y el contenedor termina al momento.',
      remedy: 'Escribe los elementos entre comillas dobles: `["node", "server.js"]`.',
      fix: 'Escribir la lista con comillas dobles',
    }),
  },

  examples: {
    invalid: [
      fixes(
        at(
          'Dockerfile',
          text`
            FROM node:22
            CMD «['node', 'server.js']»
          `,
        ),
        at(
          'Dockerfile',
          text`
            FROM node:22
            CMD ["node", "server.js"]
          `,
        ),
      ),
      at(
        'api.Dockerfile',
        text`
          FROM python:3.13
          ENTRYPOINT «["python", "-m" "shop"]»
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM node:22
          RUN [ -f package.json ] && npm ci
          CMD ["node", \
               "server.js"]
        `,
      ),
      text`CMD ['node']`,
    ],
  },
})

const COMMANDS: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'RUN', 'SHELL', 'VOLUME'])

/** With other quotes it is a list. */
function meantList(body: string): string | undefined {
  if (/["\\]/.test(body)) return undefined
  const meant = body.replaceAll("'", '"').replace(/,\s*\]$/, ']')
  try {
    JSON.parse(meant)
    return meant
  } catch {
    return undefined
  }
}
