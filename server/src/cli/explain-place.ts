// `codeant explain file:line`: what a line has to do with other files, and, where that cannot be told, why.

import { relative, sep } from 'node:path'
import { tieHover } from '../features/tie-hover.ts'
import { whyUntied } from '../features/why-untied.ts'
import { WorkspaceGraphs } from '../features/workspace-graphs.ts'
import type { WorkspaceView } from '../features/workspace-view.ts'
import { LineStarts } from './line-starts.ts'
import type { Terminal } from './terminal.ts'
import { absolute, readText, type Workspace } from './workspace.ts'

export interface CodePlace {
  readonly file: string
  readonly line: number
}

/** `src/cart.ts:40`, where the file may have colons of its own. Undefined where it is something else. */
export function placeNamed(name: string | undefined, terminal: Terminal): CodePlace | undefined {
  const [, file, line] = /^(.+):(\d+)$/.exec(name ?? '') ?? []
  return file === undefined ? undefined : { file: absolute(terminal, file), line: Number(line) }
}

/** In Markdown, one paragraph each; none where there is nothing to be told. */
export async function explainedPlace(
  workspace: Workspace,
  { file, line }: CodePlace,
  { locale }: Terminal,
): Promise<readonly string[]> {
  const { scanner, projects } = workspace
  const { root } = projects.of(file)
  const graphs = new WorkspaceGraphs()
  for await (const it of scanner.scan(scanner.requests([root], () => {})))
    graphs.take(projects.of(it.file).root, it.path, it.result)
  const { relations } = graphs.of(root)
  const path = relative(root, file).split(sep).join('/')
  const text = readText(file) ?? ''
  const [from, to] = lineIn(text, line)
  const starts = new LineStarts(it => readText(`${root}/${it}`) ?? '')
  const view: WorkspaceView = {
    relations,
    text: it => readText(`${root}/${it}`),
    // Where a handler is declared is told without it.
    functions: () => [],
  }
  const told = new Set<string>()
  for (let offset = from; offset <= to; offset++) {
    const found = tieHover(
      view,
      path,
      offset,
      locale,
      at => `${at.file}:${starts.lineOf(at.file, at.place[0])}`,
    )
    if (found) told.add(found.markdown)
  }
  for (const it of whyUntied(relations, path, from, to, locale)) told.add(it.says)
  return [...told]
}

/** Its first and its last offset, without the blanks at its beginning. */
export function lineIn(text: string, line: number): readonly [number, number] {
  const lines = text.split('\n')
  const before = lines.slice(0, line - 1)
  const start = before.reduce((sum, it) => sum + it.length + 1, 0)
  const own = lines[line - 1] ?? ''
  return [start + own.length - own.trimStart().length, start + own.trimEnd().length]
}
