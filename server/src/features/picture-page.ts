// A project as the page draws it: by files and by folders, and which of the two a person wants to see first.

import type { Locale } from '@codeant/shared/locale.ts'
import { type Picture, type PicturePage, TIE_KINDS, type TieKind } from '@codeant/shared/picture.ts'
import { type PictureOptions, type PlainTie, pictureOf } from './architecture-picture.ts'

/** More files than this are a thicket: the page begins with their folders. */
export const MOST_FILES = 400

export interface PageOptions {
  readonly title: string
  readonly locale: Locale
  readonly lineOf: PictureOptions['lineOf']
  readonly kinds?: readonly TieKind[]
  /** What is shown first, where somebody said so. */
  readonly by?: Picture['by'] | undefined
}

export function pageOf(ties: readonly PlainTie[], options: PageOptions): PicturePage {
  const { title, locale, lineOf, kinds = TIE_KINDS } = options
  const file = pictureOf(ties, { by: 'file', kinds, lineOf })
  const folder = pictureOf(ties, { by: 'folder', kinds, lineOf })
  const start = options.by ?? (file.nodes.length > MOST_FILES ? 'folder' : 'file')
  return { title, locale, pictures: { file, folder }, start }
}
