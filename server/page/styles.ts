// How boxes and lines are drawn: the colours of the style sheet, which a canvas does not know by itself.

import { TIE_KINDS } from '@codeant/shared/picture.ts'
import type { StylesheetJson } from 'cytoscape'
import { make } from './element.ts'

/** Languages with a colour of their own. */
const COLOURED = new Set(['python', 'typescript', 'javascript', 'rust', 'vue', 'svelte'])

/** The variable that holds the colour of a language. */
export function colourOf(language: string): string {
  return `--${COLOURED.has(language) ? language : 'other'}`
}

/** As the theme is now. */
export function styles(isLarge: boolean): StylesheetJson {
  const probe = document.body.appendChild(make('i'))
  const colour = (name: string) => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const [ink, paper, focus] = [colour('--ink'), colour('--paper'), colour('--focus')]
  const kinds = TIE_KINDS.map(it => [it, colour(`--${it}`)] as const)
  const languages = [...COLOURED, ''].map(it => [it, colour(colourOf(it))] as const)
  const isStark = document.documentElement.classList.contains('stark')
  const rule = (selector: string, style: Record<string, unknown>) => ({ selector, style })
  const all = [
    rule('node', {
      width: 'data(width)',
      height: 'data(width)',
      label: 'data(label)',
      shape: 'round-rectangle',
      color: ink,
      'background-color': colour('--other'),
      'font-size': 11,
      'text-valign': 'bottom',
      'text-margin-y': 3,
      'text-background-color': paper,
      'text-background-opacity': isStark ? 1 : 0.75,
      'min-zoomed-font-size': 7,
      ...(isStark && { 'border-width': 1, 'border-color': ink }),
    }),
    ...languages.map(([it, value]) => rule(`node[colour="${it}"]`, { 'background-color': value })),
    rule('node[kind="topic"]', { shape: 'tag', 'background-color': colour('--message') }),
    rule('node[kind="table"]', { shape: 'barrel', 'background-color': colour('--table') }),
    rule('node[kind="variable"]', { shape: 'ellipse', 'background-color': colour('--variable') }),
    rule('edge', {
      width: 'data(width)',
      'curve-style': isLarge ? 'haystack' : 'bezier',
      'target-arrow-shape': isLarge ? 'none' : 'triangle',
      'arrow-scale': 0.8,
      opacity: isStark ? 1 : 0.55,
    }),
    ...kinds.map(([kind, value]) =>
      rule(`edge[kind="${kind}"]`, { 'line-color': value, 'target-arrow-color': value }),
    ),
    rule('edge.crosses', { opacity: isStark ? 1 : 0.9, 'z-index': 5 }),
    rule('.far, .missed', { opacity: 0.12 }),
    rule('.found, .chosen', { 'border-width': 3, 'border-color': focus, 'z-index': 9 }),
    rule('.out', { display: 'none' }),
  ]
  probe.remove()
  return all as StylesheetJson
}
