// Reading a zip archive by its central directory, without believing what it says of sizes.

import { inflateRawSync } from 'node:zlib'
import { PackTrouble } from './brought.ts'
import type { ArchiveEntry } from './tar.ts'

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
/** A comment may stand behind the end. */
const LONGEST_COMMENT = 0xffff

/** In order. Throws `PackTrouble`. */
export function* zipEntries(zip: Buffer): Generator<ArchiveEntry> {
  const end = endOf(zip)
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  for (let i = 0; i < count; i++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY) throw broken(at)
    const flags = zip.readUInt16LE(at + 8)
    const method = zip.readUInt16LE(at + 10)
    const packed = zip.readUInt32LE(at + 20)
    const size = zip.readUInt32LE(at + 24)
    const names = [28, 30, 32].map(it => zip.readUInt16LE(at + it)) as [number, number, number]
    const mode = zip.readUInt32LE(at + 38) >>> 16
    const local = zip.readUInt32LE(at + 42)
    const path = zip.toString('utf8', at + 46, at + 46 + names[0])
    at += 46 + names[0] + names[1] + names[2]
    const kind = (mode & 0o170000) === 0o120000 ? 'link' : path.endsWith('/') ? 'folder' : 'file'
    yield {
      path: path.replace(/\/$/, ''),
      kind,
      size,
      bytes: () => {
        if (flags & 1) throw new PackTrouble('encrypted', path)
        return unpacked(zip, local, method, packed, size)
      },
    }
  }
}

function endOf(zip: Buffer): number {
  for (let at = zip.length - 22; at >= 0 && at >= zip.length - 22 - LONGEST_COMMENT; at--)
    if (zip.readUInt32LE(at) === END) return at
  throw broken(zip.length)
}

function unpacked(zip: Buffer, local: number, method: number, packed: number, size: number): Buffer {
  if (local + 30 > zip.length || zip.readUInt32LE(local) !== LOCAL) throw broken(local)
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  if (from + packed > zip.length) throw broken(local)
  const body = zip.subarray(from, from + packed)
  if (method === 0 && packed === size) return body
  if (method !== 8) throw broken(local)
  try {
    // What unpacks to more than it says is no mistake.
    const bytes = inflateRawSync(body, { maxOutputLength: Math.max(1, size) })
    if (bytes.length === size) return bytes
  } catch {
    // Told below.
  }
  throw broken(local)
}

function broken(at: number): PackTrouble {
  return new PackTrouble('broken-archive', `${at}`)
}
