/** Files of an image that every account may change, programs included. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { commandsOf, dockerfileOf } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-world-writable',
  severity: 'info',
  languages: ['text'],
  cwe: [732],
  concept: 'permissions',
  impact: { likelihood: 'low', cost: 'days' },
  needles: ['chmod'],

  check: {
    *Text(file) {
      const instructions = dockerfileOf(file)?.instructions ?? []
      const shared = instructions.flatMap(it => commandsOf(it).flatMap(({ text }) => madeForAll(text)))
      for (const instruction of instructions) {
        for (const { name, value, start, end } of instruction.flags)
          if (name === 'chmod' && /^0?777$/.test(value)) yield { at: { start, end }, data: {} }
        for (const { text, start } of commandsOf(instruction)) {
          const match = /^(?:sudo\s+)?chmod\s+(?:-\S+\s+)*(0?777|a\+rwx|ugo\+rwx|[ao]\+r?w)(?=\s)/.exec(text)
          // A folder for everybody's passing files is meant to be one.
          if (!match || /\s(?:\/var)?\/tmp\b/.test(text)) continue
          const targets = text.slice(match[0].length).trim().split(/\s+/)
          if (targets.every(target => shared.some(it => target.startsWith(`${it}/`)))) continue
          const to = start + match[0].length
          yield { at: { start: to - match[1]!.length, end: to }, data: {} }
        }
      }
    },
  },

  explain: {
    en: () => ({
      message: 'Every account may change these files',
      why: 'Whoever breaks into the program may then change what it runs next time, whatever account it has. Mostly one account lacked one right, and this ended the search for it.',
      remedy: 'Give the files to the account that needs them: `COPY --chown=app`, `chown`, or `chmod 755`.',
    }),
    es: () => ({
      message: 'Cualquier cuenta puede modificar estos archivos',
      why: 'Quien se cuele en el programa podrá cambiar lo que se ejecute la próxima vez, tenga la cuenta que tenga. Casi siempre a una cuenta le faltaba un permiso, y esto acabó con la búsqueda.',
      remedy: 'Da los archivos a la cuenta que los necesita: `COPY --chown=app`, `chown` o `chmod 755`.',
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          FROM node:22
          RUN mkdir /app /apps && chmod -R «777» /app && install -d -m 777 /games && chmod «777» /gamesroom
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM node:22
          COPY «--chmod=777» run.sh /usr/local/bin/
          RUN chmod «a+rwx» /srv
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM node:22
          COPY --chmod=755 run.sh /usr/local/bin/
          RUN chmod +x /srv/run && chmod 1777 /scratch && chmod 777 /tmp
        `,
      ),
      text`RUN chmod 777 /app`,
      // The folder was made for everybody, and so is what is put into it.
      at(
        'Dockerfile',
        text`
          FROM node:22
          RUN install -d -m 777 /games /games/levels && mkdir --mode=0777 /saves
          RUN chmod -R 777 /games/chess-* /games/go && chmod 777 /saves/all
        `,
      ),
    ],
  },
})

/** The folders that a command makes so that every account may add to them: nobody types that in search of an error. */
function madeForAll(command: string): readonly string[] {
  const match = /^(?:sudo\s+)?(?:install\s+-\S*d|mkdir)\s.*?(?:-m\s*|--mode[= ])[01]?777\s+(.*)$/s.exec(
    command,
  )
  return (match?.[1] ?? '').split(/\s+/).flatMap(it => (it.startsWith('/') ? [it.replace(/\/$/, '')] : []))
}
