// A pack from an archive: a file of this computer, or one that is downloaded first.

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { type Brought, Gathering, isWanted, MOST_BYTES, PackTrouble } from './brought.ts'
import { type ArchiveEntry, tarEntries } from './tar.ts'
import { zipEntries } from './zip.ts'

export const ARCHIVE = /\.(?:tar\.gz|tgz|tar|zip)$/i

/** Throws `PackTrouble`, or what the file system throws. */
export function fromArchive(file: string): Brought {
  if (statSync(file).size > MOST_BYTES) throw new PackTrouble('too-large', file)
  return unpack(readFileSync(file))
}

/**
 * By the system's own `curl`: nothing of the project is sent, and the proxies and certificates that somebody set up count.
 * Rejects with `PackTrouble`.
 */
export async function fromAddress(url: string): Promise<Brought> {
  const folder = mkdtempSync(join(tmpdir(), 'codeant-pack-'))
  const file = join(folder, 'archive')
  try {
    await promisify(execFile)('curl', [
      ...['--silent', '--show-error', '--fail', '--location', '--max-redirs', '5', '--max-time', '300'],
      // What begins encrypted does not go on in the open.
      ...['--proto', '=https,http', '--proto-redir', '=https', '--max-filesize', String(MOST_BYTES)],
      ...['--output', file, '--url', url],
    ])
    return fromArchive(file)
  } catch (error) {
    if (error instanceof PackTrouble) throw error
    const { code, stderr, message } = error as Error & { code?: unknown; stderr?: string }
    if (code === 'ENOENT') throw new PackTrouble('no-curl', url)
    throw new PackTrouble('download', (stderr || message).replace(/\p{Cc}/gu, ' ').trim())
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What it is says its first bytes, not its name. */
function unpack(bytes: Buffer): Brought {
  const isZip = bytes.length > 4 && bytes.readUInt16BE(0) === 0x504b
  const isPacked = bytes.length > 2 && bytes.readUInt16BE(0) === 0x1f8b
  const entries = [...(isZip ? zipEntries(bytes) : tarEntries(isPacked ? inflated(bytes) : bytes))]
  const top = topFolder(entries)
  const gathering = new Gathering()
  for (const { path, kind, size, bytes } of entries) {
    gathering.enter(path)
    const inside = path.slice(top.length)
    if (kind === 'link') gathering.links++
    else if (kind === 'file' && isWanted(inside)) {
      gathering.admit(path, size)
      gathering.add(inside, bytes())
    }
  }
  return gathering.done()
}

function inflated(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new PackTrouble('too-large', '')
    throw new PackTrouble('broken-archive', '0')
  }
}

/** Code hosts put everything into one folder, named after what was asked for. */
function topFolder(entries: readonly ArchiveEntry[]): string {
  const first = entries[0]?.path.split('/')[0]
  const isOnly = entries.every(
    it => it.path.startsWith(`${first}/`) || (it.path === first && it.kind === 'folder'),
  )
  return first !== undefined && entries.length > 0 && isOnly ? `${first}/` : ''
}
