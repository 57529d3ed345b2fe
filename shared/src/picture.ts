// A project as a picture: what `codeant graph` writes as JSON and what its page draws. The shape is documented in
// docs/en/command-line.md and grows only; a program that reads it today reads it tomorrow.

import type { PlanTable } from './plan.ts'

export const TIE_KINDS = ['import', 'call', 'foreign', 'message', 'table', 'variable'] as const

/**
 * `import`: one file imports the other. `call`: a request to a route. `foreign`: a function of another language, without a
 * network. `message`, `table`, `variable`: by way of a topic, a table of a database, or a variable of the environment.
 */
export type TieKind = (typeof TIE_KINDS)[number]

export type PictureNodeKind = 'file' | 'folder' | 'topic' | 'table' | 'variable'

export interface PictureNode {
  /** A path, ending in `/` for a folder, or `topic:…`, `table:…`, `variable:…`. */
  readonly id: string
  readonly kind: PictureNodeKind
  readonly name: string
  /** How many files of each language it stands for. */
  readonly languages: Readonly<Record<string, number>>
}

/** One place that ties two nodes, and what stands at the other end where that is a place too. Lines count from 1. */
export interface PictureTie {
  readonly path: string
  readonly line: number
  readonly to?: { readonly path: string; readonly line: number }
  /** `GET /api/users/{id}`, the name of a function; of an import nothing. */
  readonly label?: string
}

export interface PictureEdge {
  /** Ids of nodes: from who needs to what is needed; of a message, from who sends to who receives. */
  readonly from: string
  readonly to: string
  readonly kind: TieKind
  /** It leads from one language to another. */
  readonly crossesLanguages: boolean
  /** All ties there are. */
  readonly count: number
  /** The first of them. */
  readonly ties: readonly PictureTie[]
}

export interface Picture {
  readonly version: 1
  readonly by: 'file' | 'folder'
  /** Only what is tied to something. */
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
}

/** What the page reads: the same project twice, and how to speak. */
export interface PicturePage {
  readonly title: string
  readonly locale: 'en' | 'es'
  readonly pictures: Readonly<Record<Picture['by'], Picture>>
  readonly start: Picture['by']
  /** Places are links that begin so: `vscode://file/home/ann/shop/`. None: they are text. */
  readonly linkBase?: string
}

/** What the page shows. */
export type PageTab = 'picture' | 'plan'

/** What the page tells the editor that shows it. */
export type PageMessage =
  /** It is there, and wants what is to be drawn. */
  | { readonly kind: 'ready' }
  /** Somebody wants to see this place; lines count from 1. `glance`: without leaving the picture. */
  | { readonly kind: 'open'; readonly path: string; readonly line: number; readonly glance: boolean }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'tab'; readonly tab: PageTab }

/** What the editor tells the page. */
export type EditorMessage =
  | { readonly kind: 'picture'; readonly page: PicturePage }
  | { readonly kind: 'plan'; readonly tables: readonly PlanTable[] }
  | { readonly kind: 'tab'; readonly tab: PageTab }
  /** What is being done, or why there is nothing to see: a sentence. */
  | { readonly kind: 'notice'; readonly tab: PageTab; readonly text: string; readonly isBusy: boolean }
