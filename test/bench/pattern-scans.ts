// The same rules on the same repository, by us and by ast-grep, whose format both read: time against the number of rules. The
// rules ask for calls; every tenth names a function that the repository calls somewhere, the others one that it does not, as
// is so with rules that were written for everybody.

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

export interface PatternScanResult {
  readonly repository: string
  readonly files: number
  readonly lines: number
  readonly rules: number
  readonly tool: string
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
  for (const rules of counts) {
    const folder = temporaryFolder()
    const keep = (tool: string, { seconds, cpuSeconds, peakMemory }: Measurement, findings: number) =>
      results.push({
        ...{ repository, files: files.length, lines, rules, tool, seconds, findings },
        ...(cpuSeconds !== undefined && { cpuSeconds }),
        ...(peakMemory !== undefined && { peakMemory }),
      })
    try {
      folder.write('rules/all.yml', rulesOf(names, rules))
      folder.write('sgconfig.yml', 'ruleDirs: [rules]\n')
      const options = ['--only', 'own', '--format', 'json', '--show', 'hint', '--no-cache']
      const ours = await measureProcess(
        [process.execPath, main, 'analyze', '--rules', join(folder.path, 'rules'), ...options, '.'],
        { cwd: root, scratch: folder.path },
      )
      const { findings } = JSON.parse(ours.out) as { readonly findings: readonly unknown[] }
      keep('codeant', ours, findings.length)
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

function rulesOf(names: readonly string[], count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const name = i % 10 === 0 && i < names.length ? names[i]! : `absent_name_${i}`
    return `id: r${i}\nlanguage: python\nseverity: warning\nmessage: a call of ${name}\nrule:\n  pattern: ${name}($$$ARGS)\n`
  }).join('---\n')
}
