/** A list, dictionary or set as a default value is made once and shared by all calls that change it. */

import { calleeName } from '../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { indentation, insertAfter, insertBefore, replace } from '../edit.ts'
import { fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/mutable-default',
  severity: 'warning',
  languages: ['python'],
  concept: 'shared-state',
  impact: { likelihood: 'medium', cost: 'days' },

  check: {
    *Parameter(node, file) {
      const name = node.child('target')
      const value = node.child('value')
      if (!value || name?.kind !== 'Name' || !isMutable(value, file) || isDeliberate(name.name, value)) return
      const home = node.function
      // A function inside another is made anew in every call of that one, and its defaults with it.
      if (home?.function) return
      const binding = file.binding(name)
      const harm = home && binding && !isMemory(binding) && firstHarm(binding, node)
      // A test runs once, so that nobody gets a value that another call left.
      if (!harm || (file.isTest && !isChange(harm))) return
      yield {
        at: value,
        data: { name: name.name, shared: isChange(harm) ? 'changed' : 'handed out' },
        related: [harm],
        fix: { safety: 'unsafe', edits: () => createInside(home, node, name, value) },
      }
    },
  },

  explain: {
    en: ({ name, shared }) => ({
      message: `The default of \`${name}\` is made once and shared by every call, and it is ${shared} here`,
      why: 'What one call puts into it is still there in the next one, so the function remembers what it should forget.',
      remedy: `Let \`${name}\` be \`None\` by default and make a new one inside.`,
      fix: 'Make a new one in each call',
    }),
    es: ({ name, shared }) => ({
      message: `El valor por defecto de \`${name}\` se crea una sola vez para todas las llamadas, y esta función lo ${shared === 'changed' ? 'modifica' : 'entrega a otros'}`,
      why: 'Lo que una llamada le añade sigue ahí en la siguiente, así que la función recuerda lo que debería olvidar.',
      remedy: `Usa \`None\` como valor por defecto de \`${name}\` y crea uno nuevo dentro.`,
      fix: 'Crear uno nuevo en cada llamada',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def add(item, items=«[]»):
            """Adds."""
            items.append(item)
            return items
      `,
        py`
        def add(item, items=None):
            """Adds."""
            if items is None:
                items = []
            items.append(item)
            return items
      `,
      ),
      fixes(
        py`
        def f(a, found=«{}»):
            """Adds."""

            # Only once.
            found[a] = 1
      `,
        py`
        def f(a, found=None):
            """Adds."""

            if found is None:
                found = {}
            # Only once.
            found[a] = 1
      `,
      ),
      fixes(
        py`
        class A:
            def __init__(self, options: dict = «{}»):
                self.options = options
      `,
        py`
        class A:
            def __init__(self, options: dict | None = None):
                if options is None:
                    options = {}
                self.options = options
      `,
      ),
      py`
        def f(counts=«dict(a=1)»):
            counts["a"] += 1
      `,
      py`
        class A:
            def __init__(self, items=«[]»): self._items = items
            def add(self, item): self._items.append(item)
      `,
      py`
        from collections import defaultdict
        def f(key, found=«defaultdict(list)»):
            def add(it): found[key].append(it)
            del found[key]
            return add
      `,
      py`
        def f(a, seen: set = «{1}»):
            seen |= a
      `,
      py`f = lambda a, items=«[]»: items.append(a)`,
    ],
    valid: [
      py`
        def f(key, found={}):
            if key in found: return found[key]
            found[key] = load(key)
            return found[key]
      `,
      py`
        def f(items=[]):
            return len(items) + sum(it.price for it in items)
      `,
      py`
        def f(items=[]):
            items = list(items)
            items.append(1)
            return items
      `,
      py`
        def f(n, _cache={}):
            _cache[n] = n * 2
            return _cache[n]
      `,
      py`
        def f(n, memo={}):
            memo[n] = n * 2
            return memo[n]
      `,
      py`
        def f(item, count=[0]):
            count[0] += 1
            return count[0]
      `,
      py`
        def f(items=()):
            return items
      `,
      py`
        def f(items=None, size=len([1])):
            items.append(size)
      `,
      py`
        from collections.abc import Sequence
        class A:
            def __init__(self, items: Sequence[int] = []):
                self.items = items
      `,
      py`
        class A:
            def __init__(self, items=[]):
                self.items = list(items)
      `,
      py`
        class A:
            def __init__(self, items=[]): self._items = items
            def __len__(self): return len(self._items)
      `,
      py`
        def f(items):
            def isNew(it, found={}):
                found[it] = 1
            return isNew
      `,
      py`
        def dict(): return 1
        def f(a=dict()):
            a.append(1)
      `,
    ],
  },
})

const FACTORIES: ReadonlySet<string> = new Set([
  'list',
  'dict',
  'set',
  'bytearray',
  'collections.defaultdict',
  'collections.OrderedDict',
  'collections.Counter',
  'collections.deque',
])

function isMutable(value: SyntaxNode, file: SourceFile): boolean {
  if (value.is('List', 'Dictionary', 'Set')) return true
  if (value.kind === 'Comprehension') return value.type !== 'generator_expression'
  if (value.kind !== 'Call') return false
  const callee = value.child('callee')
  if (!callee || !FACTORIES.has(file.qualifiedName(callee))) return false
  return callee.kind !== 'Name' || file.isFree(callee) || file.importedName(callee) !== undefined
}

/** A memory between calls: named like one, or numbers in a box. */
function isDeliberate(name: string, value: SyntaxNode): boolean {
  const elements = value.kind === 'List' ? value.children('element') : []
  if (elements.length > 0 && elements.every(it => it.kind === 'Number')) return true
  return name.startsWith('_') || /cache|memo|registry|state|counter|history/i.test(name)
}

/** The first place where the default itself is changed or leaves the function; none once the name is given a new value. */
function firstHarm(binding: Binding, parameter: SyntaxNode): SyntaxNode | undefined {
  let harm: SyntaxNode | undefined
  const keeps = isReadOnlyType(parameter.child('type'))
  for (const it of binding.occurrences()) {
    if (parameter.contains(it)) continue
    if (isChange(it) || (!keeps && isHandedOut(it))) harm ??= it
    else if (it.role === 'target' && it.parent?.kind !== 'AugmentedAssignment') return undefined
    else if (it.parent?.is('TuplePattern', 'ListPattern', 'Delete')) return undefined
  }
  return harm
}

const CHANGING: ReadonlySet<string> = new Set(
  (
    'append appendleft extend extendleft insert remove pop popleft popitem clear sort reverse add discard update setdefault ' +
    'difference_update intersection_update symmetric_difference_update'
  ).split(' '),
)

/** The comment that leads to a statement, or the statement. */
function headOf(body: SyntaxNode, statements: readonly SyntaxNode[], first: SyntaxNode): SyntaxNode {
  const from = first.row === statements[0]?.row ? 0 : statements[0]!.end
  const comment = body
    .children('none')
    .find(it => it.kind === 'Comment' && it.start > from && it.end < first.start)
  return comment && isAtStartOfLine(comment) ? comment : first
}

function isAtStartOfLine({ tree, start }: SyntaxNode): boolean {
  return tree.text.slice(tree.text.lastIndexOf('\n', start - 1) + 1, start).trim() === ''
}

/** `if key in found: return found[key]`: what earlier calls have put into it is the point. */
function isMemory(binding: Binding): boolean {
  for (const it of binding.occurrences()) {
    const test = it.parent
    if (test?.kind !== 'Comparison' || it.role !== 'right' || test.operator !== 'in') continue
    const answer = test.role === 'condition' ? test.parent?.child('consequence') : undefined
    for (const exit of answer?.ownDescendants('Return') ?? [])
      for (const value of exit.descendants('Name')) if (value.name === binding.name) return true
  }
  return false
}

function isChange(name: SyntaxNode): boolean {
  const { parent } = name
  if (parent?.kind === 'AugmentedAssignment') return name.role === 'target'
  if (name.role !== 'object' || !parent) return false
  if (parent.kind === 'Member')
    return (
      parent.parent?.kind === 'Call' && parent.role === 'callee' && CHANGING.has(calleeName(parent.parent))
    )
  if (parent.kind !== 'Index') return false
  return (
    (parent.role === 'target' &&
      (parent.parent?.is('Assignment', 'AugmentedAssignment', 'Delete') ?? false)) ||
    (parent.parent?.kind === 'Tuple' && parent.parent.parent?.kind === 'Delete')
  )
}

/** Returned, or stored where others find it. */
function isHandedOut(name: SyntaxNode): boolean {
  const { parent } = name
  if (name.role !== 'value' || !parent) return false
  if (parent.is('Return', 'Yield')) return true
  const target = parent.kind === 'Assignment' ? parent.child('target') : undefined
  return target?.kind === 'Index' || (target?.kind === 'Member' && !isKeptSafe(target))
}

/** A private field that nothing in its class changes. */
function isKeptSafe(field: SyntaxNode): boolean {
  const name = field.child('property')?.name ?? ''
  if (!name.startsWith('_')) return false
  for (const it of field.closest('Class')?.descendants('Member') ?? [])
    if (it.child('property')?.name === name && isChange(it)) return false
  return true
}

/** The annotation promises that nobody changes it. */
function isReadOnlyType(type: SyntaxNode | undefined): boolean {
  return (
    type !== undefined &&
    /\b(Sequence|Mapping|Iterable|Iterator|Collection|Container|Tuple|tuple|AbstractSet|FrozenSet|frozenset)\b/.test(
      type.text,
    ) &&
    !/\bMutable/.test(type.text)
  )
}

function createInside(
  home: SyntaxNode,
  parameter: SyntaxNode,
  name: SyntaxNode,
  value: SyntaxNode,
): readonly TextEdit[] {
  const body = home.child('body')
  if (body?.kind !== 'Block') return []
  const statements = body.children('statement')
  const isDocumented = statements[0]?.child('value')?.is('String', 'Concatenation') ?? false
  const first = statements[isDocumented ? 1 : 0]
  if (!first || startsOnSameLine(first, home)) return []
  const indent = indentation(first)
  const outer = indentation(home)
  const unit = indent.startsWith(outer) ? indent.slice(outer.length) : '    '
  const edits = [
    replace(value, 'None'),
    insertBefore(
      headOf(body, statements, first),
      `if ${name.name} is None:\n${indent}${unit}${name.name} = ${value.text}\n${indent}`,
    ),
  ]
  const type = parameter.child('type')
  if (type && !/None|Optional|Any|["']/.test(type.text)) edits.push(insertAfter(type, ' | None'))
  return edits
}

function startsOnSameLine(first: SyntaxNode, home: SyntaxNode): boolean {
  const { text } = first.tree
  return !text.slice(home.child('parameters')?.end ?? home.start, first.start).includes('\n')
}
