/** What is equal must have the same hash; a type that says one without the other gets lost in sets and dictionaries. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/equality-without-hash',
  severity: 'warning',
  languages: ['python', 'rust'],
  cwe: [581],
  concept: 'equality',
  impact: { likelihood: 'medium', cost: 'days' },

  check: {
    *Class(node, file) {
      if (file.language !== 'python') return
      const body = node.child('body')
      const name = node.child('name')
      const eq = body && memberNamed(body, '__eq__')
      if (!body || !name || !eq || memberNamed(body, '__hash__') || isMadeHashable(node)) return
      const use = hashedUse(file, name)
      if (use) yield { at: use, data: { type: name.name, isRust: false as boolean }, related: [eq] }
    },
    *Implementation(node, file) {
      const of = node.child('superclass')?.text
      const type = node.child('type')
      if (of !== 'PartialEq' || !type?.is('TypeName')) return
      const eq = node.child('body')?.child('statement')
      if (eq?.kind !== 'Function' || isDerivedEquality(eq)) return
      for (const it of file.root.named(type.name, 'any')) {
        const item = it.parent
        if (it.role !== 'name' || !item?.is('Struct', 'Enum')) continue
        const derive = derivedHash(item)
        if (derive)
          yield {
            at: derive,
            data: { type: type.name, isRust: true as boolean },
            related: [eq.child('name') ?? eq],
          }
        return
      }
    },
  },

  explain: {
    en: ({ type, isRust }) => ({
      message: isRust
        ? `\`${type}\` derives \`Hash\`, which does not know its own \`eq\``
        : `\`${type}\` has an \`__eq__\` and no \`__hash__\`, so it cannot be kept here`,
      why: isRust
        ? 'The derived hash looks at every field, whatever `eq` looks at. Two values that are equal may then have different hashes, and a map finds only one of them.'
        : 'A class that defines `__eq__` loses its hash. Putting an object of it into a set, or using it as a key, raises a `TypeError`.',
      remedy: isRust
        ? 'Implement `Hash` by the same fields as `eq`, or derive both.'
        : 'Define `__hash__` by the same fields as `__eq__`.',
      places: ['Equality is defined here'],
    }),
    es: ({ type, isRust }) => ({
      message: isRust
        ? `\`${type}\` deriva \`Hash\`, que no sabe nada de su propio \`eq\``
        : `\`${type}\` tiene \`__eq__\` y no \`__hash__\`, así que no se puede guardar aquí`,
      why: isRust
        ? 'El hash derivado mira todos los campos, mire lo que mire `eq`. Dos valores iguales pueden tener entonces hashes distintos, y un mapa solo encuentra uno.'
        : 'Una clase que define `__eq__` pierde su hash. Meter un objeto suyo en un conjunto, o usarlo como clave, lanza un `TypeError`.',
      remedy: isRust
        ? 'Implementa `Hash` con los mismos campos que `eq`, o deriva ambos.'
        : 'Define `__hash__` con los mismos campos que `__eq__`.',
      places: ['La igualdad se define aquí'],
    }),
  },

  examples: {
    invalid: [
      py`
        class Point:
            def __init__(self, x): self.x = x
            def __eq__(self, other): return self.x == other.x
        seen = {«Point(1)», Point(2)}
      `,
      py`
        class Point:
            def __eq__(self, other): return self.x == other.x
        names = {«Point(1)»: "a"}
      `,
      rs`
        #[derive(Clone, «Hash», Eq)]
        struct Point { x: i32, y: i32 }
        impl PartialEq for Point {
            fn eq(&self, other: &Self) -> bool { self.x == other.x }
        }
      `,
      rs`
        #[derive(Debug, «Hash»)]
        enum Kind { A(u8), B }
        impl PartialEq for Kind {
            fn eq(&self, other: &Kind) -> bool { matches!((self, other), (Kind::A(_), Kind::A(_))) }
        }
      `,
    ],
    valid: [
      py`
        class Point:
            def __eq__(self, other): return self.x == other.x
            def __hash__(self): return hash(self.x)
        seen = {Point(1)}
      `,
      py`
        class Point:
            def __eq__(self, other): return self.x == other.x
        rows = [Point(1), Point(2)]
      `,
      py`
        @dataclass(frozen=True)
        class Point:
            def __eq__(self, other): return True
        seen = {Point(1)}
      `,
      rs`
        #[derive(Clone, Hash, PartialEq, Eq)]
        struct Point { x: i32 }
      `,
      rs`
        #[derive(Clone, Hash)]
        struct Point { x: i32, y: i32 }
        impl PartialEq for Point {
            fn eq(&self, other: &Self) -> bool { self.x == other.x && self.y == other.y }
        }
      `,
      rs`
        #[derive(Hash)]
        struct Point { x: i32 }
        impl PartialEq<i32> for Point {
            fn eq(&self, other: &i32) -> bool { false }
        }
      `,
    ],
  },
})

function memberNamed(body: SyntaxNode, name: string): SyntaxNode | undefined {
  for (const it of body.named(name, 'any')) {
    const home = it.parent?.closest('Block')
    if (home?.row === body.row && it.is('Name', 'PropertyName')) return it
  }
  return undefined
}

/** A decorator or a parent may bring a hash along. */
function isMadeHashable(node: SyntaxNode): boolean {
  return node.parent?.kind === 'Decorated' || node.children('superclass').some(it => it.text !== 'object')
}

/** A new object of the class as an element of a set or as a key. */
function hashedUse(file: SourceFile, name: SyntaxNode): SyntaxNode | undefined {
  for (const it of file.binding(name)?.reads() ?? []) {
    const call = it.role === 'callee' ? it.parent : undefined
    if (call?.kind !== 'Call') continue
    const isElement = call.role === 'element' && call.parent?.kind === 'Set'
    const isKey = call.role === 'key' && call.parent?.kind === 'Pair'
    if (isElement || isKey) return call
  }
  return undefined
}

/** All fields are compared with each other: what the derived one would do. */
function isDerivedEquality(eq: SyntaxNode): boolean {
  const struct = eq.closest('Implementation')?.child('type')?.name ?? ''
  let module: SyntaxNode = eq
  for (const it of eq.ancestors()) module = it
  for (const it of module.named(struct, 'any')) {
    const item = it.parent
    if (it.role !== 'name' || item?.kind !== 'Struct') continue
    const fields = item.children('member').map(field => field.child('name')?.name ?? '')
    const body = eq.child('body')?.text ?? ''
    return fields.length > 0 && fields.every(field => new RegExp(`\\bself\\.${field}\\b`).test(body))
  }
  return false
}

/** `Hash` in the `derive` above an item. */
function derivedHash(item: SyntaxNode): SyntaxNode | undefined {
  for (let it = item.previous; it?.kind === 'Decorator'; it = it.previous) {
    if (!/^#\[derive\b/.test(it.text)) continue
    for (const name of it.named('Hash', 'any')) return name
  }
  return undefined
}
