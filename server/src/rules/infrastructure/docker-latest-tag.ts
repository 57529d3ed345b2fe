/** An image without a version: the next build begins with another one. */

import { at, text } from '../example.ts'
import { defineRule } from '../rule.ts'
import { DOCKER_NEEDLES, dockerfileOf, isNamed } from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-latest-tag',
  severity: 'hint',
  languages: ['text'],
  cwe: [1357],
  concept: 'supply-chain',
  impact: { likelihood: 'medium', cost: 'hours' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      if (FOR_DEVELOPERS.test(file.path)) return
      const read = dockerfileOf(file)
      for (const [index, { base }] of read?.stages.entries() ?? []) {
        if (!base || /[$@]|^scratch$/.test(base.text) || VERSION_IN_NAME.test(base.text)) continue
        if (read!.stages.slice(0, index).some(it => isNamed(it, base.text))) continue
        const tag = /:([\w.-]+)$/.exec(base.text)?.[1]
        if (tag === 'latest' || (tag === undefined && (base.text.includes('/') || OFFICIAL.has(base.text))))
          yield { at: { start: base.start, end: base.end }, data: { image: base.text } }
      }
    },
  },

  explain: {
    en: ({ image }) => ({
      message: `\`${image}\` is whatever is newest on the day of the build`,
      why: 'Nobody can say what an image was built of, and a build that worked fails without a change of yours when the next major version appears.',
      remedy: 'Name a version: `python:3.13-slim`, better with its digest.',
    }),
    es: ({ image }) => ({
      message: `\`${image}\` es lo más nuevo que haya el día de la compilación`,
      why: 'Nadie puede decir de qué se construyó una imagen, y una compilación que funcionaba falla sin cambios tuyos cuando aparece la siguiente versión mayor.',
      remedy: 'Nombra una versión: `python:3.13-slim`, mejor con su resumen.',
    }),
  },

  examples: {
    invalid: [
      at('Dockerfile', text`FROM «python:latest»`),
      at(
        'Dockerfile',
        text`
          FROM «registry.example.com:5000/shop» AS build
          FROM «nginx»
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM node:22 AS build
          FROM build AS test
          FROM scratch
          FROM $BASE
          FROM nginx@sha256:4f5c
        `,
      ),
      text`FROM python:latest`,
      at(
        'Dockerfile',
        text`
          FROM gcr.io/distroless/nodejs24-debian13
          FROM registry.example.com/ubi9/python-312:latest
        `,
      ),
      at('.gitpod.Dockerfile', text`FROM gitpod/workspace-full:latest`),
      at('.devcontainer/Dockerfile', text`FROM node`),
    ],
  },
})

/** `distroless/nodejs24-debian13`, `ubi9/python-312`: the next version has another name, and tags are of something else. */
const VERSION_IN_NAME =
  /[/-](?:debian|ubuntu|alpine|ubi|rhel|centos|fedora|amazonlinux|node(?:js)?|python|java|openjdk|jdk|jre|php|ruby|go|dotnet)-?\d+(?:[/:-]|$)|\/distroless\//

/** A workplace is meant to be new, and nothing is shipped from it. */
const FOR_DEVELOPERS = /gitpod|devcontainer|workstation|codespace|(^|[/._-])dev(elop(ment)?)?([/._-]|$)/i

/** Another word may be an image that the same build makes. */
const OFFICIAL: ReadonlySet<string> = new Set(
  'node python alpine ubuntu debian nginx golang rust ruby php postgres redis mysql mariadb mongo openjdk eclipse-temurin amazoncorretto fedora rockylinux almalinux httpd caddy traefik memcached rabbitmq busybox maven gradle elixir swift perl tomcat docker bash'.split(
    ' ',
  ),
)
