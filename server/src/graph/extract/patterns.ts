// Regular expressions of all languages in one notation, so that two can be compared.

import { calleeOf, positional } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** `/^a$/i`, `re.compile(r"^a$", re.I)`, `Regex::new(r"(?i)^a$")`, also where it is made at its first use; as `(?i)^a$`. */
export function patternIn(file: SourceFile, node: SyntaxNode): string | undefined {
  if (node.kind === 'Regex') {
    const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? []
    return source === undefined ? undefined : normalPattern(source, flags!)
  }
  const callee = calleeOf(node)?.text ?? ''
  if (file.language === 'rust') {
    const made = /(?:^|::)Regex::new$/.test(callee) ? node : madeLater(node)
    const source = made && textAt(file, made, 0)
    return source === undefined ? undefined : normalPattern(source, '')
  }
  if (file.language === 'python') {
    if (file.qualifiedName(calleeOf(node) ?? node) !== 're.compile') return undefined
    const source = textAt(file, node, 0)
    const flags = positional(node)[1]?.text ?? ''
    if (/\b(X|VERBOSE)\b/.test(flags)) return undefined
    return source === undefined
      ? undefined
      : normalPattern(source, /\b(I|IGNORECASE)\b/.test(flags) ? 'i' : '')
  }
  if (callee !== 'RegExp') return undefined
  const source = textAt(file, node, 0)
  return source === undefined ? undefined : normalPattern(source, textAt(file, node, 1) ?? '')
}

/** Dialects aside: names of groups, anchors of the whole text, escapes that mean nothing. */
export function normalPattern(source: string, flags: string): string {
  let ignoresCase = flags.includes('i')
  const plain = source
    .replace(/^\(\?([a-z]+)\)/, (_, inline: string) => {
      if (inline.includes('i')) ignoresCase = true
      return ''
    })
    .replace(/^\\A/, '^')
    .replace(/\\[zZ]$/, '$')
    .replace(/\(\?P?<[A-Za-z_]\w*>/g, '(')
    .replace(/\\([/\-_"'@#%&,:;<>=!~` ])/g, '$1')
  return (ignoresCase ? '(?i)' : '') + plain
}

function textAt(file: SourceFile, call: SyntaxNode, index: number): string | undefined {
  const given = positional(call)[index]
  const known = given && file.constant(given)
  return known?.kind === 'string' ? known.value : undefined
}

/** `LazyLock::new(|| Regex::new("…").unwrap())` */
function madeLater(node: SyntaxNode): SyntaxNode | undefined {
  for (const it of node.descendants('Call')) {
    if (/(?:^|::)Regex::new$/.test(calleeOf(it)?.text ?? '')) return it
  }
  return undefined
}
