/** Something is fetched while nobody checks from whom: `curl -k`, or a script over plain HTTP. */

import { at, text } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import {
  type Command,
  commandsOf,
  DOCKER_NEEDLES,
  dockerfileOf,
} from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-unsafe-download',
  severity: 'warning',
  languages: ['text'],
  cwe: [295, 494],
  concept: 'supply-chain',
  impact: { likelihood: 'low', cost: 'weeks' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      for (const instruction of dockerfileOf(file)?.instructions ?? []) {
        const commands = commandsOf(instruction)
        for (const [index, command] of commands.entries()) {
          const found = uncheckedIn(command) ?? plainScript(command, commands[index + 1])
          if (found) yield { at: found.at, data: { sign: found.sign } }
        }
      }
    },
  },

  explain: {
    en: ({ sign }) => ({
      message:
        sign === 'http:'
          ? 'This script comes over a connection that anybody on the way can change'
          : `With \`${sign}\` nobody checks who sends this`,
      why: 'Whoever sits between this build and the server decides what is installed, and it runs with all rights and ends up in the image.',
      remedy:
        sign === 'http:'
          ? 'Fetch it over `https:`, and compare its checksum before it runs.'
          : 'Leave the check on; install `ca-certificates` or the certificate that is missing.',
    }),
    es: ({ sign }) => ({
      message:
        sign === 'http:'
          ? 'Este script llega por una conexión que cualquiera puede alterar por el camino'
          : `Con \`${sign}\` nadie comprueba quién envía esto`,
      why: 'Quien esté entre esta compilación y el servidor decide qué se instala; se ejecuta con todos los permisos y acaba en la imagen.',
      remedy:
        sign === 'http:'
          ? 'Descárgalo por `https:` y compara su suma de comprobación antes de ejecutarlo.'
          : 'Deja activada la comprobación; instala `ca-certificates` o el certificado que falte.',
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          FROM debian:13
          RUN curl -fsSL«k» https://get.example.com/shop.tar.gz | tar xz
          RUN wget «--no-check-certificate» https://get.example.com/a.deb
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM debian:13
          RUN curl -s «http:»//get.example.com/install.sh | bash
          RUN apt-get install -y «--allow-unauthenticated» shop
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          FROM debian:13
          RUN curl -fsSL https://get.example.com/install.sh | bash
          RUN curl http://deb.example.com/list.txt -o list.txt
          RUN curl -k https://localhost:8443/health
          HEALTHCHECK CMD curl -k https://localhost/
        `,
      ),
      text`RUN curl -k https://get.example.com | sh`,
    ],
  },
})

interface Unchecked {
  readonly at: Range
  readonly sign: string
}

const FORMS: readonly (readonly [program: RegExp, sign: RegExp])[] = [
  [/^curl\s/, /(?<=\s)(?:--insecure|-[a-zA-Z]*?(k))(?=[a-zA-Z]*(?:\s|$))/],
  [/^wget\s/, /(?<=\s)--no-check-certificate\b/],
  [/^apt(?:-get)?\s/, /(?<=\s)(?:--allow-unauthenticated|--force-yes)\b/],
  [/^(?:npm|yarn|pnpm)\s+config\s+set\s/, /\bstrict-ssl[\s=]+false\b/],
  [/^git\s/, /\bhttp\.sslVerify[\s=]+["']?false\b/],
]

function uncheckedIn({ text, start }: Command): Unchecked | undefined {
  const bare = text.replace(/^(?:sudo\s+|\w+=\S*\s+)*/, '')
  const shift = start + text.length - bare.length
  if (/\/\/(?:localhost|127\.0\.0\.1)\b/.test(bare)) return undefined
  for (const [program, form] of FORMS) {
    const match = program.test(bare) ? form.exec(bare) : null
    if (!match) continue
    const sign = match[1] ? `-${match[1]}` : match[0]
    const from = shift + match.index + (match[1] ? match[0].length - match[1].length : 0)
    return { sign, at: { start: from, end: from + (match[1] ?? match[0]).length } }
  }
  return undefined
}

/** Into a shell, without anybody who says that it is the right one. */
function plainScript({ text, start }: Command, next: Command | undefined): Unchecked | undefined {
  if (!next?.isPiped || !/^(?:sudo\s+)?(?:ba|z|da)?sh\b/.test(next.text)) return undefined
  const match = /^(?:sudo\s+)?(?:curl|wget)\s.*?\bhttp:(?=\/\/(?!localhost|127\.))/.exec(text)
  if (!match) return undefined
  const end = start + match[0].length
  return { sign: 'http:', at: { start: end - 5, end } }
}
