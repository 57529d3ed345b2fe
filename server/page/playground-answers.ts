// What the server answered: the list of matches, and the tree of what each operator of a rule says of a place.

import type {
  PlaygroundMatch,
  PlaygroundPlace,
  PlaygroundRefusal,
  PlaygroundSpan,
  PlaygroundWhy,
} from '@codeant/shared/playground.ts'
import { button, make } from './element.ts'
import type { PlaygroundWords } from './playground-words.ts'

/** What the answers need to know of the code, and what happens when one of their places is chosen. */
export interface Around {
  readonly say: PlaygroundWords
  readonly lineOf: (offset: number) => number
  readonly columnOf: (offset: number) => number
  readonly textAt: (span: PlaygroundSpan) => string
  readonly show: (span: PlaygroundSpan) => void
  readonly showRule: (line: number) => void
  /** The style of a metavariable, the same wherever it is shown. */
  readonly hueOf: (name: string) => string
}

export function matchList(
  matches: readonly PlaygroundMatch[],
  refused: readonly PlaygroundRefusal[],
  around: Around,
): HTMLElement {
  const { say, lineOf, columnOf, show, showRule } = around
  const list = make('ul', '', 'matches')
  for (const { id, sentence, line } of refused) {
    const item = button('', () => showRule(line), 'match refused')
    item.append(make('span', '!', 'sign'), words(id === '?' ? sentence : `\`${id}\`: ${sentence}`))
    list.append(itemOf(item))
  }
  for (const it of matches) {
    const item = button('', () => show(it), `match ${it.severity}`)
    item.setAttribute('aria-label', say.matchAt(lineOf(it.start) + 1, it.message))
    const head = make('span', '', 'head')
    head.append(
      make('span', `${lineOf(it.start) + 1}:${columnOf(it.start) + 1}`, 'at'),
      make('span', it.message),
    )
    item.append(make('span', '', 'sign'), head)
    const row = itemOf(item)
    if (it.bindings.length > 0) row.append(bindingChips(it, around))
    list.append(row)
  }
  return list
}

export function whyTree(why: PlaygroundWhy, around: Around): HTMLElement {
  const { say } = around
  const section = make('section', '', `answer ${why.outcome}`)
  const title = make('h3')
  title.append(
    make('code', why.rule ?? why.operator),
    make('span', why.outcome === 'holds' ? say.matchesHere : say.matchesNot, 'verdict'),
  )
  section.append(title)
  // What only holds the others is told by the title.
  const isFrame = why.source === '' && why.parts.length > 0
  if (isFrame && why.sentence !== undefined) section.append(sentenceOf(why, around))
  const list = make('ul', '', 'whys')
  list.append(...(isFrame ? why.parts : [why]).map(it => whyItem(it, around)))
  section.append(list)
  return section
}

function whyItem(why: PlaygroundWhy, around: Around, isSpare = false): HTMLElement {
  const { say } = around
  const { operator, source, outcome, places, count, parts, sentence } = why
  const item = make('li', '', `why ${outcome}${isSpare ? ' spare' : ''}`)
  const head = make('div', '', 'head')
  const sign = make('span', SIGNS[outcome], `mark ${outcome}`)
  sign.setAttribute('role', 'img')
  sign.setAttribute('aria-label', say.outcome[outcome])
  head.append(sign, make('span', operator, 'operator'))
  if (source !== '') {
    const shown = make('code', source.replace(/\s+/g, ' '), 'source')
    shown.title = source
    head.append(shown)
  }
  item.append(head)
  if (sentence !== undefined) item.append(sentenceOf(why, around))
  if (places.length > 0) {
    const row = make('div', '', 'places')
    row.append(...places.slice(0, MOST_SHOWN).map(it => placeChip(it, around)))
    if (count > MOST_SHOWN) row.append(make('span', say.more(count - MOST_SHOWN), 'faint'))
    item.append(row)
  }
  if (parts.length > 0) {
    const list = make('ul', '', 'whys')
    const isChoice = outcome === 'holds' && CHOICES.has(operator)
    list.append(...parts.map(it => whyItem(it, around, isChoice && it.outcome === 'fails')))
    item.append(list)
  }
  return item
}

const MOST_SHOWN = 4
/** One of their parts is enough. */
const CHOICES: ReadonlySet<string> = new Set(['pattern-either', 'any'])
const SIGNS = { holds: '✓', fails: '✕', unasked: '·' } as const

function sentenceOf(
  { sentence = '', outcome, at }: PlaygroundWhy,
  { lineOf, columnOf, show }: Around,
): HTMLElement {
  const line = make('p', '', `sentence ${outcome}`)
  if (at)
    line.append(
      button(`${lineOf(at.start) + 1}:${columnOf(at.start) + 1}`, () => show(at), 'at'),
      ' ',
    )
  line.append(words(sentence))
  return line
}

function placeChip(place: PlaygroundPlace, around: Around): HTMLElement {
  const { lineOf, columnOf, textAt, show } = around
  const chip = button('', () => show(place), 'chip')
  const text = textAt(place).trim().split('\n')
  chip.append(
    make('span', `${lineOf(place.start) + 1}:${columnOf(place.start) + 1}`, 'at'),
    make('code', text[0]! + (text.length > 1 ? ' …' : '')),
  )
  return chip
}

function bindingChips({ bindings }: PlaygroundPlace, { hueOf, show }: Around): HTMLElement {
  const row = make('div', '', 'bindings')
  for (const { name, text, start, end } of bindings) {
    const chip = button('', () => start !== undefined && end !== undefined && show({ start, end }), 'chip')
    chip.append(make('span', `$${name}`, `variable ${hueOf(name)}`), make('code', text === '' ? '∅' : text))
    row.append(chip)
  }
  return row
}

function itemOf(content: HTMLElement): HTMLLIElement {
  const item = make('li')
  item.append(content)
  return item
}

/** What stands between back-quotes is code. */
function words(sentence: string): HTMLElement {
  const line = make('span', '', 'words')
  sentence.split('`').forEach((part, i) => {
    if (part !== '') line.append(i % 2 === 1 ? make('code', part) : part)
  })
  return line
}
