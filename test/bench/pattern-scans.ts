// The same rules on the same repository, by us and by ast-grep, whose format both read: time against the number of rules. The
// rules ask for calls, of functions that the repository calls somewhere and of others that it does not know, as is so with
// rules that were written for everybody. Once every tenth rule has something to say, however many there are; once thirty of
// them have: what rules cost that say nothing.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { walk } from '../../server/src/host/node/walk.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { corpus } from './corpora.ts'
import { type Measurement, measureProcess } from './measure-process.ts'
import type { Peers } from './peers.ts'

export interface PatternScansOptions {
  readonly repository: string
  readonly counts: readonly number[]
  /** Beyond this many rules, ast-grep is left out: its time grows with them. */
  readonly mostForPeer: number
}

/** How many rules have something to say where their number stays the same. */
const SPEAKING = 30

export interface PatternScanResult {
  readonly repository: string
  readonly files: number
  readonly lines: number
  readonly rules: number
  /** How many of them name a function that is called. */
  readonly speaking: number
  readonly tool: string
  /** Of ours: with rules that were never read; `seconds` are those from the second time on. */
  readonly firstSeconds?: number
  readonly seconds: number
  readonly cpuSeconds?: number
  /** In bytes. */
  readonly peakMemory?: number
  readonly findings: number
}

export async function measurePatternScans(
  main: string,
  peers: Peers,
  { repository, counts, mostForPeer }: PatternScansOptions,
): Promise<PatternScanResult[]> {
  const root = corpus(repository)
  const files = [
    ...walk(
      root,
      it => it.endsWith('.py'),
      () => undefined,
    ),
  ]
  const texts = files.map(it => readFileSync(it, 'utf8'))
  const lines = texts.reduce((sum, it) => sum + it.split('\n').length - 1, 0)
  const names = namesIn(texts)
  const peer = peers.bin('ast-grep')
  const results: PatternScanResult[] = []
  for (const { rules, speaking } of rounds(counts)) {
    const folder = temporaryFolder()
    const keep = (
      tool: string,
      { seconds, cpuSeconds, peakMemory }: Measurement,
      findings: number,
      firstSeconds?: number,
    ) =>
      results.push({
        ...{ repository, files: files.length, lines, rules, speaking, tool, seconds, findings },
        ...(firstSeconds !== undefined && { firstSeconds }),
        ...(cpuSeconds !== undefined && { cpuSeconds }),
        ...(peakMemory !== undefined && { peakMemory }),
      })
    try {
      folder.write('rules/all.yml', rulesOf(names, rules, speaking))
      folder.write('sgconfig.yml', 'ruleDirs: [rules]\n')
      const options = ['--only', 'own', '--format', 'json', '--show', 'hint', '--no-cache']
      const run = () =>
        measureProcess(
          [process.execPath, main, 'analyze', '--rules', join(folder.path, 'rules'), ...options, '.'],
          { cwd: root, scratch: folder.path, env: { CODEANT_CACHE: join(folder.path, 'cache') } },
        )
      const first = await run()
      const ours = await run()
      const { findings } = JSON.parse(ours.out) as { readonly findings: readonly unknown[] }
      keep('codeant', ours, findings.length, first.seconds)
      if (!peer || rules > mostForPeer) continue
      const theirs = await measureProcess(
        [peer, 'scan', '-c', join(folder.path, 'sgconfig.yml'), '--json=stream', '.'],
        { cwd: root, scratch: folder.path },
      )
      keep('ast-grep', theirs, theirs.out.split('\n').filter(it => it !== '').length)
    } finally {
      folder.remove()
    }
  }
  return results
}

/** Where both series would say the same, it is said once. */
function rounds(counts: readonly number[]): readonly { readonly rules: number; readonly speaking: number }[] {
  const tenth = counts.map(rules => ({ rules, speaking: rules / 10 }))
  const few = counts.filter(it => it / 10 > SPEAKING).map(rules => ({ rules, speaking: SPEAKING }))
  return [...tenth, ...few]
}

/** What is called, in an order that has nothing to do with how often. */
function namesIn(texts: readonly string[]): readonly string[] {
  const names = new Set<string>()
  for (const text of texts) for (const [, name] of text.matchAll(/\b([A-Za-z_]\w{3,})\(/g)) names.add(name!)
  return [...names].sort((a, b) => key(a) - key(b))
}

function key(text: string): number {
  let sum = 7
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) >>> 0
  return Math.imul(sum, 2654435761) >>> 0
}

/** Those that name a function that is called stand evenly among the others. */
function rulesOf(names: readonly string[], count: number, speaking: number): string {
  const every = Math.floor(count / speaking)
  return Array.from({ length: count }, (_, i) => {
    const called = i % every === 0 && i / every < speaking ? names[i / every] : undefined
    return ruleOf(i, called ?? `absent_name_${i}`)
  }).join('---\n')
}

function ruleOf(i: number, name: string): string {
  return `id: r${i}\nlanguage: python\nseverity: warning\nmessage: a call of ${name}\nrule:\n  pattern: ${name}($$$ARGS)\n`
}
