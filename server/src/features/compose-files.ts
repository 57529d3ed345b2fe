// The files that a compose file speaks of: what images are built of, and where settings and secrets stand.

import type { Place } from '../graph/facts.ts'
import { folderOf, normal } from '../graph/modules.ts'

export interface NamedFile {
  readonly place: Place
  readonly file: string
}

export function isComposeFile(path: string): boolean {
  return /compose[^/]*\.ya?ml$/.test(path)
}

/** Only those that are there; none of a file of another kind. */
export function* composeFiles(path: string, text: string, files: ReadonlySet<string>): Generator<NamedFile> {
  if (!isComposeFile(path)) return
  const folder = folderOf(path)
  /** What `dockerfile` is told from. */
  let context = folder
  /** The key whose list the line is in, and how far it is indented. */
  let list: { readonly key: string; readonly indent: number } | undefined
  for (const line of text.matchAll(LINE)) {
    const [, blanks, dash, key = '', value = ''] = line
    const indent = blanks!.length
    if (list && (indent < list.indent || (indent === list.indent && !dash))) list = undefined
    if (key !== '' && value === '') list = { key, indent }
    if (/^services$/.test(key) || key === 'build') context = folder
    const named = key === '' || (dash && key === 'path') ? (list?.key ?? '') : key
    if (value === '' || !NAMES_FILES.test(named)) continue
    const [start] = line.indices![4]!
    const written = /^(['"]?)(.*?)\1$/.exec(value)!
    const from = start + written[1]!.length
    const place: Place = [from, from + written[2]!.length]
    const whole = normal(`${named === 'dockerfile' ? context : folder}/${written[2]}`)
    if (named === 'context' || named === 'build') context = whole
    const file = [whole, normal(`${whole}/Dockerfile`), normal(`${whole}/Containerfile`)].find(it =>
      files.has(it),
    )
    if (file !== undefined) yield { place, file }
  }
}

/** Blanks, the dash of an element, a key, a value without its comment. */
const LINE = /^([ ]*)(-[ ]+)?(?:([\w-]+):(?=[ ]|$))?[ ]*([^\s#][^#\n]*?)?[ ]*(?:#.*)?$/dgm
const NAMES_FILES = /^(?:env_file|build|context|dockerfile|file|include)$/
