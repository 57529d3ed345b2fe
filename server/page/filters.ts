// What is to be seen of a picture: kinds of ties, languages, only what crosses languages.

import { type PicturePage, TIE_KINDS, type TieKind } from '@codeant/shared/picture.ts'
import { make } from './element.ts'
import { colourOf } from './styles.ts'
import type { PageWords } from './words.ts'

export interface Filters {
  readonly hiddenKinds: Set<TieKind>
  readonly hiddenLanguages: Set<string>
  onlyAcross: boolean
}

/** Boxes to tick, by mouse or by key. */
export function filterBoxes(
  { pictures }: PicturePage,
  filters: Filters,
  say: PageWords,
  changed: () => void,
): HTMLElement[] {
  const { nodes, edges } = pictures.file
  const kinds = TIE_KINDS.flatMap(kind => {
    const count = edges.filter(it => it.kind === kind).reduce((sum, it) => sum + it.count, 0)
    if (count === 0) return []
    const swatch = { colour: `--${kind}`, shape: '' }
    return [filterBox(say.kinds[kind], swatch, count, filters.hiddenKinds, kind, changed)]
  })
  const across = make('label')
  const box = make('input')
  box.type = 'checkbox'
  box.checked = filters.onlyAcross
  box.addEventListener('change', () => {
    filters.onlyAcross = box.checked
    changed()
  })
  across.append(box, make('span', say.onlyAcross))
  const languages = languagesOf(pictures.file).map(it => {
    const count = nodes.filter(node => it in node.languages && node.kind === 'file').length
    const swatch = { colour: colourOf(it), shape: 'dot' }
    return filterBox(it, swatch, count, filters.hiddenLanguages, it, changed)
  })
  return [make('h2', say.ties), ...kinds, across, make('h2', say.languages), ...languages]
}

function filterBox<T>(
  name: string,
  { colour, shape }: { readonly colour: string; readonly shape: string },
  count: number,
  hidden: Set<T>,
  value: T,
  changed: () => void,
): HTMLElement {
  const label = make('label')
  const box = make('input')
  box.type = 'checkbox'
  box.checked = !hidden.has(value)
  box.addEventListener('change', () => {
    if (box.checked) hidden.delete(value)
    else hidden.add(value)
    changed()
  })
  const swatch = make('span', '', `swatch ${shape}`)
  swatch.style.setProperty('--colour', `var(${colour})`)
  label.append(box, swatch, make('span', name), make('span', `${count}`, 'count'))
  return label
}

function languagesOf({ nodes }: PicturePage['pictures']['file']): string[] {
  const files = nodes.filter(it => it.kind === 'file')
  return [...new Set(files.flatMap(it => Object.keys(it.languages)))].sort()
}
