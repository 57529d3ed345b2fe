// Reading a tar archive: what it says is in it, without believing that.

import { PackTrouble } from './brought.ts'

export interface ArchiveEntry {
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link'
  readonly size: number
  readonly bytes: () => Buffer
}

const BLOCK = 512

/** In order. Devices and pipes count as links. Throws `PackTrouble`. */
export function* tarEntries(tar: Buffer): Generator<ArchiveEntry> {
  let longPath: string | undefined
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const head = tar.subarray(at, at + BLOCK)
    if (head.every(it => it === 0)) return
    if (!isSound(head)) throw new PackTrouble('broken-archive', `${at}`)
    const size = number(head, 124, 12)
    const from = at + BLOCK
    if (!Number.isSafeInteger(size) || from + size > tar.length)
      throw new PackTrouble('broken-archive', `${at}`)
    const body = tar.subarray(from, from + size)
    at = from + Math.ceil(size / BLOCK) * BLOCK
    const type = String.fromCharCode(head[156]!)
    switch (type) {
      case 'x':
        longPath = paxPath(body) ?? longPath
        continue
      case 'L':
        longPath = text(body, 0, body.length)
        continue
      case 'g':
      case 'K':
        continue
    }
    const prefix = text(head, 257, 5) === 'ustar' ? text(head, 345, 155) : ''
    const path = (longPath ?? `${prefix && `${prefix}/`}${text(head, 0, 100)}`).replace(/^\.\//, '')
    longPath = undefined
    const kind = /[0\0 7]/.test(type) ? 'file' : type === '5' ? 'folder' : 'link'
    const isRoot = kind === 'folder' && /^\.?\/?$/.test(path)
    if (!isRoot) yield { path: path.replace(/\/$/, ''), kind, size, bytes: () => body }
  }
}

/** The sum of all bytes, with its own field as spaces. */
function isSound(head: Buffer): boolean {
  let sum = 0
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : head[i]!
  return sum === number(head, 148, 8)
}

function text(bytes: Buffer, from: number, length: number): string {
  const end = bytes.indexOf(0, from)
  return bytes.toString('utf8', from, end === -1 || end > from + length ? from + length : end)
}

/** Octal, or binary where the first bit says so. */
function number(head: Buffer, from: number, length: number): number {
  if (head[from]! & 0x80) {
    let value = head[from]! & 0x7f
    for (let i = from + 1; i < from + length; i++) value = value * 256 + head[i]!
    return value
  }
  const digits = text(head, from, length).trim()
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN
}

/** `27 path=some/long/name\n`, among others. */
function paxPath(body: Buffer): string | undefined {
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(32, at)
    const length = Number(body.toString('latin1', at, space))
    if (space === -1 || !Number.isInteger(length) || length <= 0) return undefined
    const record = body.toString('utf8', space + 1, at + length - 1)
    if (record.startsWith('path=')) return record.slice(5)
    at += length
  }
  return undefined
}
