/** A function made in a loop and run later sees the last value of the loop's variable, not the one of its round. */

import { calleeName } from '../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { Kind } from '../../syntax/kinds.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { insertAfter, replace } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { endsLoop } from '../support/jumps.ts'
import { LOOPS } from '../support/loops.ts'
import { rootOf, runsWith } from '../support/variables.ts'

export default defineRule({
  id: 'correctness/loop-capture',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  concept: 'closures',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    Function(node, file) {
      const loops = loopsAround(node)
      return loops.length > 0 ? captures(node, loops, file) : undefined
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `By the time this function runs, \`${name}\` holds its value of the last round`,
      why: `The loop has one \`${name}\` for all its rounds, and every function made in it looks at that one when it is finally called.`,
      remedy: `Give each round its own \`${name}\`: a parameter with a default value in Python, \`let\` or \`const\` inside the loop in JavaScript.`,
      fix: `Give each function its own \`${name}\``,
    }),
    es: ({ name }) => ({
      message: `Cuando esta función se ejecute, \`${name}\` tendrá el valor de la última vuelta`,
      why: `El bucle tiene una sola \`${name}\` para todas sus vueltas, y cada función creada en él la mira cuando por fin la llaman.`,
      remedy: `Dale a cada vuelta su propia \`${name}\`: un parámetro con valor por defecto en Python, \`let\` o \`const\` dentro del bucle en JavaScript.`,
      fix: `Dar a cada función su propia \`${name}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        for name in names:
            handlers.append(lambda: show(«name»))
      `,
        py`
        for name in names:
            handlers.append(lambda name=name: show(name))
      `,
      ),
      fixes(
        py`shown = [lambda event: show(«i», event) for i in range(3)]`,
        py`shown = [lambda event, i=i: show(i, event) for i in range(3)]`,
      ),
      fixes(
        py`
        for name in names:
            def handler(): return show(«name»)
            handlers[name] = handler
      `,
        py`
        for name in names:
            def handler(name=name): return show(name)
            handlers[name] = handler
      `,
      ),
      py`
        def f(tests):
            run = None
            for test in tests:
                run = test[0]
                todo.append(lambda: run(«test»))
            return run
      `,
      py`
        def f(names):
            for name in names:
                title = name.title()
                Button(text=name, command=lambda: show(«title»))
      `,
      py`
        for k, v in pairs:
            table[k] = (k, lambda x: x + «v»)
      `,
      fixes(
        js`for (var i = 0; i < 3; i++) setTimeout(() => show(«i»), 10)`,
        js`for (let i = 0; i < 3; i++) setTimeout(() => show(i), 10)`,
      ),
      js`let i; for (i = 0; i < 3; i++) { links[i].onclick = function () { show(«i») } }`,
      js`for (var key in table) { const f = () => table[«key»]; getters.push(f) }`,
      js`let i = 0; while (i < 3) { rows.push({ run: () => show(«i») }); i++ }`,
      ts`for (const it of items) { var id: string = it.id; it.on('click', () => show(«id»)) }`,
      ts`function f() { for (var i = 0; i < 3; i++) { load(i).then(it => show(it, «i»)) } }`,
    ],
    valid: [
      py`
        for name in names:
            handlers.append(lambda name=name: show(name))
      `,
      py`
        for name in names:
            found.sort(key=lambda it: it.distance(name))
            found = list(map(lambda it: it + name, found))
      `,
      py`
        for name in names:
            if ready(name):
                handlers.append(lambda: show(name))
                break
      `,
      py`
        for name in names:
            local = []
            local.append(lambda: show(name))
            run(local)
      `,
      py`
        for name in names:
            def shown(): return show(name)
            print(shown())
      `,
      py`shown = [(lambda: show(i))() for i in range(3)]`,
      py`
        for name in names:
            def work(): show(name)
            join([Thread(target=work) for i in range(3)])
      `,
      py`
        def f(names):
            for name in names:
                return lambda: show(name)
      `,
      js`for (let i = 0; i < 3; i++) setTimeout(() => show(i), 10)`,
      js`for (const key in table) getters.push(() => table[key])`,
      js`for (var i = 0; i < 3; i++) (function (i) { setTimeout(() => show(i)) })(i)`,
      js`for (var i = 0; i < 3; i++) found = all.filter(it => it.id === i)`,
      js`for (var i = 0; i < 3; i++) { const j = i; setTimeout(() => show(j)) }`,
      js`let done = false; for (const it of items) { it.on('end', () => done || stop()); done = check(it) }`,
      ts`async function f() { for (var i = 0; i < 3; i++) await load(i).then(it => show(it, i)) }`,
      ts`let i = 0; for (const it of items) { it.on('click', () => i++) }`,
    ],
  },
})

/** The loops and comprehensions that this function is made in, from the inside out, without leaving the function around. */
function loopsAround(node: SyntaxNode): SyntaxNode[] {
  const loops: SyntaxNode[] = []
  let child = node
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Class', 'Module')) break
    if (it.is(...LOOPS) && child.role === 'body') loops.push(it)
    else if (it.kind === 'Comprehension' && child.role === 'body' && it.type !== 'generator_expression')
      loops.push(it)
    child = it
  }
  return loops
}

function* captures(node: SyntaxNode, loops: readonly SyntaxNode[], file: SourceFile) {
  const inner = loops[0]!
  if (!outlives(node, loops, file)) return
  if (inner.kind !== 'Comprehension' && endsLoop(file, statementOf(node, inner), inner)) return
  const seen = new Set<number>()
  for (const name of node.descendants('Name')) {
    if (isDefault(name, node, file)) continue
    const binding = file.binding(name)
    if (!binding || seen.has(binding.id) || node.contains(binding.declaration)) continue
    seen.add(binding.id)
    const changing = changedBy(binding, loops, node)
    if (!changing) continue
    yield {
      at: name,
      data: { name: name.name },
      related: [changing],
      fix: { safety: 'unsafe' as const, edits: () => bindEarly(node, name.name, binding, loops, file) },
    }
  }
}

/** Python evaluates defaults when the function is made. */
function isDefault(name: SyntaxNode, node: SyntaxNode, file: SourceFile): boolean {
  if (file.language !== 'python') return false
  const parameters = node.child('parameters')
  return parameters?.contains(name) ?? false
}

/** Where each round of one of these loops gives the variable another value; none if each round has its own variable. */
function changedBy(binding: Binding, loops: readonly SyntaxNode[], node: SyntaxNode): SyntaxNode | undefined {
  if (binding.kind === 'import' || binding.kind === 'function' || binding.kind === 'class') return undefined
  const isPython = node.tree.grammar === 'python'
  const writes = [...binding.writes()]
  // Who writes it himself knows that it is shared.
  if (writes.some(it => node.contains(it))) return undefined
  for (const loop of loops) {
    const inside = writes.filter(it => loop.contains(it) && runsWith(it, loop))
    const head = inside.find(it => isLoopVariable(it, loop))
    if (isPython) {
      if (head) return head
      // Given anew in each round, and nowhere else: a value of the round.
      if (inside.length === writes.length && inside.every(it => it.parent?.kind === 'Assignment'))
        return inside[0]
      continue
    }
    if (binding.scope.row >= loop.row && loop.contains(binding.scope)) continue
    if (head) return head
    const declared = inside.find(it => it.parent?.kind === 'Declarator' && it.parent.child('value'))
    if (declared && inside.length === writes.length) return declared
    if (loop.kind === 'While' && inside.some(it => it.parent?.kind === 'Update')) {
      const condition = loop.child('condition')
      for (const it of binding.reads()) if (condition?.contains(it)) return inside[0]
    }
  }
  return undefined
}

/** The target of a for-each, or what the third part of a `for` counts. */
function isLoopVariable(write: SyntaxNode, loop: SyntaxNode): boolean {
  let child = write
  for (const it of write.ancestors()) {
    if (it.row === loop.row) return child.role === 'target' || child.role === 'increment'
    if (it.kind === 'ComprehensionFor' && it.parent?.row === loop.row) return child.role === 'target'
    child = it
  }
  return false
}

const KEEPS: ReadonlySet<string> = words('append appendleft add insert put push unshift set setdefault')
const LATER: ReadonlySet<string> = words(
  'setTimeout setInterval setImmediate requestAnimationFrame requestIdleCallback queueMicrotask nextTick addEventListener ' +
    'addListener on once then catch finally subscribe call_later call_soon call_soon_threadsafe call_at after after_idle ' +
    'submit apply_async connect add_done_callback addCleanup',
)
/** Parameters that take what to do later. */
const LATER_PARAMETERS: ReadonlySet<string> = words('command callback on_click on_change on_press')

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '))
}

/** The function is kept beyond the round that makes it, as far as what is done with it tells. */
function outlives(node: SyntaxNode, loops: readonly SyntaxNode[], file: SourceFile, depth = 0): boolean {
  const { parent, role } = node
  if (!parent || depth > 6) return false
  const again = (it: SyntaxNode) => outlives(it, loops, file, depth + 1)
  switch (parent.kind) {
    case 'Parenthesized':
    case 'List':
    case 'Tuple':
    case 'Dictionary':
    case 'Cast':
      return again(parent)
    case 'Pair':
      return role === 'value' && again(parent)
    case 'Comprehension':
      return role === 'body' && parent.row === loops[0]!.row && parent.type !== 'generator_expression'
    case 'KeywordArgument':
      return LATER_PARAMETERS.has(parent.child('label')?.text ?? '')
    case 'Call':
    case 'New':
      return role === 'argument' && isKeptBy(parent, loops, file)
    case 'Assignment':
      if (role !== 'value') return false
      return (
        isSlot(parent.child('target'), loops, file) ||
        isKeptByName(parent.child('target'), loops, file, depth)
      )
    case 'Declarator':
      return role === 'value' && isKeptByName(parent.child('target'), loops, file, depth)
    case 'Block':
      // A declaration: what counts is what becomes of its name.
      return isKeptByName(node.child('name'), loops, file, depth)
    default:
      return false
  }
}

function isKeptBy(call: SyntaxNode, loops: readonly SyntaxNode[], file: SourceFile): boolean {
  const name = calleeName(call)
  const object = call.child('callee')?.child('object')
  if (KEEPS.has(name)) return object !== undefined && isFromOutside(object, loops, file)
  return LATER.has(name) && !isAwaited(call, loops[0]!)
}

/** `table[key] = …` and `button.onclick = …`; any other property may well be for this round only. */
function isSlot(target: SyntaxNode | undefined, loops: readonly SyntaxNode[], file: SourceFile): boolean {
  const object = target?.child('object')
  if (!target || !object) return false
  if (target.kind === 'Index') return isFromOutside(object, loops, file)
  return (
    target.kind === 'Member' && /^on[a-z]+$|^on_\w+$|^on[A-Z]\w*$/.test(target.child('property')?.name ?? '')
  )
}

/** A named function is kept when its name is handed to somebody who keeps it. */
function isKeptByName(
  name: SyntaxNode | undefined,
  loops: readonly SyntaxNode[],
  file: SourceFile,
  depth: number,
): boolean {
  const binding = name?.kind === 'Name' ? file.binding(name) : undefined
  if (!binding) return false
  const inner = loops[0]!
  for (const it of binding.reads())
    if (inner.contains(it) && runsWith(it, inner) && outlives(it, loops, file, depth + 1)) return true
  return false
}

/** No round of the loops makes it anew. */
function isFromOutside(object: SyntaxNode, loops: readonly SyntaxNode[], file: SourceFile): boolean {
  const root = rootOf(object)
  if (!root) return false
  if (root.kind === 'This') return true
  const binding = file.binding(root)
  if (!binding) return true
  const inner = loops[0]!
  for (const it of binding.writes()) if (inner.contains(it)) return false
  return true
}

const ENDS_AWAIT: readonly Kind[] = ['ExpressionStatement', 'Declarator', 'Return', 'Block', 'Function']

function isAwaited(call: SyntaxNode, loop: SyntaxNode): boolean {
  for (const it of call.ancestors()) {
    if (it.kind === 'Await') return true
    if (it.row === loop.row || it.is(...ENDS_AWAIT)) return it.kind === 'Return'
  }
  return false
}

function statementOf(node: SyntaxNode, loop: SyntaxNode): SyntaxNode {
  let statement = node
  for (const it of node.ancestors()) {
    if (it.row === loop.row || it.kind === 'Block') return statement
    statement = it
  }
  return statement
}

/** A default value in Python; `let` in a JavaScript loop whose variable nobody else needs. */
function bindEarly(
  node: SyntaxNode,
  name: string,
  binding: Binding,
  loops: readonly SyntaxNode[],
  file: SourceFile,
): readonly TextEdit[] {
  if (file.language === 'python')
    return dependsOnRound(node, binding, loops, file) ? [] : addDefault(node, name)
  for (const loop of loops) {
    const declaration = loop.kind === 'For' ? loop.child('initializer') : loop
    const keyword = declaration?.children().find(it => it.kind === 'Keyword' && it.type === 'var')
    if (!declaration || !keyword || !declaration.contains(binding.declaration)) continue
    for (const it of binding.occurrences()) if (!loop.contains(it)) return []
    return [replace(keyword, 'let')]
  }
  return []
}

/** Something else that it uses changes as well: one variable of its own would not be enough. */
function dependsOnRound(
  node: SyntaxNode,
  binding: Binding,
  loops: readonly SyntaxNode[],
  file: SourceFile,
): boolean {
  for (const name of node.descendants('Name')) {
    const other = file.binding(name)
    if (!other || other.same(binding) || node.contains(other.declaration) || changedBy(other, loops, node))
      continue
    for (const it of other.writes()) if (loops[0]!.contains(it)) return true
  }
  return false
}

function addDefault(node: SyntaxNode, name: string): readonly TextEdit[] {
  const parameters = node.child('parameters')
  const all = parameters?.children('parameter') ?? []
  const last = all.at(-1)
  if (all.some(it => it.kind === 'RestPattern')) return []
  if (last) return [insertAfter(last, `, ${name}=${name}`)]
  if (parameters) return [replace(parameters, `(${name}=${name})`)]
  const body = node.child('body')
  const { text } = node.tree
  if (!body || node.type !== 'lambda' || !/^lambda\s*:\s*$/.test(text.slice(node.start, body.start)))
    return []
  return [{ start: node.start, end: body.start, newText: `lambda ${name}=${name}: ` }]
}
