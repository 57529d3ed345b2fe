// Archives made by hand, so that they may hold what no honest program would write.

import { deflateRawSync, gzipSync } from 'node:zlib'

export interface Packed {
  readonly path: string
  readonly text?: string
  /** It leads here instead of holding something. */
  readonly link?: string
  /** What the archive claims, where it lies. */
  readonly size?: number
}

export function tarGz(entries: readonly Packed[]): Buffer {
  return gzipSync(Buffer.concat([...entries.flatMap(tarEntry), Buffer.alloc(1024)]))
}

function tarEntry({ path, text = '', link, size }: Packed): Buffer[] {
  const body = Buffer.from(link === undefined ? text : '')
  const head = Buffer.alloc(512)
  head.write(path, 0, 100)
  head.write('0000644\0', 100)
  head.write(`${(size ?? body.length).toString(8).padStart(11, '0')}\0`, 124)
  head.write('        ', 148)
  head.write(link === undefined ? '0' : '2', 156)
  head.write(link ?? '', 157, 100)
  head.write('ustar\0' + '00', 257)
  const sum = head.reduce((all, it) => all + it, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return [head, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
}

export function zip(entries: readonly Packed[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { path, text = '', link, size } of entries) {
    const name = Buffer.from(path)
    const body = Buffer.from(link ?? text)
    const packed = deflateRawSync(body)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(size ?? body.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(((link === undefined ? 0o100644 : 0o120777) << 16) >>> 0, 38)
    entry.writeUInt32LE(at, 42)
    parts.push(local, name, packed)
    directory.push(entry, name)
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  const list = Buffer.concat(directory)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}
