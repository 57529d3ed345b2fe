// The invariants of the design that can be read off the sources. `server/README.md` lists them in words.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What each layer of the server may import, itself aside. Everybody may import `shared/`. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  text: ['base'],
  database: ['base', 'text'],
  syntax: ['base', 'text', 'database'],
  semantics: ['base', 'text', 'syntax'],
  graph: ['base', 'text', 'syntax', 'semantics'],
  patterns: ['base', 'text', 'syntax', 'semantics'],
  inference: ['base', 'text', 'database', 'syntax', 'semantics'],
  rules: ['base', 'text', 'syntax', 'semantics', 'graph', 'inference'],
  features: ['base', 'text', 'database', 'syntax', 'semantics', 'graph', 'inference', 'patterns', 'rules'],
  host: [
    'base',
    'text',
    'database',
    'syntax',
    'semantics',
    'graph',
    'inference',
    'patterns',
    'rules',
    'features',
  ],
  lsp: ['base', 'text', 'database', 'syntax', 'graph', 'inference', 'rules', 'features', 'host'],
  cli: ['base', 'text', 'database', 'syntax', 'graph', 'inference', 'patterns', 'rules', 'features', 'host'],
  api: ['base', 'inference', 'features', 'host', 'cli'],
}

/** Who may use a library, as the beginning of paths. */
const ONLY: readonly (readonly [library: RegExp, places: readonly string[], why: string])[] = [
  [/^web-tree-sitter/, ['server/src/syntax/'], 'trees of WASM never leave syntax/'],
  [/^onnxruntime-/, ['server/src/inference/'], 'only inference/ runs models'],
  [/^vscode$/, ['client/', 'test/editors/'], 'only the extension knows the editor'],
  [/^vscode-languageclient/, ['client/'], 'only the extension is a client'],
  [
    /^vscode-languageserver$|^vscode-languageserver\/node$/,
    ['server/src/lsp/'],
    'wire types are never inner types',
  ],
  [
    /^vscode-languageserver-textdocument$/,
    ['server/src/lsp/', 'server/src/cli/', 'test/'],
    'positions live at the edge',
  ],
  [
    /^piscina$/,
    ['server/src/host/node/', 'deploy/gateway/src/analysis/', 'deploy/gateway/src/functions/encoder.ts'],
    'threads belong to the host',
  ],
  [/^fastify$|^@fastify\//, ['deploy/gateway/src/'], 'only the gateway is a web server'],
  [
    /^graphql$/,
    ['deploy/gateway/src/graphql/'],
    'GraphQL is one way to ask, and the rest knows nothing of it',
  ],
  [/^openid-client$/, ['deploy/gateway/src/identity/provider.ts'], 'one file speaks with the provider'],
  [
    /^ioredis$/,
    ['deploy/gateway/src/redis/', 'test/'],
    'one file asks what instances share, and knows when it is gone',
  ],
  [/^pg$|^@electric-sql\//, ['deploy/gateway/src/store/'], 'only the store knows a database'],
  [
    /^(?:(?:node:)?(?:https?|http2|net|tls|dgram|dns)(?:\/|$)|undici)/,
    ['test/', 'server/tools/', 'deploy/gateway/src/'],
    'what leaves the machine leaves through one function',
  ],
  [
    /^node:(fs|fs\/promises|os|child_process|worker_threads|readline)$/,
    [
      'server/src/host/',
      'server/src/lsp/',
      'server/src/cli/',
      'server/src/api/',
      'server/src/program.ts',
      'server/tools/',
      'deploy/gateway/src/main.ts',
      'deploy/gateway/src/write-models.ts',
      'deploy/gateway/src/weights/',
      'deploy/gateway/src/store/',
      'deploy/gateway/src/analysis/',
      'deploy/gateway/src/docs-page/',
      'test/',
    ],
    'IO lives in the hosts',
  ],
]

interface Source {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
}

const sources = ['shared/src', 'server/src', 'client/src', 'deploy/gateway/src'].flatMap(read)
const byPath = new Map(sources.map(it => [it.path, it]))

test('imports point down the layers only', () => {
  const wrong = sources.flatMap(({ path, imports }) => {
    const from = layerOf(path)
    return imports.flatMap(it => {
      if (path.startsWith('shared/'))
        return it.startsWith('.') ? [] : [`${path} imports ${it}: shared/ imports nothing`]
      if (path.startsWith('client/')) return /server/.test(it) ? [`${path} imports ${it}`] : []
      if (path.startsWith('deploy/'))
        return /^@codeant\/server\/(?!api\/)|\.\.\/(server|client|shared)\/src/.test(it)
          ? [`${path} imports ${it}: the gateway knows server/src/api/ only`]
          : []
      const target = it.startsWith('.')
        ? layerOf(relative(root, resolve(root, dirname(path), it)))
        : undefined
      if (!from || !target || from === target || LAYERS[from]?.includes(target)) return []
      return [`${path} imports ${it}: ${from}/ may not know ${target}/`]
    })
  })
  assert.deepEqual(wrong, [])
})

test('no file imports itself in a circle', () => {
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    state.set(path, 'open')
    for (const it of byPath.get(path)?.imports ?? []) {
      const target = it.startsWith('.')
        ? relative(root, resolve(root, dirname(path), it))
        : it.startsWith('@codeant/shared/')
          ? it.replace('@codeant/shared/', 'shared/src/')
          : undefined
      // A type may look back where a value may not; only what runs makes a circle.
      if (target && byPath.has(target)) visit(target, [...trail, path])
    }
    state.set(path, 'done')
  }
  for (const { path } of sources) visit(path, [])
  assert.deepEqual(circles, [])
})

test('libraries stay where they belong', () => {
  const wrong = sources.flatMap(({ path, imports }) =>
    imports.flatMap(it =>
      ONLY.filter(
        ([library, places]) => library.test(it) && !places.some(place => path.startsWith(place)),
      ).map(([, , why]) => `${path} imports ${it}: ${why}`),
    ),
  )
  assert.deepEqual(wrong, [])
})

test('nothing of the engine that runs models is loaded before it is needed', () => {
  const wrong = sources.filter(({ text }) => /^import (?!type )[^(]*?from 'onnxruntime/m.test(text))
  assert.deepEqual(
    wrong.map(it => it.path),
    [],
  )
})

test('what leaves this machine leaves through one function', () => {
  const product = sources.filter(it => !it.path.startsWith('deploy/'))
  const mentions = (what: RegExp) =>
    product.filter(({ text }) => what.test(withoutText(text))).map(it => it.path)
  // Also as a value that is called by another name.
  assert.deepEqual(
    mentions(
      /\bfetch\(|(?:=|\?\?|\|\|)\s*fetch\b|\bglobalThis\.fetch\b|\bglobalThis\[|\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|\bsendBeacon\b/,
    ),
    ['server/src/inference/remote/egress.ts'],
  )
  // It is made in one place, which makes it only for who switched it on.
  assert.deepEqual(mentions(/\bopenEgress\b/), [
    'server/src/host/node/endpoint-sends.ts',
    'server/src/inference/remote/egress.ts',
  ])
  const own = ['client', 'server', 'shared'].flatMap(it =>
    Object.keys(
      (
        JSON.parse(readFileSync(join(root, it, 'package.json'), 'utf8')) as {
          dependencies?: Record<string, string>
        }
      ).dependencies ?? {},
    ),
  )
  // The names of rules' examples are code of other people; these are what the product itself could call.
  assert.deepEqual(
    own.filter(it => /^(?:axios|got|ky|undici|node-fetch|cross-fetch|superagent|ws|openai)$/.test(it)),
    [],
  )
  const { text } = byPath.get('server/src/host/node/endpoint-sends.ts')!
  assert.match(text, /if \(!settings\(\)\.enabled\) return undefined\n\s*return openEgress\(/)
})

test('only hosts see the process', () => {
  const hosts =
    /^(server\/src\/(host|lsp|cli)\/|server\/src\/(main|program)\.ts|client\/|deploy\/gateway\/src\/main\.ts)/
  const wrong = sources.filter(
    ({ path, text }) =>
      !hosts.test(path) && /\bprocess\.(env|argv|exit|cwd|stdout|stderr)\b/.test(withoutText(text)),
  )
  assert.deepEqual(
    wrong.map(it => it.path),
    [],
  )
})

test('documents change in one method', () => {
  const wrong = sources.filter(
    ({ path, text }) => !path.includes('/database/') && /\.documents\.(set|delete|clear)\(/.test(text),
  )
  assert.deepEqual(
    wrong.map(it => it.path),
    [],
  )
})

test('rules look through the views only', () => {
  const wrong = sources
    .filter(
      ({ path }) =>
        /^server\/src\/rules\/(correctness|security|performance|design|style)\//.test(path) ||
        path.startsWith('server/src/rules/support/'),
    )
    .flatMap(({ path, text }) => {
      const code = withoutText(text)
      const found: string[] = []
      if (/\.scopes\b|\.reader\b|\bnew Reader\b/.test(code)) found.push(`${path} goes around the views`)
      for (const match of code.matchAll(/\.tree\.(\w+)/g)) {
        if (match[1] !== 'text' && match[1] !== 'grammar') found.push(`${path} reads tree.${match[1]}`)
      }
      if (/\bawait\s|\basync\s+(function|\w+ =>|\()/.test(code)) found.push(`${path} awaits`)
      if (/^(let|var) /m.test(code)) found.push(`${path} keeps state`)
      return found
    })
  assert.deepEqual(wrong, [])
})

test('only shared/ and rules have an index, and it is generated', () => {
  const wrong = sources.filter(
    ({ path, text }) => /(^|\/)index\.ts$/.test(path) || /^export \* from/m.test(text),
  )
  assert.deepEqual(
    wrong.map(it => it.path),
    [],
  )
})

test('every file opens with its reason', () => {
  const wrong = sources.filter(
    ({ text, path }) => !path.endsWith('.d.ts') && !/^(\/\/ \S|\/\*\* \S)/.test(text),
  )
  assert.deepEqual(
    wrong.map(it => it.path),
    [],
  )
})

test('no type escapes but the one that says so', () => {
  const wrong = sources.flatMap(({ path, text }) =>
    [...withoutText(text).matchAll(/:\s*any\b|\bas any\b|<any>|@ts-ignore|@ts-expect-error/g)].map(
      () => path,
    ),
  )
  assert.deepEqual(
    wrong,
    ['server/src/rules/rule.ts'].filter(it => wrong.includes(it)),
  )
})

test('what is generated is fresh', () => {
  execFileSync(process.execPath, ['--import', 'tsx', 'server/tools/generate.ts', '--check'], {
    cwd: root,
    stdio: 'pipe',
  })
})

test('the extension speaks both languages', () => {
  const keys = (file: string) => Object.keys(JSON.parse(readFileSync(join(root, file), 'utf8'))).sort()
  assert.deepEqual(keys('package.nls.json'), keys('package.nls.es.json'))
  const manifest = readFileSync(join(root, 'package.json'), 'utf8')
  const used = [...manifest.matchAll(/"%([\w.-]+)%"/g)].map(it => it[1]!)
  assert.deepEqual([...new Set(used)].sort(), keys('package.nls.json'))
})

test('the top level is the fixed one', () => {
  const allowed = new Set([
    'client',
    'server',
    'shared',
    'models',
    'deploy',
    'test',
    'docs',
    'package.json',
    'package-lock.json',
    'package.nls.json',
    'package.nls.es.json',
    'tsconfig.json',
    'tsconfig.base.json',
    'language-configuration.json',
    'README.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'biome.json',
    'action.yml',
  ])
  const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .map(it => it.split('/')[0]!)
    .filter(Boolean)
  assert.deepEqual(
    [...new Set(tracked)].filter(it => !allowed.has(it) && !it.startsWith('.')),
    [],
  )
})

function read(folder: string): Source[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(it => {
    const path = `${folder}/${it.name}`
    if (it.isDirectory()) return it.name === 'assembly' ? [] : read(path)
    if (!it.name.endsWith('.ts')) return []
    const text = readFileSync(join(root, path), 'utf8')
    const imports = [
      ...text.matchAll(
        /^(?:import|export)\s(?!type\b)[^'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
      ),
    ].map(it => (it[1] ?? it[2] ?? it[3])!)
    return [{ path, text, imports }]
  })
}

function layerOf(path: string): string | undefined {
  return /^server\/src\/(\w+)\//.exec(path)?.[1]
}

/** The code without comments, strings and templates: rules' examples are code of other people. */
function withoutText(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(,])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g,
    it => (it.startsWith('/') ? '' : "''"),
  )
}
