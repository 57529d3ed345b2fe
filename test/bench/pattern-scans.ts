// The same rules on the same repository, by us and by ast-grep, whose format both read: time against the number of rules. The
// rules ask for calls; every tenth names a function that the repository calls somewhere, the others one that it does not, as
// is so with rules that were written for everybody.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { walk } from '../../server/src/host/node/walk.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { corpus } from './corpora.ts'
import { measureProcess } from './measure-process.ts'
import type { Peers } from './peers.ts'

export interface PatternScansOptions {
  readonly repository: string
  readonly counts: readonly number[]
  /** Beyond this many rules, ast-grep is left out: its time grows with them. */
  readonly mostForPeer: number
}

export async function measurePatternScans(
  main: string,
  peers: Peers,
  { repository, counts, mostForPeer }: PatternScansOptions,
): Promise<string> {
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
  const table = [`${repository}: ${files.length} files, ${lines} lines of Python`]
  for (const count of counts) {
    const folder = temporaryFolder()
    try {
      folder.write('rules/all.yml', rulesOf(names, count))
      folder.write('sgconfig.yml', 'ruleDirs: [rules]\n')
      const options = ['--only', 'own', '--format', 'json', '--show', 'hint', '--no-cache']
      const ours = await measureProcess(
        [process.execPath, main, 'analyze', '--rules', join(folder.path, 'rules'), ...options, '.'],
        { cwd: root, scratch: folder.path },
      )
      const theirs =
        peer && count <= mostForPeer
          ? await measureProcess(
              [peer, 'scan', '-c', join(folder.path, 'sgconfig.yml'), '--json=stream', '.'],
              { cwd: root, scratch: folder.path },
            )
          : undefined
      const found = (JSON.parse(ours.out) as { readonly findings: readonly unknown[] }).findings.length
      const others = theirs?.out.split('\n').filter(it => it !== '').length
      table.push(
        `${count} rules: ${ours.seconds.toFixed(1)} s (processor ${(ours.cpuSeconds ?? Number.NaN).toFixed(1)} s), ${found} findings` +
          (theirs
            ? `; ast-grep ${theirs.seconds.toFixed(1)} s (${(theirs.cpuSeconds ?? Number.NaN).toFixed(1)} s), ${others} findings: ${(theirs.seconds / ours.seconds).toFixed(1)} times`
            : ''),
      )
    } finally {
      folder.remove()
    }
  }
  return table.join('\n')
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
