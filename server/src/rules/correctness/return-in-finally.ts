/** A jump out of `finally` throws away the error, or the result, that was on its way. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { jumpsOutOf } from '../support/jumps.ts'

export default defineRule({
  id: 'correctness/return-in-finally',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [584],
  concept: 'error-handling',
  impact: { likelihood: 'medium', cost: 'days' },

  check: {
    *Finally(node, file) {
      const body = node.child('body')
      if (!body) return
      for (const jump of body.ownDescendants('Return', 'Break', 'Continue', 'Throw')) {
        if (jump.closest('Finally')?.row !== node.row || !replacesOutcome(jump, node, file)) continue
        if (isExplained(jump) || isRetry(jump) || losesNothing(jump, node)) continue
        yield { at: jump, data: { word: jump.text.match(/^\w+/)?.[0] ?? '' } }
      }
    },
  },

  explain: {
    en: ({ word }) => ({
      message:
        word === 'throw'
          ? '`throw` inside `finally` replaces the error that was on its way'
          : `\`${word}\` inside \`finally\` swallows every error of the \`try\``,
      why: 'When this runs, whatever was being thrown or returned is forgotten, and the caller never hears of it.',
      remedy: 'Let `finally` only clean up, and leave from the `try` or from a handler.',
    }),
    es: ({ word }) => ({
      message:
        word === 'throw'
          ? '`throw` dentro de `finally` reemplaza el error que ya estaba en camino'
          : `\`${word}\` dentro de \`finally\` se traga cualquier error del \`try\``,
      why: 'Al ejecutarse, se olvida lo que se estaba lanzando o devolviendo, y quien llamó nunca se entera.',
      remedy: 'Deja que `finally` solo limpie y sal desde el `try` o desde un manejador.',
    }),
  },

  examples: {
    invalid: [
      py`
        def f():
            try:
                return load()
            finally:
                «return None»
      `,
      py`
        for path in paths:
            try:
                load(path)
            finally:
                if done: «continue»
      `,
      js`function f() { try { return load() } finally { «return 1» } }`,
      js`for (const a of b) { try { load(a) } finally { switch (a) { case 1: «continue» } } }`,
      ts`outer: for (const a of b) { try { load(a) } finally { for (;;) { «break outer» } } }`,
      ts`function f(): void { try { load() } finally { «throw new Error('closed')» } }`,
      js`function f() { try { load() } catch (e) { log(e); throw e } finally { «return 1» } }`,
      js`function f() { try { return load() } catch (e) { log(e) } finally { «return 1» } }`,
      py`
        def f():
            try:
                load()
            except Exception as e:
                log(e)
            finally:
                «return None»
      `,
    ],
    valid: [
      js`for (;;) { let threw = true; try { run(); threw = false; break } finally { if (++i < retries && threw) continue } }`,
      py`
        def f():
            try:
                return load()
            finally:
                for it in opened:
                    if it.closed: continue
                    it.close()
      `,
      py`
        def f():
            try:
                load()
            finally:
                raise RuntimeError("chained: Python keeps the first error as its context")
      `,
      py`
        def f():
            try:
                load()
            finally:
                def g(): return 1
                register(g)
      `,
      py`
        def f():
            try:
                load()
            finally:
                if stopped:
                    return  # the interrupt goes on its way in the caller
      `,
      js`
        async function f() {
          const result = {}
          try {
            result.page = await load()
            if (!result.page) return result
          } catch (error) {
            console.error(error)
            return result
          } finally {
            result.seen = await count()
            return result
          }
        }
      `,
      js`function f() { try { load() } finally { items.forEach(it => { return it.close() }) } }`,
      js`function f() { try { load() } finally { while (true) { if (next()) break } } }`,
      js`function f() { try { load() } finally { switch (a) { case 1: close(); break } } }`,
      ts`function f() { try { load() } finally { try { throw new Error('no') } catch {} } }`,
      ts`function f() { try { load() } finally { if (failure) throw failure } }`,
    ],
  },
})

/** Python chains what is raised here to the first error; a `throw` under a condition was thought about. */
function replacesOutcome(jump: SyntaxNode, node: SyntaxNode, file: SourceFile): boolean {
  if (!jumpsOutOf(node, jump)) return false
  if (jump.kind !== 'Throw') return true
  if (file.language === 'python') return false
  const condition = jump.closest('If', 'Switch', 'Finally')
  return condition?.row === node.row
}

/** A handler has dealt with every error before, and the function gives the same wherever it is left. */
function losesNothing(jump: SyntaxNode, node: SyntaxNode): boolean {
  const parts = node.parent?.children() ?? []
  const handler = parts.find(it => it.kind === 'Catch')
  if (jump.kind !== 'Return' || !handler || !takesAll(handler)) return false
  for (const _ of handler.ownDescendants('Throw')) return false
  const given = jump.child('value')
  return parts
    .flatMap(it => (it.row === node.row ? [] : [...it.ownDescendants('Return')]))
    .every(it => {
      const other = it.child('value')
      return given && other ? given.same(other) : given === other
    })
}

/** Python's other errors, such as a task that is cancelled, pass `except Exception`. */
function takesAll(handler: SyntaxNode): boolean {
  const type = handler.child('type')
  return handler.type === 'catch_clause' || !type || type.text.includes('BaseException')
}

/** `if (threw && ++tries < 3) continue`: it failed, and is tried once more. */
function isRetry(jump: SyntaxNode): boolean {
  const condition = jump.kind === 'Continue' ? jump.closest('If', 'Finally')?.child('condition') : undefined
  return /retr(y|ies)|attempt|tries|threw|fail/i.test(condition?.text ?? '')
}

/** A comment on the line says why. */
function isExplained(jump: SyntaxNode): boolean {
  const siblings = jump.parent?.children('none') ?? []
  return siblings.some(
    it =>
      it.kind === 'Comment' &&
      it.start >= jump.end &&
      !jump.parent!.text.slice(jump.end - jump.parent!.start, it.start - jump.parent!.start).includes('\n'),
  )
}
