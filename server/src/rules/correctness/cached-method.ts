/** A cache on a method keeps every object alive that the method was ever called on. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { py } from '../example.ts'
import { defineRule } from '../rule.ts'
import { pathOf } from '../support/imports.ts'

export default defineRule({
  id: 'correctness/cached-method',
  severity: 'info',
  languages: ['python'],
  cwe: [401],
  concept: 'shared-state',
  impact: { likelihood: 'low', cost: 'days' },
  // Whoever writes it mostly knows, and has one object of the class.
  enabled: false,

  check: {
    *Decorator(node, file) {
      if (file.language !== 'python') return
      const value = node.child('value')
      const callee = value?.kind === 'Call' ? value.child('callee') : value
      if (!callee || !/^functools\.(lru_cache|cache)$/.test(pathOf(file, callee)) || file.isTest) return
      const method = node.parent?.child('definition')
      const home = node.parent?.parent?.parent
      const first = method?.child('parameters')?.firstChild
      if (method?.kind !== 'Function' || home?.kind !== 'Class' || first?.name !== 'self') return
      // One object for as long as the program runs, or objects that are but names of their values.
      if (isOneOfAKind(home)) return
      yield { at: node, data: { decorator: excerpt(node), method: method.child('name')?.name ?? '' } }
    },
  },

  explain: {
    en: ({ decorator, method }) => ({
      message: `\`${decorator}\` on a method keeps every object that \`${method}\` was called on`,
      why: 'The cache belongs to the class, and `self` is a part of its key. Objects that nobody needs any more stay in memory, and all of them share the room of one cache.',
      remedy:
        'Use `cached_property`, keep the cache in the object, or move what is computed to a function outside.',
    }),
    es: ({ decorator, method }) => ({
      message: `\`${decorator}\` en un método conserva todos los objetos en los que se llamó a \`${method}\``,
      why: 'La caché pertenece a la clase y `self` es parte de su clave. Los objetos que ya nadie necesita siguen en memoria, y todos comparten el sitio de una sola caché.',
      remedy: 'Usa `cached_property`, guarda la caché en el objeto o lleva el cálculo a una función externa.',
    }),
  },

  examples: {
    invalid: [
      py`
        from functools import lru_cache
        class Client:
            «@lru_cache(maxsize=128)»
            def user(self, id): return self.get(id)
      `,
      py`
        import functools
        class Client:
            «@functools.cache»
            def user(self, id): return self.get(id)
      `,
    ],
    valid: [
      py`
        from functools import lru_cache
        @lru_cache
        def user(id): return get(id)
      `,
      py`
        from functools import lru_cache, cached_property
        class Client:
            @staticmethod
            @lru_cache
            def user(id): return get(id)
            @classmethod
            @lru_cache
            def kind(cls): return 1
            @cached_property
            def name(self): return 1
      `,
      py`
        from functools import cache
        class Kind(Enum):
            @cache
            def label(self): return self.value.title()
      `,
    ],
  },
})

function isOneOfAKind(home: SyntaxNode): boolean {
  const name = home.child('name')?.name ?? ''
  return (
    /singleton|settings|config|registry/i.test(
      name +
        home
          .children('superclass')
          .map(it => it.text)
          .join(),
    ) ||
    home.children('superclass').some(it => /Enum|Flag|NamedTuple|metaclass/.test(it.text)) ||
    (home.parent?.kind === 'Decorated' &&
      /frozen=True/.test(
        home.parent
          .children('decorator')
          .map(it => it.text)
          .join(),
      ))
  )
}
