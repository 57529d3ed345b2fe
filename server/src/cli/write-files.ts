// Writing repaired texts: all of them, or none. A file is replaced whole.

import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { Locale } from '@codeant/shared/locale.ts'
import { type Decoded, encode } from '../features/admission.ts'
import type { Terminal } from './terminal.ts'

export interface Rewritten {
  readonly file: string
  readonly encoding: Decoded['encoding']
  readonly text: string
}

/** False when nothing was written, and why has been said. */
export function writeFiles(files: readonly Rewritten[], { err, locale }: Terminal): boolean {
  // Beside the files first, then in their places, so that a full disk or a power cut leaves the old ones whole.
  const aside = (file: string) => `${file}.codeant-${process.pid}.tmp`
  let current = ''
  try {
    for (const { file, encoding, text } of files) {
      current = file
      const bytes = encode(text, encoding)
      if (!bytes) {
        err.write(`${FILE_WORDS[locale].encoding(file)}\n`)
        return false
      }
      writeFileSync(aside(file), bytes, { mode: statSync(file).mode })
    }
    for (const { file } of files) {
      current = file
      renameSync(aside(file), file)
    }
    return true
  } catch (error) {
    err.write(`${FILE_WORDS[locale].failed(current, (error as Error).message)}\n`)
    return false
  } finally {
    for (const { file } of files) rmSync(aside(file), { force: true })
  }
}

export const FILE_WORDS: Readonly<
  Record<
    Locale,
    {
      readonly failed: (file: string, reason: string) => string
      readonly encoding: (file: string) => string
    }
  >
> = {
  en: {
    failed: (file, reason) => `codeant: ${file} was left as it is: ${reason}`,
    encoding: file =>
      `codeant: ${file} was left as it is: it is in an old one-byte encoding; convert it to UTF-8 first`,
  },
  es: {
    failed: (file, reason) => `codeant: ${file} se ha dejado como estaba: ${reason}`,
    encoding: file =>
      `codeant: ${file} se ha dejado como estaba: usa una codificación antigua de un byte; conviértelo antes a UTF-8`,
  },
}
