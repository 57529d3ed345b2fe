/** A variable that this stage does not have, because its `ARG` stands in another one or before the first: it is empty. */

import { at, text } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import {
  baseOf,
  DOCKER_NEEDLES,
  type Dockerfile,
  dockerfileOf,
  type Instruction,
  type Stage,
} from '../support/infrastructure/dockerfile.ts'

export default defineRule({
  id: 'infrastructure/docker-undeclared-variable',
  severity: 'warning',
  languages: ['text'],
  concept: 'containers',
  impact: { likelihood: 'high', cost: 'hours' },
  needles: DOCKER_NEEDLES,

  check: {
    *Text(file) {
      const read = dockerfileOf(file)
      if (!read) return
      const global = new Set(read.before.flatMap(declaredBy))
      for (const { from } of read.stages)
        for (const { name, at } of usesIn(from))
          if (!global.has(name) && !PREDEFINED.test(name)) yield { at, data: dataOf(name, 'nowhere') }
      const anywhere = new Set(read.instructions.filter(it => it.name === 'ARG').flatMap(declaredBy))
      for (const stage of read.stages) {
        const known = new Set(inherited(stage, read))
        for (const instruction of stage.instructions) {
          // A default may be made of what comes before it in the same line.
          if (instruction.name === 'ARG') for (const it of declaredBy(instruction)) known.add(it)
          for (const { name, at } of usesIn(instruction)) {
            if (known.has(name) || isOfImage(name, stage, read)) continue
            if (anywhere.has(name) || PLATFORM.test(name)) yield { at, data: dataOf(name, 'elsewhere') }
          }
          for (const it of declaredBy(instruction)) known.add(it)
        }
      }
    },
  },

  explain: {
    en: ({ name, where }) => ({
      message:
        where === 'nowhere'
          ? `\`${name}\` is not declared before the first \`FROM\``
          : `\`${name}\` is not known in this stage`,
      why: 'An `ARG` holds in its own stage only, and one before the first `FROM` only for the `FROM`s. Elsewhere the variable is empty, and nobody says so: a version, a path or an architecture is simply missing.',
      remedy:
        where === 'nowhere'
          ? `Write \`ARG ${name}\` above the first \`FROM\`.`
          : `Write \`ARG ${name}\` in this stage, above this line; it takes the same value.`,
    }),
    es: ({ name, where }) => ({
      message:
        where === 'nowhere'
          ? `\`${name}\` no se declara antes del primer \`FROM\``
          : `\`${name}\` no se conoce en esta etapa`,
      why: 'Un `ARG` vale solo en su propia etapa, y uno anterior al primer `FROM`, solo para los `FROM`. En los demás sitios la variable está vacía y nadie lo dice: simplemente falta una versión, una ruta o una arquitectura.',
      remedy:
        where === 'nowhere'
          ? `Escribe \`ARG ${name}\` encima del primer \`FROM\`.`
          : `Escribe \`ARG ${name}\` en esta etapa, encima de esta línea; toma el mismo valor.`,
    }),
  },

  examples: {
    invalid: [
      at(
        'Dockerfile',
        text`
          ARG SHOP_VERSION=1.4
          FROM debian:13
          RUN wget https://shop.example.com/shop-«$SHOP_VERSION».tar.gz
        `,
      ),
      at(
        'Dockerfile',
        text`
          FROM golang:«\${GO_VERSION}» AS build
          ARG REVISION
          RUN make REVISION=$REVISION
          FROM alpine:3.22
          LABEL revision="«\${REVISION}»"
          COPY bin/shop-«$TARGETARCH» /shop
        `,
      ),
    ],
    valid: [
      at(
        'Dockerfile',
        text`
          ARG GO_VERSION=1.25
          FROM --platform=$BUILDPLATFORM golang:$GO_VERSION AS build
          ARG REVISION TARGETARCH
          ENV OUT=/out
          RUN make REVISION=$REVISION GOARCH=$TARGETARCH OUT=$OUT HOME=$HOME
          FROM build
          ARG REVISION
          RUN echo $OUT \${REVISION:-none} && GO_VERSION=1 && echo $GO_VERSION '$TARGETOS'
        `,
      ),
      // The image itself sets it.
      at(
        'Dockerfile',
        text`
          ARG PYTHON_VERSION=3.13
          FROM python:$PYTHON_VERSION
          RUN echo $PYTHON_VERSION
        `,
      ),
    ],
  },
})

const dataOf = (name: string, where: 'nowhere' | 'elsewhere') => ({ name, where })

const PLATFORM = /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/
const PREDEFINED = /^(?:TARGET|BUILD)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT|STAGE)$|^BUILDKIT_|_proxy$|_PROXY$/

function inherited(stage: Stage, file: Dockerfile): readonly string[] {
  const base = baseOf(stage, file)
  if (!base) return []
  return [
    ...inherited(base, file),
    ...base.instructions.filter(it => it.name === 'ENV' || it.name === 'ARG').flatMap(declaredBy),
  ]
}

function declaredBy({ name, body }: Instruction): readonly string[] {
  if (name === 'ARG') return [...body.matchAll(/(?<=^|\s)([A-Za-z_]\w*)(?==|\s|$)/g)].map(it => it[1]!)
  if (name !== 'ENV') return []
  const old = /^([A-Za-z_]\w*)\s+[^\s=]/.exec(body)
  return old ? [old[1]!] : [...body.matchAll(/(?<=^|\s)([A-Za-z_]\w*)=/g)].map(it => it[1]!)
}

/** Images say their own version, and where they live: `PYTHON_VERSION` in `python`, `JAVA_HOME`. */
function isOfImage(name: string, stage: Stage, file: Dockerfile): boolean {
  let root = stage
  for (let it = baseOf(root, file); it; it = baseOf(root, file)) root = it
  const image = (root.base?.text ?? '').toLowerCase()
  // What the image is called is only known when it is built.
  if (image.includes('$')) return true
  return image.includes(name.toLowerCase().split('_')[0]!) || /_HOME$/.test(name)
}

/** Variables that stand alone; one with a default of its own may well be empty. */
function usesIn(instruction: Instruction): readonly { readonly name: string; readonly at: Range }[] {
  const { name, body, from, list } = instruction
  if (!EXPANDED.has(name) || (name === 'RUN' && list)) return []
  const bare = body.replace(/\\./gs, '  ')
  // Texts in single quotes are for the shell alone, and stay as they are.
  const open = name === 'RUN' ? bare.replace(/'[^']*'/g, it => ' '.repeat(it.length)) : bare
  const whole = [...open.matchAll(/(?<!\$)\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)]
  const own = name === 'RUN' ? assignedIn(body) : undefined
  const flags = instruction.flags.flatMap(flag =>
    [...flag.text.matchAll(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)].map(it => ({
      name: (it[1] ?? it[2])!,
      at: { start: flag.start + it.index, end: flag.start + it.index + it[0].length },
    })),
  )
  const uses = whole.map(it => ({
    name: (it[1] ?? it[2])!,
    at: { start: from + it.index, end: from + it.index + it[0].length },
  }))
  return [...(name === 'RUN' ? [] : flags), ...uses].filter(it => !own?.has(it.name))
}

const EXPANDED: ReadonlySet<string> = new Set(
  'FROM ADD COPY ENV EXPOSE LABEL STOPSIGNAL USER VOLUME WORKDIR ARG RUN'.split(' '),
)

/** What the script gives a value to itself. */
function assignedIn(script: string): ReadonlySet<string> {
  const found = script.matchAll(
    /\b([A-Za-z_]\w*)\+?=|\bfor\s+(\w+)\s+in\b|\bread\s+(?:-\w+\s+)*(\w+)|\b(?:export|local|declare)\s+(\w+)/g,
  )
  return new Set([...found].map(it => (it[1] ?? it[2] ?? it[3] ?? it[4])!))
}
