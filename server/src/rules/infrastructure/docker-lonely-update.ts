/** The list of packages is fetched in a layer of its own, which is kept: later builds install from an old list. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { commandsOf, DOCKER_NEEDLES, dockerfileOf } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-lonely-update',
  severity: 'warning',
  languages: ['text'],
  concept: 'containers',
  impact: { likelihood: 'medium', cost: 'hours' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      for (const { instructions } of dockerfileOf(file)?.stages ?? []) {
        const runs = instructions
          .filter(it => it.name === 'RUN')
          .map(it => ({ it, commands: commandsOf(it) }))
        for (const [index, { it, commands }] of runs.entries()) {
          const [first] = commands
          if (!first || it.flags.length > 0 || !commands.every(({ text }) => UPDATE.test(text))) continue
          const later = runs
            .slice(index + 1)
            .find(
              ({ commands }) =>
                commands.some(({ text }) => INSTALL.test(text)) &&
                !commands.some(({ text }) => UPDATE.test(text)),
            )
          const install = later?.commands.find(({ text }) => INSTALL.test(text))
          if (install) yield { at: first, data: {}, related: [install] }
        }
      }
    },
  },

  explain: {
    en: () => ({
      message: 'This list of packages is kept while the line that installs from it changes',
      why: 'A layer is built again only when its own line changes. Whoever adds a package months later installs from the list of today: old versions, or an error because they are gone from the mirrors.',
      remedy: 'Put both into one `RUN`: `apt-get update && apt-get install -y …`.',
      places: ['Installs from the list that was kept'],
    }),
    es: () => ({
      message: 'Esta lista de paquetes se conserva aunque cambie la línea que instala desde ella',
      why: 'Una capa solo se vuelve a construir cuando cambia su propia línea. Quien añada un paquete meses después instalará desde la lista de hoy: versiones antiguas, o un error porque ya no están en los servidores.',
      remedy: 'Júntalos en un solo `RUN`: `apt-get update && apt-get install -y …`.',
      places: ['Instala desde la lista conservada'],
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          FROM debian:13
          RUN «apt-get update»
          RUN apt-get install -y curl
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM debian:13
          RUN «apt-get -qq update»
          WORKDIR /app
          RUN set -e; apt-get install -y curl && rm -rf /var/lib/apt/lists/*
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM debian:13
          RUN apt-get update && apt-get install -y curl
          RUN apt-get update
          RUN apt-get update && apt-get install -y git
        `,
      ),
      text`
        RUN apt-get update
        RUN apt-get install -y curl
      `,
    ],
  },
})

const UPDATE = /^(?:sudo\s+)?apt(?:-get)?\s+(?:-\S+\s+)*update(?:\s+-\S+)*$/
const INSTALL = /^(?:(?:sudo|env|\w+=\S*)\s+)*apt(?:-get)?\s+(?:-\S+\s+)*install\b/
