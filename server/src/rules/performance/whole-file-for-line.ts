/** A whole file is read into memory to look at its lines one by one, or at the first of them. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { fixes, py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'performance/whole-file-for-line',
  severity: 'hint',
  languages: ['python'],
  cwe: [400],
  concept: 'data-structures',
  impact: { likelihood: 'low', cost: 'minutes' },

  check: {
    *ForEach(node, file) {
      const over = node.child('iterable')
      if (file.language !== 'python' || file.isTest || !over || !isReadLines(over)) return
      yield whole(over)
    },
    *ComprehensionFor(node, file) {
      const over = node.child('iterable')
      if (file.language !== 'python' || file.isTest || !over || !isReadLines(over) || keepsAll(node)) return
      yield whole(over)
    },
    *Index(node, file) {
      const lines = node.child('object')
      if (
        file.language !== 'python' ||
        file.isTest ||
        !lines ||
        !isReadLines(lines) ||
        node.child('index')?.text !== '0'
      )
        return
      const property = lines.child('callee')!.child('property')!
      yield {
        at: node,
        data: { call: excerpt(lines), instead: 'readline()' },
        fix: {
          safety: 'unsafe' as const,
          edits: () => [{ start: property.start, end: node.end, newText: 'readline()' }],
        },
      }
    },
  },

  explain: {
    en: ({ call, instead }) => ({
      message: `\`${call}\` reads the whole file before the first line is looked at`,
      why: 'All lines are in memory at once. With a large file the program becomes slow, or is ended by the system.',
      remedy:
        instead === 'readline()'
          ? 'Read one line, with `readline()`.'
          : 'Go through the file itself: it gives one line after the other.',
      fix: instead === 'readline()' ? 'Read one line' : 'Go through the file itself',
    }),
    es: ({ call, instead }) => ({
      message: `\`${call}\` lee el archivo entero antes de mirar la primera línea`,
      why: 'Todas las líneas están a la vez en memoria. Con un archivo grande el programa se vuelve lento, o el sistema lo termina.',
      remedy:
        instead === 'readline()'
          ? 'Lee una línea, con `readline()`.'
          : 'Recorre el propio archivo: da una línea tras otra.',
      fix: instead === 'readline()' ? 'Leer una línea' : 'Recorrer el propio archivo',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        with open(path) as f:
            for line in «f.readlines()»: show(line)
      `,
        py`
        with open(path) as f:
            for line in f: show(line)
      `,
      ),
      fixes(
        py`rows = [line for line in «f.readlines()» if line.startswith("a")]`,
        py`rows = [line for line in f if line.startswith("a")]`,
      ),
      fixes(py`size = sum(len(line) for line in «f.readlines()»)`, py`size = sum(len(line) for line in f)`),
      fixes(py`head = «f.readlines()[0]»`, py`head = f.readline()`),
    ],
    valid: [
      py`
        for line in f: show(line)
        lines = f.readlines()
        last = f.readlines()[-1]
      `,
      py`for line in f.readlines(1000): show(line)`,
      // They all stay in memory in any case.
      py`rows = [line.strip() for line in f.readlines()]`,
      py`rows = [line.strip() for line in f.readlines() if line.strip()]`,
      // While it is written to, all lines have to be known first.
      py`
        for line in f.readlines():
            f.write(line)
      `,
    ],
  },
})

function isReadLines(node: SyntaxNode): boolean {
  if (node.kind !== 'Call' || calleeName(node) !== 'readlines' || node.child('argument')) return false
  const file = receiver(node)
  if (file?.kind !== 'Name') return false
  const loop = node.parent
  const uses = loop?.kind === 'ForEach' ? loop.child('body')?.mentions(file.name) : false
  return !uses
}

/** A list of all lines, but for the empty ones: as much is in memory afterwards. */
function keepsAll(clause: SyntaxNode): boolean {
  const list = clause.parent
  if (!list || !/^\[/.test(list.text)) return false
  return [...list.descendants('ComprehensionIf')].every(it => /^if (?:not )?[\w.]+(?:\(\))?$/.test(it.text))
}

function whole(lines: SyntaxNode) {
  const object = receiver(lines)!
  return {
    at: lines,
    data: { call: excerpt(lines), instead: 'file' },
    fix: {
      safety: 'safe' as const,
      edits: () => [{ start: object.end, end: lines.end, newText: '' }],
    },
  }
}
