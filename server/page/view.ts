// The picture on the page: draws it, filters it, finds boxes in it, and shows what ties a box to others.

import type { PictureEdge, PictureNode, PicturePage, TieKind } from '@codeant/shared/picture.ts'
// Cytoscape (MIT): draws thousands of boxes on a canvas, has styles and events, and needs nothing else.
import cytoscape, { type Core, type ElementDefinition } from 'cytoscape'
import { Arrangement } from './arrange.ts'
import { editor, type Kept } from './editor.ts'
import { button } from './element.ts'
import { type Filters, filterBoxes } from './filters.ts'
import type { Frame } from './frame.ts'
import { panelOf } from './panel.ts'
import { styles } from './styles.ts'
import type { PageWords } from './words.ts'

/** Moving a picture of more lines has to stay smooth: they are drawn straight, and not while it moves. */
const MANY_LINES = 1500
/** The state is told to the editor when nothing changed for so long. */
const KEEP_MS = 300
/** Of so many boxes, those that are looked for are marked when no more is typed for a moment. */
const MANY_BOXES = 500
const SEARCH_MS = 150
/** Boxes are arranged so long until the page gets a turn. */
const ARRANGE_MS = 40
/** By an arrow key, in pixels. */
const PAN = 60
const ZOOM = 1.25

export class PictureView {
  readonly #page: PicturePage
  readonly #frame: Frame
  readonly #say: PageWords
  readonly #filters: Filters
  readonly #listening = new AbortController()
  #by: PicturePage['start']
  #words: string
  /** The box whose ties are shown. */
  #chosen: string | undefined
  #core: Core
  /** All of it is to be seen, until somebody moves it or comes closer. */
  #isFitted = false
  #timer: number | undefined
  #searching: number | undefined
  /** A later one makes an earlier one end. */
  #arrangement: Arrangement | undefined

  constructor(page: PicturePage, frame: Frame, say: PageWords, kept: Kept | undefined) {
    this.#page = page
    this.#frame = frame
    this.#say = say
    this.#by = kept?.by ?? page.start
    this.#words = kept?.words ?? ''
    this.#chosen = kept?.chosen
    this.#filters = {
      // Variables tie nearly everything to everything: whoever wants them asks.
      hiddenKinds: new Set(kept?.hiddenKinds ?? (['variable'] satisfies TieKind[])),
      hiddenLanguages: new Set(kept?.hiddenLanguages),
      onlyAcross: kept?.onlyAcross ?? false,
    }
    frame.title.textContent = page.title
    frame.search.value = this.#words
    frame.filters.replaceChildren(...filterBoxes(page, this.#filters, say, () => this.#refresh()))
    this.#buildViews()
    this.#listen()
    this.#core = this.#draw()
    this.#restore(kept)
    this.#refresh()
  }

  /** What somebody else needs to show the same. */
  get kept(): Kept {
    const places = this.#core.nodes().map(it => {
      const { x, y } = it.position()
      return [it.id(), [Math.round(x), Math.round(y)]] as const
    })
    return {
      by: this.#by,
      hiddenKinds: [...this.#filters.hiddenKinds],
      hiddenLanguages: [...this.#filters.hiddenLanguages],
      onlyAcross: this.#filters.onlyAcross,
      words: this.#words,
      chosen: this.#chosen,
      zoom: this.#core.zoom(),
      pan: { ...this.#core.pan() },
      places: this.#isPlaced ? Object.fromEntries(places) : {},
    }
  }

  /** The theme changed. */
  repaint(): void {
    this.#core.style(styles(this.#isLarge))
  }

  remove(): void {
    this.#listening.abort()
    clearTimeout(this.#timer)
    clearTimeout(this.#searching)
    this.#arrangement = undefined
    this.#core.destroy()
    this.#frame.side.hidden = true
    this.#frame.count.textContent = ''
  }

  get #isLarge(): boolean {
    return this.#page.pictures[this.#by].edges.length > MANY_LINES
  }

  get #isPlaced(): boolean {
    return this.#core.scratch('placed') === true
  }

  #draw(): Core {
    const { nodes, edges } = this.#page.pictures[this.#by]
    const isOut = this.#filteredOut()
    // Without a class from the beginning, thousands of boxes would be styled twice.
    const classes = (id: string, ...others: string[]) => [...(isOut(id) ? ['out'] : []), ...others]
    const elements: ElementDefinition[] = [
      ...nodes.map(it => ({
        data: { ...it, label: labelOf(it), width: widthOf(it), colour: mainLanguage(it) },
        classes: classes(it.id),
      })),
      ...edges.map((it, i) => ({
        data: { ...it, id: `${i}`, source: it.from, target: it.to, width: 1 + Math.log2(it.count) / 2 },
        classes: classes(`${i}`, ...(it.crossesLanguages ? ['crosses'] : [])),
      })),
    ]
    const drawn = cytoscape({
      container: this.#frame.picture,
      elements,
      style: styles(this.#isLarge),
      layout: { name: 'preset' },
      minZoom: 0.03,
      maxZoom: 4,
      hideEdgesOnViewport: this.#isLarge,
      textureOnViewport: this.#isLarge,
    })
    drawn.on('tap', 'node', event => {
      this.#choose(event.target.id())
      this.#glance(event.target.data() as PictureNode)
    })
    drawn.on('tap', event => {
      if (event.target === drawn) this.#choose(undefined)
    })
    drawn.on('viewport dragfree', () => this.#keep())
    drawn.on('dragpan pinchzoom scrollzoom', () => {
      this.#isFitted = false
    })
    return drawn
  }

  /** The boxes stand where they stood, unless there are others now. */
  #restore(kept: Kept | undefined): void {
    if (!kept || kept.by !== this.#by) return
    const nodes = this.#core.nodes().toArray()
    if (nodes.some(it => kept.places[it.id()] === undefined)) return
    this.#core.batch(() => {
      for (const it of nodes) {
        const [x, y] = kept.places[it.id()]!
        it.position({ x, y })
      }
    })
    this.#core.scratch('placed', true)
    this.#core.viewport({ zoom: kept.zoom, pan: kept.pan })
  }

  #refresh(): void {
    const core = this.#core
    const isOut = this.#filteredOut()
    core.batch(() => {
      for (const it of core.elements()) it.toggleClass('out', isOut(it.id()))
    })
    this.#mark()
    this.#frame.notice.textContent = this.#say.nothing
    this.#frame.notice.hidden = core.nodes().not('.out').nonempty()
    if (!this.#isPlaced) this.#place()
    this.#highlight()
  }

  /** Whether a line, by its number, or a box is not to be seen. */
  #filteredOut(): (id: string) => boolean {
    const { hiddenKinds, hiddenLanguages, onlyAcross } = this.#filters
    const { nodes, edges } = this.#page.pictures[this.#by]
    const isSpoken = ({ kind, languages }: PictureNode) =>
      // A thing that files share is of no language.
      (kind !== 'file' && kind !== 'folder') || Object.keys(languages).some(it => !hiddenLanguages.has(it))
    const spoken = new Set(nodes.filter(isSpoken).map(it => it.id))
    const seen = new Set<string>()
    for (const [i, { kind, from, to, crossesLanguages }] of edges.entries()) {
      if (hiddenKinds.has(kind) || (onlyAcross && !crossesLanguages)) continue
      if (spoken.has(from) && spoken.has(to)) for (const it of [`${i}`, from, to]) seen.add(it)
    }
    return id => !seen.has(id)
  }

  /** Shows what is looked for. */
  #mark(): void {
    this.#core.batch(() => {
      for (const node of this.#core.nodes()) {
        const isFound = this.#words !== '' && node.id().toLowerCase().includes(this.#words)
        node.toggleClass('found', isFound)
        node.toggleClass('missed', this.#words !== '' && !isFound)
      }
    })
    this.#tellCount()
    this.#keep()
  }

  #tellCount(): void {
    const { nodes, edges } = { nodes: this.#core.nodes().not('.out'), edges: this.#core.edges().not('.out') }
    const found = this.#found()
    const at = found.indexOf(this.#chosen ?? '')
    this.#frame.count.textContent =
      this.#words === '' ? this.#say.shown(nodes.length, edges.length) : this.#say.found(at + 1, found.length)
  }

  /** Ids of what the words are in, in the order of their names. */
  #found(): string[] {
    return this.#core
      .nodes('.found')
      .not('.out')
      .map(it => it.id())
      .sort()
  }

  /** Arranges what is shown. */
  #place(): void {
    const nodes = this.#core.nodes().not('.out')
    const boxes = nodes.map(it => ({
      id: it.id(),
      width: this.#roomFor(it.data('width') as number, it.data('label') as string),
    }))
    const lines = this.#core
      .edges()
      .not('.out')
      .map(it => ({ from: it.data('from') as string, to: it.data('to') as string }))
    this.#arrangement = new Arrangement(boxes, lines)
    this.#continuePlacing(this.#arrangement)
  }

  #continuePlacing(arrangement: Arrangement): void {
    if (this.#arrangement !== arrangement) return
    const { notice, picture } = this.#frame
    const isDone = arrangement.step(ARRANGE_MS)
    picture.classList.toggle('unplaced', !isDone)
    if (!isDone) {
      notice.textContent = this.#say.arranging(Math.floor(arrangement.progress * 100))
      notice.hidden = false
      requestAnimationFrame(() => this.#continuePlacing(arrangement))
      return
    }
    this.#arrangement = undefined
    const { places } = arrangement
    this.#core.batch(() => {
      // What was filtered out meanwhile has a place as well; what came back is arranged when somebody asks for it.
      for (const [id, place] of places) this.#core.getElementById(id).position({ ...place })
    })
    this.#core.scratch('placed', true)
    notice.textContent = this.#say.nothing
    notice.hidden = this.#core.nodes().not('.out').nonempty()
    this.#fit()
    this.#keep()
  }

  /** Between folders, names have to be readable as well. */
  #roomFor(width: number, label: string): number {
    return this.#by === 'folder' ? Math.max(width, label.length * 6) : width
  }

  #choose(id: string | undefined): void {
    this.#chosen = id
    this.#tellCount()
    this.#highlight()
  }

  /** In an editor, a click shows the file beside the picture: where something of another language meets it, best of all. */
  #glance(node: PictureNode): void {
    if (node.kind !== 'file') return
    editor?.postMessage({ kind: 'open', path: node.id, line: this.#lineOf(node), glance: true })
  }

  #lineOf({ id }: PictureNode): number {
    const edges = this.#edgesOf(id).filter(it => it.kind !== 'import')
    const crossing = edges.filter(it => it.crossesLanguages)
    for (const { ties } of [...crossing, ...edges])
      for (const { path, line, to } of ties) {
        if (path === id) return line
        if (to?.path === id) return to.line
      }
    return 1
  }

  #edgesOf(id: string): PictureEdge[] {
    return this.#core
      .getElementById(id)
      .connectedEdges()
      .not('.out')
      .map(it => it.data() as PictureEdge)
  }

  /** What has to do with the chosen box stays, the rest steps back; its ties are listed beside. */
  #highlight(): void {
    const core = this.#core
    const { side } = this.#frame
    const chosen = this.#chosen === undefined ? core.collection() : core.getElementById(this.#chosen)
    core.batch(() => {
      core.elements().removeClass('far')
      if (chosen.nonempty()) core.elements().not(chosen.closedNeighborhood()).addClass('far')
      core.nodes().removeClass('chosen')
      chosen.addClass('chosen')
    })
    side.hidden = chosen.empty()
    side.replaceChildren()
    if (chosen.nonempty()) {
      const node = chosen.data() as PictureNode
      side.append(
        panelOf(node, this.#edgesOf(node.id), this.#lineOf(node), this.#page, this.#say, id =>
          this.#choose(id),
        ),
      )
    }
    // Who searched has not seen the box yet.
    if (chosen.nonempty()) keepInSight(core, chosen.id())
    this.#keep()
  }

  #keep(): void {
    if (!editor) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => editor?.setState(this.kept), KEEP_MS)
  }

  #buildViews(): void {
    const { views } = this.#frame
    const buttons = (['folder', 'file'] as const).map(by => {
      const made = button(this.#say.by[by], () => this.#show(by))
      made.dataset.by = by
      return made
    })
    views.replaceChildren(...buttons)
    this.#markView()
  }

  #markView(): void {
    for (const it of this.#frame.views.children)
      it.setAttribute('aria-pressed', String((it as HTMLElement).dataset.by === this.#by))
  }

  #show(by: PicturePage['start']): void {
    if (this.#by === by) return
    this.#by = by
    this.#chosen = undefined
    this.#markView()
    this.#arrangement = undefined
    this.#core.destroy()
    this.#core = this.#draw()
    this.#refresh()
  }

  #listen(): void {
    const { search, fit, arrange, picture } = this.#frame
    const { signal } = this.#listening
    search.addEventListener(
      'input',
      () => {
        this.#words = search.value.trim().toLowerCase()
        clearTimeout(this.#searching)
        if (this.#core.nodes().length <= MANY_BOXES) this.#mark()
        else this.#searching = setTimeout(() => this.#mark(), SEARCH_MS)
      },
      { signal },
    )
    search.addEventListener('keydown', it => this.#searchKey(it), { signal })
    fit.addEventListener('click', () => this.#fit(), { signal })
    arrange.addEventListener('click', () => this.#place(), { signal })
    picture.addEventListener('keydown', it => this.#pictureKey(it), { signal })
    document.addEventListener('keydown', it => this.#anyKey(it), { signal })
    const room = new ResizeObserver(() => this.#fitRoom())
    room.observe(picture)
    signal.addEventListener('abort', () => room.disconnect())
  }

  /** From one that was found to the next. */
  #searchKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return
    event.preventDefault()
    this.#mark()
    const found = this.#found()
    if (found.length === 0) return
    const at = found.indexOf(this.#chosen ?? '')
    const step = event.shiftKey ? found.length - 1 : 1
    this.#choose(found[at === -1 ? 0 : (at + step) % found.length])
  }

  #pictureKey(event: KeyboardEvent): void {
    const core = this.#core
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => core.panBy({ x: PAN, y: 0 }),
      ArrowRight: () => core.panBy({ x: -PAN, y: 0 }),
      ArrowUp: () => core.panBy({ x: 0, y: PAN }),
      ArrowDown: () => core.panBy({ x: 0, y: -PAN }),
      '+': () => this.#zoom(ZOOM),
      '-': () => this.#zoom(1 / ZOOM),
      '0': () => this.#fit(),
    }
    const move = moves[event.key]
    if (!move || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    this.#isFitted = false
    move()
  }

  #anyKey(event: KeyboardEvent): void {
    const { search } = this.#frame
    if (event.key === 'Escape') this.#choose(undefined)
    if (event.key === '/' && document.activeElement !== search) {
      event.preventDefault()
      search.focus()
      search.select()
    }
  }

  #zoom(factor: number): void {
    const core = this.#core
    core.zoom({
      level: core.zoom() * factor,
      renderedPosition: { x: core.width() / 2, y: core.height() / 2 },
    })
  }

  #fit(): void {
    this.#core.fit(this.#core.elements().not('.out'), 30)
    this.#isFitted = true
  }

  /** A box and what it is tied to, with names that can be read. */
  #fitNear(id: string): void {
    const core = this.#core
    core.fit(core.getElementById(id).closedNeighborhood().not('.out'), 30)
    if (core.zoom() > ZOOM) core.zoom({ level: ZOOM, position: core.getElementById(id).position() })
  }

  /** There is more or less room than before: for the list of ties, or for a file beside. */
  #fitRoom(): void {
    this.#core.resize()
    if (this.#isFitted && this.#chosen === undefined) this.#fit()
    else if (this.#isFitted) this.#fitNear(this.#chosen!)
    else if (this.#chosen !== undefined) keepInSight(this.#core, this.#chosen)
  }
}

function keepInSight(core: Core, id: string): void {
  const box = core.getElementById(id)
  if (box.empty()) return
  const { x, y } = box.renderedPosition()
  const isInside = x > 0 && y > 0 && x < core.width() && y < core.height()
  if (!isInside) core.center(box)
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
