/** A built-in whose name was given to something else cannot be called any more. */

import { calleeName, positional } from '../../semantics/calls.ts'
import { guessType } from '../../semantics/guess-type.ts'
import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import { valueGivenTo } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

/** Python's built-ins that give something which cannot be called itself. */
const PLAIN_RESULTS =
  'abs all any ascii bin bool bytes chr dict dir divmod enumerate float format frozenset hash hex id input int len list ord ' +
  'pow range repr reversed round set sorted str sum tuple zip'
const PYTHON_CALLABLES = `${PLAIN_RESULTS} callable filter getattr hasattr isinstance issubclass iter map max min next object open print setattr slice type vars`
const SCRIPT_CALLABLES =
  'Array BigInt Boolean Date Error Map Number Object Promise Proxy RegExp Set String Symbol TypeError URL WeakMap alert ' +
  'clearTimeout decodeURIComponent encodeURIComponent fetch isFinite isNaN parseFloat parseInt require setInterval setTimeout'

export default defineRule({
  id: 'correctness/shadowed-builtin',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  concept: 'names-and-scope',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: `${PYTHON_CALLABLES} ${SCRIPT_CALLABLES}`.split(' '),

  check: {
    Call: shadowedCall,
    New: shadowedCall,
    *Undefined(node) {
      if (isRebound(node)) yield { at: node, data: { name: 'undefined', called: false } }
    },
    *Declarator(node, file) {
      const name = node.child('target')
      if (file.language === 'rust' || !name?.is('Name') || !FIXED.has(name.name)) return
      if (node.child('value') || (file.binding(name)?.writeCount ?? 0) > 1)
        yield { at: name, data: { name: name.name, called: false } }
    },
    *Parameters(node, file) {
      if (file.language === 'python' || file.language === 'rust') return
      for (const it of node.children('parameter')) {
        const name = it.kind === 'Name' ? it : it.child('target')
        if (name?.kind === 'Name' && FIXED.has(name.name))
          yield { at: name, data: { name: name.name, called: false } }
      }
    },
  },

  explain: {
    en: ({ name, called }) => ({
      message: called
        ? `\`${name}\` is not the built-in here: it is a variable that cannot be called`
        : 'This name belongs to the language, and from here on it means something else',
      why: called
        ? 'The name was given to a value further up, so this call fails when it runs.'
        : 'Everybody who reads or writes it below expects what the language gives, and gets this.',
      remedy: called
        ? 'Give the variable a name of its own.'
        : 'Choose another name, and leave this one to the language.',
    }),
    es: ({ name, called }) => ({
      message: called
        ? `Aquí \`${name}\` no es la función integrada, sino una variable que no se puede llamar`
        : 'Este nombre es del lenguaje, y a partir de aquí significa otra cosa',
      why: called
        ? 'Más arriba se le dio ese nombre a un valor, así que esta llamada falla al ejecutarse.'
        : 'Quien lo lea o escriba más abajo espera lo que da el lenguaje y recibe esto.',
      remedy: called
        ? 'Dale a la variable un nombre propio.'
        : 'Elige otro nombre y deja este para el lenguaje.',
    }),
  },

  examples: {
    invalid: [
      py`
        list = [1, 2]
        copy = «list»(range(3))
      `,
      py`
        def f(items, max=10):
            return «max»(items)
      `,
      py`
        def f(items: list, str: str):
            return [«str»(it) for it in items]
      `,
      py`
        def f(list, more):
            for it in list: show(it)
            return «list»(more)
      `,
      py`
        def f(items):
            sum = 0
            for it in items: sum += it
            return sum / «sum»(items)
      `,
      py`
        input = input("Name? ")
        again = «input»("Again? ")
      `,
      js`const Number = 5; show(«Number»('1'))`,
      js`function f(«undefined») { return undefined }`,
      js`const «NaN» = 0`,
      ts`function f(String: string, a: number) { return «String»(a) }`,
      ts`let Map = { a: 1 }; new «Map»()`,
      ts`function f(«Infinity»: number) { return Infinity }`,
    ],
    valid: [
      py`
        list = [1, 2]
        show(list)
      `,
      py`
        def f(items, key=max):
            max = key
            return max(items)
      `,
      py`
        def f(type, map):
            return map(type(1))
      `,
      py`
        class A:
            id = 1
            def f(self): return id(self)
      `,
      py`
        def f(items, print=None):
            if print is None: print = show
            print(items)
      `,
      py`
        a = list(range(3))
        list = [1]
      `,
      py`
        from builtins import str
        str(1)
      `,
      js`import Promise from 'bluebird'; new Promise(f)`,
      js`class Map {} new Map()`,
      js`(function ($, undefined) { return $ === undefined })(jQuery)`,
      js`var undefined`,
      ts`function f(fetch = window.fetch) { return fetch('/') }`,
      ts`import { Symbol } from 'typescript'; Symbol(1)`,
    ],
  },
})

const FIXED: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity'])
const GIVES_PLAIN: ReadonlySet<string> = new Set(PLAIN_RESULTS.split(' '))

function* shadowedCall(node: SyntaxNode, file: SourceFile) {
  const callee = node.child('callee')
  if (callee?.kind !== 'Name') return
  const binding = file.binding(callee)
  if (!binding || !isNotCallable(binding, callee, file)) return
  yield { at: callee, data: { name: callee.name, called: true }, related: [binding.declaration] }
}

/** Everything that it is ever given is a value that cannot be called. */
function isNotCallable(binding: Binding, callee: SyntaxNode, file: SourceFile): boolean {
  if (binding.kind !== 'variable' && binding.kind !== 'constant' && binding.kind !== 'parameter') return false
  let isSure = false
  for (const it of binding.writes()) {
    if (!isSure && (it.row > callee.row || it.parent?.contains(callee))) return false
    const holds = holdsPlainValue(it, binding, file)
    if (holds === 'no') return false
    isSure ||= holds === 'yes'
  }
  return isSure
}

function holdsPlainValue(write: SyntaxNode, binding: Binding, file: SourceFile): 'yes' | 'no' | 'unsure' {
  const { parent } = write
  if (parent?.kind === 'AugmentedAssignment') return 'yes'
  if (binding.kind === 'parameter' && binding.declaration.row === write.row)
    return isPlainParameter(write, binding, file) ? 'yes' : 'no'
  const value = valueGivenTo(write)
  if (!value) return 'no'
  const callee = value.kind === 'Call' ? value.child('callee') : undefined
  // `input = input()`, which only works where the name is still the built-in's: at the top of a file.
  if (callee?.name === binding.name && binding.isModuleLevel && GIVES_PLAIN.has(binding.name)) return 'yes'
  return isPlain(value, file)
}

function isPlain(value: SyntaxNode, file: SourceFile): 'yes' | 'no' | 'unsure' {
  const guess = guessType(file, value)
  if (guess === 'null') return 'unsure'
  return guess === undefined || guess === 'function' ? 'no' : 'yes'
}

const PLAIN_TYPE =
  /^:?\s*(Optional\[)?(str|int|float|bool|bytes|string|number|boolean|(list|dict|set|tuple|List|Dict|Set|Tuple)(\[.*\])?|[\w.]+\[\])\]?(\s*\|\s*None)?$/s
const PLAIN_METHODS: ReadonlySet<string> = new Set(
  'append extend items keys values strip split splitlines lower upper startswith endswith'.split(' '),
)

/** Its type, its default, or what the function does with it says that it is no function. */
function isPlainParameter(name: SyntaxNode, binding: Binding, file: SourceFile): boolean {
  const parameter = name.parent?.kind === 'Parameter' ? name.parent : undefined
  const type = parameter?.child('type')
  if (type) return PLAIN_TYPE.test(type.text)
  const value = parameter?.child('value')
  if (value) return isPlain(value, file) === 'yes'
  if (file.language !== 'python') return false
  for (const it of binding.reads()) {
    if (it.role === 'iterable') return true
    const call = it.parent?.kind === 'Member' && it.role === 'object' ? it.parent.parent : undefined
    if (call?.kind === 'Call' && PLAIN_METHODS.has(calleeName(call))) return true
  }
  return false
}

/** `undefined` where a name is bound, but not the last parameter of a function that is called on the spot without it. */
function isRebound(node: SyntaxNode): boolean {
  const { parent, role } = node
  if (!parent) return false
  if (role === 'target' && parent.is('Parameter', 'Assignment')) return !isLeftOut(parent)
  return role === 'parameter' && !isLeftOut(node)
}

function isLeftOut(parameter: SyntaxNode): boolean {
  const all = parameter.parent?.children('parameter') ?? []
  const call = parameter.parent?.parent?.parent?.closest('Call')
  const fn = parameter.parent?.parent
  if (!call || !fn || call.child('callee')?.unwrapped.row !== fn.row) return false
  return all.findIndex(it => it.row === parameter.row) >= positional(call).length
}
