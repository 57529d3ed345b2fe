// Reads a zip archive: its entries one after the other, unpacked in memory. Nothing is written to disk, so no name of an entry matters.

import { inflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  /** Throws `BadZip` when it cannot be unpacked. */
  readonly read: () => Buffer
}

/** The archive is no zip file, is damaged, or holds what nobody should unpack. */
export class BadZip extends Error {
  override readonly name = 'BadZip'
}

/** An entry that unpacks to more than this is no advisory, and may be made to fill the memory. */
const MOST_BYTES = 32 * 1024 * 1024

const END = 0x06054b50
const END_64 = 0x06064b50
const END_64_PLACE = 0x07064b50
const ENTRY = 0x02014b50
const ENTRY_HEAD = 46
const HEAD = 0x04034b50
const HEAD_LENGTH = 30
/** A place that is written elsewhere, because four bytes are too few. */
const ELSEWHERE = 0xffffffff

export function* zipEntries(archive: Buffer): Generator<ZipEntry> {
  const { count, start } = directoryOf(archive)
  let at = start
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_HEAD > archive.length || archive.readUInt32LE(at) !== ENTRY)
      throw new BadZip('damaged directory')
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map(it => archive.readUInt16LE(at + it))
    const name = archive.toString('utf8', at + ENTRY_HEAD, at + ENTRY_HEAD + nameLength!)
    const extra = archive.subarray(
      at + ENTRY_HEAD + nameLength!,
      at + ENTRY_HEAD + nameLength! + extraLength!,
    )
    const method = archive.readUInt16LE(at + 10)
    const { packed, head } = sizesOf(archive, at, extra)
    yield { name, read: () => unpack(archive, head, packed, method) }
    at += ENTRY_HEAD + nameLength! + extraLength! + noteLength!
  }
}

/** The list of entries stands at the end, before a note of up to 64 KiB. */
function directoryOf(archive: Buffer): { count: number; start: number } {
  const least = Math.max(0, archive.length - 22 - 0xffff)
  for (let at = archive.length - 22; at >= least; at--) {
    if (archive.readUInt32LE(at) !== END) continue
    const [count, start] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 16)]
    if (count !== 0xffff && start !== ELSEWHERE) return { count, start }
    const place = at - 20
    if (place < 0 || archive.readUInt32LE(place) !== END_64_PLACE) return { count, start }
    const large = Number(archive.readBigUInt64LE(place + 8))
    if (large + 56 > archive.length || archive.readUInt32LE(large) !== END_64) throw new BadZip('damaged end')
    return {
      count: Number(archive.readBigUInt64LE(large + 32)),
      start: Number(archive.readBigUInt64LE(large + 48)),
    }
  }
  throw new BadZip('no zip archive')
}

function sizesOf(archive: Buffer, at: number, extra: Buffer): { packed: number; head: number } {
  let packed = archive.readUInt32LE(at + 20)
  let head = archive.readUInt32LE(at + 42)
  const isLarge = archive.readUInt32LE(at + 24) === ELSEWHERE
  for (let from = 0; from + 4 <= extra.length; from += 4 + extra.readUInt16LE(from + 2)) {
    if (extra.readUInt16LE(from) !== 1) continue
    // Only what did not fit stands there, in this order: unpacked, packed, place.
    let value = from + 4 + (isLarge ? 8 : 0)
    if (packed === ELSEWHERE) {
      packed = Number(extra.readBigUInt64LE(value))
      value += 8
    }
    if (head === ELSEWHERE) head = Number(extra.readBigUInt64LE(value))
  }
  return { packed, head }
}

function unpack(archive: Buffer, head: number, packed: number, method: number): Buffer {
  if (head + HEAD_LENGTH > archive.length || archive.readUInt32LE(head) !== HEAD)
    throw new BadZip('damaged entry')
  const start = head + HEAD_LENGTH + archive.readUInt16LE(head + 26) + archive.readUInt16LE(head + 28)
  const bytes = archive.subarray(start, start + packed)
  if (method === 0) return bytes
  if (method !== 8) throw new BadZip(`an entry is packed in a way that is not known: ${method}`)
  try {
    return inflateRawSync(bytes, { maxOutputLength: MOST_BYTES })
  } catch (error) {
    throw new BadZip(error instanceof Error ? error.message : String(error))
  }
}
