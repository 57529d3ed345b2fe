// Files as Python's `configparser` reads them: sections, keys, and values that go on in lines that are set in.

/** Sections by their names, and values by their keys. */
export type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>

export function iniOf(text: string): Ini {
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | undefined
  let key: string | undefined
  for (const line of text.split(/\r?\n/)) {
    const bare = line.trim()
    if (bare === '' || bare.startsWith('#') || bare.startsWith(';')) continue
    if (/^\s/.test(line) && section && key !== undefined) {
      section.set(key, `${section.get(key)}\n${withoutComment(bare)}`)
      continue
    }
    const header = /^\[([^\]]+)\]/.exec(bare)
    if (header) {
      const name = header[1]!.trim()
      section = sections.get(name) ?? new Map()
      sections.set(name, section)
      key = undefined
      continue
    }
    const separator = bare.search(/[=:]/)
    if (!section || separator <= 0) continue
    key = bare.slice(0, separator).trim().toLowerCase().replaceAll('_', '-')
    section.set(key, withoutComment(bare.slice(separator + 1).trim()))
  }
  return sections
}

/** A value that lists things, with commas or lines between. */
export function listIn(section: ReadonlyMap<string, string>, key: string): readonly string[] {
  return (section.get(key) ?? '').split(/[\s,]+/).filter(Boolean)
}

/** Flake8 wants comments on lines of their own; what people write all the same is no code. */
function withoutComment(value: string): string {
  return value.replace(/(^|\s)[#;].*$/, '').trim()
}
