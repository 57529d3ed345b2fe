/** Of two members of one name in a class, only the last one counts. */

import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/duplicate-member',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  concept: 'copy-and-paste',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    Class(node, file) {
      if (file.language === 'rust') return undefined
      return file.language === 'python' ? replacedInPython(node, file) : replacedInScript(node)
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` is defined twice in this class, and only this one counts`,
      why: 'The one above is replaced before anybody can use it: what was written there never runs.',
      remedy: 'Delete one of the two, or give it the name that was meant.',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` se define dos veces en esta clase y solo cuenta esta`,
      why: 'La de arriba se reemplaza antes de que nadie pueda usarla: lo que se escribió allí nunca se ejecuta.',
      remedy: 'Elimina una de las dos o dale el nombre que querías.',
    }),
  },

  examples: {
    invalid: [
      py`
        class TestA:
            def test_get(self): one()
            def test_put(self): two()
            def «test_get»(self): three()
      `,
      py`
        class A:
            @property
            def name(self): return 1
            @property
            def «name»(self): return 2
      `,
      py`
        class A:
            size: int = 1
            «size» = 2
      `,
      py`
        class A:
            @mock.patch("a.b")
            def test(self, b): one()
            @mock.patch("a.c")
            def «test»(self, c): two()
      `,
      js`class A { a() { return 1 } b() {} «a»() { return 2 } }`,
      js`class A { static a = 1; static «a» = 2 }`,
      js`class A { get a() { return 1 } get «a»() { return 2 } }`,
      js`class A { a() {} get «a»() { return 2 } }`,
      js`class A { 'a'() {} «a»() {} }`,
      ts`class A { private a(): number { return 1 } public «a»(): number { return 2 } }`,
      ts`class A { a = 1; b: string; «a» = 2 }`,
    ],
    valid: [
      py`
        class A:
            @property
            def name(self): return self._name
            @name.setter
            def name(self, value): self._name = value
      `,
      py`
        class A:
            @overload
            def f(self, a: int): ...
            @overload
            def f(self, a: str): ...
            def f(self, a): return a
      `,
      py`
        class A:
            if fast:
                def f(self): return 1
            else:
                def f(self): return 2
      `,
      py`
        class A:
            def _get(self): return 1
            a = property(_get)
            def _get(self): return 2
            b = property(_get)
      `,
      py`
        class A:
            @app.get("/a")
            def page(self): return 1
            @app.get("/b")
            def page(self): return 2
      `,
      py`
        class A:
            size: int
            size = 1
            total = 1
            total = total + 1
      `,
      py`
        class A:
            @visit.register(int)
            def _(self, a): one()
            @visit.register(str)
            def _(self, a): two()
      `,
      py`
        class A:
            run = None
            def run(self): pass
            checks = None
            checks = [run]
      `,
      js`class A { get a() { return 1 } set a(b) {} }`,
      js`class A { a() {} static a() {} #a() {} }`,
      js`class A { [a]() {} [a]() {} 1() {} }`,
      ts`class A { a(b: string): void; a(b: number): void; a(b: any) {} }`,
      ts`class A { declare a: string; a = 'b' }`,
      ts`class A { constructor(b: string); constructor(b: any) {} }`,
    ],
  },
})

function* replacedInScript(node: SyntaxNode) {
  const seen = new Map<string, { readonly node: SyntaxNode; readonly kind: string }[]>()
  for (const member of node.children('member')) {
    const name = member.child('name')
    if (!member.is('Function', 'Field') || !name?.is('PropertyName', 'String', 'Number')) continue
    const words = new Set(
      member
        .children()
        .filter(it => it.kind === 'Keyword')
        .map(it => it.type),
    )
    // Only a promise to the type checker.
    if (words.has('declare') || words.has('abstract')) continue
    const text = name.text.replace(/^(['"])(.*)\1$/s, '$2')
    const key = `${words.has('static') ? 'static ' : ''}${text}`
    const kind =
      words.has('get') && member.kind === 'Function'
        ? 'get'
        : words.has('set') && member.kind === 'Function'
          ? 'set'
          : ''
    const twins = seen.get(key) ?? []
    const twin = twins.find(it => it.kind === kind || it.kind === '' || kind === '')
    if (twin) yield { at: name, data: { name: text }, related: [twin.node] }
    seen.set(key, [...twins, { node: name, kind }])
  }
}

function* replacedInPython(node: SyntaxNode, file: SourceFile) {
  const seen = new Map<string, { readonly name: SyntaxNode; readonly isMethod: boolean }>()
  for (const statement of node.child('body')?.children('statement') ?? []) {
    const below = file.remembered('duplicate-member', statement, () => placeOfName(statement))
    if (below === NOWHERE) continue
    const name = statement.rowBelow(below)
    const isMethod = statement.kind !== 'ExpressionStatement'
    const twin = seen.get(name.name)
    const binding = twin && file.binding(name)
    if (twin && binding && isReplaced(twin.name, name, statement, binding) && (twin.isMethod || !isMethod))
      yield { at: name, data: { name: name.name }, related: [twin.name] }
    if (!isMethod || isPlainDefinition(statement)) seen.set(name.name, { name, isMethod })
    else seen.delete(name.name)
  }
}

const NOWHERE = -1

/** How many rows behind a statement of a class body the name stands that it gives to a method or a field. */
function placeOfName(statement: SyntaxNode): number {
  const name = definedBy(statement)
  return name ? name.row - statement.row : NOWHERE
}

function definedBy(statement: SyntaxNode): SyntaxNode | undefined {
  const definition = statement.kind === 'Decorated' ? statement.child('definition') : statement
  if (definition?.kind === 'Function') {
    const name = definition.child('name')
    return name?.name === '_' ? undefined : name
  }
  const assignment = definition?.kind === 'ExpressionStatement' ? definition.child('value') : undefined
  // A first `None` keeps the place for what is only known further down.
  if (
    assignment?.kind !== 'Assignment' ||
    !assignment.child('value') ||
    assignment.child('value')?.kind === 'Null'
  )
    return undefined
  const target = assignment.child('target')
  return target?.kind === 'Name' && target.name !== '_' ? target : undefined
}

/** Between the two, and in what makes the second, nobody looks at the first. */
function isReplaced(first: SyntaxNode, second: SyntaxNode, statement: SyntaxNode, binding: Binding): boolean {
  if (statement.kind !== 'ExpressionStatement' && !isPlainDefinition(statement)) return false
  for (const it of binding.reads())
    if (it.row > first.row && it.row < statement.row + statement.size) return false
  return second.row > first.row
}

const PLAIN_DECORATORS =
  /^@\s*(property|staticmethod|classmethod|abstractmethod|abc\.abstractmethod|(functools\.)?cached_property|(unittest\.)?(expectedFailure|skip\w*)\b.*|pytest\.mark\.\w+.*|((unittest\.)?mock\.)?patch\b.*)$/s

/** Decorators that hand the function on may have kept it; these do not. */
function isPlainDefinition(statement: SyntaxNode): boolean {
  return (
    statement.kind !== 'Decorated' ||
    statement.children('decorator').every(it => PLAIN_DECORATORS.test(it.text))
  )
}
