/** A line that was read still has its newline, so it never equals a word, and is no number. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { stringValue } from '../../semantics/constants.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertAfter } from '../edit.ts'
import { fixes, py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/line-with-newline',
  severity: 'error',
  languages: ['python', 'rust'],
  cwe: [1025],
  concept: 'formatting-text',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['read_line', 'parse'],

  check: {
    *Comparison(node, file) {
      if (!/^[!=]=$/.test(node.operator)) return
      const [left, right] = [node.child('left')?.unwrapped, node.child('right')?.unwrapped]
      for (const [line, word] of [
        [left, right],
        [right, left],
      ] as const) {
        const text = word && stringValue(word)
        if (!line || !text || /\n$/.test(text) || !isRawLine(line, file)) continue
        yield found(line, word.text)
      }
    },
    *Call(node, file) {
      const line = receiver(node)
      if (file.language !== 'rust' || calleeName(node) !== 'parse' || !line || !isRawLine(line, file)) return
      yield found(line, 'parse')
    },
  },

  explain: {
    en: ({ line, other }) => ({
      message:
        other === 'parse'
          ? `\`${line}\` ends with a newline, which is a part of no number`
          : `\`${line}\` ends with a newline and so never equals \`${other}\``,
      why: 'Reading a line keeps the character that ends it. Only the last line of a file may come without.',
      remedy: other === 'parse' ? 'Trim it first.' : 'Take the newline off first.',
      fix: 'Take the newline off',
    }),
    es: ({ line, other }) => ({
      message:
        other === 'parse'
          ? `\`${line}\` acaba con un salto de línea, que no forma parte de ningún número`
          : `\`${line}\` acaba con un salto de línea, así que nunca es igual a \`${other}\``,
      why: 'Leer una línea conserva el carácter que la termina. Solo la última línea de un archivo puede venir sin él.',
      remedy: 'Quítale antes el salto de línea.',
      fix: 'Quitar el salto de línea',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        import sys
        answer = sys.stdin.readline()
        if «answer» == "yes": run()
      `,
        py`
        import sys
        answer = sys.stdin.readline()
        if answer.rstrip("\n") == "yes": run()
      `,
      ),
      py`
        def f(path):
            with open(path) as rows:
                for row in rows:
                    if «row» == "end": break
      `,
      fixes(
        rs`
        fn f() -> io::Result<bool> {
            let mut answer = String::new();
            io::stdin().read_line(&mut answer)?;
            Ok(«answer» == "yes")
        }
      `,
        rs`
        fn f() -> io::Result<bool> {
            let mut answer = String::new();
            io::stdin().read_line(&mut answer)?;
            Ok(answer.trim_end() == "yes")
        }
      `,
      ),
      rs`
        fn f() -> u32 {
            let mut line = String::new();
            io::stdin().read_line(&mut line).unwrap();
            «line».parse().unwrap()
        }
      `,
    ],
    valid: [
      py`
        import sys
        answer = sys.stdin.readline().strip()
        if answer == "yes" or sys.stdin.readline() == "": run()
      `,
      py`
        def f(path):
            if input() == "yes": run()
            with open(path) as rows:
                for row in rows:
                    row = row.strip()
                    if row == "end": break
      `,
      rs`
        fn f() -> bool {
            let mut answer = String::new();
            io::stdin().read_line(&mut answer).unwrap();
            answer.trim() == "yes" || answer == "y\n" || answer == ""
        }
      `,
      rs`
        fn f(line: &str) -> u32 {
            let mut text = String::new();
            reader.read_line(&mut text).unwrap();
            let text = text.trim();
            text.parse::<u32>().unwrap() + line.parse::<u32>().unwrap()
        }
      `,
    ],
  },
})

function found(line: SyntaxNode, other: string) {
  const stripped = line.tree.grammar === 'rust' ? '.trim_end()' : '.rstrip("\\n")'
  return {
    at: line,
    data: { line: excerpt(line), other },
    fix: { safety: 'unsafe' as const, edits: () => [insertAfter(line, stripped)] },
  }
}

function isRawLine(line: SyntaxNode, file: SourceFile): boolean {
  if (file.language === 'rust') return isFilledByReadLine(line, file)
  if (file.language !== 'python') return false
  const value = file.value(line)
  if (value.kind === 'Call') return calleeName(value) === 'readline' && isTextStream(receiver(value), file)
  return value.kind === 'Name' && isRowOfFile(value, file)
}

function isTextStream(object: SyntaxNode | undefined, file: SourceFile): boolean {
  if (!object) return false
  if (object.text === 'sys.stdin') return true
  const mode = openedWith(object, file)
  return mode !== undefined && !mode.includes('b')
}

/** The mode of the file that a name stands for. */
function openedWith(name: SyntaxNode, file: SourceFile): string | undefined {
  const declaration = name.kind === 'Name' ? file.binding(name) : undefined
  if (declaration?.writeCount !== 1) return undefined
  const call = declaration.declaration.parent?.child('value')
  if (call?.kind !== 'Call' || call.child('callee')?.text !== 'open') return undefined
  const mode = call.children('argument')[1]
  return mode ? (stringValue(mode.kind === 'KeywordArgument' ? mode.child('value')! : mode) ?? 'b') : 'r'
}

/** `for row in open(path)`, and nothing else is ever given to it. */
function isRowOfFile(name: SyntaxNode, file: SourceFile): boolean {
  const binding = file.binding(name)
  const loop = binding?.declaration.parent
  if (binding?.writeCount !== 1 || loop?.kind !== 'ForEach' || binding.declaration.role !== 'target')
    return false
  const over = loop.child('iterable')
  const mode = over && openedWith(over, file)
  return mode !== undefined && !mode.includes('b')
}

/** What was handed to `read_line`, and not changed since. */
function isFilledByReadLine(line: SyntaxNode, file: SourceFile): boolean {
  const binding = line.kind === 'Name' ? file.binding(line) : undefined
  if (binding?.writeCount !== 1) return false
  let isFilled = false
  for (const it of binding.reads()) {
    if (it.row >= line.row) break
    const borrow = it.parent
    const call = borrow?.kind === 'Borrow' ? borrow.parent : undefined
    if (call?.kind === 'Call' && calleeName(call) === 'read_line') isFilled = true
    // `line.pop()`, `line.truncate(n)`
    else if (
      borrow?.kind === 'Member' &&
      /^(pop|truncate|retain|remove|clear|drain|replace_range)$/.test(borrow.child('property')?.name ?? '')
    )
      isFilled = false
    else if (call) return false
  }
  return isFilled
}
