// A pack from a folder or a single file of this computer.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Brought, Gathering, isWanted } from './brought.ts'

/** Throws `PackTrouble`, or what the file system throws. */
export function fromFolder(folder: string): Brought {
  const gathering = new Gathering()
  const enter = (inside: string) => {
    for (const it of readdirSync(join(folder, inside), { withFileTypes: true })) {
      const path = inside ? `${inside}/${it.name}` : it.name
      if (it.name.startsWith('.') || it.name === 'node_modules') continue
      if (it.isSymbolicLink()) gathering.links++
      else if (it.isDirectory()) enter(path)
      else if (it.isFile() && isWanted(path)) {
        gathering.enter(path)
        gathering.admit(path, statSync(join(folder, path)).size)
        gathering.add(path, readFileSync(join(folder, path)))
      }
    }
  }
  enter('')
  return gathering.done()
}

export function fromFile(file: string): Brought {
  const gathering = new Gathering()
  const name = basename(file)
  gathering.enter(name)
  gathering.admit(name, statSync(file).size)
  gathering.add(name, readFileSync(file))
  return gathering.done()
}
