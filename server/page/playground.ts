// The page of the playground for rules: two texts side by side, what the one finds in the other below them. It asks the editor around it,
// a moment after the last key.

import type {
  PlaygroundEditorMessage,
  PlaygroundMatch,
  PlaygroundPageMessage,
  PlaygroundResult,
  PlaygroundSpan,
  PlaygroundTexts,
  PlaygroundWhy,
} from '@codeant/shared/playground.ts'
import { button, make } from './element.ts'
import { type Around, matchList, whyTree } from './playground-answers.ts'
import type { Stretch } from './playground-colours.ts'
import { TextPane } from './playground-pane.ts'
import { PLAYGROUND_WORDS } from './playground-words.ts'
import { followTheme } from './theme.ts'

interface Editor {
  postMessage(message: PlaygroundPageMessage): void
  getState(): PlaygroundTexts | undefined
  setState(state: PlaygroundTexts): void
}

declare const acquireVsCodeApi: () => Editor

/** Less would ask in the middle of a word, more would feel as if one had to wait. */
const PAUSE_MS = 180
/** So many metavariables have a colour of their own. */
const HUES = 6

const say = PLAYGROUND_WORDS[document.documentElement.lang === 'es' ? 'es' : 'en']
const editor = acquireVsCodeApi()
const rules = new TextPane({ id: 'rules', label: say.ruleLabel, changed })
const code = new TextPane({ id: 'code', label: say.codeLabel, changed, chosen: askLine })
const file = make('input')
const status = make('output', '', 'status')
const matches = make('div', '', 'list')
const answers = make('div', '', 'list')
const whyTitle = make('h2', say.why)
const forget = button('×', forgetWhy, 'icon')

let result: PlaygroundResult | undefined
/** The lines that were asked about: they stay the same while somebody types elsewhere. */
let asked: { readonly first: number; readonly last: number; readonly span?: PlaygroundSpan } | undefined
let lastId = 0
let timer: ReturnType<typeof setTimeout> | undefined
const hues = new Map<string, string>()

const around: Around = {
  say,
  lineOf: it => code.lineOf(it),
  columnOf: it => code.columnOf(it),
  textAt: ({ start, end }) => code.text.slice(start, end),
  show: ({ start, end }) => code.select(start, end),
  showRule: line => {
    const { start, end } = rules.spanOf(line)
    rules.select(start, end)
  },
  hueOf: name => {
    if (!hues.has(name)) hues.set(name, `hue${hues.size % HUES}`)
    return hues.get(name)!
  },
}

build()
followTheme(() => {})
addEventListener('message', ({ data }: MessageEvent<PlaygroundEditorMessage>) => {
  if (data.kind === 'start') begin(data.texts)
  else if (data.id === lastId) show(data.result)
})
const kept = editor.getState()
if (kept) begin(kept)
editor.postMessage({ kind: 'ready', ...(kept && { texts: kept }) })

function build(): void {
  rules.path = 'rules.yaml'
  file.type = 'text'
  file.spellcheck = false
  file.setAttribute('aria-label', say.fileLabel)
  file.title = say.fileLabel
  file.addEventListener('input', () => {
    code.path = file.value
    changed()
  })
  status.setAttribute('role', 'status')
  code.area.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    askSelection()
  })
  const save = button(say.save, () => editor.postMessage({ kind: 'save', texts: texts() }), 'primary')
  save.title = say.saveLong
  const test = button(say.test, () =>
    editor.postMessage({ kind: 'test', texts: texts(), matches: result?.matches ?? [] }),
  )
  test.title = say.testLong
  const ask = button(say.ask, askSelection)
  ask.title = say.askKeys
  forget.setAttribute('aria-label', say.forget)
  forget.title = say.forget
  const left = region('rule', [make('h2', say.rule), spring(), test, save], rules.element)
  const right = region('code', [make('h2', say.code), file, spring(), status], code.element)
  const below = region('found', [make('h2', say.matches)], matches)
  const beside = region('why', [whyTitle, forget, spring(), ask], answers)
  const [top, bottom] = [make('div', '', 'row texts'), make('div', '', 'row told')]
  top.append(left, right)
  bottom.append(below, beside)
  document.body.append(top, bottom)
  showWhy()
}

function region(name: string, head: readonly HTMLElement[], body: HTMLElement): HTMLElement {
  const made = make('section', '', `region ${name}`)
  const bar = make('header')
  bar.append(...head)
  made.append(bar, body)
  return made
}

function spring(): HTMLElement {
  return make('span', '', 'spring')
}

function begin({ rules: rule, code: text, path }: PlaygroundTexts): void {
  file.value = path
  code.path = path
  rules.text = rule
  code.text = text
  code.area.setSelectionRange(0, 0)
  keep()
  ask()
}

function texts(): PlaygroundTexts {
  return { rules: rules.text, code: code.text, path: file.value }
}

function keep(): void {
  editor.setState(texts())
}

function changed(): void {
  keep()
  clearTimeout(timer)
  timer = setTimeout(ask, PAUSE_MS)
}

function ask(): void {
  clearTimeout(timer)
  const why = spanAsked()
  lastId++
  status.classList.add('busy')
  editor.postMessage({ kind: 'ask', id: lastId, params: { ...texts(), ...(why && { why }) } })
}

function spanAsked(): PlaygroundSpan | undefined {
  if (!asked) return undefined
  return asked.span ?? { start: code.spanOf(asked.first).start, end: code.spanOf(asked.last).end }
}

function askLine(line: number): void {
  asked = { first: line, last: line }
  ask()
}

/** The selection, or the line of the cursor. */
function askSelection(): void {
  const { selectionStart: start, selectionEnd: end } = code.area
  const first = code.lineOf(start)
  asked = { first, last: code.lineOf(end), ...(start < end && { span: { start, end } }) }
  ask()
}

function forgetWhy(): void {
  asked = undefined
  showWhy()
}

function show(answer: PlaygroundResult): void {
  result = answer
  status.classList.remove('busy')
  const { matches: found, refused, notice } = answer
  hues.clear()
  status.textContent = refused.length > 0 ? say.refused(refused.length) : say.found(found.length)
  status.dataset.state = refused.length > 0 || notice ? 'wrong' : found.length > 0 ? 'found' : 'none'
  matches.replaceChildren(
    found.length + refused.length > 0
      ? matchList(found, refused, around)
      : make('p', notice ?? say.nothing, 'hint'),
  )
  const wrong = refused.map(({ line }) => ({ ...rules.spanOf(line), style: 'wrong' }))
  rules.mark(wrong, new Map(refused.map(it => [it.line, 'error'])))
  showWhy()
}

function stretchesOf({ start, end, severity, bindings }: PlaygroundMatch): Stretch[] {
  return [
    { start, end, style: `found ${severity}` },
    ...bindings.flatMap(it => {
      const style = `bound ${around.hueOf(it.name)}`
      return it.start !== undefined && it.end !== undefined && it.start >= start && it.end <= end
        ? [{ start: it.start, end: it.end, style }]
        : []
    }),
  ]
}

/** Where pattern and code part, in what was asked about. */
function partedIn({ outcome, at, parts }: PlaygroundWhy): Stretch[] {
  if (outcome !== 'fails') return []
  if (parts.length > 0) return parts.flatMap(partedIn)
  return at ? [{ ...at, style: 'parted' }] : []
}

function showWhy(): void {
  code.emphasise(asked)
  forget.hidden = asked === undefined
  const why = asked ? (result?.why ?? []) : []
  const found = result?.matches ?? []
  code.mark(
    [...found.flatMap(stretchesOf), ...why.flatMap(partedIn)],
    new Map(found.map(it => [code.lineOf(it.start), it.severity])),
  )
  const lines = asked && say.line(asked.first + 1)
  whyTitle.textContent = lines ? say.whyOf(lines) : say.why
  answers.replaceChildren(
    ...(why.length > 0 ? why.map(it => whyTree(it, around)) : [make('p', say.howToAsk, 'hint')]),
  )
}
