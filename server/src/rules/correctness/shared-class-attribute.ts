/** A list made in the body of a class belongs to the class: what one object puts in it, all of them have. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, py } from '../example.ts'
import { defineRule } from '../rule.ts'

const CHANGES = /^(append|extend|insert|add|update|setdefault|remove|pop|clear|discard|appendleft)$/

/** Named as something that is there once. */
const SHARED = /^[A-Z_]+$|^__|[Cc]ache|[Rr]egistry|[Mm]emo|[Ii]nstances|[Ss]hared|[Gg]lobal/

export default defineRule({
  id: 'correctness/shared-class-attribute',
  severity: 'warning',
  languages: ['python'],
  cwe: [665],
  concept: 'shared-state',
  impact: { likelihood: 'medium', cost: 'days' },

  check: {
    *Class(node, file) {
      const body = node.child('body')
      if (file.language !== 'python' || !body || node.parent?.kind === 'Decorated' || isOfFramework(node))
        return
      for (const statement of body.children('statement')) {
        const assignment = statement.kind === 'ExpressionStatement' ? statement.child('value') : undefined
        const name = assignment?.kind === 'Assignment' ? assignment.child('target') : undefined
        const value = assignment?.child('value')
        if (name?.kind !== 'Name' || !value || !isEmptyContainer(value) || SHARED.test(name.name)) continue
        if (/ClassVar/.test(assignment?.child('type')?.text ?? '')) continue
        const change = changeThroughSelf(body, name.name)
        if (change && !file.isTest && !isMadeOnce(node, file))
          yield {
            at: name,
            data: { name: name.name, type: node.child('name')?.name ?? '' },
            related: [change],
          }
      }
    },
  },

  explain: {
    en: ({ name, type }) => ({
      message: `All objects of \`${type}\` share the one \`${name}\``,
      why: 'What stands in the body of a class is made once, for the class. A method that adds to it through `self` adds to that of every object.',
      remedy: `Make it in \`__init__\`: \`self.${name} = …\`.`,
      places: ['It is changed here, through one object'],
    }),
    es: ({ name, type }) => ({
      message: `Todos los objetos de \`${type}\` comparten el mismo \`${name}\``,
      why: 'Lo que está en el cuerpo de una clase se crea una vez, para la clase. Un método que le añade algo a través de `self` se lo añade a todos los objetos.',
      remedy: `Créalo en \`__init__\`: \`self.${name} = …\`.`,
      places: ['Aquí se cambia, a través de un objeto'],
    }),
  },

  examples: {
    invalid: [
      py`
        class Basket:
            «items» = []
            def add(self, item):
                self.items.append(item)
      `,
      py`
        class Basket:
            «prices»: dict[str, int] = {}
            def set(self, item, price):
                self.prices[item] = price
      `,
    ],
    valid: [
      py`
        class Tables:
            loaded = {}
            def __getitem__(self, name):
                self.loaded[name] = self.loaded.get(name) or load(name)
                return self.loaded[name]
        TABLES = Tables()
      `,
      py`
        class Basket:
            items = []
            def __init__(self):
                self.items = []
            def add(self, item):
                self.items.append(item)
      `,
      py`
        class Basket:
            known = {}
            KINDS = []
            _cache = {}
            @classmethod
            def register(cls, kind): cls.known[kind.name] = kind
            def kind(self, name): return self.known[name]
            def load(self, name): self._cache[name] = 1
      `,
      at(
        'tests/test_a.py',
        py`
        class Fake:
            calls = []
            def call(self, x): self.calls.append(x)
      `,
      ),
    ],
  },
})

function isEmptyContainer(value: SyntaxNode): boolean {
  if (value.is('List', 'Dictionary')) return value.child('element') === undefined
  return (
    value.kind === 'Call' &&
    /^(list|dict|set|defaultdict|deque|collections\.(defaultdict|deque))$/.test(
      value.child('callee')?.text ?? '',
    ) &&
    !value.has('String')
  )
}

/** All that the file does with the class is to make one object of it, which the module keeps: nobody is there to share. */
function isMadeOnce(node: SyntaxNode, file: SourceFile): boolean {
  const name = node.child('name')
  const uses = name ? [...(file.binding(name)?.reads() ?? [])] : []
  const [call] = uses.map(it => it.parent)
  return (
    uses.length === 1 && call?.kind === 'Call' && uses[0]!.role === 'callee' && !call.function && isKept(call)
  )
}

function isKept(call: SyntaxNode): boolean {
  return (
    call.role === 'value' && call.parent?.kind === 'Assignment' && !call.closest('Class', 'For', 'ForEach')
  )
}

/** Models and schemas make an attribute of each object out of it. */
function isOfFramework(node: SyntaxNode): boolean {
  return node.children('superclass').some(it => !/^(object|ABC|abc\.ABC)$/.test(it.text))
}

/** Where a method changes it through `self`; undefined when some method gives objects one of their own. */
function changeThroughSelf(body: SyntaxNode, name: string): SyntaxNode | undefined {
  let change: SyntaxNode | undefined
  for (const it of body.named(name, 'any')) {
    const member = it.role === 'property' ? it.parent : undefined
    const object = member?.kind === 'Member' ? member.child('object')?.name : undefined
    if (!member || !object) continue
    if (member.role === 'target' && member.parent?.kind === 'Assignment') return undefined
    // Spoken of as the class's own, it is meant to be.
    if (object !== 'self') return undefined
    change ??= changed(member)
  }
  return change
}

function changed(member: SyntaxNode): SyntaxNode | undefined {
  const around = member.parent
  if (around?.kind === 'Index' && member.role === 'object' && around.role === 'target') return around
  const call = around?.kind === 'Member' && around.role === 'callee' ? around.parent : undefined
  return call && receiver(call)?.row === member.row && CHANGES.test(calleeName(call)) ? call : undefined
}
