/** A key that is written twice in one literal: the first value is silently thrown away. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { removeElement } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isRepeatable } from '../support/effects.ts'
import { isLastUse } from '../support/leftovers.ts'

export default defineRule({
  id: 'correctness/duplicate-key',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [561],
  concept: 'copy-and-paste',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Dictionary(node, file) {
      const seen = new Map<string, SyntaxNode>()
      for (const element of node.children('element')) {
        // What is spread may hold the key too; writing it again behind is then deliberate.
        if (element.kind === 'Spread') seen.clear()
        const key = keyOf(element)
        const name = key && nameOf(key, file)
        if (!key || name === undefined) continue
        const access = element.kind === 'Function' ? accessorOf(element) : ''
        const earlier = (access === '' ? ['', 'get', 'set'] : ['', access])
          .map(it => seen.get(it + name))
          .find(it => it)
        seen.set(access + name, element)
        if (!earlier) continue
        yield {
          at: key,
          data: { key: excerpt(key) },
          related: [keyOf(earlier)!],
          fix: { safety: 'unsafe' as const, edits: () => removeEarlier(earlier, file) },
        }
      }
    },
  },

  explain: {
    en: ({ key }) => ({
      message: `The key \`${key}\` is already in this literal`,
      why: 'Only the last value of a key is kept. The first one looks as if it counted, and it never does.',
      remedy: 'Rename one of the two keys, or delete the one that is wrong.',
      fix: 'Delete the first one, which has no effect',
    }),
    es: ({ key }) => ({
      message: `La clave \`${key}\` ya aparece en este literal`,
      why: 'De una clave solo se conserva el último valor. El primero parece que cuenta, pero nunca lo hace.',
      remedy: 'Cambia el nombre de una de las dos claves o elimina la que sobra.',
      fix: 'Eliminar la primera, que no tiene efecto',
    }),
  },

  examples: {
    invalid: [
      fixes(py`ages = {"ann": 31, "bob": 27, «'ann'»: 32}`, py`ages = {"bob": 27, 'ann': 32}`),
      fixes(
        py`
        ages = {
            "ann": 31,
            «"ann"»: 32,
        }
      `,
        py`
        ages = {
            "ann": 32,
        }
      `,
      ),
      py`names = {1: "one", 2: "two", «1»: "uno"}`,
      py`colors = {Color.RED: 1, Color.BLUE: 2, «Color.RED»: 3}`,
      py`
        ages = {
            "ann": 31,  # her age
            «"ann"»: 32,
        }
      `,
      fixes(js`const o = { a: 1, b: 2, «a»: 3 }`, js`const o = { b: 2, a: 3 }`),
      // Without it, nobody would need the import.
      fixes(
        py`
        from colors import RED
        colors = {"a": RED, «"a"»: 1}
      `,
        py`
        from colors import RED
        colors = {"a": RED, "a": 1}
      `,
      ),
      js`const o = { a: f(), «'a'»: 3 }`,
      js`const o = { 1: 'a', «'1'»: 'b' }`,
      js`const o = { get a() { return 1 }, «a»: 2 }`,
      ts`const o = { a, b, «a» }`,
      ts`const o = { [Kind.A]: 1, [Kind.B]: 2, «[Kind.A]»: 3 }`,
      ts`const o = { run() { return 1 }, «run»() { return 2 } }`,
    ],
    valid: [
      py`ages = {"ann": 31, "bob": 27}`,
      py`sizes = {b"a": 1, b"a ": 2, b"": 0, b" ": 1}`,
      py`ages = {"ann": 31, **others, "ann": 32}`,
      py`keys = {"a": 1, b"a": 2}`,
      py`keys = {read(): 1, read(): 2}`,
      py`keys = {f"{a}x": 1, f"{a}y": 2}`,
      py`rows = [{"a": 1}, {"a": 2}]`,
      py`call = dict(a=1)`,
      js`const o = { a: 1, ...rest, a: 2 }`,
      js`const o = { get a() { return 1 }, set a(value) {} }`,
      js`const o = { a: 1, A: 2, ['b']: 3, [b]: 4 }`,
      js`const o = { [i++]: 1, [i++]: 2 }`,
      ts`const o = { a: { b: 1 }, b: { a: 1 } }`,
      ts`const { a: x, a: y } = o`,
    ],
  },
})

function keyOf(element: SyntaxNode): SyntaxNode | undefined {
  if (element.kind === 'Pair') return element.child('key')
  if (element.kind === 'Function') return element.child('name')
  return element.kind === 'Name' ? element : undefined
}

/** Equal for keys that are surely equal, however they are written. */
function nameOf(key: SyntaxNode, file: SourceFile): string | undefined {
  if (file.language === 'python') return pythonName(key, file)
  if (key.is('PropertyName', 'Name')) return key.name === '__proto__' ? undefined : `= ${key.name}`
  const expression = key.kind === 'Index' ? (key.child('index') ?? key) : key
  if (expression.is('String', 'Number')) {
    const value = file.constant(expression)
    return value && `= ${value.value}`
  }
  return isRepeatable(file, expression) ? codeOf(expression) : undefined
}

function pythonName(key: SyntaxNode, file: SourceFile): string | undefined {
  if (key.is('String', 'Number', 'Concatenation')) {
    const value = /^[rR]?[bB]/.test(key.text) ? undefined : file.constant(key)
    return value ? `${value.kind} ${value.value}` : codeOf(key)
  }
  return isRepeatable(file, key) ? codeOf(key) : undefined
}

/** The code of a key, without its spacing. Text within it keeps its blanks. */
function codeOf(key: SyntaxNode): string {
  return key.is('String', 'Template') || key.has('String', 'Template')
    ? key.text
    : key.text.replace(/\s+/g, '')
}

/** `get` and `set` of the same name belong together. */
function accessorOf(method: SyntaxNode): string {
  for (const it of method.children())
    if (it.kind === 'Keyword' && (it.text === 'get' || it.text === 'set')) return it.text
  return ''
}

function removeEarlier(element: SyntaxNode, file: SourceFile): TextEdit[] {
  const value = element.child('value')
  if (value && (!isRepeatable(file, value) || isLastUse(file, [value]))) return []
  const edit = removeElement(element)
  const behind = element.tree.text.slice(element.end, edit.end)
  // A comment behind the element may belong to either.
  return /[#/]/.test(behind) ? [] : [edit]
}
