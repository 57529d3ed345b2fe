// Languages as one server speaks them, and what may be a name in each.

export type Family = 'script' | 'python' | 'rust' | 'other'

export function familyOf(path: string): Family {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  if (/^(?:[cm]?[jt]sx?|vue|svelte)$/.test(extension)) return 'script'
  if (/^py[iw]?$/.test(extension)) return 'python'
  return extension === 'rs' ? 'rust' : 'other'
}

/** What may be a name of a field there. Any word may be one of an object in JavaScript. */
export function isName(name: string, family: Family): boolean {
  return (
    (family === 'script' ? /^[A-Za-z_$][\w$]*$/ : /^[A-Za-z_]\w*$/).test(name) && !KEYWORDS[family].has(name)
  )
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

const KEYWORDS: Readonly<Record<Family, ReadonlySet<string>>> = {
  script: new Set(),
  python: words(
    `False None True and as assert async await break class continue def del elif else except finally for from global if
    import in is lambda nonlocal not or pass raise return try while with yield`,
  ),
  rust: words(
    `as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub
    ref return self Self static struct super trait true type unsafe use where while`,
  ),
  other: new Set(),
}
