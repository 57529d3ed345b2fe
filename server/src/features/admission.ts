// Whether a file can be analysed; if not, why not, so that nothing is skipped in silence.

import type { LanguageId } from '@codeant/shared/language.ts'
import type { ProjectSettings } from '@codeant/shared/settings.ts'

export type SkipReason =
  | 'too-large'
  | 'binary'
  | 'minified'
  | 'encoding'
  | 'too-deep'
  | 'too-slow'
  | 'unreadable'
  | 'gone'
  | 'crashed'

/** A long line is a sign of a machine's hand when the whole file is made of them. */
const MINIFIED_LINE = 500
const MINIFIED_MIN = 8 * 1024

/** Judges the bytes of a file. */
export function admitBytes(bytes: Uint8Array, settings: ProjectSettings): SkipReason | undefined {
  if (bytes.length > settings.maxFileSize) return 'too-large'
  if (isUtf16(bytes)) return undefined
  // Git's own test: a zero byte in the first 8,000.
  const zero = bytes.subarray(0, 8000).indexOf(0)
  return zero === -1 ? undefined : 'binary'
}

/** Judges the text of a file. */
export function admitText(
  text: string,
  language: LanguageId,
  settings: ProjectSettings,
): SkipReason | undefined {
  // A UTF-16 unit is at least one byte.
  if (text.length > settings.maxFileSize) return 'too-large'
  if (language !== 'javascript' && language !== 'typescript' && language !== 'python' && language !== 'rust')
    return undefined
  return text.length >= MINIFIED_MIN && isMinified(text) ? 'minified' : undefined
}

function isMinified(text: string): boolean {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return text.length / lines > MINIFIED_LINE
}

/** How a file's text was written down, so that a fixed text can be written the same way. */
export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface Decoded {
  /** Without the byte-order mark: offsets are those that every editor shows. */
  readonly text: string
  readonly encoding: Encoding
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const windows = new TextDecoder('windows-1252')

/**
 * The text of a file: UTF-8, UTF-16 with a mark, or, when it is neither, the one-byte encoding of old Windows files.
 * Undefined when it is no text in any of these.
 */
export function decode(bytes: Uint8Array): Decoded | undefined {
  if (isUtf16(bytes)) {
    const encoding = bytes[0] === 0xff ? 'utf-16le' : 'utf-16be'
    return { text: new TextDecoder(encoding).decode(bytes), encoding }
  }
  try {
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    return { text: utf8.decode(bytes), encoding: marked ? 'utf-8-bom' : 'utf-8' }
  } catch {
    const text = windows.decode(bytes)
    return /[\x00-\x08\x0e-\x1f]/.test(text) ? undefined : { text, encoding: 'windows-1252' }
  }
}

/** The bytes of a text in a file's own encoding. Undefined for the one-byte encoding, which cannot hold every text. */
export function encode(text: string, encoding: Encoding): Uint8Array | undefined {
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(text)
    case 'utf-8-bom':
      return new TextEncoder().encode('\ufeff' + text)
    case 'windows-1252':
      return undefined
    default: {
      const bytes = new Uint8Array(2 + text.length * 2)
      const view = new DataView(bytes.buffer)
      view.setUint16(0, 0xfeff, encoding === 'utf-16le')
      for (let i = 0; i < text.length; i++)
        view.setUint16(2 + i * 2, text.charCodeAt(i), encoding === 'utf-16le')
      return bytes
    }
  }
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
}
