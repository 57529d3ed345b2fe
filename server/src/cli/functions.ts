// All functions below the places that a command was given, described, with progress for whoever watches.

import type { Locale } from '@codeant/shared/locale.ts'
import { isCode } from '../features/analyse-file.ts'
import { isTestFile, type PlacedFunction } from '../features/similar-functions.ts'
import { scanFunctions } from '../host/node/function-scan.ts'
import { loadTermWeights } from '../host/node/similarity-model.ts'
import { shownPath } from './collect.ts'
import { Progress } from './progress.ts'
import { paint, type Terminal } from './terminal.ts'
import { absolute, type Workspace } from './workspace.ts'

export interface GatheredFunctions {
  readonly functions: readonly PlacedFunction[]
  readonly files: number
  readonly unreadable: number
}

export interface GatherOptions {
  /** As they were typed; none is the current folder. */
  readonly places: readonly string[]
  /** Files that are wanted beside those, whatever they are. */
  readonly also: readonly string[]
  readonly tests: boolean
  readonly cache: boolean
}

/** Undefined when the installation lacks the table that comparing takes; that was said then. */
export async function gatherFunctions(
  workspace: Workspace,
  given: GatherOptions,
  terminal: Terminal,
): Promise<GatheredFunctions | undefined> {
  const { err, env, locale, cwd } = terminal
  const weights = loadTermWeights(env)
  if (typeof weights === 'string') {
    err.write(`${paint(err, 'red', 'codeant:')} ${WORDS[locale][weights]}\n`)
    return undefined
  }
  const named = given.places.map(it => absolute(terminal, it))
  const places = [...(named.length > 0 ? named : [cwd]), ...given.also]
  const unreadable: string[] = []
  const wanted = new Set(places)
  const requests = [...workspace.scanner.requests(places, it => unreadable.push(it))].filter(
    it => isCode(it.language) && (given.tests || wanted.has(it.file) || !isTestFile(it.path)),
  )
  const functions: PlacedFunction[] = []
  const progress = new Progress(err, () => performance.now())
  let files = 0
  try {
    const parser = async () => (await workspace.scanner.engine(requests)).parser
    const options = { weights, parser, env, log: workspace.log, cache: given.cache }
    for await (const it of scanFunctions(requests, options)) {
      files++
      for (const fn of it.functions)
        if (given.tests || !fn.isTest || wanted.has(it.file)) functions.push({ ...fn, file: it.file })
      progress.show(() =>
        WORDS[locale].reading(files, requests.length, functions.length, shownPath(it.file, terminal)),
      )
    }
  } finally {
    progress.clear()
  }
  for (const it of unreadable) err.write(`${WORDS[locale].unreadable(it)}\n`)
  return { functions, files, unreadable: unreadable.length }
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly missing: string
      readonly corrupt: string
      readonly unreadable: (place: string) => string
      readonly reading: (files: number, all: number, functions: number, path: string) => string
    }
  >
> = {
  en: {
    missing:
      'the table by which functions are compared is not there (models/similarity); installing again brings it back',
    corrupt:
      'the table by which functions are compared is not what was shipped (models/similarity); installing again brings it back',
    unreadable: place => `codeant: cannot read ${place}`,
    reading: (files, all, functions, path) =>
      `${files.toLocaleString('en')} of ${all.toLocaleString('en')} files, ${functions.toLocaleString('en')} functions … ${path}`,
  },
  es: {
    missing:
      'falta la tabla con la que se comparan las funciones (models/similarity); al reinstalar se recupera',
    corrupt:
      'la tabla con la que se comparan las funciones no es la original (models/similarity); al reinstalar se recupera',
    unreadable: place => `codeant: no se puede leer ${place}`,
    reading: (files, all, functions, path) =>
      `${files.toLocaleString('es')} de ${all.toLocaleString('es')} archivos, ${functions.toLocaleString('es')} funciones … ${path}`,
  },
}
