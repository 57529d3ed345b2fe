// Archives that somebody sent: `tar`, plain or compressed. Links and devices are left out; names are checked where files are collected.

import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Upload, type UploadLimits } from '../analysis/upload.ts'
import { Refusal } from '../errors.ts'

const BLOCK = 512
/** What stands around each file: its header, one for a long name, and what fills the last block. */
const AROUND = 6 * BLOCK
/** `tar` fills its last record. */
const END = 40 * BLOCK

/** Adds what is in it to an upload, which holds it to its limits. */
export async function readArchive(bytes: Uint8Array, limits: UploadLimits): Promise<Upload> {
  const upload = new Upload(limits)
  const tar = isGzip(bytes) ? await unpacked(bytes, limits) : bytes
  for (const { path, content } of entriesOf(Buffer.from(tar.buffer, tar.byteOffset, tar.byteLength)))
    if (!leadsIntoVersionControl(path)) upload.add(path, content)
  return upload
}

/** How large an archive of so many files and bytes may be. */
export function archiveBytes({ files, bytes }: UploadLimits): number {
  return bytes + files * AROUND + END
}

interface Entry {
  readonly path: string
  readonly content: Uint8Array
}

/** As `tar` writes them: POSIX's names of any length (pax) and GNU's. */
function* entriesOf(tar: Buffer): Generator<Entry> {
  let longName: string | undefined
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + BLOCK)
    if (!isIntact(header)) throw damaged()
    const size = Number.parseInt(text(header, 124, 12).trim() || '0', 8)
    const from = at + BLOCK
    if (!(size >= 0) || from + size > tar.length) throw damaged()
    const content = tar.subarray(from, from + size)
    const kind = String.fromCharCode(header[156]!)
    at = from + Math.ceil(size / BLOCK) * BLOCK

    if (kind === 'x') longName = paxPath(content) ?? longName
    else if (kind === 'L') longName = content.toString('utf8').replace(/\0.*$/s, '')
    else {
      if (kind === '0' || kind === '\0' || kind === '7')
        yield { path: (longName ?? nameOf(header)).replace(/^(\.\/)+/, ''), content }
      longName = undefined
    }
  }
}

/** The sum of the bytes of the header, with blanks for the sum itself: what is no archive has none. */
function isIntact(header: Buffer): boolean {
  let sum = 0
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : header[i]!
  return Number.parseInt(text(header, 148, 8).trim(), 8) === sum
}

function nameOf(header: Buffer): string {
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : ''
  const name = text(header, 0, 100)
  return prefix ? `${prefix}/${name}` : name
}

/** Lines of `<length> <key>=<value>`, where the length is of the whole line. */
function paxPath(records: Buffer): string | undefined {
  for (let at = 0; at < records.length; ) {
    const blank = records.indexOf(32, at)
    const length = Number(records.toString('utf8', at, blank))
    if (blank < 0 || !(length > 0) || at + length > records.length) throw damaged()
    const record = records.toString('utf8', blank + 1, at + length - 1)
    if (record.startsWith('path=')) return record.slice('path='.length)
    at += length
  }
  return undefined
}

function text(header: Buffer, from: number, length: number): string {
  return header.toString('utf8', from, from + length).replace(/\0.*$/s, '')
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Not a byte further than an upload may have: a small archive can be of any size inside. */
async function unpacked(bytes: Uint8Array, limits: UploadLimits): Promise<Buffer> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: archiveBytes(limits) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Refusal('too-large', `At most ${limits.bytes} bytes are analysed at once.`, { cause: error })
    throw damaged()
  }
}

/** An archive of a folder often has it along; nothing of it is anybody's source. */
function leadsIntoVersionControl(path: string): boolean {
  return path.split('/').some(it => it.toLowerCase() === '.git')
}

function damaged(): Refusal {
  return new Refusal('invalid', 'An archive is neither tar nor tar.gz, or is damaged.')
}
