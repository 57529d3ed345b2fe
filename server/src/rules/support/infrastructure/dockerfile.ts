// Dockerfiles, as rules look at them: instructions with their places, and the stages that they make up.

import { isSpecimen } from '../../../semantics/provenance.ts'
import type { Range } from '../../rule.ts'
import { lastRead } from '../last-read.ts'
import { isTestPath } from '../test-code.ts'

export interface Dockerfile {
  readonly text: string
  /** Those before the first `FROM`. */
  readonly before: readonly Instruction[]
  readonly stages: readonly Stage[]
  readonly instructions: readonly Instruction[]
}

export interface Stage {
  readonly name: Word | undefined
  readonly base: Word | undefined
  readonly from: Instruction
  /** Without its `FROM`. */
  readonly instructions: readonly Instruction[]
}

export interface Instruction extends Range {
  /** In capital letters. */
  readonly name: string
  readonly at: Range
  /** As it is written. */
  readonly written: string
  readonly flags: readonly Flag[]
  /** What follows the flags, comments and continuations blanked out: a place in it is a place in the file, counted from `from`. */
  readonly body: string
  readonly from: number
  /** The elements of `["a", "b"]`; undefined where it is not written so, or wrongly. */
  readonly list: readonly string[] | undefined
}

export interface Word extends Range {
  readonly text: string
}

export interface Flag extends Word {
  readonly name: string
  readonly value: string
}

/** What every Dockerfile holds. */
export const DOCKER_NEEDLES = ['FROM', 'from'] as const

export function isDockerfile(path: string): boolean {
  return /(^|\/)((?:docker|container)file(?:\.[\w.-]+)?|[\w.-]+\.(?:docker|container)file)$/i.test(path)
}

/** Undefined for any other file, and for what becomes one only when it is filled in. */
export const dockerfileOf = lastRead(({ path, text }): Dockerfile | undefined => {
  if (!isDockerfile(path) || /\.dockerignore$|\.(?:j2|jinja2?|erb|tmpl|tpl|in|m4|template)$/i.test(path))
    return undefined
  if (isSpecimen(path) || isTestPath(path) || /\{%|<%|^\s*\{\{|^#include/m.test(text)) return undefined
  const instructions = readInstructions(text)
  const first = instructions.findIndex(it => it.name === 'FROM')
  if (first === -1) return undefined
  const stages: { from: Instruction; instructions: Instruction[] }[] = []
  for (const it of instructions.slice(first))
    if (it.name === 'FROM') stages.push({ from: it, instructions: [] })
    else stages.at(-1)!.instructions.push(it)
  return {
    ...{ text, instructions },
    before: instructions.slice(0, first),
    stages: stages.map(({ from, instructions }) => {
      const [base, as, name] = wordsOf(from)
      return { from, instructions, base, name: as && /^as$/i.test(as.text) ? name : undefined }
    }),
  }
})

/** What stands between blanks, quotes and all. */
export function wordsOf({ body, from }: Instruction): readonly Word[] {
  return [...body.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\$\{[^}]*\}|[^\s"'])+|["']/g)].map(it => ({
    text: it[0],
    start: from + it.index,
    end: from + it.index + it[0].length,
  }))
}

/** The stage that another one begins with, if it is one of this file. */
export function baseOf(stage: Stage, { stages }: Dockerfile): Stage | undefined {
  const earlier = stages.slice(0, stages.indexOf(stage))
  return earlier.findLast(it => isNamed(it, stage.base?.text ?? ''))
}

export function isNamed({ name }: Stage, wanted: string): boolean {
  return name !== undefined && name.text.toLowerCase() === wanted.toLowerCase()
}

/** The last one is what becomes the image, with all that it begins with. */
export function finalStages(file: Dockerfile): readonly Stage[] {
  const found: Stage[] = []
  for (let it = file.stages.at(-1); it; it = baseOf(it, file)) found.push(it)
  return found
}

/** The commands of a `RUN`, with the words of each: parted by `&&`, `||`, `;`, `|` and ends of lines. */
export interface Command extends Word {
  /** Whether what comes before it goes into it. */
  readonly isPiped: boolean
}

export function commandsOf({ name, body, from, list }: Instruction): readonly Command[] {
  if (name !== 'RUN' || list) return []
  const found: Command[] = []
  let start = 0
  let isPiped = false
  const add = (end: number) => {
    const text = body.slice(start, end)
    const trimmed = text.trim()
    const at = from + start + (text.length - text.trimStart().length)
    if (trimmed) found.push({ text: trimmed, start: at, end: at + trimmed.length, isPiped })
  }
  for (const it of body.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|\\.|&&|\|\|?|;|\n/gs)) {
    if (!/^(?:&&|\|\|?|;|\n)$/.test(it[0])) continue
    add(it.index)
    start = it.index + it[0].length
    isPiped = it[0] === '|'
  }
  add(body.length)
  return found
}

function readInstructions(text: string): readonly Instruction[] {
  const goesOnWith = /^(?:#[^\n]*\n)*?#\s*escape\s*=\s*`/i.test(text) ? '`' : '\\'
  const lines = /[^\n]*\n?/y
  const found: Instruction[] = []
  while (lines.lastIndex < text.length) {
    const start = lines.lastIndex
    const { bare, end } = readLines(text, goesOnWith, lines)
    const match = /^\s*([A-Za-z]\w*)(?=\s|$)/.exec(bare)
    if (!match) continue
    const at = start + match[0].length - match[1]!.length
    const flags: Flag[] = []
    let rest = match[0].length
    for (;;) {
      const flag = /^\s+--([\w.-]+)(?:=((?:"[^"]*"|[^\s"])*))?(?=\s|$)/.exec(bare.slice(rest))
      if (!flag) break
      const from = start + rest + flag[0].indexOf('--')
      rest += flag[0].length
      const value = flag[2] ?? ''
      flags.push({ name: flag[1]!, value, text: flag[0].trim(), start: from, end: start + rest })
    }
    rest += /^\s*/.exec(bare.slice(rest))![0].length
    const body = bare.slice(rest).trimEnd()
    found.push({
      ...{ flags, body, from: start + rest, start: at, end: Math.min(end, start + rest + body.length) },
      name: match[1]!.toUpperCase(),
      written: match[1]!,
      at: { start: at, end: at + match[1]!.length },
      list: listOf(body),
    })
  }
  return found
}

/** One instruction with all its lines, those of a here-document too. What is no part of its text is blank. */
function readLines(text: string, goesOnWith: string, lines: RegExp): { bare: string; end: number } {
  let bare = ''
  let goesOn = true
  while (goesOn && lines.lastIndex < text.length) {
    const [line] = lines.exec(text)!
    const isFirst = bare === ''
    if (/^\s*#/.test(line) || (!isFirst && line.trim() === '')) {
      bare += blank(line)
      // A comment before an instruction belongs to nobody.
      if (isFirst) return { bare, end: lines.lastIndex }
      continue
    }
    const mark = /[ \t]*\r?\n?$/.exec(line)!.index - 1
    goesOn = line[mark] === goesOnWith
    bare += goesOn ? line.slice(0, mark) + blank(line.slice(mark)) : line
  }
  if (/^\s*(?:RUN|COPY|ADD)\b/i.test(bare))
    for (const [, , word = ''] of bare.matchAll(/(?<![<\w])<<-?[ \t]*(["']?)([A-Za-z_]\w*)\1/g)) {
      const end = new RegExp(`^\\t*${word}[ \\t]*\\r?$`, 'm')
      const rest = text.slice(lines.lastIndex)
      const last = end.exec(rest)
      if (!last) break
      bare += rest.slice(0, last.index) + blank(last[0])
      lines.lastIndex += last.index + last[0].length
    }
  return { bare, end: lines.lastIndex }
}

function blank(text: string): string {
  return text.replace(/./g, ' ').replace(/\n/g, ' ')
}

function listOf(body: string): readonly string[] | undefined {
  if (!body.startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(body)
    return Array.isArray(list) && list.every(it => typeof it === 'string') ? list : undefined
  } catch {
    return undefined
  }
}
