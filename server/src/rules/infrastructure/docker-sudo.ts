/** `sudo` while an image is built: either it changes nothing, or it stays in the image for whoever breaks in. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { commandsOf, dockerfileOf } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-sudo',
  severity: 'hint',
  languages: ['text'],
  cwe: [250],
  concept: 'containers',
  impact: { likelihood: 'low', cost: 'hours' },
  needles: ['sudo'],

  check: {
    *Text(file) {
      for (const { instructions } of dockerfileOf(file)?.stages ?? []) {
        let user = ''
        for (const it of instructions) {
          if (it.name === 'USER') user = it.body
          // Only where it is certain that it changes nothing.
          if (!/^(?:root|0)$/.test(user)) continue
          for (const { text, start } of commandsOf(it))
            if (/^sudo\s+(?!-)/.test(text)) yield { at: { start, end: start + 4 }, data: {} }
        }
      }
    },
  },

  explain: {
    en: () => ({
      message: 'These commands run as root already',
      why: 'Here `sudo` changes nothing, and it has to be in the image, where it gives rights to whoever breaks in.',
      remedy: 'Leave it out.',
    }),
    es: () => ({
      message: 'Estas órdenes ya se ejecutan como root',
      why: 'Aquí `sudo` no cambia nada y tiene que estar en la imagen, donde da permisos a quien se cuele.',
      remedy: 'Quítalo.',
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          FROM debian:13
          USER root
          RUN «sudo» apt-get install -y curl
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM debian:13
          USER 0
          RUN make && «sudo» make install
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM example/desktop:1.2
          RUN sudo make install
          USER root
          RUN sudo -u app make
          USER app
          RUN sudo make install
        `,
      ),
      text`RUN sudo make install`,
    ],
  },
})
