// Reading whole projects for their graph: whoever asks about one folder also hears who outside of it is tied to it.

import { join, resolve, sep } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { type PlainTie, type TieEnd, tiesOf } from '../features/architecture-picture.ts'
import { WorkspaceGraphs } from '../features/workspace-graphs.ts'
import { shownPath } from './collect.ts'
import { LineStarts } from './line-starts.ts'
import { Progress } from './progress.ts'
import type { Terminal } from './terminal.ts'
import { absolute, readText, type Workspace } from './workspace.ts'

export interface Architecture {
  /** Paths are as a person in the current folder would write them. */
  readonly ties: readonly PlainTie[]
  readonly lineOf: (file: string, offset: number) => number
  readonly unreadable: number
}

export async function gatherArchitecture(
  workspace: Workspace,
  given: { readonly places: readonly string[]; readonly tests: boolean },
  terminal: Terminal,
): Promise<Architecture> {
  const { scanner, projects } = workspace
  const { err, locale, cwd } = terminal
  const places = given.places.length > 0 ? given.places.map(it => absolute(terminal, it)) : [cwd]
  const unreadable: string[] = []
  const wanted = [...scanner.requests(places, it => unreadable.push(it))]
  const roots = new Set(wanted.map(it => projects.of(it.file).root))
  const isBelow = (file: string) => places.some(it => file === it || file.startsWith(it + sep))
  const graphs = new WorkspaceGraphs()
  const progress = new Progress(err, () => performance.now())
  try {
    let files = 0
    for await (const it of scanner.scan(scanner.requests([...roots], () => {}))) {
      graphs.take(projects.of(it.file).root, it.path, it.result)
      progress.show(() => WORDS[locale].reading(++files, shownPath(it.file, terminal)))
    }
  } finally {
    progress.clear()
  }
  for (const it of unreadable) err.write(`${WORDS[locale].unreadable(it)}\n`)
  const ties = [...graphs.roots].flatMap(root =>
    tiesOf(graphs.of(root).relations, {
      tests: given.tests,
      isWanted: path => isBelow(join(root, path)),
    }).map(it => shownFrom(it, path => shownPath(join(root, path), terminal))),
  )
  const starts = new LineStarts(path => readText(resolve(cwd, path)) ?? '')
  return { ties, lineOf: (path, offset) => starts.lineOf(path, offset), unreadable: unreadable.length }
}

function shownFrom(tie: PlainTie, shown: (path: string) => string): PlainTie {
  const end = (it: TieEnd) => ('file' in it ? { ...it, file: shown(it.file) } : it)
  return { ...tie, from: end(tie.from), to: end(tie.to) }
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly reading: (files: number, path: string) => string
      readonly unreadable: (place: string) => string
    }
  >
> = {
  en: {
    reading: (files, path) => `${files.toLocaleString('en')} files … ${path}`,
    unreadable: place => `codeant: cannot read ${place}`,
  },
  es: {
    reading: (files, path) => `${files.toLocaleString('es')} archivos … ${path}`,
    unreadable: place => `codeant: no se puede leer ${place}`,
  },
}
