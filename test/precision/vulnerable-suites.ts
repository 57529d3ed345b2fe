// Public vulnerable programs, and what their authors say is wrong in them: questions that have a published answer.
//
// The programs are not in this repository: `vulnerable.json` names each with its commit. What their authors say is read as
// they publish it; where they tell it in prose only, the answers are places in `vulnerable.json` that we read out of their lists.

import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { parse } from 'yaml'
import { annotationsFor } from '../../server/src/patterns/annotations.ts'

/** A public program or benchmark, and how its authors say what is wrong in it. */
export interface Suite {
  readonly name: string
  readonly repository: string
  readonly commit: string
  readonly licence: string
  readonly about: string
  readonly answers: Answers
  /** Folders to read; all of it without them. */
  readonly folders?: readonly string[]
}

type Answers =
  /** A table: test, category, vulnerable or not, CWE. A file is a case. */
  | { readonly kind: 'table'; readonly table: string; readonly folder: string; readonly extension: string }
  /** Comments in test files beside rules: a line is a case. Only rules that call what they find a vulnerability. */
  | {
      readonly kind: 'annotations'
      /** Rules filed under a weakness that is not the one their marks show, and the one that it is. */
      readonly weaknesses?: Readonly<Record<string, number>>
    }
  /** `…_unsafe.js` beside `…_task.js`, with the CWE in the name. A file is a case. */
  | { readonly kind: 'pairs' }
  /** Folders named after a CWE, and everything in them is vulnerable. A file is a case. */
  | { readonly kind: 'folders'; readonly folder: string }
  /** Places that we read out of what the authors tell in prose. */
  | { readonly kind: 'places'; readonly from: string; readonly places: readonly Place[] }

interface Place {
  readonly path: string
  readonly line: number
  readonly cwe: number
  /** The author's own repair of the same weakness, or a use like it that does no harm. */
  readonly safe?: true
}

/** One question to which the authors gave the answer. */
export interface Case {
  readonly path: string
  /** From the first to the last line that a finding may lie in; the whole file without them. */
  readonly lines?: readonly [number, number]
  readonly cwes: readonly number[]
  readonly isVulnerable: boolean
}

/** How far below an annotation a finding may lie at least: a statement may take several lines. */
const REACH = 4
/** And at most, while the code goes on in the same block: the mark stands where the value comes in, the harm is done below. */
const FARTHEST = 40

export function suites(): readonly Suite[] {
  return JSON.parse(readFileSync(new URL('vulnerable.json', import.meta.url), 'utf8')) as readonly Suite[]
}

/** `at` is the folder in which the suite is checked out. */
export function casesOf({ answers }: Suite, at: string): Case[] {
  switch (answers.kind) {
    case 'table':
      return fromTable(readFileSync(join(at, answers.table), 'utf8'), answers.folder, answers.extension)
    case 'annotations':
      return fromAnnotations(at, answers.weaknesses ?? {})
    case 'pairs':
      return fromPairs(at)
    case 'folders':
      return fromFolders(at, answers.folder)
    case 'places':
      return answers.places.map(({ path, line, cwe, safe }) => ({
        path,
        lines: [line, line],
        cwes: [cwe],
        isVulnerable: !safe,
      }))
  }
}

function fromTable(table: string, folder: string, extension: string): Case[] {
  return table
    .split(/\r?\n/)
    .filter(it => it !== '' && !it.startsWith('#'))
    .map(it => {
      const [test, , vulnerable, cwe] = it.split(',')
      return {
        path: `${folder}/${test}${extension}`,
        cwes: [Number(cwe)],
        isVulnerable: vulnerable?.trim() === 'true',
      }
    })
}

function fromAnnotations(at: string, weaknesses: Readonly<Record<string, number>>): Case[] {
  const cases: Case[] = []
  for (const file of filesBelow(at, /\.ya?ml$/).filter(it => !/\.test\.ya?ml$/.test(it))) {
    for (const rule of vulnerabilityRules(file)) {
      const stem = basename(file).replace(/\.ya?ml$/, '.')
      for (const name of readdirSync(dirname(file))) {
        if (!name.startsWith(stem) || !/\.(py|[cm]?[jt]sx?|rs)$/.test(name)) continue
        // What their fix leaves behind still has the marks of what was fixed.
        if (/\.fixed\.\w+$/.test(name)) continue
        const path = join(dirname(file), name)
        const text = readFileSync(path, 'utf8')
        const said = annotationsFor(text, rule.id)
        if (!said) continue
        const all = text.split(/\r?\n/)
        const cwes = weaknesses[rule.id] === undefined ? rule.cwes : [weaknesses[rule.id]!]
        const marks = [...said.expected, ...said.safe, ...said.ignored].sort((a, b) => a - b)
        const add = (line: number, isVulnerable: boolean) => {
          const next = marks.find(it => it > line) ?? all.length + 1
          const lines = [line, Math.min(endOfBlock(all, line), next - 1)] as const
          cases.push({ path: relative(at, path), lines, cwes, isVulnerable })
        }
        for (const line of said.expected) add(line, true)
        for (const line of said.safe) add(line, false)
      }
    }
  }
  return cases
}

/** The last line of what goes on at a line: of its statement, or of the block that it is in. */
function endOfBlock(all: readonly string[], line: number): number {
  const indent = indentOf(all[line - 1] ?? '')
  let last = line
  while (last < Math.min(line + FARTHEST, all.length)) {
    const next = all[last]!
    const goesOn =
      next.trim() === '' ||
      indentOf(next) > indent ||
      (indentOf(next) === indent && (indent > 0 || /^[)\]}'"`]/.test(next)))
    if (!goesOn) break
    last++
  }
  return Math.max(last, line + REACH)
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)![0].length
}

function vulnerabilityRules(file: string): { readonly id: string; readonly cwes: readonly number[] }[] {
  const { rules } = (parse(readFileSync(file, 'utf8'), { logLevel: 'silent', uniqueKeys: false }) ?? {}) as {
    readonly rules?: readonly {
      readonly id: string
      readonly languages?: readonly string[]
      readonly metadata?: {
        readonly category?: string
        readonly cwe?: unknown
        readonly subcategory?: unknown
      }
    }[]
  }
  return (rules ?? [])
    .filter(
      ({ metadata }) => metadata?.category === 'security' && [metadata.subcategory].flat().includes('vuln'),
    )
    .map(({ id, metadata }) => ({
      id,
      cwes: [metadata?.cwe].flat().flatMap(it => Number(/CWE-(\d+)/.exec(String(it))?.[1] ?? Number.NaN)),
    }))
    .filter(it => it.cwes.some(cwe => Number.isInteger(cwe)))
}

function fromPairs(at: string): Case[] {
  return filesBelow(at, /_(unsafe|task)\.(py|js|ts|rs)$/).map(it => ({
    path: relative(at, it),
    cwes: [Number(/cwe_(\d+)/.exec(it)?.[1])],
    isVulnerable: /_unsafe\./.test(it),
  }))
}

function fromFolders(at: string, folder: string): Case[] {
  return filesBelow(join(at, folder), /\.py$/).map(it => ({
    path: relative(at, it),
    cwes: [Number(/CWE-(\d+)/.exec(it)?.[1])],
    isVulnerable: true,
  }))
}

function filesBelow(at: string, wanted: RegExp): string[] {
  return readdirSync(at, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(it => {
      if (it.name.startsWith('.')) return []
      const path = join(at, it.name)
      if (it.isDirectory()) return filesBelow(path, wanted)
      return wanted.test(it.name) ? [path] : []
    })
}
