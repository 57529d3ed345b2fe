// A workspace of a few files as navigation sees it. `«…»` in one of them is the cursor, or a range.

import { analyseFile, isCode } from '../../server/src/features/analyse-file.ts'
import { grammarOf, languageOf } from '../../server/src/features/languages.ts'
import type { WorkspaceView } from '../../server/src/features/workspace-view.ts'
import { Graph } from '../../server/src/graph/graph.ts'
import type { At } from '../../server/src/graph/routes.ts'
import { functionsOf } from '../../server/src/semantics/functions.ts'
import { testEngine } from './engine.ts'

const engine = await testEngine([])

export interface Marked {
  readonly view: WorkspaceView
  readonly graph: Graph
  readonly texts: ReadonlyMap<string, string>
  /** Where the mark is. */
  readonly path: string
  readonly offset: number
}

export type Files = Readonly<Record<string, string>>

export function marked(files: Files): Marked {
  const texts = new Map<string, string>()
  let cursor = { path: '', offset: -1 }
  for (const [path, source] of Object.entries(files)) {
    const offset = source.indexOf('«')
    if (offset !== -1) cursor = { path, offset }
    texts.set(path, source.replace(/[«»]/g, ''))
  }
  const graph = graphOf(texts)
  return { ...cursor, graph, texts, view: viewOf(graph, texts) }
}

export function graphOf(texts: ReadonlyMap<string, string>): Graph {
  const graph = new Graph()
  for (const [path, text] of texts) {
    const { facts } = analyseFile(engine, path, languageOf(path)!, text)
    graph.set(path, facts ?? { rows: {}, places: {} })
  }
  return graph
}

function viewOf({ relations }: Graph, texts: ReadonlyMap<string, string>): WorkspaceView {
  return {
    relations,
    text: path => texts.get(path),
    functions: path => {
      const language = languageOf(path)
      const grammar = language && isCode(language) ? grammarOf(language, path) : undefined
      return grammar ? [...functionsOf(engine.parser.parseOnce(texts.get(path)!, grammar)!)] : []
    },
  }
}

/** `web/users.ts:3 "/api/users"` */
export function shown({ texts }: Marked, { file, place: [start, end] }: At): string {
  const text = texts.get(file)!
  return `${file}:${text.slice(0, start).split('\n').length} ${text.slice(start, end)}`
}
