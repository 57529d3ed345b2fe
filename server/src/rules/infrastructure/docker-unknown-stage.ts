/** A copy from a stage that this file does not have: the build looks for an image of that name on the internet. */

import { at, fixes, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { DOCKER_NEEDLES, dockerfileOf, isNamed } from '../support/infrastructure/dockerfile.ts'
import { nearestName } from '../support/nearest-name.ts'

export default defineRule({
  id: 'infrastructure/docker-unknown-stage',
  severity: 'error',
  languages: ['text'],
  cwe: [829],
  concept: 'containers',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      const read = dockerfileOf(file)
      for (const [index, { instructions }] of read?.stages.entries() ?? [])
        for (const { flags } of instructions)
          for (const { name: flag, value, start, end } of flags) {
            const name =
              flag === 'from' ? value : flag === 'mount' ? (/\bfrom=([^,]+)/.exec(value)?.[1] ?? '') : ''
            if (name === '' || name.includes('$')) continue
            const before = read!.stages.slice(0, index)
            if (/^\d+$/.test(name) ? Number(name) < index : before.some(it => isNamed(it, name))) continue
            const names = read!.stages.flatMap(it => it.name?.text ?? [])
            const later = names.some(it => it.toLowerCase() === name.toLowerCase())
            const meant = later
              ? undefined
              : nearestName(
                  name,
                  before.flatMap(it => it.name?.text ?? []),
                )
            // Any other word may well be an image.
            if (!/^\d+$/.test(name) && !later && !meant && !CONVENTIONAL.test(name)) continue
            const from = start + file.text.slice(start, end).lastIndexOf(name)
            const place = { start: from, end: from + name.length }
            yield {
              at: place,
              data: { name, later },
              ...(meant && { fix: { safety: 'unsafe', edits: () => [{ ...place, newText: meant }] } }),
            }
          }
    },
  },

  explain: {
    en: ({ name, later }) => ({
      message: later
        ? `The stage \`${name}\` comes only after this one`
        : `No stage before this one is called \`${name}\``,
      why: 'What is no earlier stage is taken for an image, and looked for in the public registry: at best there is none and the build fails, at worst somebody has put one there.',
      remedy: later ? 'Move the stage up.' : 'Name a stage of this file.',
      fix: 'Name the stage that is there',
    }),
    es: ({ name, later }) => ({
      message: later
        ? `La etapa \`${name}\` viene después de esta`
        : `Ninguna etapa anterior se llama \`${name}\``,
      why: 'Lo que no es una etapa anterior se toma por una imagen y se busca en el registro público: en el mejor caso no existe y la compilación falla; en el peor, alguien la ha puesto allí.',
      remedy: later ? 'Sube la etapa.' : 'Nombra una etapa de este archivo.',
      fix: 'Nombrar la etapa que existe',
    }),
  },

  examples: {
    invalid: [
      fixes(
        at(
          'Dockerfile',
          text`
            FROM node:22 AS builder
            RUN npm run build
            FROM nginx:1.29
            COPY --from=«buidler» /app/dist /usr/share/nginx/html
          `,
        ),
        at(
          'Dockerfile',
          text`
            FROM node:22 AS builder
            RUN npm run build
            FROM nginx:1.29
            COPY --from=builder /app/dist /usr/share/nginx/html
          `,
        ),
      ),
      at(
        'Dockerfile',
        text`
          FROM node:22
          COPY --from=«deps» /app/node_modules ./node_modules
          COPY --from=«1» /a /a
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM node:22 AS Builder
          FROM nginx:1.29
          COPY --from=builder /app/dist /usr/share/nginx/html
          COPY --from=0 /app/dist /other
          COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
          COPY --from=busybox /bin/busybox /bin/
        `,
      ),
      text`COPY --from=builder a b`,
    ],
  },
})

/** Nobody calls an image that is to be used by others so. */
const CONVENTIONAL =
  /^(?:build(?:er)?|deps|dependencies|compile|runtime|runner|prod(?:uction)?|dev(?:elopment)?|install|final)$/i
