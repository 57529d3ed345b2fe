// A folder for one test, filled from a fixture and gone afterwards.
//
// `//- web/cart.ts` begins a file; what follows, up to the next such line, is its content.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface TemporaryFolder {
  readonly path: string
  write(name: string, content: string | Uint8Array): string
  remove(): void
}

export function temporaryFolder(fixture = ''): TemporaryFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'codeant-')))
  const folder: TemporaryFolder = {
    path,
    write(name, content) {
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
      return file
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
  for (const [name, content] of filesOf(fixture)) folder.write(name, content)
  return folder
}

/** Runs a test in a folder made from a fixture. */
export async function inFolder<T>(
  fixture: string,
  run: (folder: TemporaryFolder) => T | Promise<T>,
): Promise<T> {
  const folder = temporaryFolder(fixture)
  try {
    return await run(folder)
  } finally {
    folder.remove()
  }
}

function filesOf(fixture: string): [string, string][] {
  return fixture
    .split(/^\/\/- /m)
    .slice(1)
    .map(part => {
      const newline = part.indexOf('\n')
      return [part.slice(0, newline).trim(), part.slice(newline + 1)]
    })
}
