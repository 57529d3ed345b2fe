// A text that is written in: a plain text area, so that keyboards and screen readers have what they know, over the same text with
// colours and marks.

import { make } from './element.ts'
import { coloursOf, type Stretch } from './playground-colours.ts'

export interface PaneOptions {
  readonly id: string
  readonly label: string
  /** The text changed, by a person. */
  readonly changed: () => void
  /** The number of a line was clicked, from 0. */
  readonly chosen?: (line: number) => void
}

export class TextPane {
  readonly element: HTMLElement
  readonly area: HTMLTextAreaElement
  /** By which the language is known. */
  path = ''
  readonly #shown = make('pre', '', 'shown')
  readonly #numbers = make('div', '', 'numbers')
  readonly #band = make('div', '', 'band')
  #marks: readonly Stretch[] = []
  #lines: readonly string[] = []

  constructor({ id, label, changed, chosen }: PaneOptions) {
    this.area = make('textarea')
    this.area.id = id
    this.area.wrap = 'off'
    this.area.spellcheck = false
    this.area.setAttribute('aria-label', label)
    this.area.setAttribute('autocapitalize', 'off')
    this.area.addEventListener('input', () => {
      this.#marks = []
      this.#paint()
      changed()
    })
    this.area.addEventListener('keydown', event => {
      if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.isComposing)
        this.#newLine(event)
    })
    // What can be seen in it, the text area says already.
    for (const it of [this.#shown, this.#numbers, this.#band]) it.setAttribute('aria-hidden', 'true')
    if (chosen) {
      this.#numbers.classList.add('askable')
      this.#numbers.addEventListener('click', ({ target }) => {
        const line = target instanceof HTMLElement ? target.dataset.line : undefined
        if (line !== undefined) chosen(Number(line))
      })
    }
    const sheet = make('div', '', 'sheet')
    sheet.append(this.#band, this.#shown, this.area)
    this.element = make('div', '', 'pane')
    this.element.append(this.#numbers, sheet)
    this.emphasise(undefined)
  }

  get text(): string {
    return this.area.value
  }

  set text(text: string) {
    this.area.value = text
    this.#marks = []
    this.#paint()
  }

  /** `styles`: of numbers of lines. */
  mark(marks: readonly Stretch[], styles: ReadonlyMap<number, string>): void {
    this.#marks = marks
    this.#paint()
    for (const it of this.#numbers.children) {
      const style = styles.get(Number((it as HTMLElement).dataset.line))
      it.className = style ?? ''
    }
  }

  /** These lines are spoken of. */
  emphasise(lines: { readonly first: number; readonly last: number } | undefined): void {
    this.#band.hidden = lines === undefined
    if (!lines) return
    this.#band.style.setProperty('--first', String(lines.first))
    this.#band.style.setProperty('--count', String(lines.last - lines.first + 1))
  }

  select(start: number, end: number): void {
    this.area.focus({ preventScroll: true })
    this.area.setSelectionRange(start, end)
    const line = this.lineOf(start)
    const row = this.#numbers.children[line]
    row?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  lineOf(offset: number): number {
    return this.text.slice(0, offset).split('\n').length - 1
  }

  columnOf(offset: number): number {
    return offset - (this.text.lastIndexOf('\n', offset - 1) + 1)
  }

  /** A line's code, without what is around it. */
  spanOf(line: number): { readonly start: number; readonly end: number } {
    const lines = this.text.split('\n')
    const text = lines[line] ?? ''
    const start = lines.slice(0, line).reduce((sum, it) => sum + it.length + 1, 0)
    const from = start + (text.trim() === '' ? 0 : text.length - text.trimStart().length)
    return { start: from, end: Math.max(from, start + text.trimEnd().length) }
  }

  /** As deep as the line before. */
  #newLine(event: KeyboardEvent): void {
    const { selectionStart } = this.area
    const line = this.text.slice(this.text.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart)
    const indent = /^[ \t]*/.exec(line)![0]
    if (indent === '') return
    event.preventDefault()
    // The only way that leaves the browser's undo whole.
    document.execCommand('insertText', false, `\n${indent}`)
  }

  #paint(): void {
    const { text } = this
    this.#shown.replaceChildren(...painted(text, [...coloursOf(text, this.path), ...this.#marks]), '\n')
    const lines = text.split('\n')
    if (lines.length !== this.#lines.length) {
      this.#numbers.replaceChildren(
        ...lines.map((_, i) => {
          const number = make('div', String(i + 1))
          number.dataset.line = String(i)
          return number
        }),
      )
    }
    this.#lines = lines
  }
}

/** The text in pieces, each with the styles of all that covers it. */
function painted(text: string, stretches: readonly Stretch[]): Node[] {
  const edges = new Set([0, text.length])
  for (const { start, end } of stretches) edges.add(start).add(Math.min(end, text.length))
  const sorted = [...edges].sort((a, b) => a - b)
  const opening = new Map<number, Stretch[]>()
  for (const it of stretches) opening.set(it.start, [...(opening.get(it.start) ?? []), it])
  let open: Stretch[] = []
  return sorted.slice(0, -1).map((from, i) => {
    open = [...open.filter(it => it.end > from), ...(opening.get(from) ?? [])]
    const piece = text.slice(from, sorted[i + 1])
    return open.length === 0
      ? document.createTextNode(piece)
      : make('span', piece, open.map(it => it.style).join(' '))
  })
}
