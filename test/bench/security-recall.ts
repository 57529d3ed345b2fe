// The same published answers for everybody: how much of what is known to be vulnerable in public programs each tool's
// security rules find, and how often they speak where the answer says "safe".

import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { languageOf } from '../../server/src/features/languages.ts'
import { securityFindings } from '../precision/security-findings.ts'
import { type Case, casesOf, type Suite, suites } from '../precision/vulnerable-suites.ts'
import { isInLines, isSameWeakness, type SecurityFinding } from '../precision/weaknesses.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type Corpora, corpusIfAny } from './corpora.ts'
import type { BenchLanguage } from './keystroke-files.ts'
import type { Peers } from './peers.ts'
import { securityTools } from './security-tools.ts'
import { copySources, sourceFiles } from './source-tree.ts'

/** TypeScript and JavaScript are one: the same tools read both, and some programs mix them. */
export const CASE_LANGUAGES = ['python', 'web', 'rust'] as const
export type CaseLanguage = (typeof CASE_LANGUAGES)[number]

export interface Rates {
  readonly vulnerable: number
  readonly found: number
  readonly safe: number
  readonly told: number
  /** The same where any finding of a security rule in the lines counts, whatever it is about. */
  readonly foundByAny: number
  readonly toldByAny: number
}

export interface SecurityResult extends Rates {
  readonly suite: string
  readonly language: CaseLanguage
  readonly tool: string
}

const LANGUAGES: readonly BenchLanguage[] = ['python', 'typescript', 'javascript', 'rust']

export function measureSecurity(peers: Peers, only?: readonly string[]): SecurityResult[] {
  return suites()
    .filter(it => !only || only.includes(it.name))
    .flatMap(suite => {
      const { repository: url, commit, licence } = suite
      const root = corpusIfAny(suite.name, { [suite.name]: { url, commit, licence } } satisfies Corpora)
      return root ? measureSuite(peers, suite, root) : []
    })
}

function measureSuite(peers: Peers, suite: Suite, root: string): SecurityResult[] {
  const cases = casesOf(suite, root)
  const results = scored(suite.name, 'codeant', cases, securityFindings(root, suite.folders ?? ['.']))
  const folder = temporaryFolder()
  try {
    const project = join(folder.path, 'project')
    const scratch = join(folder.path, 'scratch')
    mkdirSync(scratch)
    copySources(root, LANGUAGES, project)
    writeFileSync(join(project, 'tsconfig.json'), typescriptSettings(project))
    const printed = new Map<string, string>()
    for (const { name, command, env, languages, read } of securityTools(peers, scratch)) {
      const asked = cases.filter(it => (languages as readonly string[]).includes(languageOf(it.path) ?? ''))
      if (asked.length === 0) continue
      const key = command.join('\0')
      if (!printed.has(key)) {
        console.error(`${suite.name}: ${name}`)
        const [program, ...options] = command
        const { stdout, stderr } = spawnSync(program!, options, {
          cwd: project,
          encoding: 'utf8',
          maxBuffer: 1 << 30,
          env: { ...process.env, ...env },
        })
        if (/rror/.test(stderr) && stdout === '') throw new Error(`${name}: ${stderr.slice(0, 2000)}`)
        printed.set(key, stdout)
      }
      const found = read(printed.get(key)!, project).map(it => ({ ...it, cwes: it.cwes ?? [] }))
      results.push(...scored(suite.name, name, asked, found))
    }
  } finally {
    folder.remove()
  }
  return results
}

/** All files are one program to the parser that knows types; named one by one, since of `a.ts` and `a.js` it would take one. */
export function typescriptSettings(project: string): string {
  return JSON.stringify({
    compilerOptions: {
      allowJs: true,
      noEmit: true,
      jsx: 'preserve',
      module: 'esnext',
      moduleResolution: 'bundler',
      target: 'esnext',
      types: [],
    },
    files: [...sourceFiles(project, ['typescript', 'javascript'])].map(it => it.path),
  })
}

/** By language. Whoever does not say which weakness a rule is about is believed to have meant the one that is asked for. */
export function scored(
  suite: string,
  tool: string,
  cases: readonly Case[],
  found: readonly SecurityFinding[],
): SecurityResult[] {
  const byPath = new Map<string, SecurityFinding[]>()
  for (const it of found) byPath.set(it.path, [...(byPath.get(it.path) ?? []), it])
  return CASE_LANGUAGES.flatMap(language => {
    const asked = cases.filter(it => caseLanguage(it.path) === language)
    const count = (isVulnerable: boolean, isHit: (of: SecurityFinding, it: Case) => boolean) =>
      asked.filter(
        it =>
          it.isVulnerable === isVulnerable &&
          byPath.get(it.path)?.some(of => isInLines(of, it) && isHit(of, it)),
      ).length
    const isMeant = (of: SecurityFinding, it: Case) => of.cwes.length === 0 || isSameWeakness(of, it)
    const vulnerable = asked.filter(it => it.isVulnerable).length
    return asked.length === 0
      ? []
      : [
          {
            suite,
            language,
            tool,
            vulnerable,
            found: count(true, isMeant),
            safe: asked.length - vulnerable,
            told: count(false, isMeant),
            foundByAny: count(true, () => true),
            toldByAny: count(false, () => true),
          },
        ]
  })
}

function caseLanguage(path: string): CaseLanguage | undefined {
  const language = languageOf(path)
  if (language === 'python' || language === 'rust') return language
  return language === 'typescript' || language === 'javascript' ? 'web' : undefined
}
