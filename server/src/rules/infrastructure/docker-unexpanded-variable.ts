/** A variable or an operator of the shell in a list, which no shell ever reads. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { DOCKER_NEEDLES, dockerfileOf, type Instruction } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-unexpanded-variable',
  severity: 'warning',
  languages: ['text'],
  concept: 'containers',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      for (const { instructions } of dockerfileOf(file)?.stages ?? [])
        for (const it of instructions) {
          const { name, list, body, from } = it
          if (!list || !RUNS.has(name) || isForShell(list)) continue
          // What comes first decides what happens with the rest, and a script may read it as a shell does.
          if (name === 'CMD' && instructions.some(other => other.name === 'ENTRYPOINT')) continue
          const sign = signIn(it)
          if (!sign) continue
          const start = from + body.indexOf(sign)
          yield { at: { start, end: start + sign.length }, data: { sign, name } }
        }
    },
  },

  explain: {
    en: ({ sign, name }) => ({
      message: `\`${sign}\` reaches the program as it stands: no shell reads this list`,
      why: `A \`${name}\` that is a list starts the program directly. Variables and signs such as \`&&\` mean something to a shell only; the program gets them as text.`,
      remedy:
        'Write the command without brackets, with `exec` before it, or start a shell: `["sh", "-c", "exec …"]`.',
    }),
    es: ({ sign, name }) => ({
      message: `\`${sign}\` llega al programa tal cual: ningún shell lee esta lista`,
      why: `Un \`${name}\` que es una lista inicia el programa directamente. Las variables y los signos como \`&&\` solo significan algo para un shell; el programa los recibe como texto.`,
      remedy:
        'Escribe la orden sin corchetes, precedida de `exec`, o inicia un shell: `["sh", "-c", "exec …"]`.',
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          FROM python:3.13
          ENV PORT=8000
          CMD ["gunicorn", "--bind", "0.0.0.0:«$PORT»", "shop:app"]
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM node:22
          CMD ["npm", "run", "migrate", "«&&»", "npm", "start"]
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM python:3.13 AS a
          CMD exec gunicorn --bind "0.0.0.0:$PORT" shop:app
          FROM python:3.13
          CMD ["sh", "-c", "exec gunicorn --bind 0.0.0.0:$PORT shop:app"]
        `,
      ),
      // The script reads it.
      at(
        'Dockerfile',
        text`
          FROM python:3.13
          ENTRYPOINT ["/entrypoint.sh"]
          CMD ["serve", "$PORT"]
        `,
      ),
    ],
  },
})

const RUNS: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'RUN'])

function isForShell(list: readonly string[]): boolean {
  return list.some(it => /(?:^|\/)(?:ba|da|a|z|k)?sh$|^-\w*c$|cmd(?:\.exe)?$|powershell|pwsh|\.sh$/i.test(it))
}

function signIn({ list }: Instruction): string | undefined {
  for (const it of list!.slice(1)) {
    const variable = /(?<![\\$])\$(?:[A-Z][A-Z0-9_]*\b|\{[A-Z][A-Z0-9_]*\})/.exec(it)
    if (variable) return variable[0]
    if (/^(?:&&|\|\||\||>|>>|;)$/.test(it)) return it
  }
  return undefined
}
