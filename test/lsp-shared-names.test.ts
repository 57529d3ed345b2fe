// What files share without asking each other over a network, over the wire: variables of the environment, tables, calls into Rust.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  DocumentLink,
  WorkspaceEdit,
} from 'vscode-languageserver-types'
import { applied, definition, inFiles, linesOf, positionIn } from './support/lsp-workspace.ts'

const limit = { timeout: 60_000 }
const ASKS = { workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } } }

const SETTINGS = {
  '.env': 'API_KEY=1\n',
  Dockerfile: 'FROM alpine\nENV API_KEY=none\n',
  'docker-compose.yml': 'services:\n  web:\n    env_file: .env\n    environment:\n      API_KEY: none\n',
  'server/settings.py': 'import os\nKEY = os.environ["API_KEY"]\n',
  'web/key.ts': 'export const key = process.env.API_KEY\n',
}

test('a variable of the environment is renamed wherever it is a fact, or not at all', limit, t => {
  const crossing = { file: 'web/key.ts', language: 'typescript', text: 'API_KEY' }
  return inFiles(t, { files: SETTINGS, crossing, capabilities: ASKS }, async ({ client, uri }) => {
    const at = {
      textDocument: { uri: uri('web/key.ts') },
      position: positionIn(SETTINGS['web/key.ts'], 'API_KEY'),
    }
    const ask = (newName: string) => client.request<WorkspaceEdit>('textDocument/rename', { ...at, newName })
    const edit = await ask('SHOP_KEY')
    for (const [name, text] of Object.entries(applied(edit, SETTINGS).texts))
      assert.equal(text, SETTINGS[name as keyof typeof SETTINGS].replace('API_KEY', 'SHOP_KEY'))
    assert.equal(edit.documentChanges?.length, 5)
    assert.match(JSON.stringify(edit.changeAnnotations), /Where the program runs/)
    await assert.rejects(ask('SHOP-KEY'), /cannot be a name in every language/)
  })
})

test('a compose file links to the files that it speaks of', limit, t => {
  const crossing = { file: 'web/key.ts', language: 'typescript', text: 'API_KEY' }
  return inFiles(t, { files: SETTINGS, crossing }, async ({ client, uri }) => {
    const compose = uri('docker-compose.yml')
    await client.open(compose, 'yaml', SETTINGS['docker-compose.yml'])
    const links = await client.request<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri: compose },
    })
    const resolved = await Promise.all(
      links.map(it => client.request<DocumentLink>('documentLink/resolve', it)),
    )
    assert.deepEqual(
      resolved.map(it => it.target),
      [`${uri('.env')}#L1,1`],
    )
  })
})

const QUERY = 'def all(connection):\n    return connection.execute("SELECT name FROM people")\n'

test('a column of a query leads to the migration that makes it', limit, t => {
  const files = {
    'migrations/1_init.sql': 'CREATE TABLE people (\n  id INTEGER,\n  name TEXT\n);\n',
    'server/people.py': QUERY,
  }
  const crossing = { file: 'server/people.py', language: 'python', text: 'people")' }
  return inFiles(t, { files, crossing }, async ({ client, uri }) => {
    const found = await definition(client, uri('server/people.py'), positionIn(QUERY, 'name'))
    assert.deepEqual(linesOf(found), ['1_init.sql:3'])
  })
})

const USE = 'from shop.core import scale\n\n\ndef grow(by):\n    return scale(by)\n'

test('a function of Rust is called from Python, and the import is no call', limit, t => {
  const rust = `use pyo3::prelude::*;

#[pyfunction]
fn scale(by: f64) -> f64 { by }

#[pymodule]
fn core(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(scale, m)?)
}
`
  const files = {
    'pyproject.toml':
      '[build-system]\nbuild-backend = "maturin"\n[tool.maturin]\nmodule-name = "shop.core"\n',
    'Cargo.toml': '[package]\nname = "core"\n',
    'src/lib.rs': rust,
    'shop/use.py': USE,
  }
  const crossing = { file: 'shop/use.py', language: 'python', text: 'scale' }
  return inFiles(t, { files, crossing }, async ({ client, uri }) => {
    const prepare = async (file: string, source: string, text: string) => {
      const [item] = await client.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', {
        textDocument: { uri: uri(file) },
        position: positionIn(source, text),
      })
      return item!
    }
    const out = await client.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', {
      item: await prepare('shop/use.py', USE, 'grow'),
    })
    assert.deepEqual(
      out.map(it => `${it.to.detail} ${it.to.name}`),
      ['src/lib.rs scale'],
    )
    const back = await client.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', {
      item: out[0]!.to,
    })
    assert.deepEqual(
      back.map(it => `${it.from.detail} ${it.from.name} ${it.fromRanges.length}`),
      ['shop/use.py grow 1'],
    )
  })
})
