/** `tempfile.mktemp` only makes up a name: somebody else can make the file before you do. */

import { keywordArgument } from '../../semantics/calls.ts'
import { at, py } from '../example.ts'
import { defineRule } from '../rule.ts'
import { pathOf } from '../support/imports.ts'

export default defineRule({
  id: 'security/insecure-temporary-file',
  severity: 'warning',
  languages: ['python'],
  cwe: [377, 367],
  concept: 'concurrency',
  impact: { likelihood: 'low', cost: 'days' },
  callees: ['mktemp', 'tempnam', 'tmpnam'],

  check: {
    *Call(node, file) {
      if (file.isTest) return
      const path = pathOf(file, node.child('callee'))
      // In a folder of one's own nobody else makes files, and the names of Windows' pipes are no files.
      if (keywordArgument(node, 'dir') || node.text.includes('pipe')) return
      if (/^(?:tempfile\.mktemp|os\.tempnam|os\.tmpnam)$/.test(path)) yield { at: node, data: { name: path } }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` gives a name that another program can take before the file is made`,
      why: 'Between the name and the file there is a moment. Whoever puts a link of that name there decides which file is written, or reads what is written.',
      remedy:
        'Use `tempfile.NamedTemporaryFile`, `tempfile.mkstemp` or `tempfile.TemporaryDirectory`: they make the file themselves.',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` da un nombre que otro programa puede ocupar antes de que se cree el archivo`,
      why: 'Entre el nombre y el archivo pasa un momento. Quien ponga ahí un enlace con ese nombre decide qué archivo se escribe, o lee lo que se escribe.',
      remedy:
        'Usa `tempfile.NamedTemporaryFile`, `tempfile.mkstemp` o `tempfile.TemporaryDirectory`: crean el archivo ellos mismos.',
    }),
  },

  examples: {
    invalid: [
      py`
        import tempfile
        path = «tempfile.mktemp(suffix=".csv")»
      `,
      py`
        from tempfile import mktemp
        with open(«mktemp()», "w") as file: file.write(text)
      `,
    ],
    valid: [
      py`
        import tempfile
        with tempfile.NamedTemporaryFile() as file: file.write(data)
      `,
      py`
        def mktemp(): return None
        path = mktemp()
      `,
      py`
        import tempfile
        path = tempfile.mktemp(dir=own_folder)
      `,
      at(
        'tests/test_files.py',
        py`
          import tempfile
          path = tempfile.mktemp()
        `,
      ),
    ],
  },
})
