// Patterns of data languages as text that their parsers understand. What an ellipsis stands for depends on its neighbours.

import type { DataGrammar } from '../syntax/language.ts'
import { GAP, HOLE, type Prepared } from './prepare.ts'

export function prepareData(source: string, family: DataGrammar): Prepared {
  return { text: PREPARE[family](source), types: NONE }
}

const NONE: ReadonlyMap<string, string> = new Map()

const PREPARE: Readonly<Record<DataGrammar, (source: string) => string>> = {
  json: prepareJson,
  yaml: prepareYaml,
  hcl: prepareHcl,
  html: prepareHtml,
  dockerfile: prepareDockerfile,
}

const STAND_IN = /"(?:\\.|[^"\\])*"|\$\.\.\.([A-Z_][A-Z_0-9]*)|\$([A-Z_][A-Z_0-9]*)(?!\w)|\.\.\./g

/** JSON has no bare words: a stand-in is a string, and among the members of an object a pair of them. */
function prepareJson(source: string): string {
  const text = source.replace(
    STAND_IN,
    (all, gap: string | undefined, hole: string | undefined, at: number) => {
      if (all.startsWith('"')) return all
      if (hole !== undefined) return `"${HOLE}${hole}"`
      const stand = `"${GAP}${gap ?? ''}"`
      const before = source.slice(0, at).trimEnd()
      const behind = source.slice(at + all.length).trimStart()
      const isValue = before.endsWith(':') || behind.startsWith(':')
      return isValue || innermost(before) !== '{' ? stand : `${stand}: ${stand}`
    },
  )
  // People end lists with a comma; JSON does not.
  return text.replace(/"(?:\\.|[^"\\])*"|,(?=\s*(?:[}\]]|$))/g, it => (it === ',' ? '' : it))
}

/** The bracket in which a text ends, or undefined. */
function innermost(text: string): string | undefined {
  const open: string[] = []
  for (const [it] of text.matchAll(/"(?:\\.|[^"\\\n])*"|[[\](){}]/g))
    if (it === '{' || it === '[' || it === '(') open.push(it)
    else if (!it.startsWith('"')) open.pop()
  return open.at(-1)
}

const YAML_GAP = /^(?:\.\.\.|\$\.\.\.([A-Z_][A-Z_0-9]*))\s*$/

/** An ellipsis on a line of its own is an item where its neighbours are items, and an entry where they are entries. */
function prepareYaml(source: string): string {
  const lines = source.split('\n')
  const heads = lines.map(headsOf)
  return lines
    .map((line, i) => {
      const indent = /^\s*(?:- +)*/.exec(line)![0]
      const gap = YAML_GAP.exec(line.slice(indent.length))
      if (!gap) return yamlLine(line)
      const stand = `${GAP}${gap[1] ?? ''}`
      // `- ...` is any item; one whose own entries follow in the next line is a part of that item.
      const below = heads[i + 1]?.[0]
      const goesOn = indent.endsWith('- ') && below?.column === indent.length && !below.isItem
      const neighbour = indent.endsWith('- ')
        ? goesOn
          ? 'entry'
          : undefined
        : neighbourOf(heads, i, indent.length)
      if (neighbour === 'item') return `${indent}- ${stand}`
      return neighbour === 'entry' ? `${indent}${stand}: ${stand}` : `${indent}${stand}`
    })
    .join('\n')
}

interface Head {
  readonly column: number
  readonly isItem: boolean
}

/** What begins in a line, and where: `- name: x` is an item and an entry in it. Nothing for empty lines and ellipses. */
function headsOf(line: string): readonly Head[] {
  const heads: Head[] = []
  let at = /^ */.exec(line)![0].length
  while (line.startsWith('- ', at) || line.slice(at) === '-') {
    heads.push({ column: at, isItem: true })
    at += 1 + /^-( *)/.exec(line.slice(at))![1]!.length
  }
  const rest = line.slice(at)
  if (rest !== '' && !YAML_GAP.test(rest)) heads.push({ column: at, isItem: false })
  return heads
}

/** What stands at the same column next to a line; undefined where it is alone. */
function neighbourOf(
  heads: readonly (readonly Head[])[],
  line: number,
  column: number,
): 'item' | 'entry' | undefined {
  for (const step of [1, -1]) {
    for (let i = line + step; i >= 0 && i < heads.length; i += step) {
      const its = heads[i]!
      const same = its.find(it => it.column === column)
      if (same) return same.isItem ? 'item' : 'entry'
      if (its.length > 0 && its[0]!.column < column) break
    }
  }
  return undefined
}

/** Holes and ellipses that are whole values, keys or elements; in longer texts they are texts. */
function yamlLine(line: string): string {
  return line.replace(
    /"(?:\\.|[^"\\])*"|'(?:''|[^'])*'|(?<=^|[\s[{,:-])(?:\$\.\.\.([A-Z_][A-Z_0-9]*)|\$([A-Z_][A-Z_0-9]*)|\.\.\.)(?=$|[\s\]},:])/g,
    (all, gap: string | undefined, hole: string | undefined) => {
      // Regular expressions are full of what is no escape in YAML.
      if (all.startsWith('"=~/')) return `'${all.slice(1, -1).replaceAll("'", "''")}'`
      if (all.startsWith('"') || all.startsWith("'")) return all
      return hole === undefined ? `${GAP}${gap ?? ''}` : `${HOLE}${hole}`
    },
  )
}

/** Among the settings of a block an ellipsis is a block, among the entries of an object an entry, elsewhere a value. */
function prepareHcl(source: string): string {
  return source.replace(
    /"(?:\\.|[^"\\])*"|#[^\n]*|\/\/[^\n]*|\$\.\.\.([A-Z_][A-Z_0-9]*)|\$([A-Z_][A-Z_0-9]*)(?!\w)|\.\.\./g,
    (all, gap: string | undefined, hole: string | undefined, at: number) => {
      if (hole !== undefined) return `${HOLE}${hole}`
      if (gap === undefined && all !== '...') return all
      const stand = `${GAP}${gap ?? ''}`
      const before = source.slice(0, at)
      const inside = innermost(before)
      const isValue = /[=:?]\s*$/.test(before) || /^[ \t]*[={"\w]/.test(source.slice(at + all.length))
      const isLabel = /[\w"][ \t]+$/.test(before) && /^[ \t]*[{"\w]/.test(source.slice(at + all.length))
      if (inside === '(' || inside === '[') return stand
      if (isObject(before)) return isValue && !/[,{"\w][ \t]*$/.test(before) ? stand : ` ${stand} = ${stand} `
      return isValue || isLabel ? stand : ` ${stand} {} `
    },
  )
}

/** Whether the open brace in which a text ends belongs to a value and not to a block. */
function isObject(before: string): boolean {
  let depth = 0
  for (let at = before.length - 1; at >= 0; at--) {
    const it = before[at]
    if (it === '}') depth++
    else if (it === '{' && depth-- === 0) return /(^|[=:([,])\s*$/.test(before.slice(0, at))
  }
  return false
}

/** Words that are holes or ellipses, also as the parts of an image or behind `=`. */
function prepareDockerfile(source: string): string {
  return source.replace(
    /"\.\.\."|\$\.\.\.([A-Z_][A-Z_0-9]*)|\$([A-Z_][A-Z_0-9]*)(?!\w)|(?<=^|[\s=:@[,])\.\.\.(?=$|[\s\],:@])/g,
    (all, gap: string | undefined, hole: string | undefined) => {
      if (all.startsWith('"')) return all
      return hole === undefined ? `${GAP}${gap ?? ''}` : `${HOLE}${hole}`
    },
  )
}

/** A tag that is a metavariable, attributes and contents that are ellipses. */
function prepareHtml(source: string): string {
  return source.replace(
    /"[^"]*"|'[^']*'|\$\.\.\.([A-Z_][A-Z_0-9]*)|\$([A-Z_][A-Z_0-9]*)(?!\w)|\.\.\./g,
    (all, gap: string | undefined, hole: string | undefined, at: number) => {
      if (hole !== undefined)
        return /<\/?$/.test(source.slice(0, at)) ? `hole--${hole.replaceAll('_', '-')}` : `${HOLE}${hole}`
      return gap === undefined && all !== '...' ? all : `${GAP}${gap ?? ''}`
    },
  )
}
