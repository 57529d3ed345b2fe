/** A line of a Dockerfile that begins with no instruction: the image is not built. */

import { at, fixes, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { DOCKER_NEEDLES, dockerfileOf } from '../support/infrastructure/dockerfile.ts'
import { nearestName } from '../support/nearest-name.ts'

export default defineRule({
  id: 'infrastructure/docker-unknown-instruction',
  severity: 'error',
  languages: ['text'],
  concept: 'containers',
  impact: { likelihood: 'high', cost: 'minutes' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      const read = dockerfileOf(file)
      // Other readers of such files have instructions of their own.
      if (!read || /^#\s*syntax\s*=\s*(?!docker(?:\.io)?\/dockerfile)/im.test(file.text)) return
      for (const { name, written, at } of read.instructions) {
        if (INSTRUCTIONS.has(name)) continue
        const meant = nearestName(name, INSTRUCTIONS) ?? ''
        yield {
          at,
          data: { name: written, meant },
          ...(meant && { fix: { safety: 'unsafe', edits: () => [{ ...at, newText: meant }] } }),
        }
      }
    },
  },

  explain: {
    en: ({ name, meant }) => ({
      message: `\`${name}\` is no instruction of a Dockerfile`,
      why: 'The build stops at this line. Often the line before it lacks a `\\` at its end.',
      remedy: meant ? `Write \`${meant}\`.` : 'Write an instruction, or end the line before it with `\\`.',
      ...(meant && { fix: `Write \`${meant}\`` }),
    }),
    es: ({ name, meant }) => ({
      message: `\`${name}\` no es una instrucción de un Dockerfile`,
      why: 'La compilación se detiene en esta línea. A menudo a la línea anterior le falta una `\\` al final.',
      remedy: meant
        ? `Escribe \`${meant}\`.`
        : 'Escribe una instrucción o termina la línea anterior con `\\`.',
      ...(meant && { fix: `Escribir \`${meant}\`` }),
    }),
  },

  examples: {
    invalid: [
      fixes(
        at(
          'Dockerfile',
          text`
            FROM node:22
            «WORKDR» /app
          `,
        ),
        at(
          'Dockerfile',
          text`
            FROM node:22
            WORKDIR /app
          `,
        ),
      ),
      at(
        'Dockerfile',
        text`
          FROM debian:13
          RUN apt-get update &&
          «apt» install -y curl
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM debian:13
          # apt install
          run apt-get update && \
            # in between

            apt-get install -y curl
          RUN <<-EOF
          	echo a
          	EOF
          RUN cat > a.js << 'END'
          import b from 'b'
          END
        `,
      ),
      text`apt install curl`,
    ],
  },
})

const INSTRUCTIONS: ReadonlySet<string> = new Set(
  'FROM RUN CMD LABEL MAINTAINER EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL'.split(
    ' ',
  ),
)
