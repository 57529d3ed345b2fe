/** `__all__` names something that the module does not have: `from … import *` fails. */

import { stringValue } from '../../semantics/constants.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { removeElement } from '../edit.ts'
import { fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

export default defineRule({
  id: 'correctness/unexported-name',
  severity: 'error',
  languages: ['python'],
  cwe: [1164],
  concept: 'names-and-scope',
  impact: { likelihood: 'high', cost: 'minutes' },

  check: {
    *Assignment(node, file) {
      const list = node.child('value')?.unwrapped
      const isTopLevel = node.parent?.parent?.kind === 'Module'
      if (!isTopLevel || node.child('target')?.name !== '__all__' || !list?.is('List', 'Tuple')) return
      if (file.hasErrors || isDynamic(file.root)) return
      const known = new Set<string>()
      for (const it of file.bindings()) if (it.isModuleLevel) known.add(it.name)
      const isPackage = file.path.endsWith('__init__.py')
      for (const it of list.children('element')) {
        const name = stringValue(it)
        if (!name || known.has(name) || !/^\w+$/.test(name) || /^__\w+__$/.test(name)) continue
        // A package may name its modules.
        if (isPackage) continue
        const meant = nearestName(name, [...known]) ?? ''
        yield {
          at: it,
          data: { name, meant },
          ...(!meant && { fix: { safety: 'unsafe' as const, edits: () => [removeElement(it)] } }),
        }
      }
    },
  },

  explain: {
    en: ({ name, meant }) => ({
      message: `\`__all__\` names \`${name}\`, which this module does not have`,
      why: '`from module import *` asks for every name in `__all__` and raises an `AttributeError` for this one.',
      remedy: meant
        ? `Did you mean \`${meant}\`?`
        : 'Correct the name, import it, or take it out of the list.',
      fix: 'Take it out of the list',
    }),
    es: ({ name, meant }) => ({
      message: `\`__all__\` nombra \`${name}\`, que no existe en este módulo`,
      why: '`from modulo import *` pide todos los nombres de `__all__` y con este lanza un `AttributeError`.',
      remedy: meant ? `¿Querías decir \`${meant}\`?` : 'Corrige el nombre, impórtalo o quítalo de la lista.',
      fix: 'Quitarlo de la lista',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        __all__ = ["load", «"vanished"»]
        def load(): ...
      `,
        py`
        __all__ = ["load"]
        def load(): ...
      `,
      ),
      py`
        from os import path
        __all__ = («"paths"», 'path')
      `,
    ],
    valid: [
      py`
        from os import path
        __all__ = ["load", "path", "LIMIT", "__version__"]
        LIMIT = 3
        def load(): ...
      `,
      py`
        from .rows import *
        __all__ = ["anything"]
      `,
      py`
        __all__ = ["late"]
        def __getattr__(name): ...
      `,
      py`
        __all__ = ["made"]
        globals().update(make())
      `,
    ],
  },
})

/** Names may come into the module that are not written in it. */
function isDynamic(module: SyntaxNode): boolean {
  if (module.mentions('__getattr__', 'globals', 'vars', 'exec', 'setattr', 'locals')) return true
  for (const statement of module.descendants('Wildcard')) if (statement.closest('Import')) return true
  return /\bsys\.modules\b|\blazy\b|attach/.test(module.text)
}
