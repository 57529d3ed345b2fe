// The page of a graph: shows the picture that came with it or, inside of an editor, the one that the editor sends. It asks nobody
// for anything.

import type { EditorMessage, PageTab, PicturePage } from '@codeant/shared/picture.ts'
import type { PlanTable } from '@codeant/shared/plan.ts'
import { editor } from './editor.ts'
import { button, make } from './element.ts'
import { buildFrame } from './frame.ts'
import { planTable } from './plan.ts'
import { followTheme } from './theme.ts'
import { PictureView } from './view.ts'
import { WORDS } from './words.ts'

const say = WORDS[document.documentElement.lang === 'es' ? 'es' : 'en']
const tabs = (['picture', 'plan'] as const).map(tab => {
  const made = button(say.tabs[tab], () => editor?.postMessage({ kind: 'tab', tab }), 'tab')
  made.dataset.tab = tab
  return made
})
const again = button(say.refresh, () => editor?.postMessage({ kind: 'refresh' }))
const frame = buildFrame(say, editor ? { tabs, again } : undefined)
let view: PictureView | undefined

followTheme(() => view?.repaint())
showTab('picture')
const data = document.getElementById('data')
if (data) draw(JSON.parse(data.textContent ?? '') as PicturePage)
addEventListener('message', ({ data }: MessageEvent<EditorMessage>) => {
  switch (data.kind) {
    case 'picture':
      return draw(data.page)
    case 'plan':
      return showPlan(data.tables)
    case 'tab':
      return showTab(data.tab)
    case 'notice':
      return tell(data)
  }
})
editor?.postMessage({ kind: 'ready' })

function showTab(tab: PageTab): void {
  document.body.dataset.tab = tab
  for (const it of tabs) it.setAttribute('aria-pressed', String(it.dataset.tab === tab))
}

function draw(page: PicturePage): void {
  frame.notice.hidden = true
  document.body.classList.remove('busy')
  const kept = view?.kept ?? editor?.getState()
  view?.remove()
  view = new PictureView(page, frame, say, kept)
}

function showPlan(tables: readonly PlanTable[]): void {
  document.body.classList.remove('busy')
  frame.plan.replaceChildren(...tables.flatMap(it => planTable(it)))
}

function tell({ tab, text, isBusy }: Extract<EditorMessage, { kind: 'notice' }>): void {
  document.body.classList.toggle('busy', isBusy)
  if (tab === 'plan') {
    frame.plan.replaceChildren(make('p', text, 'faint'))
    return
  }
  // While a picture is there it stays: news about it are short.
  if (isBusy && view) {
    frame.count.textContent = text
    return
  }
  view?.remove()
  view = undefined
  frame.notice.textContent = text
  frame.notice.hidden = false
}
