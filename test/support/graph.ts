// A graph of a few files that a test writes down.

import { analyseFile } from '../../server/src/features/analyse-file.ts'
import { languageOf } from '../../server/src/features/languages.ts'
import { Graph } from '../../server/src/graph/graph.ts'
import { testEngine } from './engine.ts'

const engine = await testEngine([])

export function graphOf(files: Readonly<Record<string, string>>): Graph {
  const graph = new Graph()
  for (const [path, text] of Object.entries(files)) put(graph, path, text)
  return graph
}

/** True when others may see the file differently than before. */
export function put(graph: Graph, path: string, text: string): boolean {
  const { facts } = analyseFile(engine, path, languageOf(path)!, text)
  return graph.set(path, facts ?? { rows: {}, places: {} })
}
