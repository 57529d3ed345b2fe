// Fields that both sides of a border call by the same words, written in another way: `user_name` and `userName`.

import type { ResolvedField } from './shapes.ts'
import { plain, type TypeTwin } from './type-twins.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface CasePair {
  readonly twin: TypeTwin
  readonly here: ResolvedField
  readonly there: ResolvedField
}

/** None where something turns one way of writing into the other on the way. */
export function casePairsOf(facts: WorkspaceFacts, twins: readonly TypeTwin[]): CasePair[] {
  const pairs = twins.flatMap(differences)
  if (pairs.length === 0 || importsConverter(facts)) return []
  const same = twins.reduce((sum, { fields }) => sum + fields.filter(it => isOfWords(it.here.name)).length, 0)
  // Nobody gets most names wrong: there is a converter that was not seen.
  return pairs.length > MOST_OVERSIGHTS && pairs.length > same ? [] : pairs
}

const MOST_OVERSIGHTS = 4

function differences(twin: TypeTwin): CasePair[] {
  const { here, there, direction } = twin
  const names = new Set(here.fields.map(it => it.name))
  return here.fields.flatMap((it): CasePair[] => {
    const taken = (other: ResolvedField) =>
      other.name === it.name || (direction === 'body' && other.alsoRead?.includes(it.name) === true)
    if (there.fields.some(taken)) return []
    const other = there.fields.find(one => plain(one.name) === plain(it.name) && !names.has(one.name))
    return other ? [{ twin, here: it, there: other }] : []
  })
}

function isOfWords(name: string): boolean {
  return /[a-z0-9][A-Z]|[a-z0-9]_[a-z]/.test(name)
}

/** A function or a package of this kind is used somewhere on the side of the callers. */
function importsConverter(facts: WorkspaceFacts): boolean {
  return facts
    .rows('import')
    .some(
      ({ path, rows }) =>
        !/\.(?:pyi?|rs)$/.test(path) &&
        rows.some(it => CONVERTER.test(it.module) || it.taken.some(name => CONVERTS.test(name))),
    )
}

const CONVERTER =
  /(?:^|[/-])(?:humps|camelcase-keys|snakecase-keys|decamelize-keys|axios-case-converter|ts-case-convert|camelize(?:-ts)?|snakeize|convert-keys|change-case(?:-object)?|case-anything)(?:$|\/)/
const CONVERTS =
  /^(?:camelize|decamelize|camelCaseKeys|snakeCaseKeys|(?:to|convertTo|objectTo|keysTo|deep|recursive)_?(?:camel|snake)\w*|(?:camel|snake)(?:To|ize|ify|case)\w*|(?:transform|convert|map)Keys\w*)$/i
