// What has to be there.

import { all, code, into, maybe, oneOf, type Parser, word } from '../parse.ts'
import type { Demand, Requirement, SubjectKind, Surrounding } from '../requirement.ts'
import { todos } from './forbidden.ts'
import { isForbidden, plainSubject, requirement } from './meaning.ts'
import { amount, callee, callsOf, must, names, subject, wheres } from './parts.ts'

/** A subject that must be so, and what it must be. */
export function demand(parts: Parser<Demand>, fits: readonly SubjectKind[]): Parser<Requirement> {
  return into(all(subject, must, parts, wheres), ([{ isNo, it, scope }, , what, more]) =>
    isNo || !fits.includes(it.kind) ? undefined : requirement(it, [...scope, ...more], what),
  )
}
function declares(category: string): Parser<Demand> {
  return into(word(category), what => ({ kind: 'declares', what }) as Demand)
}
const DECLARED: readonly SubjectKind[] = [
  'function',
  'method',
  'class',
  'interface',
  'type',
  'enum',
  'constant',
  'test',
]
export const demands = oneOf(
  demand(declares('docstring'), DECLARED),
  demand(declares('comment'), DECLARED),
  demand(declares('returnType'), ['function', 'method']),
  demand(declares('typed'), ['parameter', 'variable', 'constant']),
  demand(declares('defaultCase'), ['switch']),
  demand(
    into(
      all(
        word('have'),
        code(it => it === 'default' || it === '_'),
        maybe(word('measure', 'cases')),
      ),
      () => ({ kind: 'declares', what: 'defaultCase' }) as const,
    ),
    ['switch'],
  ),
  demand(
    into(
      all(
        word('have'),
        word('measure', 'cases'),
        code(it => it === 'default' || it === '_'),
      ),
      () => ({ kind: 'declares', what: 'defaultCase' }) as const,
    ),
    ['switch'],
  ),
  demand(
    into(word('license'), () => ({ kind: 'starts', with: 'license' }) as const),
    ['file'],
  ),
  into(all(todos(), must, word('mention')), ([it]) =>
    requirement(it, [], { kind: 'declares', what: 'issueNumber' }),
  ),
  demand(declares('assertion'), ['test']),
  demand(
    into(
      all(
        word('have'),
        maybe(word('more', 'least')),
        maybe(amount),
        code(it => it === 'assert' || it === 'expect'),
      ),
      ([, , count = 1]) => (count === 1 ? ({ kind: 'declares', what: 'assertion' } as const) : undefined),
    ),
    ['test'],
  ),
  demand(declares('mention'), ['todo', 'comment']),
  demand(declares('returnValue'), ['function', 'method']),
  demand(
    into(word('startComment'), () => ({ kind: 'starts', with: 'comment' }) as const),
    ['file'],
  ),
  demand(
    into(word('endNewline'), () => ({ kind: 'ends', with: 'newline' }) as const),
    ['file'],
  ),
  demand(
    into(
      all(
        word('containAwait'),
        code(it => it === 'await'),
      ),
      () => ({ kind: 'declares', what: 'await' }) as const,
    ),
    ['function', 'method'],
  ),
  demand(
    into(
      all(
        word('useConst'),
        code(it => it === 'const'),
      ),
      () => ({ kind: 'declares', what: 'const' }) as const,
    ),
    ['loop'],
  ),
  demand(
    into(all(word('decorator'), names), ([, it]) => ({ kind: 'decorated', names: it }) as const),
    ['function', 'method', 'class', 'test'],
  ),
)
export const extendsIt = into(
  all(subject, word('must'), word('extend'), names),
  ([{ isNo, it, scope }, modal, , list]) =>
    it.kind === 'class'
      ? requirement(it, scope, { kind: 'extends', names: list, isForbidden: isForbidden(modal, isNo) })
      : undefined,
)
export const calls = into(
  all(subject, word('must'), word('call'), names),
  ([{ isNo, it, scope }, modal, , list]) =>
    ['function', 'method', 'constructor', 'catch', 'test', 'loop'].includes(it.kind)
      ? requirement(it, scope, { kind: 'calls', names: list, isForbidden: isForbidden(modal, isNo) })
      : undefined,
)
export const contains = into(
  all(subject, word('must'), word('containText'), names),
  ([{ isNo, it, scope }, modal, , list]) =>
    it.kind === 'string' || it.kind === 'comment'
      ? requirement(it, scope, { kind: 'contains', text: list, isForbidden: isForbidden(modal, isNo) })
      : undefined,
)
export const aboutCalls = oneOf(
  into(all(callee, must, word('awaited')), ([it]) => requirement(it, [], { kind: 'awaited' })),
  into(
    all(
      callsOf,
      must,
      word('containAwait'),
      code(it => it === 'await'),
    ),
    ([it]) => requirement(it, [], { kind: 'awaited' }),
  ),
  into(
    all(
      callee,
      must,
      word('inside'),
      oneOf(
        into(
          all(
            maybe(word('blocks')),
            code(it => it === 'try' || it === 'with'),
            maybe(word('blocks')),
          ),
          ([, it]) => it,
        ),
        word('surrounding'),
      ),
    ),
    ([it, , , what]) => requirement(it, [], { kind: 'inside', what: what as Surrounding }),
  ),
  into(all(callee, word('must'), word('beCalledWith'), code(), wheres), ([it, modal, , argument, scope]) => {
    if (argument === 'await') return undefined
    const [, name = argument, value] = /^([\w-]+)\s*[=:]\s*(.+)$/.exec(argument) ?? []
    if (!/^[\w-]+$/.test(name)) return undefined
    return requirement(it, scope, {
      kind: 'argument',
      name,
      ...(value && { value }),
      isForbidden: isForbidden(modal, false),
    })
  }),
)
/** `Always pass `timeout` to `requests.get``. */
export const passTo = into(
  all(
    word('pass'),
    code(it => /^\w+$/.test(it)),
    word('toCall'),
    names,
    wheres,
  ),
  ([, name, , list, scope]) =>
    list.some(it => it.includes('/'))
      ? undefined
      : requirement({ kind: 'call', qualities: [], callees: list }, scope, {
          kind: 'argument',
          name,
          isForbidden: false,
        }),
)
export const quotes = into(
  all(word('use'), word('quotes'), word('forStrings'), wheres),
  ([, style, , scope]) =>
    requirement(plainSubject('string'), scope, { kind: 'quotes', style: style as 'single' | 'double' }),
)
