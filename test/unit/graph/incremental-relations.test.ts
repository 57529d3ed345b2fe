// The random-edit property for what files say to each other: a graph that grew by edits, from trees that grew by edits, says what
// one says that reads the same files for the first time.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CodeLanguage } from '@codeant/shared/language.ts'
import { analyseFile, isCode } from '../../../server/src/features/analyse-file.ts'
import { codeFacts } from '../../../server/src/features/file-facts.ts'
import { LiveAnalysis } from '../../../server/src/features/live-analysis.ts'
import type { FileFacts } from '../../../server/src/graph/facts.ts'
import { Graph } from '../../../server/src/graph/graph.ts'
import { RELATED } from '../../../server/src/graph/relations.ts'
import type { Example } from '../../../server/src/rules/example.ts'
import { RULES } from '../../../server/src/rules/registry.generated.ts'
import { checkRelations } from '../../../server/src/rules/relate.ts'
import { changeDocument, type Document, newDocument } from '../../../server/src/text/document.ts'
import { pathOfExample } from '../../../server/tools/example-workspace.ts'
import { testEngine } from '../../support/engine.ts'
import { generator, randomEdit } from '../../support/random-edits.ts'

const engine = await testEngine()
const EDITS = 240

/** The files of all examples of rules that compare files, a folder for each example. */
const FILES = RULES.filter(it => it.relate).flatMap(({ examples }) =>
  [...examples.invalid.map(it => ('before' in it ? it.before : it)), ...examples.valid].map(filesOf),
)

for (const seed of [1, 2, 3])
  test(`after ${EDITS} random edits of ${FILES.length} workspaces, relations are what a fresh start gives; seed ${seed}`, () => {
    const random = generator(seed)
    const live = new LiveAnalysis(engine)
    const texts = new Map<string, Example>()
    // Some of them, all in one graph: what one says must not touch the others.
    for (const [i, files] of FILES.entries())
      if (i % 3 === seed - 1) for (const it of files) texts.set(`w${i}/${pathOfExample(it)}`, it)
    const paths = [...texts.keys()]
    const documents = new Map<string, Document>()
    const graph = new Graph()
    for (const [path, { language, text }] of texts) {
      documents.set(path, newDocument(`test:${path}`, language, text))
      graph.set(path, freshFacts(path, documents.get(path)!))
    }
    for (let i = 0; i < EDITS; i++) {
      const path = paths[random(paths.length)]!
      const known = documents.get(path)
      const { language, text } = texts.get(path)!
      if (!known) {
        documents.set(path, newDocument(`test:${path}`, language, text))
        graph.set(path, freshFacts(path, documents.get(path)!))
      } else if (random(12) === 0) {
        documents.delete(path)
        live.release(known.uri)
        graph.set(path, undefined)
      } else {
        const edit =
          random(4) === 0
            ? { start: 0, end: known.text.length, newText: text }
            : randomEdit(known.text, random)
        const document = changeDocument(known, [edit], i)
        documents.set(path, document)
        graph.set(path, liveFacts(live, path, document))
      }
      if (i % 4 > 0) continue
      const fresh = new Graph()
      for (const [it, document] of documents) fresh.set(it, freshFacts(it, document))
      assert.deepEqual(said(graph), said(fresh), `after edit ${i} of ${path}`)
    }
  })

function filesOf(example: Example): readonly Example[] {
  return [example, ...(example.others ?? [])]
}

function freshFacts(path: string, { language, text }: Document): FileFacts {
  return analyseFile(engine, path, language, text).facts ?? { rows: {}, places: {} }
}

/** As when typing pauses: broken code that the live tree reads in its own way is read anew. */
function liveFacts(live: LiveAnalysis, path: string, document: Document): FileFacts {
  if (!isCode(document.language)) return freshFacts(path, document)
  live.analyse(document, path)
  if (live.isUnsettled(document)) {
    live.release(document.uri)
    live.analyse(document, path)
  }
  const semantics = live.semantics(document)
  return semantics
    ? codeFacts(path, document.language as CodeLanguage, semantics, engine.rules)
    : freshFacts(path, document)
}

/** Findings, with their places, and how much there is of everything that rules are asked about. */
function said({ relations }: Graph): unknown {
  return {
    findings: [...checkRelations(engine.rules, relations)].sort(([a], [b]) => (a < b ? -1 : 1)),
    counts: Object.fromEntries(
      Object.entries(RELATED).map(([name, all]) => [name, [...all(relations)].length]),
    ),
    links: relations.links.map(({ call, route, candidates }) => [
      call.file,
      call.url,
      call.place,
      route?.path,
      candidates.map(it => it.path),
    ]),
  }
}
