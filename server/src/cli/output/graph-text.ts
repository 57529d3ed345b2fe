// A picture in the languages of other programs that draw: DOT for Graphviz, Mermaid for Markdown pages.

import type { Picture, PictureEdge, PictureNode, TieKind } from '@codeant/shared/picture.ts'

/** Told apart without colour too: across languages a line is thick. */
const LINES: Readonly<Record<TieKind, { readonly dot: string; readonly mermaid: string }>> = {
  import: { dot: 'color="#8a8f98"', mermaid: '-->' },
  call: { dot: 'color="#c2410c", penwidth=2', mermaid: '==>' },
  foreign: { dot: 'color="#7c3aed", penwidth=2', mermaid: '==>' },
  message: { dot: 'color="#0f766e", style=dashed', mermaid: '-.->' },
  table: { dot: 'color="#1d4ed8", style=dotted', mermaid: '-.->' },
  variable: { dot: 'color="#a16207", style=dotted', mermaid: '-.->' },
}

const DOT_SHAPES: Readonly<Record<PictureNode['kind'], string>> = {
  file: 'box',
  folder: 'folder',
  topic: 'cds',
  table: 'cylinder',
  variable: 'note',
}

/** Beginning and end of a box. */
const MERMAID_SHAPES: Readonly<Record<PictureNode['kind'], readonly [string, string]>> = {
  file: ['[', ']'],
  folder: ['[', ']'],
  topic: ['>', ']'],
  table: ['[(', ')]'],
  variable: ['([', '])'],
}

export function dotOf({ nodes, edges }: Picture): string {
  return [
    'digraph codeant {',
    '  rankdir=LR',
    '  node [fontname="Helvetica", fontsize=10]',
    '  edge [fontname="Helvetica", fontsize=8]',
    ...nodes.map(it => `  ${quoted(it.id)} [label=${quoted(it.name)}, shape=${DOT_SHAPES[it.kind]}]`),
    ...edges.map(
      it => `  ${quoted(it.from)} -> ${quoted(it.to)} [label=${quoted(labelOf(it))}, ${LINES[it.kind].dot}]`,
    ),
    '}',
    '',
  ].join('\n')
}

/** In a quoted string of DOT only quotes and backslashes mean something else; a line cannot end in it. */
function quoted(text: string): string {
  return `"${oneLine(text).replace(/["\\]/g, it => `\\${it}`)}"`
}

export function mermaidOf({ nodes, edges }: Picture): string {
  // Names in Mermaid may not hold much; boxes are numbered, and wear their names.
  const ids = new Map(nodes.map((it, i) => [it.id, `n${i}`]))
  return [
    'flowchart LR',
    ...nodes.map(it => {
      const [open, close] = MERMAID_SHAPES[it.kind]
      return `  ${ids.get(it.id)}${open}"${entities(it.name)}"${close}`
    }),
    ...edges.map(
      it => `  ${ids.get(it.from)} ${LINES[it.kind].mermaid}|"${entities(labelOf(it))}"| ${ids.get(it.to)}`,
    ),
    '',
  ].join('\n')
}

/** Mermaid reads `#35;` as a character with this number, and Markdown and HTML in what is left. */
function entities(text: string): string {
  return oneLine(text).replace(/[^\p{L}\p{N} ./:_×-]/gu, it => `#${it.codePointAt(0)};`)
}

function oneLine(text: string): string {
  return text.replace(/[\x00-\x1f\x7f]+/g, ' ')
}

/** One call says what it asks for; of several, and of imports, how many there are. */
function labelOf({ kind, count, ties }: PictureEdge): string {
  const label = ties[0]?.label
  if (count === 1 && label !== undefined) return label
  return count === 1 ? kind : `${kind} × ${count}`
}
