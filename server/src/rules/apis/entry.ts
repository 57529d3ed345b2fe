// One line of a table of other people's programming interfaces: what is called how, what is wrong with it, what to write instead, and an
// example of both. Whoever knows of one more adds a line; `misuse.ts` makes rules of the lines.

import type { Locale } from '@codeant/shared/locale.ts'
import type { Words } from '../rule.ts'

/** JavaScript's and TypeScript's entries are about both; the word says in which the examples are written. */
export type ApiLanguage = 'python' | 'javascript' | 'typescript' | 'rust'

/** What a sentence says in each language of the reader. */
export type InBoth = Readonly<Record<Locale, string>>

export interface ApiEntry {
  readonly language: ApiLanguage
  /**
   * Its full name, whatever a file calls it: `numpy.int`, `fs.exists`, `std.mem.uninitialized`. Of a module, the module. Of a method, the
   * type and the method; of what a class may hold, the class and the member.
   */
  readonly api: string
  /** Tells apart what is wrong with the same name in several ways. */
  readonly case?: string
  /**
   * `name`: wherever it is named, or imported. `call`: where it is called, as `when` says. `new`: only with `new`. `module`: where the
   * module is imported. `method`: of an object that one of `makers` made; `*` is any object, where what is given says enough. `member`: declared in a class below one of `makers`.
   */
  readonly as: 'name' | 'call' | 'new' | 'module' | 'method' | 'member'
  readonly makers?: readonly string[]
  readonly when?: Condition
  /** The library and the version that it is about: `React 19`. */
  readonly since?: string
  /** With that version it fails; absent: its authors only advise against it. */
  readonly isGone?: true
  readonly words: Readonly<Record<Locale, Pick<Words, 'message' | 'why' | 'remedy'>>>
  /** What stands in place of what is marked, where that is certain; `$object` is what stood before the last name. */
  readonly put?: string
  readonly invalid: string
  readonly valid: string
  /** The invalid example once it is repaired. */
  readonly fixed?: string
}

/** All that is said has to hold. Where a spread might change the answer, it does not. */
export interface Condition {
  /** Positional arguments: at least, at most. */
  readonly least?: number
  readonly most?: number
  /** The text of a positional argument. */
  readonly argument?: Readonly<Record<number, RegExp>>
  /** The text of a keyword argument, or of an option in the last argument's object. */
  readonly option?: Readonly<Record<string, RegExp>>
  /** Neither a keyword argument nor an option is called so. */
  readonly without?: readonly string[]
  /** Files in which it is as it has to be. */
  readonly notIn?: RegExp
  /** Without `new`. */
  readonly isPlain?: true
  /** What the call is: a statement of its own, awaited, in a loop, what its own first argument is in the next round of one. */
  readonly where?: 'statement' | 'asynchronous' | 'loop' | 'growing'
}

type Code = string

interface Told {
  readonly case?: string
  readonly as?: ApiEntry['as']
  readonly makers?: readonly string[]
  readonly when?: Condition
  /** Why, where there is more to say than that it is gone. */
  readonly why?: InBoth
  readonly put?: string
  readonly fixed?: string
}

/** What a version took away. */
export function removed(
  language: ApiLanguage,
  version: string,
  api: string,
  instead: Code | InBoth,
  invalid: string,
  valid: string,
  { why, ...told }: Told = {},
): ApiEntry {
  const name = shown(api, language)
  const isPart = told.when !== undefined
  return {
    ...{ language, api, as: 'name', since: version, isGone: true, invalid, valid, ...told },
    words: {
      en: {
        message: isPart
          ? `${name} cannot be called like this since ${version}`
          : `${name} does not exist since ${version}`,
        why:
          why?.en ?? `It was removed there: with that version or a newer one, this fails when it is reached.`,
        remedy: remedyOf(instead, 'en'),
      },
      es: {
        message: isPart
          ? `${name} no se puede llamar así desde ${version}`
          : `${name} no existe desde ${version}`,
        why: why?.es ?? 'Se eliminó entonces: con esa versión o una posterior, esto falla al llegar aquí.',
        remedy: remedyOf(instead, 'es'),
      },
    },
  }
}

/** What its authors advise against; the version is left out where nobody gave one. */
export function deprecated(
  language: ApiLanguage,
  version: string,
  api: string,
  instead: Code | InBoth,
  invalid: string,
  valid: string,
  { why, ...told }: Told = {},
): ApiEntry {
  const name = shown(api, language)
  return {
    ...{ language, api, as: 'name', ...(version && { since: version }), invalid, valid, ...told },
    words: {
      en: {
        message: `${name} is deprecated${version && ` since ${version}`}`,
        why: why?.en ?? 'Its authors advise against it, and a later version may come without it.',
        remedy: remedyOf(instead, 'en'),
      },
      es: {
        message: `${name} es obsoleto${version && ` desde ${version}`}`,
        why: why?.es ?? 'Sus autores lo desaconsejan, y una versión posterior puede venir sin ello.',
        remedy: remedyOf(instead, 'es'),
      },
    },
  }
}

/** What works and does something else than it seems to: three sentences in each language. */
export function trap(
  language: ApiLanguage,
  api: string,
  words: Readonly<Record<Locale, readonly [message: string, why: string, remedy: string]>>,
  invalid: string,
  valid: string,
  told: Omit<Told, 'why'> = {},
): ApiEntry {
  const spoken = ([message, why, remedy]: readonly [string, string, string]) => ({ message, why, remedy })
  return {
    ...{ language, api, as: 'call', invalid, valid, ...told },
    words: { en: spoken(words.en), es: spoken(words.es) },
  }
}

/** By which an entry is counted and found again. */
export function idOf({ language, api, case: which }: ApiEntry): string {
  const family = language === 'typescript' ? 'javascript' : language
  return `${family}/${api}${which ? `#${which}` : ''}`
}

function shown(api: string, language: ApiLanguage): string {
  return `\`${language === 'rust' ? api.replaceAll('.', '::') : api}\``
}

function remedyOf(instead: Code | InBoth, locale: Locale): string {
  if (typeof instead !== 'string') return instead[locale]
  return locale === 'en' ? `Use \`${instead}\`.` : `Usa \`${instead}\`.`
}

/** What is called otherwise since a version: by the old name, the new one, below the same module. */
export function renamed(
  language: ApiLanguage,
  version: string,
  module: string,
  { imported, as }: { readonly imported: string; readonly as: string },
  names: Readonly<Record<string, string>>,
  tell: typeof removed = removed,
): readonly ApiEntry[] {
  return Object.entries(names).map(([old, name]) => {
    const isPath = /^[\w.]+$/.test(name) && !name.includes('.')
    const after = isPath ? `${as}.${name}` : name
    const line = (it: string) =>
      language === 'python' ? `${imported}\nkept = ${it}` : `${imported}\nkeep(${it})`
    return tell(language, version, `${module}.${old}`, after, line(`«${as}.${old}»`), line(after), {
      ...{ put: isPath ? `$object.${name}` : name, fixed: line(after) },
    })
  })
}

/** Modules that are gone, or that nobody looks after any more. */
export function modules(
  tell: (module: string, instead: string) => ApiEntry,
  replacements: Readonly<Record<string, string>>,
): readonly ApiEntry[] {
  return Object.entries(replacements).map(([module, instead]) => tell(module, instead))
}

type Row = readonly [version: string, api: string, instead: string]

/** Names that files import, each with what to import instead: `module.name`, or a piece of code. */
export function imported(
  tell: typeof removed,
  language: ApiLanguage,
  rows: readonly Row[],
): readonly ApiEntry[] {
  return rows.map(([version, api, instead]) =>
    tell(language, version, api, instead, importOf(language, api, true), importOf(language, instead, false)),
  )
}

function importOf(language: ApiLanguage, api: string, isMarked: boolean): string {
  const dot = api.lastIndexOf('.')
  const [module, name] = [api.slice(0, dot), api.slice(dot + 1)]
  if (!/^@?[\w./-]+$/.test(api) || dot === -1)
    return language === 'python' ? `kept = ${api.replace(/^(?:async )?def$/, 'value')}` : `keep(${api})`
  const marked = isMarked ? `«${name}»` : name
  return language === 'python' ? `from ${module} import ${marked}` : `import { ${marked} } from '${module}'`
}
