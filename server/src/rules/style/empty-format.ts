/** Formatting that has nothing to fill in. */

import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { replace } from '../edit.ts'
import { fixes, py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'style/empty-format',
  severity: 'hint',
  languages: ['python', 'rust'],
  concept: 'formatting-text',
  impact: { likelihood: 'low', cost: 'minutes' },
  callees: ['format', 'print', 'println', 'eprint', 'eprintln'],

  check: {
    String(node, file) {
      return file.language === 'python' && /^r?f/i.test(node.text) ? withoutPlaceholders(node) : undefined
    },
    *MacroCall(node) {
      const edits = literalOnly(node)
      const what: What = (node.child('argument')?.children().length ?? 0) > 1 ? 'constant' : 'macro'
      if (edits) yield { at: node, data: { what }, fix: { safety: 'safe', edits: () => edits } }
    },
  },

  explain: {
    en: ({ what }) => ({
      message: ENGLISH[what],
      why: 'Either a placeholder was forgotten and the text shows less than it should, or the formatting is left over.',
      remedy: 'Put the value in that was meant, or write a plain string.',
      fix: 'Write a plain string',
    }),
    es: ({ what }) => ({
      message: SPANISH[what],
      why: 'O bien se olvidó un valor y el texto muestra menos de lo que debería, o bien el formato sobra.',
      remedy: 'Incluye el valor que faltaba o escribe una cadena normal.',
      fix: 'Escribir una cadena normal',
    }),
  },

  examples: {
    invalid: [
      fixes(py`a = «f"b"»`, py`a = "b"`),
      fixes(py`a = «F'''b'''»`, py`a = '''b'''`),
      fixes(py`a = «rf"\d{{2}}"»`, py`a = r"\d{2}"`),
      fixes(py`a = «f"{{b}}"»`, py`a = "{b}"`),
      fixes(py`a = "b" «f"c"»`, py`a = "b" "c"`),
      fixes(rs`fn f() -> String { «format!("a")» }`, rs`fn f() -> String { "a".to_string() }`),
      fixes(rs`fn f() -> String { «format!("{{a}}")» }`, rs`fn f() -> String { "{a}".to_string() }`),
      fixes(rs`fn f() -> String { «format!("a {}", "b")» }`, rs`fn f() -> String { "a b".to_string() }`),
      fixes(rs`fn f() { «println!("a {}", "b")»; }`, rs`fn f() { println!("a b"); }`),
    ],
    valid: [
      py`a = f"b {c}"`,
      py`a = "b"`,
      py`a = b"c"`,
      // One line of a longer text: the others are filled in.
      py`
        a = (
            f"b"
            f"{c}"
        )
      `,
      rs`fn f() -> String { format!("{a}") }`,
      rs`fn f() -> String { format!("{}", a) }`,
      rs`fn f() { println!("a"); println!(); }`,
      rs`fn f() { println!("{:>5}", "a"); println!("{a} {}", "b"); println!("{}", CONST); }`,
      // Laid out, one line below the other.
      rs`fn f() -> String { format!("{}\n{}", "// how many", "// default: 2") }`,
    ],
  },
})

type What = 'string' | 'macro' | 'constant'

const ENGLISH: Readonly<Record<What, string>> = {
  string: 'This f-string has no placeholder',
  macro: 'This formats a text in which nothing is filled in',
  constant: 'What is filled in here is always the same text',
}

const SPANISH: Readonly<Record<What, string>> = {
  string: 'Este f-string no tiene ningún hueco que rellenar',
  macro: 'Aquí se da formato a un texto en el que no se rellena nada',
  constant: 'Lo que se rellena aquí es siempre el mismo texto',
}

function* withoutPlaceholders(node: SyntaxNode) {
  if (node.parent?.kind === 'Concatenation' && node.parent.has('Template')) return
  yield {
    at: node,
    data: { what: 'string' as What },
    fix: {
      safety: 'safe' as const,
      edits: () => [replace(node, node.text.replace(/f/i, '').replaceAll('{{', '{').replaceAll('}}', '}'))],
    },
  }
}

/** `format!("a")`, and `println!("{}", "a")` with nothing but plain places and plain texts. */
function literalOnly(macro: SyntaxNode): TextEdit[] | undefined {
  const list = macro.child('argument')
  const [format, ...values] = list?.children() ?? []
  if (!list || format?.kind !== 'String' || !format.text.startsWith('"')) return undefined
  if (values.length === 0) {
    if (macro.child('callee')?.name !== 'format' || hasPlaces(format.text)) return undefined
    return [replace(macro, `${unescapeBraces(format.text)}.to_string()`)]
  }
  if (!values.every(it => it.kind === 'String' && it.text.startsWith('"'))) return undefined
  // Lines of a constant text, one below the other.
  if (values.length > 1 && /^"(?:\{\}|\\n|\s)*"$/.test(format.text) && format.text.includes('\\n'))
    return undefined
  const places = format.text.match(/\{\}/g)?.length ?? 0
  if (places !== values.length || hasPlaces(format.text.replaceAll('{}', ''))) return undefined
  let next = 0
  const filled = format.text.replaceAll('{}', () => escapeBraces(values[next++]!.text.slice(1, -1)))
  if (macro.child('callee')?.name === 'format')
    return [replace(macro, `${unescapeBraces(filled)}.to_string()`)]
  return [{ start: format.start, end: values.at(-1)!.end, newText: filled }]
}

function hasPlaces(text: string): boolean {
  return /[{}]/.test(text.replaceAll('{{', '').replaceAll('}}', ''))
}

function unescapeBraces(text: string): string {
  return text.replaceAll('{{', '{').replaceAll('}}', '}')
}

function escapeBraces(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}')
}
