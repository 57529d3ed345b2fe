/** A change of folder or of a variable in a `RUN` of its own: the shell that it changes ends with the instruction. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { commandsOf, DOCKER_NEEDLES, dockerfileOf } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-lost-effect',
  severity: 'warning',
  languages: ['text'],
  concept: 'containers',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      for (const instruction of dockerfileOf(file)?.instructions ?? []) {
        const commands = commandsOf(instruction)
        const [first] = commands
        if (!first || !commands.every(it => EFFECTLESS.test(it.text))) continue
        yield {
          at: { start: first.start, end: commands.at(-1)!.end },
          data: { command: first.text.split(/\s/)[0]! },
        }
      }
    },
  },

  explain: {
    en: ({ command }) => ({
      message: `What this \`${command}\` changes is gone with the next instruction`,
      why: 'Each `RUN` has a shell of its own, which ends with it. Only files stay: the folder, the variables and the activated environment are as before.',
      remedy: REMEDIES.en[command as Command] ?? REMEDIES.en['.'],
    }),
    es: ({ command }) => ({
      message: `Lo que cambia este \`${command}\` se pierde en la siguiente instrucción`,
      why: 'Cada `RUN` tiene su propio shell, que termina con él. Solo quedan los archivos: la carpeta, las variables y el entorno activado vuelven a ser los de antes.',
      remedy: REMEDIES.es[command as Command] ?? REMEDIES.es['.'],
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          FROM node:22
          RUN «cd /app»
          RUN npm ci
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM python:3.13
          RUN python -m venv /venv
          RUN «. /venv/bin/activate»
          RUN «export PATH=/opt/bin:$PATH»
          RUN pip install shop
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM node:22
          WORKDIR /app
          RUN cd web && npm ci
          RUN export CI=1; \
            npm test
          RUN . ./install.sh
        `,
      ),
      text`RUN cd /app`,
    ],
  },
})

type Command = 'cd' | 'export' | '.'

const EFFECTLESS =
  /^(?:cd(?:\s+\S+)?|export\s+\w+(?:=.*)?|(?:source|\.)\s+\S*(?:\/activate|\.bashrc|\.profile|\.cargo\/env|nvm\.sh))$/s

const REMEDIES: Readonly<Record<'en' | 'es', Readonly<Record<Command, string>>>> = {
  en: {
    cd: 'Write `WORKDIR`, or put both commands into one `RUN` with `&&`.',
    export: 'Write `ENV`, or put both commands into one `RUN` with `&&`.',
    '.': 'Put both commands into one `RUN` with `&&`, or put the folder of its programs at the front of `PATH` with `ENV`.',
  },
  es: {
    cd: 'Escribe `WORKDIR` o junta las dos órdenes en un solo `RUN` con `&&`.',
    export: 'Escribe `ENV` o junta las dos órdenes en un solo `RUN` con `&&`.',
    '.': 'Junta las dos órdenes en un solo `RUN` con `&&`, o pon la carpeta de sus programas al principio de `PATH` con `ENV`.',
  },
}
