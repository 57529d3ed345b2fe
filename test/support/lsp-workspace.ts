// A small workspace of two languages, and the real server on it: a route in Python, calls of it in TypeScript and in Python.

import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Location, Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types'
import { LspClient } from './lsp-client.ts'
import { inFolder } from './temporary-folder.ts'

export const FILES = {
  'server/main.py': `from fastapi import FastAPI

app = FastAPI()


@app.get("/api/users/{user_id}")
def find_user(user_id: int):
    return load(user_id)
`,
  'web/users.ts': 'export const load = (id: string) => fetch(`/api/users/${id}`)\n',
  'jobs/check.py': `import requests


def check(id):
    requests.get(f"http://localhost/api/users/{id}")
`,
} as const

export type FileName = keyof typeof FILES

/** Where the first occurrence of a text is. */
export function positionOf(file: FileName, text: string): Position {
  return positionIn(FILES[file], text)
}

export function positionIn(source: string, text: string): Position {
  const lines = source.slice(0, source.indexOf(text)).split('\n')
  return { line: lines.length - 1, character: lines.at(-1)!.length }
}

export interface Workspace {
  readonly client: LspClient
  uri(file: string): string
}

/** The page is open, the other files are not. The server has read all of them. */
export function inWorkspace(
  t: TestContext,
  run: (it: Workspace) => Promise<void>,
  capabilities?: object,
): Promise<void> {
  const crossing = { file: 'web/users.ts', language: 'typescript', text: 'users' }
  return inFiles(t, { files: FILES, crossing, ...(capabilities && { capabilities }) }, run)
}

export interface FilesOptions {
  readonly files: Readonly<Record<string, string>>
  /** A place from which a definition leads into another file: it is asked until that is known. Its file stays open. */
  readonly crossing: { readonly file: string; readonly language: string; readonly text: string }
  readonly capabilities?: object
  readonly initializationOptions?: object
}

/** The same for any files. */
export function inFiles(
  t: TestContext,
  { files, crossing, capabilities, initializationOptions }: FilesOptions,
  run: (it: Workspace) => Promise<void>,
): Promise<void> {
  return inFolder('', async folder => {
    const uri = (path: string) => pathToFileURL(join(folder.path, path)).href
    for (const [name, text] of Object.entries(files)) folder.write(name, text)
    const client = await LspClient.start({
      folder: folder.path,
      env: { CODEANT_CACHE: join(folder.path, '.cache') },
      ...(capabilities && { capabilities }),
      ...(initializationOptions && { initializationOptions }),
    })
    try {
      const page = uri(crossing.file)
      const source = files[crossing.file]!
      await client.open(page, crossing.language, source)
      // Files are read in the background: until then, nothing is known of them.
      while ((await definition(client, page, positionIn(source, crossing.text))).length === 0);
      await run({ client, uri })
      await client.stop()
    } catch (error) {
      client.process.kill()
      t.diagnostic(client.log.slice(-40).join('\n'))
      throw error
    }
  })
}

export async function definition(
  client: LspClient,
  uri: string,
  position: Position,
): Promise<readonly Location[]> {
  const found = await client.request<Location[] | null>('textDocument/definition', {
    textDocument: { uri },
    position,
  })
  return found ?? []
}

/** `main.py:6` */
export function linesOf(
  found: readonly { readonly uri: string; readonly range: Range }[] | null,
): readonly string[] {
  return (found ?? [])
    .map(({ uri, range }) => `${uri.slice(uri.lastIndexOf('/') + 1)}:${range.start.line + 1}`)
    .sort()
}

/** What files become, by the last part of their names; and for which versions of them the edit was made. */
export function applied(
  { documentChanges = [] }: WorkspaceEdit,
  texts: Readonly<Record<string, string>>,
): { readonly texts: Record<string, string>; readonly versions: Record<string, number | null> } {
  const result: Record<string, string> = {}
  const versions: Record<string, number | null> = {}
  for (const it of documentChanges) {
    if (!('textDocument' in it)) continue
    const path = Object.keys(texts).find(name => it.textDocument.uri.endsWith(`/${name}`))!
    const text = TextDocument.create('', '', 0, texts[path]!)
    result[path] = TextDocument.applyEdits(text, it.edits as TextEdit[])
    versions[path] = it.textDocument.version
  }
  return { texts: result, versions }
}
