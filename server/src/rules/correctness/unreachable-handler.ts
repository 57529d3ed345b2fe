/** A handler, or an arm of a match, behind one that takes the same and more never gets its turn. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'
import { guardOf, takesEverything } from '../support/patterns.ts'
import { exceptionClass } from '../support/python-exceptions.ts'

export default defineRule({
  id: 'correctness/unreachable-handler',
  severity: 'error',
  languages: ['python', 'rust'],
  cwe: [561],
  concept: 'error-handling',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    Try: (node, file) => (file.language === 'python' ? deadHandlers(node, file) : undefined),
    Switch: deadArms,
  },

  explain: {
    en: ({ name, earlier, what }) => ({
      message:
        what === 'arm'
          ? `\`${name}\` never matches: \`${earlier}\` above it takes everything that would`
          : name === earlier
            ? `\`${name}\` is caught twice, and only the first handler runs`
            : `\`${name}\` never arrives here: \`${earlier}\` above catches it`,
      why: 'They are tried from top to bottom and the first that fits wins, so what was written for this case never runs.',
      remedy: 'Put the more special one first, or delete the one that never gets its turn.',
    }),
    es: ({ name, earlier, what }) => ({
      message:
        what === 'arm'
          ? `\`${name}\` nunca coincide: \`${earlier}\`, más arriba, se lleva todos esos casos`
          : name === earlier
            ? `\`${name}\` se captura dos veces y solo se ejecuta el primer manejador`
            : `\`${name}\` nunca llega aquí: \`${earlier}\`, más arriba, lo captura`,
      why: 'Se prueban de arriba abajo y gana el primero que encaja, así que lo escrito para este caso nunca se ejecuta.',
      remedy: 'Pon primero el más específico o elimina el que nunca tiene su turno.',
    }),
  },

  examples: {
    invalid: [
      py`
        try: load()
        except Exception: retry()
        except «ValueError»: warn()
      `,
      py`
        try: load()
        except (KeyError, OSError) as e: retry()
        except («IOError», TypeError): warn()
      `,
      py`
        from json import JSONDecodeError
        try: load()
        except ValueError: retry()
        except «JSONDecodeError» as e: warn()
      `,
      py`
        class Broken(Exception): pass
        class Torn(Broken): pass
        try: load()
        except Broken: retry()
        except «Torn»: warn()
      `,
      py`
        import db
        try: load()
        except db.Error: retry()
        except «db.Error»: warn()
      `,
      py`
        try: load()
        except (ValueError, KeyError, «ValueError»): warn()
      `,
      py`
        match command:
            case "go": go()
            case "stop": stop()
            case «"go"»: again()
      `,
      py`
        match command:
            case "go": go()
            case _: stop()
            case «"wait"»: wait()
      `,
      rs`fn f() { match n { 1 => one(), _ => many(), «2» => two() } }`,
      rs`fn f() { match n { Some(1) => one(), Some(2) => two(), «Some(1)» => again(), other => show(other) } }`,
    ],
    valid: [
      py`
        try: load()
        except UnicodeError: retry()
        except ValueError: warn()
      `,
      py`
        try: load()
        except Exception: retry()
        except KeyboardInterrupt: stop()
        except: warn()
      `,
      py`
        class ValueError(BaseException): pass
        try: load()
        except Exception: retry()
        except ValueError: warn()
      `,
      py`
        from gevent import Timeout
        try: load()
        except Exception: retry()
        except Timeout: warn()
      `,
      py`
        try: load()
        except* Exception: retry()
        except* ValueError: warn()
      `,
      py`
        try: load()
        except (OSError, IOError): warn()
      `,
      py`
        match command:
            case "go" if ready: go()
            case "go": wait()
            case other: show(other)
      `,
      py`
        match command:
            case limits.LOW: go()
            case Point(x=0): stop()
      `,
      rs`fn f() { match n { x if x > 1 => one(), 1 => two(), _ => three() } }`,
      rs`fn f() { match n { #[cfg(unix)] _ => one(), #[cfg(not(unix))] _ => two() } }`,
      rs`fn f() { match n { NONE => one(), Some(_) => two(), _ => three() } }`,
    ],
  },
})

function* deadHandlers(node: SyntaxNode, file: SourceFile) {
  const handlers = node.children('handler')
  if (handlers.length < 2 && handlers[0]?.child('type')?.unwrapped.kind !== 'Tuple') return
  // Class → the expression that catches it first.
  const caught = new Map<string, SyntaxNode>()
  for (const handler of handlers) {
    // An `except*` leaves what it does not take to the next.
    if (handler.child('operator')) return
    let type = handler.child('type')
    if (type?.kind === 'AsPattern') type = type.child('value')
    if (!type) return
    const types = type.unwrapped.kind === 'Tuple' ? type.unwrapped.children('element') : [type.unwrapped]
    const here = new Map<string, SyntaxNode>()
    for (const it of types) {
      const known = exceptionClass(file, it)
      if (!known) continue
      // Two names of one class in one tuple harm nobody; the same name twice is a slip.
      const twice = here.get(known.id)
      const earlier = twice?.same(it) ? twice : firstOf(known.ancestors, caught)
      if (earlier)
        yield {
          at: it,
          data: { name: excerpt(it), earlier: excerpt(earlier), what: 'handler' },
          related: [earlier],
        }
      here.set(known.id, it)
    }
    for (const [id, it] of here) if (!caught.has(id)) caught.set(id, it)
  }
}

function firstOf(ids: ReadonlySet<string>, caught: ReadonlyMap<string, SyntaxNode>): SyntaxNode | undefined {
  for (const id of ids) {
    const it = caught.get(id)
    if (it) return it
  }
  return undefined
}

function* deadArms(node: SyntaxNode, file: SourceFile) {
  const arms = node.children().filter(it => it.kind === 'Case')
  const seen = new Map<number, SyntaxNode>()
  let everything: SyntaxNode | undefined
  for (const arm of arms) {
    const pattern = arm.child('pattern')
    if (!pattern) return
    // An arm under a condition of the compiler's may not be there at all.
    if (arm.child('decorator')) continue
    const print = file.digest(pattern)
    const twin = seen.get(print)
    const earlier = everything ?? (twin?.same(pattern) ? twin : undefined)
    if (earlier)
      yield {
        at: pattern,
        data: { name: excerpt(pattern), earlier: excerpt(earlier), what: 'arm' },
        related: [earlier],
      }
    if (guardOf(arm)) continue
    if (!everything && takesEverything(pattern)) everything = pattern
    if (!twin) seen.set(print, pattern)
  }
}
