// `codeant rules why`: what each operator of a rule finds in a file and, where it finds nothing, what came closest.

import { existsSync } from 'node:fs'
import { relative, sep } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import type { PlaygroundSpan, PlaygroundWhy } from '@codeant/shared/playground.ts'
import { askedFile, explained, grammarFor } from '../../features/rule-playground.ts'
import { shipped } from '../../host/node/folders.ts'
import { DiskGrammars } from '../../host/node/grammars.ts'
import { loadPack } from '../../host/node/packs.ts'
import { brief } from '../../patterns/why/why.ts'
import { SyntaxParser } from '../../syntax/parser.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { EXIT } from '../command.ts'
import { announceRefused } from '../packs.ts'
import { type Output, paint, type Terminal } from '../terminal.ts'
import { absolute, readText } from '../workspace.ts'

/** So many places of an operator are written out. */
const MOST_WRITTEN = 5

export async function whyRules(
  [ruleFile, codeFile, ...more]: readonly string[],
  options: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { out, cwd, locale } = terminal
  const say = WORDS[locale]
  if (ruleFile === undefined || codeFile === undefined || more.length > 0) throw new UsageError(say.usage)
  const file = absolute(terminal, codeFile)
  const text = readText(file)
  if (text === undefined) throw new UsageError(say.noFile(codeFile))
  const places = absolute(terminal, ruleFile)
  if (!existsSync(places)) throw new UsageError(say.noFile(ruleFile))
  const parser = await SyntaxParser.start(new DiskGrammars(shipped('grammars')))
  const { pack, refused } = await loadPack(parser, [places])
  announceRefused(refused, terminal)
  const id = options.value('rule')?.replace(/^own\//, '')
  const chosen = pack.rules.filter(it => id === undefined || it.id === id || it.id.endsWith(`.${id}`))
  if (chosen.length === 0) throw new UsageError(say.noRule(ruleFile, id))
  const lines = new Lines(text)
  const place = lines.spanOf(options.value('line'), locale)
  const path = relative(cwd, file).split(sep).join('/')
  const grammar = grammarFor(path)
  if (grammar) await parser.load(grammar)
  const asked = askedFile(parser, path, text)
  const answers = chosen.map(it => explained(parser, it, asked, place, locale))
  if (options.value('format') === 'json') {
    const rules = answers.map(it => withLines(it, lines))
    out.write(`${JSON.stringify({ version: 1, path, rules }, null, 2)}\n`)
    return EXIT.ok
  }
  const where = place ? `${path}:${lines.at(place.start).line}` : path
  out.write(answers.map(it => answerText(it, where, lines, terminal)).join('\n'))
  return EXIT.ok
}

function answerText(
  { rule = '', outcome, count, operator, source, parts, ...why }: PlaygroundWhy,
  where: string,
  lines: Lines,
  { out, locale }: Terminal,
): string {
  const say = WORDS[locale]
  const verdict =
    outcome === 'holds' ? paint(out, 'green', say.matches(count)) : paint(out, 'red', say.matchesNothing)
  const head = `${paint(out, 'bold', rule)} ${paint(out, 'gray', where)} ${verdict}\n`
  const own: PlaygroundWhy = { operator, source, outcome, count, parts, ...why }
  // What only holds the others is told by the heading.
  const isFrame = source === '' && parts.length > 0
  const told = isFrame && own.sentence !== undefined ? `  ${sentenceOf(own, lines, out)}\n` : ''
  const inner = isFrame ? parts : [own]
  return (
    head + told + inner.map((it, i) => treeText(it, '', i === inner.length - 1, lines, out, say)).join('')
  )
}

function treeText(
  why: PlaygroundWhy,
  indent: string,
  isLast: boolean,
  lines: Lines,
  out: Output,
  say: Words,
): string {
  const { operator, source, outcome, places, count, parts, sentence } = why
  const [colour, sign] = SIGNS[outcome]
  const label = source === '' ? operator : `${operator}: ${brief(source, 80)}`
  const line = `${indent}${paint(out, 'gray', isLast ? '└' : '├')} ${paint(out, colour, sign)} ${outcome === 'unasked' ? paint(out, 'gray', label) : label}\n`
  const below = `${indent}${isLast ? ' ' : paint(out, 'gray', '│')} `
  const detail = `${below}${parts.length > 0 ? paint(out, 'gray', '│') : ' '}   `
  const told = [
    ...places.slice(0, MOST_WRITTEN).map(it => {
      const { line, column, code } = lines.at(it.start, it.end)
      const bound = it.bindings.map(({ name, text }) => `${paint(out, 'cyan', `$${name}`)} = ${brief(text)}`)
      return `${paint(out, 'gray', `${line}:${column}`)} ${[brief(code), ...bound].join('  ')}`
    }),
    ...(count > MOST_WRITTEN
      ? [paint(out, 'gray', say.more(count - Math.min(MOST_WRITTEN, places.length)))]
      : []),
    ...(sentence === undefined ? [] : [sentenceOf(why, lines, out)]),
  ]
  const inner = parts.map((it, i) => treeText(it, below, i === parts.length - 1, lines, out, say))
  return line + told.map(it => `${detail}${it}\n`).join('') + inner.join('')
}

function sentenceOf({ sentence = '', at, outcome }: PlaygroundWhy, lines: Lines, out: Output): string {
  const place = at ? `${lines.at(at.start).line}:${lines.at(at.start).column} ` : ''
  return paint(out, 'gray', place) + (outcome === 'fails' ? paint(out, 'yellow', sentence) : sentence)
}

const SIGNS = { holds: ['green', '✔'], fails: ['red', '✘'], unasked: ['gray', '·'] } as const

/** Offsets become lines and columns, from 1, as in all of our JSON. */
function withLines(value: unknown, lines: Lines): unknown {
  if (Array.isArray(value)) return value.map(it => withLines(it, lines))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, it]) => {
      if ((key !== 'start' && key !== 'end') || typeof it !== 'number') return [key, withLines(it, lines)]
      const { line, column } = lines.at(it)
      return [key, { line, column }]
    }),
  )
}

class Lines {
  readonly #text: string
  readonly #starts: readonly number[]

  constructor(text: string) {
    this.#text = text
    this.#starts = [0, ...[...text.matchAll(/\r\n?|\n/g)].map(it => it.index + it[0].length)]
  }

  at(start: number, end = start): { readonly line: number; readonly column: number; readonly code: string } {
    const line = this.#starts.findLastIndex(it => it <= start)
    return { line: line + 1, column: start - this.#starts[line]! + 1, code: this.#text.slice(start, end) }
  }

  /** A line's code, without what is around it. Throws `UsageError` where there is no such line. */
  spanOf(given: string | undefined, locale: Locale): PlaygroundSpan | undefined {
    if (given === undefined) return undefined
    const line = Number(given)
    const start = Number.isInteger(line) && line > 0 ? this.#starts[line - 1] : undefined
    if (start === undefined) throw new UsageError(WORDS[locale].noLine(given))
    const text = this.#text.slice(start, this.#starts[line])
    const from = start + (text.length - text.trimStart().length)
    return { start: Math.min(from, start + text.length), end: Math.max(from, start + text.trimEnd().length) }
  }
}

interface Words {
  readonly usage: string
  readonly noFile: (file: string) => string
  readonly noRule: (file: string, id: string | undefined) => string
  readonly noLine: (given: string) => string
  readonly matches: (count: number) => string
  readonly matchesNothing: string
  readonly more: (count: number) => string
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    usage: 'codeant rules why needs a file of rules and a file of code',
    noFile: file => `${file} cannot be read`,
    noRule: (file, id) =>
      id === undefined ? `no rule in ${file} can be run` : `there is no rule ${id} in ${file}`,
    noLine: given => `--line cannot be "${given}": the file has no such line`,
    matches: count => (count === 1 ? 'matches' : `matches ${count} places`),
    matchesNothing: 'does not match',
    more: count => `and ${count} more`,
  },
  es: {
    usage: 'codeant rules why necesita un archivo de reglas y un archivo de código',
    noFile: file => `no se puede leer ${file}`,
    noRule: (file, id) =>
      id === undefined ? `ninguna regla de ${file} se puede ejecutar` : `no existe la regla ${id} en ${file}`,
    noLine: given => `--line no puede ser «${given}»: el archivo no tiene esa línea`,
    matches: count => (count === 1 ? 'coincide' : `coincide en ${count} lugares`),
    matchesNothing: 'no coincide',
    more: count => `y ${count} más`,
  },
}
