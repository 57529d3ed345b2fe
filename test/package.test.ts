// The package that people install: everything that runs is in it, nothing else, and VS Code takes it.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { contents, packageExtension } from '../server/tools/package.ts'
import { installExtension } from './editors/support/code-server.ts'
import { withEditors } from './editors/support/require-editors.ts'
import { temporaryFolder } from './support/temporary-folder.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = temporaryFolder()
after(() => folder.remove())
const vsix = packageExtension(join(folder.path, 'codeant.vsix'))
/** As the extension sees them: without what vsce writes for the marketplace. */
const files = [...contents(vsix).keys()]
  .filter(it => it.startsWith('extension/'))
  .map(it => it.slice('extension/'.length))

test('everything that runs is in the package', () => {
  const built = [
    'dist/client',
    'dist/server',
    'dist/grammars',
    'dist/runtime',
    'dist/models',
    'dist/page',
    'client/media',
    'docs/en',
    'docs/es',
  ]
    .flatMap(filesIn)
    .filter(it => !it.endsWith('.map'))
  const wanted = [
    ...built,
    'package.json',
    'package.nls.json',
    'package.nls.es.json',
    'language-configuration.json',
    'dist/THIRD-PARTY-LICENSES.txt',
  ]
  assert.deepEqual(
    wanted.filter(it => !files.includes(it)),
    [],
  )
  assert.ok(built.some(it => it.endsWith('.wasm')) && built.length > 20, 'the build is complete')
  // vsce gives these three names of its own.
  for (const it of ['README.md', 'CHANGELOG.md', 'LICENSE'])
    if (existsSync(join(root, it)))
      assert.ok(
        files.some(file => file.toLowerCase().startsWith(it.replace('.md', '').toLowerCase())),
        it,
      )
})

test('what the manifest names is in the package', () => {
  const { main, icon } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
    string,
    string
  >
  for (const it of [main, icon]) assert.ok(it && files.includes(join(it)), it)
})

test('nothing else is in the package', () => {
  const known =
    /^(package(\.nls(\.es)?)?\.json|language-configuration\.json|(readme|changelog)\.md|LICENSE\.txt|dist\/THIRD-PARTY-LICENSES\.txt|client\/media\/.+\.(svg|png|md)|dist\/(client\/.+\.cjs|server\/.+\.(mjs|js|json)|(grammars|runtime)\/.+\.wasm|page\/(graph|playground)\.(js|css)|models\/[\w-]+\/[\w.-]+)|docs\/(en|es)\/.+\.md)$/i
  assert.deepEqual(
    files.filter(it => !known.test(it)),
    [],
  )
  // One package serves every platform, and a person on a slow line waits for it: the engine of the models takes 4 MB,
  // the models at most 16, everything else 1.5.
  assert.ok(statSync(vsix).size < 22e6, `${statSync(vsix).size} bytes`)
})

test(
  'VS Code installs it, and its server finds problems without the repository around it',
  { timeout: 400_000 },
  withEditors(['vscode'], async () => {
    const home = join(folder.path, 'vs')
    installExtension(home, vsix)
    const name = readdirSync(join(home, 'extensions')).find(it => it.startsWith('codeant.codeant-'))
    assert.ok(name, 'VS Code lists the extension')
    folder.write('shop/a.py', 'width = width\n')
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [join(home, 'extensions', name, 'dist/server/main.mjs'), 'analyze', '--format', 'json'],
      { cwd: join(folder.path, 'shop'), encoding: 'utf8', timeout: 60_000 },
    )
    assert.match(stdout, /correctness\/self-assignment/, stderr)
  }),
)

function filesIn(path: string): string[] {
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter(it => it.isFile())
    .map(it => join(it.parentPath, it.name).slice(root.length))
}
