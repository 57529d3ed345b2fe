// What a document names in other files, as links: paths of calls, variables of the environment, what another language is written in,
// tables of queries, messages, and the files that a compose file speaks of.

import type { Locale } from '@codeant/shared/locale.ts'
import type { Place } from '../graph/facts.ts'
import type { At } from '../graph/routes.ts'
import type { SettingPlace } from '../graph/rows/settings.ts'
import type { Variable } from '../graph/settings.ts'
import { isTest } from '../semantics/provenance.ts'
import { composeFiles, isComposeFile } from './compose-files.ts'
import { isOfEverybody } from './environment-names.ts'
import { handlerOf } from './handlers.ts'
import { familyOf } from './language-family.ts'
import { placeOfWord } from './path-literals.ts'
import type { Kind } from './tie-kinds.ts'
import { type End, endsIn } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'
import { nameIn } from './written-names.ts'

export interface DocumentLink {
  readonly place: Place
  /** Where it leads is only looked for when somebody follows it. */
  readonly about: End | { readonly file: string }
}

const LINKED: readonly Kind[] = ['route', 'variable', 'foreign', 'module', 'table', 'topic']

/** In the order of the text; two never begin at the same place. */
export function documentLinks(view: WorkspaceView, path: string): readonly DocumentLink[] {
  const text = view.text(path)
  if (text === undefined) return []
  const links = new Map<number, DocumentLink>()
  for (const end of endsIn(view.relations, path, LINKED)) {
    const place = end.side === 'used' ? placeOf(text, path, end) : undefined
    if (place && !links.has(place[0])) links.set(place[0], { place, about: end })
  }
  for (const { place, file } of composeFiles(path, text, view.relations.files))
    if (!links.has(place[0])) links.set(place[0], { place, about: { file } })
  return [...links.values()].sort((a, b) => a.place[0] - b.place[0])
}

export function targetOf(view: WorkspaceView, { about }: DocumentLink): At | undefined {
  if ('file' in about) return { file: about.file, place: [0, 0] }
  const { about: subject, declared } = about.tie
  if (subject.kind === 'route') return handlerOf(view, subject.route) ?? subject.route
  return subject.kind === 'variable' ? nearestSetting(subject.variable) : declared[0]
}

/** What a link leads to, said before anybody follows it. */
export function tooltipOf({ about }: DocumentLink, locale: Locale): string {
  const say = WORDS[locale]
  if ('file' in about) return say.file(about.file)
  const { about: subject, declared } = about.tie
  const file = declared[0]?.file ?? ''
  switch (subject.kind) {
    case 'route':
      return say.route(`${subject.route.methods.join(' · ')} ${subject.route.path}`, subject.route.file)
    case 'variable':
      return say.variable(nearestSetting(subject.variable)?.file ?? '')
    case 'table':
      return say.table(file)
    case 'topic':
      return say.topic(file)
    default:
      return say.rust(file)
  }
}

/** Undefined for what is no link: a language's own server leads from fields, and a path that is not written leads nowhere. */
function placeOf(text: string, path: string, { at, tie: { about } }: End): Place | undefined {
  switch (about.kind) {
    case 'route':
      return literalIn(text, at.place)
    case 'variable':
      return isLinked(path, about.variable) ? placeOfWord(text, at.place, about.variable.name) : undefined
    case 'foreign':
    case 'module':
    case 'table':
    case 'topic': {
      const place = nameIn(text, at.place)
      return text.slice(...place).includes('\n') ? undefined : place
    }
    default:
      return undefined
  }
}

/** What scripts and workflows put into variables, they mostly use themselves. */
function isLinked(path: string, variable: Variable): boolean {
  const setting = nearestSetting(variable)
  if (
    !setting ||
    isOfEverybody(variable.name) ||
    setting.file === path ||
    (isTest(setting.file) && !isTest(path))
  )
    return false
  return familyOf(path) !== 'other' || isComposeFile(path)
}

/** The text in the quotes, where all of a place is one. */
function literalIn(text: string, [start, end]: Place): Place | undefined {
  const literal = /^(?:[A-Za-z]{0,2})(?=['"`])/.exec(text.slice(start, start + 3))
  if (!literal) return undefined
  const place: Place = [start + literal[0].length, end]
  const inner = nameIn(text, place)
  return inner[0] === place[0] || text.slice(...inner).includes('\n') ? undefined : inner
}

/** Where a developer would set it; comments of examples come late, and tests last. */
function nearestSetting({ settings }: Variable): At | undefined {
  const rank = (it: Variable['settings'][number]) => ORDER.indexOf(it.in) + (it.isComment ? ORDER.length : 0)
  return [...settings].sort((a, b) => rank(a) - rank(b))[0]
}

const ORDER: readonly SettingPlace[] = [
  'values',
  'example',
  'compose',
  'image',
  'manifest',
  'script',
  'bundler',
  'types',
  'code',
]

interface Words {
  readonly route: (route: string, file: string) => string
  readonly variable: (file: string) => string
  readonly table: (file: string) => string
  readonly topic: (file: string) => string
  readonly rust: (file: string) => string
  readonly file: (file: string) => string
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    route: (route, file) => `Go to what answers ${route}, in ${file}`,
    variable: file => `Go to where it is set, in ${file}`,
    table: file => `Go to what makes the table, in ${file}`,
    topic: file => `Go to who waits for these messages, in ${file}`,
    rust: file => `Go to the Rust code, in ${file}`,
    file: file => `Open ${file}`,
  },
  es: {
    route: (route, file) => `Ir a lo que responde a ${route}, en ${file}`,
    variable: file => `Ir a donde se define, en ${file}`,
    table: file => `Ir a lo que crea la tabla, en ${file}`,
    topic: file => `Ir a quien espera estos mensajes, en ${file}`,
    rust: file => `Ir al código Rust, en ${file}`,
    file: file => `Abrir ${file}`,
  },
}
