// Renames a variable of the environment: in the code of all languages that read it, and in all files that set it.

import type { Relations } from '../graph/relations.ts'
import type { At } from '../graph/routes.ts'
import type { Variable } from '../graph/settings.ts'
import { doubtfulNames, mentions } from './doubtful-names.ts'
import { isOfEverybody } from './environment-names.ts'
import { familyOf } from './language-family.ts'
import { placeOfWord, withCaseOf } from './path-literals.ts'
import { type Changes, once, type Refusal, type Renaming, type Replacement } from './renaming.ts'
import { endsIn } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'
import { renamedIn } from './written-names.ts'

export function renameVariable(view: WorkspaceView, path: string, offset: number): Renaming | undefined {
  const text = view.text(path)
  if (text === undefined) return undefined
  for (const { at, tie } of endsIn(view.relations, path, ['variable'])) {
    if (tie.about.kind !== 'variable' || isOfEverybody(tie.about.variable.name)) continue
    const { variable } = tie.about
    const place = placeOfWord(text, at.place, variable.name)
    if (place && place[0] <= offset && offset <= place[1])
      return { at: { file: path, place }, name: text.slice(...place), to: it => renamed(view, variable, it) }
  }
  return undefined
}

function renamed(view: WorkspaceView, variable: Variable, name: string): Changes | Refusal {
  if (!/^[A-Za-z_]\w*$/.test(name)) return { reason: 'no-name', name }
  const { environment } = view.relations
  const other = environment.variable(name)
  const taken = other === variable ? undefined : [...(other?.settings ?? []), ...(other?.reads ?? [])][0]
  if (taken) return { reason: 'taken', name, at: taken }
  const prefix = publicPrefix(view.relations, variable)
  if (prefix !== undefined && !name.startsWith(prefix)) return { reason: 'prefix', name, prefix }
  const certain: Replacement[] = []
  const inClasses = new Set<string>()
  for (const at of [...variable.settings, ...variable.reads]) {
    const text = view.text(at.file)
    const place = text === undefined ? undefined : placeOfWord(text, at.place, variable.name)
    if (!place) return { reason: 'not-written', name: variable.name, at }
    const before = text!.slice(...place)
    // Classes of settings have fields in lower case, which their own language uses.
    if (before !== variable.name) inClasses.add(before)
    const newText = before === variable.name ? name : withCaseOf(before, name)
    certain.push({
      at: { file: at.file, place },
      newText: renamedIn(text!, place, newText, familyOf(at.file)),
    })
  }
  const places = certain.map(it => it.at)
  return {
    certain: once(certain),
    doubtful: once([
      ...elsewhere(view, variable.name, name, places),
      ...fields(view, inClasses, name, places),
    ]),
    beyond: 'machines',
  }
}

/** Scripts, documentation, what puts one variable into another. */
function elsewhere(view: WorkspaceView, name: string, newName: string, taken: readonly At[]): Replacement[] {
  const word = new RegExp(`(?<![\\w$])${name}(?!\\w)`, 'g')
  return mentions(view, name, word, () => true, taken).map(({ at, text }) => ({
    at,
    newText: renamedIn(text, at.place, newName, familyOf(at.file)),
  }))
}

function* fields(
  view: WorkspaceView,
  names: ReadonlySet<string>,
  newName: string,
  taken: readonly At[],
): Generator<Replacement> {
  for (const name of names) {
    const doubt = {
      name,
      newName: withCaseOf(name, newName),
      family: 'python',
      types: new Set<string>(),
    } as const
    yield* doubtfulNames(view, doubt, view.relations.files, taken)
  }
}

/** What the name of a variable has to begin with so that browsers are given it. */
function publicPrefix({ environment }: Relations, { name, reads }: Variable): string | undefined {
  if (!reads.some(it => it.isClient || it.from === 'bundler')) return undefined
  const known = environment.bundlers.flatMap(it => it.prefixes)
  return [...known, 'NEXT_PUBLIC_', 'NUXT_PUBLIC_', 'REACT_APP_', 'VITE_', 'PUBLIC_'].find(it =>
    name.startsWith(it),
  )
}
