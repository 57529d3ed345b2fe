// The page of a graph: draws the picture that it was given, filters it, and shows what ties a box to others. It asks nobody
// for anything: all it knows came with it.

import type { PictureEdge, PictureNode, PicturePage, TieKind } from '@codeant/shared/picture.ts'
import { TIE_KINDS } from '@codeant/shared/picture.ts'
// Cytoscape (MIT): draws thousands of boxes on a canvas, has styles and events, and needs nothing else.
import cytoscape, { type Core, type ElementDefinition, type StylesheetJson } from 'cytoscape'
import { arrange } from './arrange.ts'
import { panelOf } from './panel.ts'
import { WORDS } from './words.ts'

const page = JSON.parse(element('data').textContent ?? '') as PicturePage
const say = WORDS[page.locale]

/** Languages with a colour of their own. */
const COLOURED = new Set(['python', 'typescript', 'javascript', 'rust', 'vue', 'svelte'])

interface Shown {
  by: PicturePage['start']
  readonly kinds: Set<TieKind>
  readonly languages: Set<string>
  onlyAcross: boolean
  words: string
  /** The box whose ties are shown. */
  chosen: string | undefined
}

const shown: Shown = {
  by: page.start,
  // Variables tie nearly everything to everything: whoever wants them asks.
  kinds: new Set(TIE_KINDS.filter(it => it !== 'variable')),
  languages: new Set(languages()),
  onlyAcross: false,
  words: '',
  chosen: undefined,
}

const search = element('search') as HTMLInputElement
search.placeholder = say.search
search.setAttribute('aria-label', say.search)
element('fit').textContent = say.fit
element('arrange').textContent = say.arrange
element('hint').textContent = say.hint
element('nothing').textContent = say.nothing
let core: Core = draw()
buildFilters()
refresh()

search.addEventListener('input', () => {
  shown.words = search.value.trim().toLowerCase()
  refresh()
})
search.addEventListener('keydown', ({ key }) => {
  const found = core.nodes('.found').first()
  if (key === 'Enter' && found.nonempty()) choose(found.id())
})
element('fit').addEventListener('click', () => core.fit(core.elements(':visible'), 30))
element('arrange').addEventListener('click', () => place())
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') choose(undefined)
})
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => core.style(styles()))

function draw(): Core {
  const { nodes, edges } = page.pictures[shown.by]
  const elements: ElementDefinition[] = [
    ...nodes.map(it => ({
      data: { ...it, label: labelOf(it), width: widthOf(it), colour: mainLanguage(it) },
    })),
    ...edges.map((it, i) => ({
      data: { ...it, id: `${i}`, source: it.from, target: it.to, width: 1 + Math.log2(it.count) / 2 },
      classes: it.crossesLanguages ? 'crosses' : '',
    })),
  ]
  const isLarge = edges.length > 1500
  const drawn = cytoscape({
    container: element('picture'),
    elements,
    style: styles(isLarge),
    layout: { name: 'preset' },
    minZoom: 0.03,
    maxZoom: 4,
    // Moving a picture of thousands of lines has to stay smooth.
    hideEdgesOnViewport: isLarge,
    textureOnViewport: isLarge,
  })
  drawn.on('tap', 'node', event => choose(event.target.id()))
  drawn.on('tap', event => {
    if (event.target === drawn) choose(undefined)
  })
  return drawn
}

function refresh(): void {
  core.batch(() => {
    for (const edge of core.edges()) {
      const it = edge.data() as PictureEdge
      const isIn = shown.kinds.has(it.kind) && (!shown.onlyAcross || it.crossesLanguages)
      const speaks = [edge.source(), edge.target()].every(end => isSpoken(end.data() as PictureNode))
      edge.toggleClass('out', !isIn || !speaks)
    }
    for (const node of core.nodes()) {
      node.toggleClass('out', node.connectedEdges().not('.out').empty())
      const isFound = shown.words !== '' && node.id().toLowerCase().includes(shown.words)
      node.toggleClass('found', isFound)
      node.toggleClass('missed', shown.words !== '' && !isFound)
    }
  })
  if (!hasPlaces()) place()
  const [nodes, edges] = [core.nodes().not('.out'), core.edges().not('.out')]
  element('count').textContent = say.shown(nodes.length, edges.length)
  element('nothing').hidden = nodes.length > 0
  highlight()
}

function hasPlaces(): boolean {
  return core.scratch('placed') === true
}

/** Arranges what is shown. */
function place(): void {
  const nodes = core.nodes().not('.out')
  const places = arrange(
    nodes.map(it => ({
      id: it.id(),
      width: roomFor(it.data('width') as number, it.data('label') as string),
    })),
    core
      .edges()
      .not('.out')
      .map(it => ({ from: it.data('from') as string, to: it.data('to') as string })),
  )
  core.batch(() => {
    for (const it of nodes) it.position(places.get(it.id())!)
  })
  core.scratch('placed', true)
  core.fit(nodes, 30)
}

/** Between folders, names have to be readable as well. */
function roomFor(width: number, label: string): number {
  return shown.by === 'folder' ? Math.max(width, label.length * 6) : width
}

function choose(id: string | undefined): void {
  shown.chosen = id
  highlight()
}

/** What has to do with the chosen box stays, the rest steps back; its ties are listed beside. */
function highlight(): void {
  const chosen = shown.chosen === undefined ? core.collection() : core.getElementById(shown.chosen)
  const near = chosen.closedNeighborhood()
  core.batch(() => {
    core.elements().toggleClass('far', false)
    if (chosen.nonempty()) core.elements().not(near).toggleClass('far', true)
    core.nodes().toggleClass('chosen', false)
    chosen.toggleClass('chosen', true)
  })
  const side = element('side')
  side.hidden = chosen.empty()
  side.replaceChildren()
  if (chosen.empty()) {
    core.resize()
    return
  }
  const edges = chosen
    .connectedEdges()
    .not('.out')
    .map(it => it.data() as PictureEdge)
  const node = chosen.data() as PictureNode
  side.append(panelOf(node, edges, page, say, id => choose(id)))
  keepInSight(shown.chosen!)
}

/** The list takes room from the picture, and who searched has not seen the box yet. */
function keepInSight(id: string): void {
  core.resize()
  const box = core.getElementById(id)
  const { x, y } = box.renderedPosition()
  const isInside = x > 0 && y > 0 && x < core.width() && y < core.height()
  if (!isInside) core.center(box)
}

function buildFilters(): void {
  const views = element('views')
  for (const by of ['folder', 'file'] as const) {
    const button = make('button', say.by[by])
    button.setAttribute('aria-pressed', String(by === shown.by))
    button.addEventListener('click', () => {
      if (shown.by === by) return
      shown.by = by
      for (const it of views.children) it.setAttribute('aria-pressed', String(it === button))
      shown.chosen = undefined
      core.destroy()
      core = draw()
      refresh()
    })
    views.append(button)
  }
  const filters = element('filters')
  filters.append(make('h2', say.ties))
  const { edges } = page.pictures.file
  for (const kind of TIE_KINDS) {
    const count = edges.filter(it => it.kind === kind).reduce((sum, it) => sum + it.count, 0)
    if (count > 0) filters.append(filter(say.kinds[kind], `--${kind}`, '', count, shown.kinds, kind))
  }
  const across = make('label')
  const box = make('input')
  box.type = 'checkbox'
  box.addEventListener('change', () => {
    shown.onlyAcross = box.checked
    refresh()
  })
  across.append(box, make('span', say.onlyAcross))
  filters.append(across, make('h2', say.languages))
  for (const it of languages()) {
    const files = page.pictures.file.nodes.filter(node => it in node.languages && node.kind === 'file').length
    filters.append(filter(it, colourOf(it), 'dot', files, shown.languages, it))
  }
}

function filter<T>(
  name: string,
  colour: string,
  shape: string,
  count: number,
  set: Set<T>,
  value: T,
): HTMLElement {
  const label = make('label')
  const box = make('input')
  box.type = 'checkbox'
  box.checked = set.has(value)
  box.addEventListener('change', () => {
    if (box.checked) set.add(value)
    else set.delete(value)
    refresh()
  })
  const swatch = make('span')
  swatch.className = `swatch ${shape}`
  swatch.style.setProperty('--colour', `var(${colour})`)
  const number = make('span', `${count}`)
  number.className = 'count'
  label.append(box, swatch, make('span', name), number)
  return label
}

function languages(): string[] {
  const files = page.pictures.file.nodes.filter(it => it.kind === 'file')
  return [...new Set(files.flatMap(it => Object.keys(it.languages)))].sort()
}

/** A thing that files share is of no language. */
function isSpoken({ kind, languages }: PictureNode): boolean {
  const own = Object.keys(languages)
  return (kind !== 'file' && kind !== 'folder') || own.some(it => shown.languages.has(it))
}

function mainLanguage({ languages }: PictureNode): string {
  return Object.entries(languages).sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

function labelOf({ kind, id, name }: PictureNode): string {
  if (kind === 'file') return id.slice(id.lastIndexOf('/') + 1)
  return kind === 'folder' ? id.replace(/^.+\/([^/]+\/[^/]+\/)$/, '…/$1') : name
}

function widthOf({ kind, languages }: PictureNode): number {
  const files = Object.values(languages).reduce((sum, it) => sum + it, 0)
  return kind === 'folder' ? 26 + Math.min(60, Math.sqrt(files) * 6) : 18
}

function colourOf(language: string): string {
  return `--${COLOURED.has(language) ? language : 'other'}`
}

/** A canvas knows no variables of CSS: they are looked up, and again when day turns to night. */
function styles(isLarge = false): StylesheetJson {
  const probe = document.body.appendChild(make('i'))
  const colour = (name: string) => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const colours = {
    ink: colour('--ink'),
    paper: colour('--paper'),
    focus: colour('--focus'),
    kinds: TIE_KINDS.map(it => [it, colour(`--${it}`)] as const),
    languages: [...COLOURED, ''].map(it => [it, colour(colourOf(it))] as const),
  }
  const rule = (selector: string, style: Record<string, unknown>) => ({ selector, style })
  const all = [
    rule('node', {
      width: 'data(width)',
      height: 'data(width)',
      label: 'data(label)',
      shape: 'round-rectangle',
      color: colours.ink,
      'background-color': colour('--other'),
      'font-size': 11,
      'text-valign': 'bottom',
      'text-margin-y': 3,
      'text-background-color': colours.paper,
      'text-background-opacity': 0.75,
      'min-zoomed-font-size': 7,
    }),
    ...colours.languages.map(([it, value]) => rule(`node[colour="${it}"]`, { 'background-color': value })),
    rule('node[kind="topic"]', { shape: 'tag', 'background-color': colour('--message') }),
    rule('node[kind="table"]', { shape: 'barrel', 'background-color': colour('--table') }),
    rule('node[kind="variable"]', { shape: 'ellipse', 'background-color': colour('--variable') }),
    rule('edge', {
      width: 'data(width)',
      'curve-style': isLarge ? 'haystack' : 'bezier',
      'target-arrow-shape': isLarge ? 'none' : 'triangle',
      'arrow-scale': 0.8,
      opacity: 0.55,
    }),
    ...colours.kinds.map(([kind, value]) =>
      rule(`edge[kind="${kind}"]`, { 'line-color': value, 'target-arrow-color': value }),
    ),
    rule('edge.crosses', { opacity: 0.9, 'z-index': 5 }),
    rule('.far, .missed', { opacity: 0.12 }),
    rule('.found, .chosen', { 'border-width': 3, 'border-color': colours.focus, 'z-index': 9 }),
    rule('.out', { display: 'none' }),
  ]
  probe.remove()
  return all as StylesheetJson
}

function element(id: string): HTMLElement {
  return document.getElementById(id)!
}

function make<K extends keyof HTMLElementTagNameMap>(name: K, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
