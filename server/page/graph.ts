// The page of a graph: shows the picture that came with it or, inside of an editor, the one that the editor sends. It asks nobody
// for anything.

import type { EditorMessage, PicturePage } from '@codeant/shared/picture.ts'
import { editor } from './editor.ts'
import { button } from './element.ts'
import { buildFrame } from './frame.ts'
import { followTheme } from './theme.ts'
import { PictureView } from './view.ts'
import { WORDS } from './words.ts'

const say = WORDS[document.documentElement.lang === 'es' ? 'es' : 'en']
const ask = (kind: 'refresh' | 'plan') => button(say[kind], () => editor?.postMessage({ kind }))
const frame = buildFrame(say, editor ? [ask('refresh')] : [])
let view: PictureView | undefined

followTheme(() => view?.repaint())
const data = document.getElementById('data')
if (data) show(JSON.parse(data.textContent ?? '') as PicturePage)
addEventListener('message', ({ data }: MessageEvent<EditorMessage>) => {
  if (data.kind === 'picture') show(data.page)
  else if (data.kind === 'notice') tell(data.text, data.isBusy)
})
editor?.postMessage({ kind: 'ready' })

function show(page: PicturePage): void {
  frame.notice.hidden = true
  document.body.classList.remove('busy')
  const kept = view?.kept ?? editor?.getState()
  view?.remove()
  view = new PictureView(page, frame, say, kept)
}

/** While a picture is there it stays: news about it are short. */
function tell(text: string, isBusy: boolean): void {
  document.body.classList.toggle('busy', isBusy)
  if (isBusy && view) {
    frame.count.textContent = text
    return
  }
  view?.remove()
  view = undefined
  frame.notice.textContent = text
  frame.notice.hidden = false
}
