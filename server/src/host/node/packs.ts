// Files and folders of rules that people bring: read, sorted out, ready to run.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Pack } from '../../patterns/pack.ts'
import type { PackRule, Refused } from '../../patterns/rule.ts'
import { grammarsOf, readRuleFile } from '../../patterns/rule-file.ts'
import type { SyntaxParser } from '../../syntax/parser.ts'
import { digest } from './folders.ts'

export interface LoadedPack {
  readonly pack: Pack
  readonly refused: readonly (Refused & { readonly file: string })[]
  /** Places that cannot be read, or in which there is no rule. */
  readonly empty: readonly string[]
  /** Plain data: what another thread needs to load the same. */
  readonly origin: PackOrigin
}

export interface PackOrigin {
  readonly files: readonly string[]
  /** Of all that the files hold. */
  readonly digest: string
}

/** The rules of these files and folders. The first rule with an id is the one. */
export async function loadPack(parser: SyntaxParser, places: readonly string[]): Promise<LoadedPack> {
  const rules = new Map<string, PackRule>()
  const refused: (Refused & { file: string })[] = []
  const files: string[] = []
  const empty: string[] = []
  let contents = ''
  for (const place of places) {
    let any = false
    for (const file of ruleFiles(place)) {
      const text = readFileSync(file, 'utf8')
      for (const grammar of grammarsOf(text)) await parser.load(grammar)
      const read = readRuleFile(parser, text)
      if (!read) continue
      any = true
      files.push(file)
      contents += digest(text)
      for (const rule of read.rules) {
        if (rules.has(rule.id))
          refused.push({ file, id: rule.id, offset: 0, refusal: { code: 'same-id', about: [] } })
        else rules.set(rule.id, rule)
      }
      refused.push(...read.refused.map(it => ({ ...it, file })))
    }
    if (!any) empty.push(place)
  }
  return { pack: new Pack([...rules.values()]), refused, empty, origin: { files, digest: digest(contents) } }
}

/** A file, or the files of rules in a folder, in the order of their names. */
export function ruleFiles(place: string): string[] {
  try {
    if (!statSync(place).isDirectory()) return [place]
    return readdirSync(place, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(it => {
        const path = join(place, it.name)
        if (it.name.startsWith('.')) return []
        if (it.isDirectory()) return ruleFiles(path)
        return /(?<!\.test)\.ya?ml$/.test(it.name) ? [path] : []
      })
  } catch {
    return []
  }
}
