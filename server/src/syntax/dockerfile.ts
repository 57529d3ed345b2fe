// Dockerfiles → the same flat tree, read by hand: an instruction a line, a shell's commands as words, lists as lists.

import { KIND_CODE, type Kind, ROLE_CODE, type Role } from './kinds.ts'
import { FLAG_NAMED, type SyntaxTree } from './tree.ts'

const INSTRUCTIONS = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
] as const
type Instruction = (typeof INSTRUCTIONS)[number]

const TYPES: readonly string[] = [
  'dockerfile',
  'comment',
  'command',
  'word',
  'string',
  'operator',
  'array',
  'option',
  ...INSTRUCTIONS.map(it => `${it.toLowerCase()}_instruction`),
]
const SYMBOLS: ReadonlyMap<string, number> = new Map(TYPES.map((it, symbol) => [it, symbol]))

/** Never fails: what is no instruction is a command. */
export function readDockerfile(text: string): SyntaxTree {
  return new DockerfileReader(text).read()
}

class DockerfileReader {
  readonly #text: string
  readonly #names = new Map<string, number>()
  readonly #nameTexts: string[] = ['']
  readonly #columns = {
    kind: [] as number[],
    role: [] as number[],
    symbol: [] as number[],
    start: [] as number[],
    end: [] as number[],
    after: [] as number[],
    parent: [] as number[],
    name: [] as number[],
  }
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): SyntaxTree {
    const text = this.#text
    this.#row('dockerfile', 'Module', 'none', 0, text.length, 0, () => {
      while (this.#at < text.length) this.#line()
    })
    const { kind, role, symbol, start, end, after, parent, name } = this.#columns
    return {
      grammar: 'dockerfile',
      text,
      rows: kind.length,
      kind: Uint8Array.from(kind),
      role: Uint8Array.from(role),
      symbol: Uint16Array.from(symbol),
      flags: new Uint8Array(kind.length).fill(FLAG_NAMED),
      start: Uint32Array.from(start),
      end: Uint32Array.from(end),
      after: Uint32Array.from(after),
      parent: Uint32Array.from(parent),
      name: Uint32Array.from(name),
      names: this.#nameTexts,
      types: TYPES,
    }
  }

  #line(): void {
    const text = this.#text
    this.#at += /^\s*/.exec(text.slice(this.#at))![0].length
    const from = this.#at
    if (from >= text.length) return
    const end = this.#endOfLine(from)
    if (text[from] === '#') {
      this.#at = end
      this.#row('comment', 'Comment', 'statement', from, end, 0)
      return
    }
    const to = endOfInstruction(text, from)
    this.#at = to
    const last = from + text.slice(from, to).trimEnd().length
    const keyword = /^[A-Za-z]+(?=\s|$)/.exec(text.slice(from, last))?.[0]
    const instruction = INSTRUCTIONS.find(it => it === keyword?.toUpperCase())
    if (!instruction || !keyword) {
      this.#commands(from, last, 0, 'statement')
      return
    }
    const type = `${instruction.toLowerCase()}_instruction`
    const row = this.#columns.kind.length
    this.#row(type, 'Section', 'statement', from, last, 0, () => {
      this.#arguments(instruction, from + keyword.length, last, row)
    })
  }

  #endOfLine(from: number): number {
    const end = this.#text.indexOf('\n', from)
    return end === -1 ? this.#text.length : end
  }

  #arguments(instruction: Instruction, given: number, to: number, row: number): void {
    let from = given
    for (;;) {
      from += blank(this.#text.slice(from, to))
      const option = /^--([\w-]+)(=?)(\S*)/.exec(this.#text.slice(from, to))
      if (!option || instruction === 'CMD' || instruction === 'ENTRYPOINT') break
      this.#option(from, option, row)
      from += option[0].length
    }
    const rest = this.#text.slice(from, to)
    if (rest === '') return
    if (rest.startsWith('[') && rest.endsWith(']')) return this.#array(from, to, row)
    switch (instruction) {
      case 'FROM':
        return this.#image(from, to, row)
      case 'RUN':
      case 'CMD':
      case 'ENTRYPOINT':
        return this.#commands(from, to, row, 'argument')
      case 'HEALTHCHECK':
      case 'ONBUILD':
      case 'MAINTAINER':
      case 'WORKDIR':
      case 'USER':
        return this.#word(from, to, row, 'argument')
      default:
        for (const it of words(rest, from)) this.#pair(it.start, it.end, row, instruction)
    }
  }

  /** `--platform=linux/amd64` */
  #option(from: number, [all, name, sign, value]: RegExpExecArray, parent: number): void {
    const row = this.#columns.kind.length
    this.#row('option', 'KeywordArgument', 'modifier', from, from + all.length, parent, () => {
      this.#word(from, from + 2 + name!.length, row, 'name')
      if (sign) this.#word(from + all.length - value!.length, from + all.length, row, 'value')
    })
  }

  /** `name:tag@digest AS alias` */
  #image(from: number, to: number, parent: number): void {
    const [image, as, alias] = words(this.#text.slice(from, to), from)
    if (!image) return
    const text = this.#text.slice(image.start, image.end)
    const parts = /^((?:[^/@]+\/)*[^:@/]*)(?::([^@]*))?(?:@(.*))?$/.exec(text)
    const [, name = text, tag, digest] = parts ?? []
    let at = image.start + name.length
    this.#word(image.start, at, parent, 'name')
    if (tag !== undefined) this.#word(at + 1, (at += 1 + tag.length), parent, 'label')
    if (digest !== undefined) this.#word(at + 1, at + 1 + digest.length, parent, 'value')
    if (as && alias) this.#word(alias.start, alias.end, parent, 'alias')
  }

  /** `NAME=value`, where the instruction has such; else a word. */
  #pair(from: number, to: number, parent: number, instruction: Instruction): void {
    const sign = this.#text.slice(from, to).indexOf('=')
    const isPair = sign > 0 && (instruction === 'ENV' || instruction === 'ARG' || instruction === 'LABEL')
    if (!isPair) return this.#word(from, to, parent, 'argument')
    this.#word(from, from + sign, parent, 'argument')
    if (from + sign + 1 < to) this.#word(from + sign + 1, to, parent, 'argument')
  }

  /** `a b && c`: commands and what stands between them. */
  #commands(from: number, to: number, parent: number, role: Role): void {
    const all = words(this.#text.slice(from, to), from)
    for (let i = 0; i < all.length; ) {
      const first = all[i]!
      if (first.isOperator) {
        this.#leaf('operator', 'Operator', 'argument', first.start, first.end, parent)
        i++
        continue
      }
      let last = i
      while (last + 1 < all.length && !all[last + 1]!.isOperator) last++
      const row = this.#columns.kind.length
      this.#row('command', 'Other', role, first.start, all[last]!.end, parent, () => {
        for (let j = i; j <= last; j++) this.#word(all[j]!.start, all[j]!.end, row, 'argument')
      })
      i = last + 1
    }
  }

  #array(from: number, to: number, parent: number): void {
    const row = this.#columns.kind.length
    this.#row('array', 'List', 'argument', from, to, parent, () => {
      const inner = this.#text.slice(from + 1, to - 1)
      for (const it of inner.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|[^\s,]+/g))
        this.#word(from + 1 + it.index, from + 1 + it.index + it[0].length, row, 'element')
    })
  }

  #word(start: number, end: number, parent: number, role: Role): void {
    const isQuoted = /^(?:"(?:\\.|[^"\\])*"|'[^']*')$/.test(this.#text.slice(start, end))
    this.#leaf(isQuoted ? 'string' : 'word', isQuoted ? 'String' : 'Name', role, start, end, parent)
  }

  #leaf(type: string, kind: Kind, role: Role, start: number, end: number, parent: number): void {
    if (end > start) this.#row(type, kind, role, start, end, parent)
  }

  #row(
    type: string,
    kind: Kind,
    role: Role,
    start: number,
    end: number,
    parent: number,
    inside?: () => void,
  ): void {
    const columns = this.#columns
    const row = columns.kind.length
    columns.kind.push(KIND_CODE[kind])
    columns.role.push(ROLE_CODE[role])
    columns.symbol.push(SYMBOLS.get(type)!)
    columns.start.push(start)
    columns.end.push(end)
    columns.after.push(0)
    columns.parent.push(parent)
    columns.name.push(kind === 'Name' ? this.#intern(this.#text.slice(start, end)) : 0)
    inside?.()
    columns.after[row] = columns.kind.length
  }

  #intern(text: string): number {
    let id = this.#names.get(text)
    if (id === undefined) {
      id = this.#nameTexts.length
      this.#names.set(text, id)
      this.#nameTexts.push(text)
    }
    return id
  }
}

/** Where an instruction ends that may go on behind a backslash, over comments, and into a document in place. */
function endOfInstruction(text: string, from: number): number {
  let at = from
  for (;;) {
    const end = text.indexOf('\n', at)
    if (end === -1) return text.length
    const line = text.slice(at, end).trimEnd()
    const isComment = at > from && /^\s*(#|$)/.test(line)
    if (!isComment && !/[\\`]$/.test(line)) return endOfDocument(text, from, end)
    at = end + 1
  }
}

function endOfDocument(text: string, from: number, end: number): number {
  const word = /<<-?\s*["']?(\w+)["']?/.exec(text.slice(from, end))?.[1]
  const closing = word && new RegExp(`\\n\\s*${word}[ \\t]*(?=\\n|$)`).exec(text.slice(end))
  return closing ? end + closing.index + closing[0].length : end
}

interface Word {
  readonly start: number
  readonly end: number
  readonly isOperator: boolean
}

const WORD =
  /(\\\r?\n(?:[ \t]*(?:#[^\n]*)?\n)*|\s+)|(&&|\|\||[|;]|&(?!>))|((?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\$\([^()]*\)|\$\{[^{}]*\}|\\.|[^\s|;&\\"']|["'\\&])+)/g

/** A shell's words and the signs between its commands. Comments between lines that go on are passed over. */
function words(text: string, offset: number): Word[] {
  const found: Word[] = []
  const plain = text.replace(/(?<=\n)[ \t]*#[^\n]*/g, it => ' '.repeat(it.length))
  for (const { 0: all, 1: space, 2: operator, index } of plain.matchAll(WORD))
    if (space === undefined)
      found.push({
        start: offset + index,
        end: offset + index + all.length,
        isOperator: operator !== undefined,
      })
  return found
}

/** How much blank space a text begins with, lines that go on included. */
function blank(text: string): number {
  return /^(?:\s|\\\r?\n)*/.exec(text)![0].length
}
