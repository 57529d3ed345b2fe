/** A function in a condition that nobody calls: the function itself is always true, whatever it would have answered. */

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertAfter } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/uncalled-function',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [571],
  concept: 'boolean-logic',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    If: inCondition,
    ElseIf: inCondition,
    While: inCondition,
    Conditional: inCondition,
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` is a function that is not called here, so this is always true`,
      why: 'The condition asks whether the function exists, and it does. What the function would answer is never asked.',
      remedy: 'Call it, or delete the condition.',
      fix: 'Call the function',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` es una función y aquí no se la llama, así que esto siempre es verdadero`,
      why: 'La condición pregunta si la función existe, y existe. Lo que la función respondería no llega a preguntarse.',
      remedy: 'Llámala o elimina la condición.',
      fix: 'Llamar a la función',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def is_ready():
            return state == 1

        if «is_ready»:
            start()
      `,
        py`
        def is_ready():
            return state == 1

        if is_ready():
            start()
      `,
      ),
      fixes(
        py`
        class Job:
            def is_done(self):
                return self.state == 1

            def run(self):
                while not «self.is_done»:
                    self.step()
      `,
        py`
        class Job:
            def is_done(self):
                return self.state == 1

            def run(self):
                while not self.is_done():
                    self.step()
      `,
      ),
      py`
        def allowed(user):
            return user.admin

        kind = "a" if «allowed» and user else "b"
      `,
      fixes(
        js`function isReady() { return state === 1 } if (!(«isReady»)) wait()`,
        js`function isReady() { return state === 1 } if (!(isReady())) wait()`,
      ),
      js`const allowed = user => user.admin; const kind = «allowed» ? 'a' : 'b'`,
      ts`function f() { while (more && «isOpen») step() } function isOpen(): boolean { return true }`,
    ],
    valid: [
      py`
        def is_ready():
            return state == 1

        if is_ready():
            start()
      `,
      py`
        try:
            from fast import parse
        except ImportError:
            def parse(text): return None

        if parse:
            parse("")
      `,
      py`
        hook = None
        if debug:
            def hook(): pass
        if hook:
            run()
      `,
      py`
        def run(is_ready):
            def other(): pass
            if is_ready: other()
      `,
      py`
        class Job:
            @property
            def is_done(self):
                return self.state == 1

            def run(self):
                if self.is_done: return
      `,
      py`
        class Job:
            def on_done(self): pass

            def __init__(self):
                self.on_done = None

            def run(self):
                if self.on_done: return
      `,
      // Asked before it is called: somebody thinks that it may be missing, and may know of a subclass.
      py`
        class Job:
            def on_done(self): pass

            def run(self):
                if self.on_done:
                    self.on_done()
      `,
      js`function hook() {} if (hook) hook()`,
      js`let hook = () => 1; hook = null; if (hook) run()`,
      js`if (require) run()`,
      ts`import { isReady } from './state'; if (isReady) run()`,
      ts`declare function gc(): void; if (gc) run()`,
    ],
  },
})

function* inCondition(node: SyntaxNode, file: SourceFile) {
  const condition = node.child('condition')
  if (!condition) return
  for (const it of testedIn(condition)) {
    if (it.kind === 'Member') {
      const method = file.language === 'python' ? methodOf(it) : undefined
      if (method && !callsIt(node, it)) yield { at: it, data: { name: it.text }, ...callIt(it, method, 1) }
      continue
    }
    if (it.kind !== 'Name' || it.name === '') continue
    const definition = functionOf(file.binding(it))
    if (!definition || callsIt(node, it)) continue
    yield { at: it, data: { name: it.name }, ...callIt(it, definition, 0) }
  }
}

/** What a condition is true or false by: `a` and `b` in `a and not b`. */
function testedIn(condition: SyntaxNode): SyntaxNode[] {
  const node = condition.unwrapped
  if (node.kind === 'Not') {
    const operand = node.child('operand')
    return operand ? testedIn(operand) : []
  }
  if (node.kind !== 'Logical') return [node]
  return node.children().flatMap(it => (it.kind === 'Operator' ? [] : testedIn(it)))
}

/** The function that a name always stands for. */
function functionOf(binding: Binding | undefined): SyntaxNode | undefined {
  if (!binding) return undefined
  if (binding.kind === 'constant') {
    const value = binding.onlyValue
    return value?.kind === 'Function' ? value : undefined
  }
  if (binding.kind !== 'function' || binding.writeCount !== 1) return undefined
  const { parent } = binding.declaration
  return parent?.kind === 'Function' && parent.parent?.kind !== 'Decorated' ? parent : undefined
}

/** `if (hook) hook()` asks whether there is one, needlessly but on purpose. */
function callsIt(node: SyntaxNode, tested: SyntaxNode): boolean {
  for (const call of node.descendants('Call')) if (call.child('callee')?.same(tested)) return true
  return false
}

function callIt(name: SyntaxNode, definition: SyntaxNode, given: number) {
  const parameters = definition.child('parameters')?.children('parameter') ?? []
  const isCallable = parameters.length === given && !definition.child('parameter')
  return { fix: { safety: 'unsafe' as const, edits: () => (isCallable ? [insertAfter(name, '()')] : []) } }
}

/** The plain method that `self.is_done` always stands for. */
function methodOf(member: SyntaxNode): SyntaxNode | undefined {
  const property = member.child('object')?.name === 'self' ? member.child('property') : undefined
  const home = property && member.closest('Class')
  const method = home
    ?.child('body')
    ?.declaring(property!)
    .findLast(it => it.kind === 'Function' && it.parent?.kind !== 'Decorated')
  return method && !isReplaced(home!, property!.name) ? method : undefined
}

/** The class gives the name another value somewhere: `self.on_done = None`. */
function isReplaced(home: SyntaxNode, name: string): boolean {
  for (const it of home.named(name, 'any')) {
    const target = it.role === 'property' ? it.parent : it
    if (target?.role === 'target' && target.parent?.kind === 'Assignment') return true
  }
  return false
}
