/** Two stages with one name: whoever copies from it gets the last one. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { DOCKER_NEEDLES, dockerfileOf, type Word } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-duplicate-stage',
  severity: 'warning',
  languages: ['text'],
  concept: 'containers',
  impact: { likelihood: 'medium', cost: 'hours' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      const known = new Map<string, Word>()
      for (const { name } of dockerfileOf(file)?.stages ?? []) {
        if (!name || name.text.includes('$')) continue
        const first = known.get(name.text.toLowerCase())
        if (first) yield { at: name, data: { name: name.text }, related: [first] }
        else known.set(name.text.toLowerCase(), name)
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `Another stage is called \`${name}\` already`,
      why: 'Builders do not agree which of the two a later line means; some refuse the file.',
      remedy: 'Give one of them another name.',
      places: ['The first stage with this name'],
    }),
    es: ({ name }) => ({
      message: `Otra etapa ya se llama \`${name}\``,
      why: 'Los programas que construyen imágenes no coinciden en cuál de las dos se entiende después; algunos rechazan el archivo.',
      remedy: 'Cambia el nombre de una de ellas.',
      places: ['La primera etapa con este nombre'],
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          FROM node:22 AS build
          FROM golang:1.25 AS «build»
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM node:22 AS web
          FROM golang:1.25 AS server
          FROM node:22 as «Web»
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM node:22 AS web
          FROM golang:1.25 AS server
          FROM web
        `,
      ),
      text`
        FROM a AS b
        FROM c AS b
      `,
    ],
  },
})
