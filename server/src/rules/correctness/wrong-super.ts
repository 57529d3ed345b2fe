/** `super(Other, self)` begins to look behind another class than the one that it stands in. */

import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/wrong-super',
  severity: 'error',
  languages: ['python'],
  cwe: [628],
  concept: 'copy-and-paste',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['super'],

  check: {
    *Call(node, file) {
      const callee = node.child('callee')
      const [type, object, ...others] = node.children('argument')
      if (callee?.kind !== 'Name' || !file.isFree(callee) || !type || !object || others.length > 0) return
      const home = classAround(node)
      const name = home?.child('name')?.name
      if (!home || !name || object.kind !== 'Name') return
      const isOwnClass = /^(self\.__class__|type\(self\)|cls)$/.test(type.text) && object.name === 'self'
      const isOther =
        type.kind === 'Name' &&
        type.name !== name &&
        !isParent(home, type.name) &&
        file.binding(type)?.kind === 'class'
      if (!isOwnClass && !isOther) return
      // Deliberate, where the class is renamed or decorated into another.
      if (isOther && home.parent?.kind === 'Decorated') return
      yield {
        at: node,
        data: { written: type.text, name, isOwnClass },
        fix: { safety: 'unsafe', edits: () => [replace(node, 'super()')] },
      }
    },
  },

  explain: {
    en: ({ written, name, isOwnClass }) => ({
      message: isOwnClass
        ? `\`super(${written}, …)\` in \`${name}\` asks for the class of the object, not for the class it stands in`
        : `\`super(${written}, …)\` stands in the class \`${name}\``,
      why: isOwnClass
        ? 'As soon as another class inherits from this one, the method finds itself as its parent and calls itself for ever.'
        : `\`${name}\` is not a \`${written}\`, so the call raises a \`TypeError\`, or leaves out a parent.`,
      remedy: 'Write `super()`, which knows both by itself.',
      fix: 'Write `super()`',
    }),
    es: ({ written, name, isOwnClass }) => ({
      message: isOwnClass
        ? `\`super(${written}, …)\` en \`${name}\` pregunta por la clase del objeto, no por aquella en la que está`
        : `\`super(${written}, …)\` está en la clase \`${name}\``,
      why: isOwnClass
        ? 'En cuanto otra clase herede de esta, el método se encuentra a sí mismo como padre y se llama sin fin.'
        : `\`${name}\` no es una \`${written}\`, así que la llamada lanza un \`TypeError\` o se salta un padre.`,
      remedy: 'Escribe `super()`, que conoce ambas cosas por sí solo.',
      fix: 'Escribir `super()`',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        class Row: ...
        class Cell(Base):
            def __init__(self):
                «super(Row, self)».__init__()
      `,
        py`
        class Row: ...
        class Cell(Base):
            def __init__(self):
                super().__init__()
      `,
      ),
      fixes(
        py`
        class Cell(Base):
            def save(self):
                return «super(self.__class__, self)».save()
      `,
        py`
        class Cell(Base):
            def save(self):
                return super().save()
      `,
      ),
    ],
    valid: [
      py`
        class Cell(Base):
            def save(self):
                super(Cell, self).save()
                super().save()
      `,
      // It leaves out a parent on purpose.
      py`
        class Base: ...
        class Cell(Base):
            def save(self): super(Base, self).save()
      `,
      py`
        class Cell(Base):
            def make(cls, kind):
                return super(kind, cls).make()
      `,
    ],
  },
})

function classAround(node: SyntaxNode): SyntaxNode | undefined {
  let depth = 0
  for (const it of node.ancestors()) {
    if (it.kind === 'Function') depth++
    if (it.kind === 'Class') return depth === 1 ? it : undefined
  }
  return undefined
}

function isParent(home: SyntaxNode, name: string): boolean {
  return home.children('superclass').some(it => it.mentions(name) || it.name === name)
}
