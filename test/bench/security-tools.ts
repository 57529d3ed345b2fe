// The tools whose security rules are compared with ours, and how each is asked: with the set that its authors recommend.

import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Corpora, corpusIfAny } from './corpora.ts'
import type { BenchLanguage } from './keystroke-files.ts'
import {
  fromAstGrep,
  fromBiome,
  fromEslint,
  fromRuff,
  type PeerFinding,
  ruffWeaknesses,
} from './peer-output.ts'
import type { Peers } from './peers.ts'

export interface SecurityTool {
  readonly name: string
  readonly languages: readonly BenchLanguage[]
  /** Run in the folder to check. */
  readonly command: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly read: (out: string, folder: string) => readonly PeerFinding[]
}

const WEB = ['typescript', 'javascript'] as const

/** Rules for ast-grep, which has none of its own. */
const COLLECTION: Corpora = {
  'ast-grep-essentials': {
    url: 'https://github.com/coderabbitai/ast-grep-essentials',
    commit: '73120109bf45c284d0cd8a37bdd7082e80e92e87',
    licence: 'Apache-2.0',
  },
}

/**
 * Those that are here; settings that they need are written into `scratch`. `project` is the folder to check.
 */
export function securityTools({ bin, folder }: Peers, scratch: string): SecurityTool[] {
  const tools: SecurityTool[] = []
  const ruff = bin('ruff')
  if (ruff) {
    const rules = execFileSync(ruff, ['rule', '--all', '--output-format', 'json'], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    const weaknesses = ruffWeaknesses(rules)
    tools.push({
      name: 'ruff (flake8-bandit)',
      languages: ['python'],
      command: [ruff, 'check', '--isolated', '--no-cache', '--select', 'S', '--output-format', 'json', '.'],
      read: (out, at) =>
        fromRuff(out, at).map(it => ({
          ...it,
          ...(weaknesses.has(it.rule) && { cwes: weaknesses.get(it.rule)! }),
        })),
    })
  }
  const eslint = bin('eslint')
  if (eslint) {
    const command = [
      eslint,
      '--config',
      eslintConfig(folder, scratch),
      '--no-inline-config',
      '--format',
      'json',
      '.',
    ]
    const plugins = ['security', 'no-unsanitized', 'sonarjs'] as const
    for (const plugin of plugins)
      tools.push({
        name: `eslint-plugin-${plugin}`,
        languages: WEB,
        command,
        read: (out, at) => fromEslint(out, at).filter(it => it.rule.startsWith(`${plugin}/`)),
      })
  }
  const biome = bin('biome')
  if (biome)
    tools.push({
      name: 'biome (security)',
      languages: WEB,
      command: [
        ...[biome, 'lint', '--config-path', biomeConfig(scratch)],
        ...['--max-diagnostics=none', '--reporter=github', '.'],
      ],
      env: { XDG_CACHE_HOME: scratch },
      read: fromBiome,
    })
  const astGrep = bin('ast-grep-0.31')
  const collection = corpusIfAny('ast-grep-essentials', COLLECTION)
  if (astGrep && collection)
    tools.push({
      name: 'ast-grep (ast-grep-essentials)',
      languages: ['python', 'typescript', 'javascript', 'rust'],
      command: [astGrep, 'scan', '--config', astGrepConfig(collection, scratch), '--json=stream', '.'],
      read: fromAstGrep,
    })
  return tools
}

/**
 * What eslint-plugin-sonarjs recommends and its documentation calls a vulnerability or a security hotspot; its other rules are
 * about bugs and style.
 */
const SONAR_SECURITY = `code-eval no-hardcoded-ip no-hardcoded-passwords no-hardcoded-secrets hardcoded-secret-signatures
  sql-queries insecure-cookie cookie-no-httponly pseudo-random file-uploads file-permissions xml-parser-xxe post-message
  no-os-command-from-path weak-ssl no-weak-keys no-weak-cipher encryption-secure-mode hashing csrf cors production-debug
  unverified-certificate unverified-hostname link-with-target-blank disabled-auto-escaping no-clear-text-protocols
  publicly-writable-directories insecure-jwt-token x-powered-by content-length disabled-resource-integrity
  content-security-policy no-mime-sniff no-referrer-policy strict-transport-security slow-regex super-linear-regex
  session-regeneration no-angular-bypass-sanitization dompurify-unsafe-config no-session-cookies-on-static-assets
  review-blockchain-mnemonic`

/** With knowledge of types, which some rules ask for; the libraries that the programs use are not installed. */
function eslintConfig(peers: string, scratch: string): string {
  const file = join(scratch, 'eslint.security.config.mjs')
  writeFileSync(
    file,
    `import { createRequire } from 'node:module'
const require = createRequire(${JSON.stringify(join(peers, 'package.json'))})
const typescript = require('typescript-eslint')
const sonarjs = require('eslint-plugin-sonarjs')
const security = require('eslint-plugin-security')
const unsanitized = require('eslint-plugin-no-unsanitized')
const sonarSecurity = ${JSON.stringify(SONAR_SECURITY.split(/\s+/))}
export default [
  {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    plugins: { security, sonarjs, 'no-unsanitized': unsanitized },
    languageOptions: {
      parser: typescript.parser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: process.cwd(), ecmaFeatures: { jsx: true } },
    },
    rules: {
      ...security.configs.recommended.rules,
      ...unsanitized.configs.recommended.rules,
      ...Object.fromEntries(sonarSecurity.map(it => ['sonarjs/' + it, 'error'])),
    },
  },
]
`,
  )
  return file
}

function biomeConfig(scratch: string): string {
  const file = join(scratch, 'biome.json')
  const rules = { recommended: false, security: { recommended: true } }
  writeFileSync(file, JSON.stringify({ linter: { rules } }))
  return file
}

/** Lets ast-grep run the collection: a key of the collection's own, which it does not know, is left out. */
function astGrepConfig(collection: string, scratch: string): string {
  const folder = join(scratch, 'ast-grep-essentials')
  for (const part of ['rules', 'utils'])
    cpSync(join(collection, part), join(folder, part), { recursive: true })
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name)
    if (!/\.ya?ml$/.test(name) || !statSync(file).isFile()) continue
    const text = readFileSync(file, 'utf8')
    const known = text.replace(/^ast-grep-essentials:.*\n/m, '')
    if (known !== text) writeFileSync(file, known)
  }
  const file = join(folder, 'sgconfig.yml')
  writeFileSync(file, 'ruleDirs: [rules]\nutilDirs: [utils]\n')
  return file
}
