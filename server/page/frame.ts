// What stands around the picture: the head with the search, the filters at the left, and the list of ties at the right.

import { button, make } from './element.ts'
import type { PageWords } from './words.ts'

export interface Frame {
  readonly title: HTMLElement
  readonly views: HTMLElement
  readonly search: HTMLInputElement
  readonly arrange: HTMLButtonElement
  readonly fit: HTMLButtonElement
  /** Told to whoever cannot see the picture as well. */
  readonly count: HTMLElement
  readonly filters: HTMLElement
  readonly picture: HTMLElement
  /** In place of a picture: what is being done, or why there is none. */
  readonly notice: HTMLElement
  readonly side: HTMLElement
  /** Hot spots and the plan, in place of the picture. */
  readonly plan: HTMLElement
}

/** What only an editor has. */
export interface EditorButtons {
  readonly tabs: readonly HTMLElement[]
  readonly again: HTMLElement
}

export function buildFrame(say: PageWords, buttons: EditorButtons | undefined): Frame {
  const search = make('input')
  search.type = 'search'
  search.id = 'search'
  search.placeholder = say.search
  search.setAttribute('aria-label', say.search)
  search.title = say.searchKeys
  const frame: Frame = {
    title: make('h1'),
    views: make('span'),
    search,
    arrange: button(say.arrange, () => {}),
    fit: button(say.fit, () => {}),
    count: make('output'),
    filters: make('div'),
    picture: make('div'),
    notice: make('p'),
    side: make('aside'),
    plan: make('section'),
  }
  for (const [id, element] of Object.entries(frame)) (element as HTMLElement).id = id
  frame.views.setAttribute('role', 'group')
  frame.views.setAttribute('aria-label', say.ties)
  frame.notice.setAttribute('role', 'status')
  frame.notice.hidden = true
  frame.side.hidden = true
  frame.picture.tabIndex = 0
  frame.picture.setAttribute('role', 'application')
  frame.picture.setAttribute('aria-label', say.picture)
  const head = make('header')
  const tabs = make('span')
  tabs.setAttribute('role', 'group')
  tabs.append(...(buttons?.tabs ?? []))
  const again = buttons ? [buttons.again] : []
  head.append(frame.title, tabs, frame.views, search, frame.arrange, frame.fit, ...again, frame.count)
  const nav = make('details')
  nav.id = 'nav'
  // Where there is little room, the picture comes first.
  const room = matchMedia('(min-width: 48rem)')
  nav.open = room.matches
  room.addEventListener('change', () => {
    nav.open = room.matches
  })
  nav.append(make('summary', say.filters), frame.filters, make('p', say.hint))
  const main = make('main')
  main.append(frame.picture, frame.notice)
  document.body.append(head, nav, main, frame.side, frame.plan)
  return frame
}
