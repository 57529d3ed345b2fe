/** A method that has no place for the object it is called on, or one for an object that never comes. */

import type { SyntaxNode } from '../../syntax/node.ts'
import { at, py } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isEmptyBody } from '../support/branches.ts'

export default defineRule({
  id: 'correctness/wrong-receiver',
  severity: 'error',
  languages: ['python'],
  cwe: [628],
  concept: 'names-and-scope',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Function(node, file) {
      if (file.language !== 'python') return
      const name = node.child('name')
      const decorated = node.parent?.kind === 'Decorated' ? node.parent : undefined
      const home = (decorated ?? node).parent?.parent
      if (!name || home?.kind !== 'Class' || (decorated ?? node).parent?.kind !== 'Block') return
      // A test asks only whether it is there, or what kind of thing it is.
      if (file.isTest && isEmptyBody(node.child('body')!)) return
      const decorators = decorated?.children('decorator').map(it => it.text.slice(1).trim()) ?? []
      const parameters = node.child('parameters')?.children('parameter') ?? []
      const first = parameters[0]
      const wrong = wrongWith(node, first, decorators, home)
      if (wrong) yield { at: first ?? name, data: { name: name.name, wrong } }
    },
  },

  explain: {
    en: ({ name, wrong }) => ({
      message: {
        none: `\`${name}\` takes nothing, not even the object that it is called on`,
        static: `\`${name}\` is a static method and never gets a \`self\``,
        property: `\`${name}\` is a property, and nobody can give it an argument`,
      }[wrong],
      why: {
        none: 'Calling it on an object raises a `TypeError`, because the object itself is passed first.',
        static: 'What is passed first takes the place of `self`, and every argument is shifted by one.',
        property:
          'A property is read without parentheses. Reading it raises a `TypeError`, because an argument is missing.',
      }[wrong],
      remedy: {
        none: 'Add `self`, or make it a `@staticmethod`.',
        static: 'Leave out `self`, or leave out `@staticmethod`.',
        property: 'Make it a method, or give the parameter a default.',
      }[wrong],
    }),
    es: ({ name, wrong }) => ({
      message: {
        none: `\`${name}\` no recibe nada, ni siquiera el objeto sobre el que se llama`,
        static: `\`${name}\` es un método estático y nunca recibe un \`self\``,
        property: `\`${name}\` es una propiedad, y nadie puede darle un argumento`,
      }[wrong],
      why: {
        none: 'Llamarlo sobre un objeto lanza un `TypeError`, porque el propio objeto se pasa en primer lugar.',
        static: 'Lo primero que se pasa ocupa el sitio de `self`, y todos los argumentos se desplazan uno.',
        property:
          'Una propiedad se lee sin paréntesis. Leerla lanza un `TypeError`, porque falta un argumento.',
      }[wrong],
      remedy: {
        none: 'Añade `self`, o hazlo `@staticmethod`.',
        static: 'Quita `self`, o quita `@staticmethod`.',
        property: 'Hazla un método, o da un valor por defecto al parámetro.',
      }[wrong],
    }),
  },

  examples: {
    invalid: [
      py`
        class Client:
            def «close»(): print("closed")
      `,
      py`
        class Client:
            def «close»(): ...
      `,
      py`
        class Client:
            @staticmethod
            def open(«self», path): return path
      `,
      py`
        class Client:
            @property
            def user(«self», id): return self.users[id]
      `,
    ],
    valid: [
      py`
        class Client:
            def close(self): print("closed")
            def all(*args): return args
            @staticmethod
            def open(path): return path
            @classmethod
            def make(cls, path): return cls(path)
            @property
            def user(self, id=0): return self.users[id]
      `,
      py`
        class Client:
            def helper(): return 1
            LIMIT = helper()
            @validator("a")
            def check(value): return value
      `,
      py`
        class Tools:
            def close(): print(1)
        Tools.close()
      `,
      at(
        'tests/test_kinds.py',
        py`
        class Kinds:
            @staticmethod
            def static(self): pass
            def nothing(): ...
      `,
      ),
      py`
        class Service(Interface):
            def run(): "Runs it."
        class Meta(type):
            @classmethod
            def __prepare__(metacls, name): return {}
      `,
    ],
  },
})

type Wrong = 'none' | 'static' | 'property'

function wrongWith(
  method: SyntaxNode,
  first: SyntaxNode | undefined,
  decorators: readonly string[],
  home: SyntaxNode,
): Wrong | undefined {
  if (!first)
    return decorators.length > 0 ||
      isCalledInClass(method, home) ||
      isCalledOnClass(method, home) ||
      isInterface(home)
      ? undefined
      : 'none'
  if (first.name !== 'self') return undefined
  if (decorators.includes('staticmethod') && method.child('name')?.name !== '__new__') return 'static'
  if (
    decorators.length !== 1 ||
    !/^(property|cached_property|functools\.cached_property)$/.test(decorators[0]!)
  )
    return undefined
  const others = method.child('parameters')!.children('parameter').slice(1)
  return others.some(it => it.kind === 'Name' || it.type === 'typed_parameter') &&
    others.every(it => !it.has('RestPattern') && it.kind !== 'RestPattern')
    ? 'property'
    : undefined
}

/** Used by the class itself, while its body runs. */
function isCalledInClass(method: SyntaxNode, home: SyntaxNode): boolean {
  const name = method.child('name')
  const body = home.child('body')
  if (!name || !body) return true
  for (const it of body.named(name.name))
    if (it.row !== name.row && it.function?.row !== method.row && it.role !== 'name') return true
  return false
}

/** `Client.close()`: the class is but a place for functions. */
function isCalledOnClass(method: SyntaxNode, home: SyntaxNode): boolean {
  const name = method.child('name')?.name ?? ''
  let module: SyntaxNode = home
  for (const it of home.ancestors()) module = it
  for (const it of module.named(home.child('name')?.name ?? ''))
    if (it.role === 'object' && it.parent?.child('property')?.name === name) return true
  return false
}

/** Interfaces of Zope name what callers pass, and nothing else. */
function isInterface(home: SyntaxNode): boolean {
  return (
    home.children('superclass').some(it => /Interface|Protocol|Schema|TypedDict/.test(it.text)) ||
    /^I[A-Z]/.test(home.child('name')?.name ?? '')
  )
}
