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
const MINIFIED_MIN = 1024
/** A text so short may be one long line of data. */
const MAY_BE_DATA = 4 * 1024
const LONG_LINE = 300

/** What of the settings decides. */
type Limits = Pick<ProjectSettings, 'maxFileSize'>

/** Judges the bytes of a file. */
export function admitBytes(bytes: Uint8Array, { maxFileSize }: Limits): SkipReason | undefined {
  if (bytes.length > maxFileSize) return 'too-large'
  if (isUtf16(bytes)) return undefined
  // Git's own test: a zero byte in the first 8,000.
  const zero = bytes.subarray(0, 8000).indexOf(0)
  return zero === -1 ? undefined : 'binary'
}

/** Judges the text of a file. */
export function admitText(
  text: string,
  language: LanguageId,
  { maxFileSize }: Limits,
): SkipReason | undefined {
  // A UTF-16 unit is at least one byte.
  if (text.length > maxFileSize) return 'too-large'
  if (language !== 'javascript' && language !== 'typescript' && language !== 'python' && language !== 'rust')
    return undefined
  return text.length >= MINIFIED_MIN && !hasOnlyShortLines(text) && isMinified(text) ? 'minified' : undefined
}

/** Asked at every keystroke: a look at every LONG_LINE-th character is enough to know that no line is longer. */
function hasOnlyShortLines(text: string): boolean {
  let from = 0
  while (from + LONG_LINE < text.length) {
    const end = text.lastIndexOf('\n', from + LONG_LINE)
    if (end < from) return false
    from = end + 1
  }
  return true
}

function isMinified(text: string): boolean {
  let lines = 0
  let long = 0
  let dense = 0
  for (let from = 0; from < text.length; lines++) {
    const end = text.indexOf('\n', from)
    const to = end === -1 ? text.length : end
    if (to - from > LONG_LINE) {
      long += to - from
      for (let at = from; at < to; at++) if (isPunctuation(text.charCodeAt(at))) dense++
    }
    from = to + 1
  }
  if (text.length / lines > MINIFIED_LINE && (text.length >= MAY_BE_DATA || dense > long * 0.12)) return true
  // Minifiers may break lines; code written by people has no lines like these, and its data has little punctuation.
  return long > text.length * 0.8 && dense > long * 0.12
}

/** One of `;{}()=,`. */
function isPunctuation(code: number): boolean {
  return (
    code === 59 || code === 123 || code === 125 || code === 40 || code === 41 || code === 61 || code === 44
  )
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
