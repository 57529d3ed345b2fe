/** A package manager that asks for a confirmation that nobody can give: the build stops. */

import { at, fixes, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { commandsOf, DOCKER_NEEDLES, dockerfileOf } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-apt-prompt',
  severity: 'error',
  languages: ['text'],
  concept: 'containers',
  impact: { likelihood: 'high', cost: 'minutes' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      if (/Assume-Yes|assumeyes/i.test(file.text)) return
      for (const instruction of dockerfileOf(file)?.instructions ?? [])
        for (const { text, start, isPiped } of commandsOf(instruction)) {
          const asks = ASKS.exec(text)
          if (!asks || isPiped || ANSWERED.test(text)) continue
          const end = start + asks[0].length
          yield {
            at: { start: end - asks[2]!.length, end },
            data: { manager: asks[1]! },
            fix: { safety: 'safe', edits: () => [{ start: end, end, newText: ' -y' }] },
          }
        }
    },
  },

  explain: {
    en: ({ manager }) => ({
      message: `\`${manager}\` will ask whether to go on, and nobody is there to answer`,
      why: 'While an image is built there is no keyboard: the question is answered with no, and the build stops as soon as one more package would be installed than was asked for.',
      remedy: 'Write `-y` behind it.',
      fix: 'Answer yes with `-y`',
    }),
    es: ({ manager }) => ({
      message: `\`${manager}\` preguntará si continúa y no hay nadie para responder`,
      why: 'Mientras se construye una imagen no hay teclado: la pregunta se responde con un no, y la compilación se detiene en cuanto haya que instalar un paquete más de los pedidos.',
      remedy: 'Escribe `-y` detrás.',
      fix: 'Responder que sí con `-y`',
    }),
  },

  examples: {
    invalid: [
      fixes(
        at(
          'Dockerfile',
          text`
            FROM debian:13
            RUN apt-get update && apt-get «install» curl
          `,
        ),
        at(
          'Dockerfile',
          text`
            FROM debian:13
            RUN apt-get update && apt-get install -y curl
          `,
        ),
      ),
      fixes(
        at(
          'Dockerfile',
          text`
            FROM fedora:43
            RUN dnf «install» --setopt=install_weak_deps=False git
          `,
        ),
        at(
          'Dockerfile',
          text`
            FROM fedora:43
            RUN dnf install -y --setopt=install_weak_deps=False git
          `,
        ),
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM debian:13
          RUN apt-get update -q && apt-get install --no-install-recommends -qy \
            curl
          RUN apt-get -y install git && apk add curl && yes | apt-get install vim
          RUN echo apt-get install curl
        `,
      ),
      text`RUN apt-get install curl`,
    ],
  },
})

const ASKS =
  /^(?:(?:sudo|env|\w+=\S*)\s+)*(apt-get|apt|yum|dnf|zypper)\s+(?:-\S+\s+)*(install|(?:dist-|full-)?upgrade|remove|autoremove)(?=\s|$)/
const ANSWERED =
  /\s(?:-[a-zA-Z]*y[a-zA-Z]*|-qq|--yes|--assume-?yes|--non-interactive|-n|--download-only|-s|--dry-run)(?=\s|$)/
