// The editor around the page, where there is one: it opens files, and keeps what was chosen while the page is hidden.

import type { PageMessage, Picture, TieKind } from '@codeant/shared/picture.ts'

/** What a person chose: enough to show the same again after the page was thrown away. */
export interface Kept {
  readonly by: Picture['by']
  readonly hiddenKinds: readonly TieKind[]
  readonly hiddenLanguages: readonly string[]
  readonly onlyAcross: boolean
  readonly words: string
  readonly chosen: string | undefined
  readonly zoom: number
  readonly pan: { readonly x: number; readonly y: number }
  /** Where the boxes stand. */
  readonly places: Readonly<Record<string, readonly [x: number, y: number]>>
}

interface Editor {
  postMessage(message: PageMessage): void
  getState(): Kept | undefined
  setState(state: Kept): void
}

declare const acquireVsCodeApi: (() => Editor) | undefined

/** Undefined in a browser. It can be asked for only once. */
export const editor: Editor | undefined =
  typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : undefined
