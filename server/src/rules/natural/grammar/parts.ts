// The parts of a sentence: what it speaks of, where, by which names, and whether it demands or forbids.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import { all, code, into, listOf, many, maybe, number, oneOf, type Parser, word } from '../parse.ts'
import type { Measure, Place, Quality, Subject, SubjectKind, Surrounding } from '../requirement.ts'
import { plainSubject, type Where } from './meaning.ts'

export const path: Parser<Place> = oneOf<Place>(
  into(
    all(
      maybe(word('folder')),
      code(it => it.includes('/')),
      maybe(word('folder')),
    ),
    ([, it]) => ({ kind: 'path', path: it }) as const,
  ),
  into(word('layer'), it => ({ kind: 'layer', layer: it }) as const),
)
const tests: Parser<Place> = into(word('tests'), () => ({ kind: 'tests' }) as const)
const within: Parser<Place> = into(
  word('surrounding'),
  it => ({ kind: 'within', what: it as Surrounding }) as const,
)
export const place = oneOf<Place>(path, tests, within)
const language: Parser<Where> = into(all(listOf(word('language')), maybe(word('languageFiles'))), ([it]) => ({
  languages: it as readonly CodeLanguage[],
}))
export const where: Parser<Where> = oneOf<Where>(
  into(word('everywhere'), () => ({ languages: [] })),
  into(word('production'), () => ({ outside: { kind: 'tests' } })),
  into(all(word('in'), language), ([, it]) => it),
  into(all(word('in'), place), ([, it]) => ({ inside: it })),
  into(all(word('out'), place), ([, it]) => ({ outside: it })),
)
export const wheres = many(where)

export const names = listOf(code())
export const bareNoun: Parser<Subject> = oneOf(
  into(all(many(word('quality')), word('noun'), many(word('quality'))), ([before, kind, after]) => ({
    kind: kind as SubjectKind,
    qualities: [...before, ...after] as Quality[],
  })),
  into(word('testFile'), () => ({ kind: 'file' as const, qualities: ['test' as const] })),
  into(word('nounWithQuality'), it => ({ kind: 'function' as const, qualities: [it as Quality] })),
  into(
    all(
      maybe(word('blocks')),
      code(it => SUBJECT_OF_CODE.has(it)),
      maybe(word('blocks')),
    ),
    ([, it]) => ({
      kind: SUBJECT_OF_CODE.get(it)!,
      qualities: [],
    }),
  ),
)
/** `functions`, `public functions that return a boolean`, `functions named `get*``, `classes that end with `Service``. */
export const noun: Parser<Subject> = into(
  all(
    bareNoun,
    maybe(word('boolean')),
    maybe(
      oneOf(
        into(all(word('named'), names), ([, it]) => it),
        into(all(word('end'), names), ([, it]) => it.map(name => `*${name}`)),
        into(all(word('start'), names), ([, it]) => it.map(name => `${name}*`)),
      ),
    ),
  ),
  ([it, boolean, named]) => ({
    ...it,
    ...(boolean && { qualities: [...it.qualities, 'boolean' as const] }),
    ...(named && { named }),
  }),
)
/** What a sentence speaks of, and where. */
export const subject = into(all(maybe(word('no')), noun, wheres), ([no, it, scope]) => ({
  isNo: no !== undefined,
  it,
  scope,
}))
/** The same, of what it is called. */
export const namesOf = oneOf(
  into(all(word('noun'), word('name')), ([it]) => plainSubject(it)),
  into(all(word('name'), word('in'), noun), ([, , it]) => it),
  into(all(word('nameOf'), noun), ([, it]) => it),
  into(all(word('nameOf'), bareNoun), ([, it]) => it),
)
export const namedSubject = into(all(maybe(word('no')), oneOf(namesOf, noun), wheres), ([no, it, scope]) => ({
  isNo: no !== undefined,
  it,
  scope,
}))
export const must = word('must', 'must')
export const mustNot = word('must', 'mustNot')
/** `must`, or nothing where the verb itself says so: `are named`. */
export const shall = into(maybe(must), () => true as const)
export const anyMust = into(maybe(word('must')), it => it ?? 'must')
export const verb = maybe(word('have'))
export const amount = number('numeral')
export const measure = into(
  all(
    oneOf(
      word('measure'),
      into(
        all(
          code(it => it === 'return'),
          maybe(word('blocks')),
        ),
        () => 'returns',
      ),
    ),
    maybe(word('long')),
  ),
  ([it, long]) => (it === 'lines' && long === 'code' ? 'codeLines' : (it as Measure)),
)
export const callsOf: Parser<Subject> = into(
  all(word('noun', 'call'), maybe(word('in')), maybe(word('to')), names),
  ([, , , it]) => ({
    kind: 'call' as const,
    qualities: [],
    callees: it,
  }),
)
export const callee: Parser<Subject> = oneOf(
  callsOf,
  into(names, it =>
    it.some(name => name.includes('/')) ? undefined : { kind: 'call' as const, qualities: [], callees: it },
  ),
)

/** Keywords that people write in back-quotes where they mean the thing. */
const SUBJECT_OF_CODE: ReadonlyMap<string, SubjectKind> = new Map([
  ['switch', 'switch'],
  ['match', 'switch'],
  ['catch', 'catch'],
  ['except', 'catch'],
  ['for', 'loop'],
  ['TODO', 'todo'],
  ['constructor', 'constructor'],
  ['__init__', 'constructor'],
])
