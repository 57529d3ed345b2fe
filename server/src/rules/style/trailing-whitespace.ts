/** Blanks at the end of a line: nobody sees them, and every tool that removes them changes lines that nobody meant to change. */

import type { FixSafety } from '@codeant/shared/finding.ts'
import { CODE_LANGUAGES } from '@codeant/shared/language.ts'
import { fixes, js, json, jsonc, at as lyingAt, py, rs, text, toml, ts, yaml } from '../example.ts'
import { defineRule, type Range, type TextFile } from '../rule.ts'

export default defineRule({
  id: 'style/trailing-whitespace',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust', 'json', 'jsonc', 'yaml', 'toml', 'text'],
  concept: 'hygiene',
  impact: { likelihood: 'low', cost: 'minutes' },
  enabled: false,

  check: {
    // Code is checked with its tree at hand, because a blank within a string belongs to the string.
    *Module(node) {
      const { text, start } = node
      const ends = blankEnds(text)
      if (ends.length === 0) return
      const literals = [...node.descendants('String', 'Template', 'JsxText')]
      for (const it of ends) {
        const at = { start: start + it.start, end: start + it.end }
        if (literals.some(literal => literal.start < at.end && literal.end > at.start)) continue
        yield { at, data: {}, fix: { safety: 'safe', edits: () => [{ ...at, newText: '' }] } }
      }
    },
    *Text(file) {
      if (isCode(file.language) || /\.(diff|patch)$/i.test(file.path)) return
      const isMarkdown = /\.(md|markdown)$/i.test(file.path)
      for (const at of blankEnds(file.text)) {
        // Two blanks are Markdown's line break.
        if (isMarkdown && at.end - at.start === 2) continue
        yield { at, data: {}, fix: { safety: safetyIn(file), edits: () => [{ ...at, newText: '' }] } }
      }
    },
  },

  explain: {
    en: () => ({
      message: 'There are blanks at the end of this line',
      why: 'Some editors remove them and others do not, so changes show lines that nobody meant to touch.',
      remedy: 'Delete them, and let the editor do so when it saves.',
      fix: 'Delete the blanks at the end of the line',
    }),
    es: () => ({
      message: 'Hay espacios al final de esta línea',
      why: 'Unos editores los quitan y otros no, así que los cambios muestran líneas que nadie quiso tocar.',
      remedy: 'Elimínalos y deja que el editor lo haga al guardar.',
      fix: 'Eliminar los espacios del final de la línea',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        a = 1«  »
        «    »
        def f():«	»
            pass
      `,
        py`
        a = 1

        def f():
            pass
      `,
      ),
      fixes(
        ts`const a = 1;« »
let b`,
        ts`const a = 1;
let b`,
      ),
      fixes(
        js`f() // a«  »
g()`,
        js`f() // a
g()`,
      ),
      fixes(
        rs`fn f() {« »
}`,
        rs`fn f() {
}`,
      ),
      ...[json, jsonc].map(it =>
        fixes(
          it`{« »
"a": 1« »
}`,
          it`{
"a": 1
}`,
        ),
      ),
      fixes(
        yaml`a: 1« »
b: 2`,
        yaml`a: 1
b: 2`,
      ),
      fixes(
        toml`a = 1« »
b = 2`,
        toml`a = 1
b = 2`,
      ),
      fixes(
        text`a« »
b`,
        text`a
b`,
      ),
      lyingAt(
        'README.md',
        text`a« »
b«   »
`,
      ),
    ],
    valid: [
      py`a = 1
b = 2`,
      // What stands in a string is part of it.
      py`a = """b  
c"""`,
      js`const a = \`b  
c\``,
      ts`const a = \`b  
\${c}  
\``,
      rs`const A: &str = "b  
c";`,
      ...[json, jsonc].map(
        it => it`{
"a": 1
}`,
      ),
      yaml`a: 1
b: 2`,
      toml`a = 1
b = 2`,
      text`a
b`,
      lyingAt(
        'README.md',
        text`a  
b`,
      ),
      lyingAt(
        'a.patch',
        text`+a 
`,
      ),
    ],
  },
})

function blankEnds(text: string): Range[] {
  const ends: Range[] = []
  for (const { index, 0: blanks } of text.matchAll(/[ \t]+$/gm))
    ends.push({ start: index, end: index + blanks.length })
  return ends
}

/** A blank may be content: in a block of YAML, in a long string of TOML, in a text that we know nothing of. */
function safetyIn({ language, text, path }: TextFile): FixSafety {
  if (language === 'yaml') return /[|>][-+\d]*[ \t]*$/m.test(text) ? 'unsafe' : 'safe'
  if (language === 'toml') return /"""|'''/.test(text) ? 'unsafe' : 'safe'
  return language === 'text' && !/\.(md|markdown)$/i.test(path) ? 'unsafe' : 'safe'
}

function isCode(language: TextFile['language']): boolean {
  return (CODE_LANGUAGES as readonly string[]).includes(language)
}
