// How each tool is asked to check a folder: with its default rules, its default number of threads, and output that costs it
// little: a line for each finding; Biome, which would spend a third of its time on that, shows the first twenty as it always does.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchLanguage } from './keystroke-files.ts'
import type { Peers } from './peers.ts'
import { MAIN } from './servers.ts'

export interface ScanTool {
  readonly name: string
  readonly languages: readonly BenchLanguage[]
  readonly command: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Exit codes of a run that worked; with findings it is another one than without. */
  readonly codes: readonly number[]
  readonly findings: (out: string) => number
  /** Runs once, unmeasured, so that there is something to remember. */
  readonly warmed?: boolean
}

const WEB = ['typescript', 'javascript'] as const

/** Settings that tools need are written into `scratch`; each command is run in the folder to check. */
export function scanTools({ bin, folder }: Peers, scratch: string): ScanTool[] {
  const codeant = [process.execPath, MAIN, 'analyze', '--format', 'github', '--fail-on', 'never', '.']
  const languages = ['python', 'typescript', 'javascript', 'rust'] as const
  const cache = { CODEANT_CACHE: join(scratch, 'codeant-cache') }
  const ours = { languages, env: cache, codes: [0], findings: counting(/^::/gm) }
  const tools: ScanTool[] = [
    { name: 'codeant', command: [...codeant, '--no-cache'], ...ours },
    { name: 'codeant, again', command: codeant, warmed: true, ...ours },
  ]
  const ruff = bin('ruff')
  if (ruff)
    tools.push({
      name: 'ruff',
      languages: ['python'],
      command: [ruff, 'check', '--isolated', '--no-cache', '--output-format', 'concise', '.'],
      codes: [0, 1],
      findings: counting(/^\S+:\d+:\d+: /gm),
    })
  const oxlint = bin('oxlint')
  if (oxlint)
    tools.push({
      name: 'oxlint',
      languages: WEB,
      command: [oxlint, '--format', 'unix', '.'],
      codes: [0, 1],
      findings: counting(/^.+:\d+:\d+: /gm),
    })
  const biome = bin('biome')
  if (biome)
    tools.push({
      name: 'biome',
      languages: WEB,
      command: [biome, 'lint', '.'],
      env: { XDG_CACHE_HOME: scratch },
      codes: [0, 1],
      findings: out => [...out.matchAll(/^Found (\d+) /gm)].reduce((sum, it) => sum + Number(it[1]), 0),
    })
  const eslint = bin('eslint')
  if (eslint)
    tools.push({
      name: 'eslint',
      languages: WEB,
      command: [eslint, '--config', eslintConfig(folder, scratch), '.'],
      codes: [0, 1],
      findings: counting(/^ +\d+:\d+ +(error|warning) /gm),
    })
  const astGrep = bin('ast-grep')
  if (astGrep)
    tools.push({
      name: 'ast-grep',
      languages,
      command: [astGrep, 'scan', '--config', astGrepConfig(scratch), '--report-style', 'short', '.'],
      codes: [0, 1],
      findings: counting(/^.+:\d+:\d+: /gm),
    })
  return tools
}

function counting(line: RegExp): ScanTool['findings'] {
  return out => out.match(line)?.length ?? 0
}

/** The recommended rules of ESLint and typescript-eslint that need no types. */
function eslintConfig(peers: string, scratch: string): string {
  const file = join(scratch, 'eslint.config.mjs')
  writeFileSync(
    file,
    `import { createRequire } from 'node:module'
const require = createRequire(${JSON.stringify(join(peers, 'package.json'))})
const js = require('@eslint/js')
const typescript = require('typescript-eslint')
export default typescript.config(
  { files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'] },
  js.configs.recommended,
  typescript.configs.recommended,
)
`,
  )
  return file
}

/** ast-grep has no rules of its own. These are small ones, ten for each language. */
const PATTERNS: Readonly<Record<string, readonly string[]>> = {
  Python: [
    '$A == None',
    '$A != None',
    'eval($$$)',
    'exec($$$)',
    '$A = $A',
    'assert ($$$A,)',
    'print($$$)',
    'open($A)',
    'lambda: $F()',
    'not $A in $B',
  ],
  TypeScript: [
    '$A == $B',
    '$A != $B',
    'eval($$$)',
    '$A = $A',
    'new Array($N)',
    'console.log($$$)',
    'setTimeout($A)',
    'debugger',
    'typeof $A == $B',
    'JSON.parse(JSON.stringify($A))',
  ],
  Rust: [
    '$A.unwrap()',
    '$A.expect($B)',
    'panic!($$$)',
    'todo!($$$)',
    '$A = $A',
    'println!($$$)',
    '$A.clone().clone()',
    'std::mem::transmute($A)',
    '$A == true',
    '$A.len() == 0',
  ],
}

function astGrepConfig(scratch: string): string {
  const rules = join(scratch, 'rules')
  mkdirSync(rules, { recursive: true })
  const all = { ...PATTERNS, JavaScript: PATTERNS.TypeScript!, Tsx: PATTERNS.TypeScript! }
  for (const [language, patterns] of Object.entries(all)) {
    patterns.forEach((pattern, i) => {
      const id = `${language.toLowerCase()}-${i}`
      writeFileSync(
        join(rules, `${id}.yml`),
        `id: ${id}\nlanguage: ${language}\nseverity: warning\nmessage: found\nrule:\n  pattern: ${JSON.stringify(pattern)}\n`,
      )
    })
  }
  const file = join(scratch, 'sgconfig.yml')
  writeFileSync(file, 'ruleDirs:\n  - rules\n')
  return file
}
