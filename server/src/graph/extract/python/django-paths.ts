// Paths of Django: `users/<int:id>/`, and regular expressions such as `^users/(?P<id>\d+)/?$`, in our notation.

import type { RoutePath } from '../../rows/routes.ts'

/** So many paths may come of optional parts; who writes more does not mean paths. */
const MOST = 12

/** `<int:id>` → `{id}`, `<path:rest>` → `{rest*}` */
export function ofPath(text: string): RoutePath {
  return text.replace(/<(?:\s*(\w+)\s*:)?\s*(\w+)\s*>/g, (_, converter: string | undefined, name: string) =>
    converter === 'path' ? `{${name}*}` : `{${name}}`,
  )
}

/** The paths that an expression means; none when nobody can tell. Without an end, one that says nothing means everything. */
export function ofExpression(text: string, isWhole: boolean): RoutePath[] {
  const reader: Reader = { text, at: 0 }
  const paths = readChoice(reader)
  if (!paths || reader.at < text.length) return []
  const isOpen = isWhole && !/(\$|\\Z)$/.test(text)
  return [...new Set(paths.map(it => joinHoles(it)))].map(it => (it === '' && isOpen ? '{path*}' : it))
}

/** What stands for a value that has no name. */
const HOLE = '{arg}'
const REST = '{arg*}'

interface Reader {
  readonly text: string
  at: number
}

/** `a|b`, up to the end or a closing parenthesis. */
function readChoice(reader: Reader): string[] | undefined {
  const all: string[] = []
  for (;;) {
    const sequence = readSequence(reader)
    if (!sequence) return undefined
    all.push(...sequence)
    if (reader.text[reader.at] !== '|') break
    reader.at++
  }
  return all.length > MOST ? undefined : all
}

function readSequence(reader: Reader): string[] | undefined {
  let all = ['']
  while (reader.at < reader.text.length && !/[|)]/.test(reader.text[reader.at]!)) {
    const atom = readAtom(reader)
    const values = atom && repeated(reader, atom)
    if (!values || all.length * values.length > MOST) return undefined
    all = all.flatMap(before => values.map(it => before + it))
  }
  return all
}

function readAtom(reader: Reader): string[] | undefined {
  const character = reader.text[reader.at++]!
  switch (character) {
    case '^':
    case '$':
      return ['']
    case '(':
      return readGroup(reader)
    case '[':
      return readClass(reader)
    case '\\':
      return readEscape(reader)
    case '.':
      // A dot that nobody escaped is meant as one; a repeated one is not.
      return /[*+]/.test(reader.text[reader.at] ?? '') ? [REST] : ['.']
    default:
      return [character]
  }
}

function readEscape(reader: Reader): string[] {
  const character = reader.text[reader.at++] ?? ''
  if (/[AZbB]/.test(character)) return ['']
  if (/[SDW]/.test(character)) return [REST]
  return /[dsw]/.test(character) ? [HOLE] : [character]
}

function readClass(reader: Reader): string[] | undefined {
  const match = /^\^?\]?(?:\\[\s\S]|[^\]\\])*\]/.exec(reader.text.slice(reader.at))
  if (!match) return undefined
  reader.at += match[0].length
  const holdsSlash = match[0].slice(0, -1).includes('/')
  return [holdsSlash === match[0].startsWith('^') ? HOLE : REST]
}

function readGroup(reader: Reader): string[] | undefined {
  const opening = /^\?(?:P?<(\w+)>|:|[=!]|<[=!]|[aiLmsux]+\))?/.exec(reader.text.slice(reader.at))
  const head = opening?.[0] ?? ''
  reader.at += head.length
  if (head.endsWith(')')) return ['']
  const inner = readChoice(reader)
  if (!inner || reader.text[reader.at++] !== ')') return undefined
  if (/^\?<?[=!]/.test(head)) return ['']
  const name = opening?.[1]
  if (name) return [inner.some(it => it.includes('*}') || it.includes('/')) ? `{${name}*}` : `{${name}}`]
  if (head === '' && inner.some(it => it.includes('{')))
    return [inner.some(it => it.includes('*}')) ? REST : HOLE]
  return inner
}

/** What `?`, `*`, `+` and `{2}` make of what stands before them. */
function repeated(reader: Reader, values: string[]): string[] {
  const quantifier = /^(?:[?*+]|\{\d*,?\d*\})[?+]?/.exec(reader.text.slice(reader.at))?.[0]
  if (!quantifier) return values
  reader.at += quantifier.length
  const isHole = values.length === 1 && /^\{arg\*?\}$/.test(values[0]!)
  // Nothing at all is a value like others: `.*`.
  if (isHole || !/^([?*]|\{0?,)/.test(quantifier)) return values
  return [...values, '']
}

/** `[a-z][a-z0-9]*` is one value. */
function joinHoles(path: string): string {
  return path.replace(/(?:\{arg\*?\}){2,}/g, it => (it.includes('*') ? REST : HOLE))
}
