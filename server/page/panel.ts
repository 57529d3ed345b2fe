// What ties one box of the picture to others, as a list with places.

import type { PictureEdge, PictureNode, PicturePage, PictureTie } from '@codeant/shared/picture.ts'
import { editor } from './editor.ts'
import { button, make } from './element.ts'
import type { PageWords } from './words.ts'

/** So many places of one line of the picture are listed. */
const PLACES = 12

export function panelOf(
  node: PictureNode,
  edges: readonly PictureEdge[],
  line: number,
  page: PicturePage,
  say: PageWords,
  choose: (id: string | undefined) => void,
): DocumentFragment {
  const all = document.createDocumentFragment()
  const close = button('×', () => choose(undefined), 'close')
  close.setAttribute('aria-label', say.close)
  const files = Object.entries(node.languages)
    .map(([language, count]) => `${language}: ${say.files(count)}`)
    .join(', ')
  all.append(
    close,
    make('h1', node.name),
    make('div', [say.things[node.kind], files].filter(Boolean).join(' · '), 'faint'),
    ...(node.kind === 'file' ? [placeOf({ path: node.id, line }, page)] : []),
  )
  for (const [title, own, end] of [
    [say.needs, edges.filter(it => it.from === node.id), 'to'],
    [say.neededBy, edges.filter(it => it.to === node.id), 'from'],
  ] as const) {
    if (own.length === 0) continue
    all.append(make('h2', title))
    for (const it of own.toSorted((a, b) => b.count - a.count))
      all.append(...tiesOf(it, it[end], page, say, choose))
  }
  return all
}

function tiesOf(
  edge: PictureEdge,
  other: string,
  page: PicturePage,
  say: PageWords,
  choose: (id: string) => void,
): HTMLElement[] {
  const title = make('h3')
  const name = button(other.replace(/^(topic|table|variable):/, ''), () => choose(other))
  title.append(
    name,
    make('span', ` ${say.kinds[edge.kind]}${edge.count > 1 ? ` × ${edge.count}` : ''}`, 'faint'),
  )
  const list = make('ul')
  for (const it of edge.ties.slice(0, PLACES)) {
    const item = make('li')
    item.style.setProperty('--colour', `var(--${edge.kind})`)
    if (it.label) item.append(make('div', it.label))
    item.append(placeOf(it, page))
    if (it.to) item.append(make('span', ' → ', 'faint'), placeOf(it.to, page))
    list.append(item)
  }
  if (edge.count > PLACES)
    list.append(make('li', say.more(edge.count - Math.min(PLACES, edge.ties.length)), 'faint'))
  return [title, list]
}

function placeOf({ path, line }: Pick<PictureTie, 'path' | 'line'>, { linkBase }: PicturePage): HTMLElement {
  const text = `${path}:${line}`
  if (editor)
    return button(text, () => editor?.postMessage({ kind: 'open', path, line, glance: false }), 'place')
  if (linkBase === undefined) return make('span', text, 'place')
  const link = make('a', text)
  link.href = `${linkBase}${path.split('/').map(encodeURIComponent).join('/')}:${line}`
  return link
}
