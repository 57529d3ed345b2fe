// A tenant's data as files that it can take along: a part in each, a line for each row, and a manifest that says what they are.

import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from './database.ts'
import { EXPORTED, type ExportedPart, exportedRows } from './tenant-export.ts'
import type { Tenant } from './tenants.ts'

export interface WrittenPart {
  readonly file: string
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
  readonly columns: readonly string[]
}

export interface TenantManifest {
  readonly version: 1
  readonly tenant: Tenant
  readonly at: Date
  readonly parts: readonly WrittenPart[]
}

export class FolderNotEmpty extends Error {
  readonly folder: string

  constructor(folder: string) {
    super(`${folder} is not empty`)
    this.name = 'FolderNotEmpty'
    this.folder = folder
  }
}

/** Private to this user. The manifest comes last: a folder without it is no export. */
export async function writeTenant(
  database: Database,
  tenant: Tenant,
  folder: string,
): Promise<TenantManifest> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (readdirSync(folder).length > 0) throw new FolderNotEmpty(folder)
  const parts: WrittenPart[] = []
  for (const it of Object.keys(EXPORTED) as ExportedPart[])
    parts.push(await writePart(database, tenant.id, it, folder))
  const manifest: TenantManifest = { version: 1, tenant, at: new Date(), parts }
  writeFileSync(join(folder, 'SHA256SUMS'), parts.map(it => `${it.sha256}  ${it.file}\n`).join(''), PRIVATE)
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`, PRIVATE)
  return manifest
}

const PRIVATE = { mode: 0o600 }

async function writePart(database: Database, tenant: string, part: ExportedPart, folder: string) {
  const columns = EXPORTED[part]
  const file = `${part}.ndjson`
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  const handle = openSync(join(folder, file), 'wx', 0o600)
  try {
    for await (const row of exportedRows(database, tenant, part)) {
      const line = Buffer.from(`${JSON.stringify(Object.fromEntries(columns.map(it => [it, row[it]])))}\n`)
      writeSync(handle, line)
      hash.update(line)
      bytes += line.length
      rows++
    }
  } finally {
    closeSync(handle)
  }
  return { file, rows, bytes, sha256: hash.digest('hex'), columns }
}
