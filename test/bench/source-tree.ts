// The source files of real repositories, and copies of them that hold nothing else: no settings of the repository's own, so
// that every tool checks the same files with its own defaults.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { DEFAULT_SETTINGS } from '@codeant/shared/settings.ts'
import { admitBytes, admitText, decode } from '../../server/src/features/admission.ts'
import { languageOf } from '../../server/src/features/languages.ts'
import { walk } from '../../server/src/host/node/walk.ts'
import type { BenchLanguage } from './keystroke-files.ts'

export interface SourceFile {
  readonly path: string
  readonly language: BenchLanguage
  readonly bytes: Uint8Array
  readonly lines: number
}

/**
 * Files that every tool would look at: not in hidden folders, at most 1 MiB, not minified, UTF-8. Lines are line ends,
 * blank ones and comments included.
 */
export function* sourceFiles(root: string, languages: readonly BenchLanguage[]): Generator<SourceFile> {
  const isWanted = (file: string) => (languages as readonly string[]).includes(languageOf(file) ?? '')
  for (const file of walk(root, isWanted, () => {})) {
    const path = relative(root, file)
    if (/(^|[\\/])\./.test(path) || /\.min\.\w+$/.test(path)) continue
    const language = languageOf(file) as BenchLanguage
    const bytes = readFileSync(file)
    const decoded = admitBytes(bytes, DEFAULT_SETTINGS) ? undefined : decode(bytes)
    if (decoded?.encoding !== 'utf-8' || admitText(decoded.text, language, DEFAULT_SETTINGS)) continue
    yield { path, language, bytes, lines: decoded.text.split('\n').length - 1 }
  }
}

export interface Tree {
  readonly files: number
  readonly lines: number
  readonly bytes: number
}

/** Copies up to `most` files into a folder. */
export function copySources(
  root: string,
  languages: readonly BenchLanguage[],
  folder: string,
  most = Number.POSITIVE_INFINITY,
): Tree {
  const tree = { files: 0, lines: 0, bytes: 0 }
  for (const it of sourceFiles(root, languages)) {
    if (tree.files >= most) break
    const file = join(folder, it.path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, it.bytes)
    tree.files++
    tree.lines += it.lines
    tree.bytes += it.bytes.length
  }
  return tree
}
