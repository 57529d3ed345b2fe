/** A program that is started by a shell: the arguments of `CMD` are dropped, and the signal to stop ends with the shell. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { dockerfileOf } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-shell-entrypoint',
  severity: 'info',
  languages: ['text'],
  concept: 'containers',
  impact: { likelihood: 'medium', cost: 'hours' },
  needles: ['ENTRYPOINT', 'entrypoint'],

  check: {
    *Text(file) {
      for (const { instructions } of dockerfileOf(file)?.stages ?? []) {
        const entry = instructions.findLast(it => it.name === 'ENTRYPOINT')
        const last = instructions.findLast(it => it.name === 'CMD')
        // An empty list takes back what the image below says.
        const command = last && /^\[\s*\]$/.test(last.body) ? undefined : last
        if (!entry || entry.body === '' || entry.body.startsWith('[')) continue
        if (!command && /(?:^|[;&]\s*)(?:\w+=\S*\s+)*exec\s/.test(entry.body)) continue
        const { start, end } = entry
        yield {
          at: { start, end },
          data: { dropped: command !== undefined, needsShell: /[$|;&<>]|^\w+=/.test(entry.body) },
          related: command ? [command] : [],
        }
      }
    },
  },

  explain: {
    en: ({ dropped, needsShell }) => ({
      message: dropped
        ? 'A shell starts this program and drops what `CMD` says'
        : 'A shell starts this program and keeps the signal to stop to itself',
      why: dropped
        ? 'Without brackets the line is given to `sh -c`, to which everything behind it means nothing: neither `CMD` nor the arguments of `docker run` reach the program.'
        : 'Without brackets the line is given to `sh -c`. The shell is the one that is told to stop, and does not pass it on: the container is killed after ten seconds, in the middle of what it does.',
      remedy:
        needsShell && !dropped
          ? 'Put `exec` before the program, which then takes the place of the shell: `ENTRYPOINT exec shop --port $PORT`.'
          : 'Write it as a list: `ENTRYPOINT ["shop", "--serve"]`.',
      ...(dropped && { places: ['Never reaches the program'] }),
    }),
    es: ({ dropped, needsShell }) => ({
      message: dropped
        ? 'Un shell inicia este programa y descarta lo que dice `CMD`'
        : 'Un shell inicia este programa y se queda con la señal de parar',
      why: dropped
        ? 'Sin corchetes la línea se entrega a `sh -c`, para el que nada de lo que sigue significa algo: ni `CMD` ni los argumentos de `docker run` llegan al programa.'
        : 'Sin corchetes la línea se entrega a `sh -c`. Es el shell quien recibe la orden de parar, y no la transmite: al contenedor se le mata a los diez segundos, en mitad de lo que haga.',
      remedy:
        needsShell && !dropped
          ? 'Pon `exec` delante del programa, que ocupará el lugar del shell: `ENTRYPOINT exec shop --port $PORT`.'
          : 'Escríbelo como lista: `ENTRYPOINT ["shop", "--serve"]`.',
      ...(dropped && { places: ['No llega nunca al programa'] }),
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          FROM node:22
          «ENTRYPOINT node server.js»
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM node:22
          «ENTRYPOINT exec node»
          CMD ["server.js"]
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM node:22
          CMD []
          «ENTRYPOINT PORT=$HTTP_PORT node server.js»
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM node:22 AS a
          ENTRYPOINT exec node server.js
          FROM node:22 AS b
          CMD []
          ENTRYPOINT PORT=$HTTP_PORT exec node server.js
          FROM node:22
          ENTRYPOINT ["node"]
          CMD ["server.js"]
        `,
      ),
      text`ENTRYPOINT node server.js`,
    ],
  },
})
