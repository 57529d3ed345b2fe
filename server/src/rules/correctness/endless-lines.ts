/** Errors of a reader are skipped, and a reader that cannot go on gives the same error for ever. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, rs } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'correctness/endless-lines',
  severity: 'warning',
  languages: ['rust'],
  cwe: [835],
  concept: 'error-handling',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: ['filter_map', 'flat_map', 'flatten'],

  check: {
    *Call(node, file) {
      const lines = receiver(node)
      const name = calleeName(node)
      if (lines?.kind !== 'Call' || calleeName(lines) !== 'lines' || lines.child('argument')) return
      const [callback] = node.children('argument')
      if (name !== 'flatten' && !isOk(callback)) return
      if (!isReader(receiver(lines), node) || isTestCode(node, file)) return
      const property = node.child('callee')!.child('property')!
      yield {
        at: { start: property.start, end: node.end },
        data: { call: excerpt(node), name },
        fix: {
          safety: 'unsafe',
          edits: () =>
            name === 'flatten'
              ? [{ start: property.start, end: node.end, newText: 'map_while(Result::ok)' }]
              : [replace(property, 'map_while')],
        },
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` skips errors of \`lines()\`, of which there may be no end`,
      why: 'When reading fails for good, as it does with a folder or a broken disk, `lines()` gives an error each time it is asked. Skipping them, the loop never ends.',
      remedy: 'Stop at the first error with `map_while(Result::ok)`, or hand it on.',
      fix: 'Stop at the first error',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` se salta los errores de \`lines()\`, que pueden no acabar nunca`,
      why: 'Cuando leer falla sin remedio, como con una carpeta o un disco roto, `lines()` da un error cada vez que se le pregunta. Saltándolos, el bucle no termina.',
      remedy: 'Detente en el primer error con `map_while(Result::ok)`, o pásalo a quien llama.',
      fix: 'Detenerse en el primer error',
    }),
  },

  examples: {
    invalid: [
      fixes(
        rs`fn f(file: File) { for line in BufReader::new(file).lines().«filter_map(Result::ok)» { g(line) } }`,
        rs`fn f(file: File) { for line in BufReader::new(file).lines().map_while(Result::ok) { g(line) } }`,
      ),
      fixes(
        rs`fn f() { for line in io::stdin().lines().«flatten()» { g(line) } }`,
        rs`fn f() { for line in io::stdin().lines().map_while(Result::ok) { g(line) } }`,
      ),
      rs`fn f(file: File) { let reader = BufReader::new(file); let n = reader.lines().«filter_map(|it| it.ok())».count(); }`,
    ],
    valid: [
      rs`fn f(file: File) { for line in BufReader::new(file).lines().map_while(Result::ok) { g(line) } }`,
      rs`fn f(text: &str) { let a: Vec<_> = text.lines().filter_map(|it| it.parse().ok()).collect(); }`,
      rs`fn f(file: File) { for line in BufReader::new(file).lines() { g(line?) } }`,
    ],
  },
})

/** `Result::ok`, `|it| it.ok()`, `|it| it` */
function isOk(callback: SyntaxNode | undefined): boolean {
  if (!callback) return false
  if (callback.kind === 'Path') return callback.text === 'Result::ok'
  return /^\|(\w+)\| *\1(\.ok\(\))?$/.test(callback.text.trim())
}

/** Texts have lines as well, which are no results. */
function isReader(source: SyntaxNode | undefined, call: SyntaxNode): boolean {
  if (!source) return false
  if (/\b(BufReader|stdin)\b/.test(source.text)) return true
  if (source.kind !== 'Name') return false
  for (const it of call.function?.named(source.name) ?? []) {
    const value =
      it.role === 'target' && it.parent?.kind === 'Declarator' ? it.parent.child('value') : undefined
    if (value) return /\b(BufReader|stdin)\b/.test(value.text)
  }
  return false
}
