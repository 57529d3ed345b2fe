/** A script of the internet runs as it comes: it may be another one tomorrow. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { commandsOf, DOCKER_NEEDLES, dockerfileOf } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-pipe-to-shell',
  severity: 'hint',
  languages: ['text'],
  cwe: [494],
  concept: 'supply-chain',
  impact: { likelihood: 'low', cost: 'weeks' },
  // Half of all installers ask for it, so that it is a decision of a team rather than a mistake.
  enabled: false,
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      for (const instruction of dockerfileOf(file)?.instructions ?? []) {
        const commands = commandsOf(instruction)
        for (const [index, { text, isPiped, start, end }] of commands.entries()) {
          const before = commands[index - 1]
          if (!isPiped || !before || !/^(?:sudo\s+(?:-\w+\s+)?)?(?:ba|z|da)?sh\b/.test(text)) continue
          if (/^(?:sudo\s+)?(?:curl|wget)\s/.test(before.text)) yield { at: { start, end }, data: {} }
        }
      }
    },
  },

  explain: {
    en: () => ({
      message: 'A script runs here that nobody has compared with the one that was meant',
      why: 'Whoever controls that address decides what this build does, today and on the day after it was sold or taken over. The build cannot be repeated either: the script changes with every release.',
      remedy: 'Fetch a certain version to a file, check it with `sha256sum -c`, and run that.',
    }),
    es: () => ({
      message: 'Aquí se ejecuta un script que nadie ha comparado con el que se esperaba',
      why: 'Quien controle esa dirección decide qué hace esta compilación, hoy y al día siguiente de que se venda o se la roben. Además, la compilación no se puede repetir: el script cambia con cada versión.',
      remedy: 'Descarga una versión concreta en un archivo, compruébala con `sha256sum -c` y ejecútala.',
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          FROM debian:13
          RUN curl -fsSL https://get.example.com | «sh»
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM debian:13
          RUN set -e; wget -qO- https://get.example.com/setup | «bash -s -- -y»
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM debian:13
          RUN curl -fsSLo setup.sh https://get.example.com && sha256sum -c setup.sum && sh setup.sh
          RUN curl https://get.example.com/a.tgz | tar xz
        `,
      ),
      text`RUN curl https://get.example.com | sh`,
    ],
  },
})
