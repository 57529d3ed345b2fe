// The functions of files, described so that they can be compared: as they are on disk, or as they are typed.

import { Pacer } from '../base/pause.ts'
import { isCode } from '../features/analyse-file.ts'
import { describeFunctions } from '../features/described-functions.ts'
import type { ScanRequest } from '../features/scan/scan-file.ts'
import { isTestFile, type PlacedFunction } from '../features/similar-functions.ts'
import { scanFunctions } from '../host/node/function-scan.ts'
import { loadTermWeights } from '../host/node/similarity-model.ts'
import { type TermWeights, UNWEIGHTED } from '../inference/similarity/weights.ts'
import { filePath } from './convert.ts'
import type { Session } from './session.ts'

export interface WorkspaceFunctions {
  readonly functions: readonly PlacedFunction[]
  /** False: the table that says how much a word tells is not installed, so each tells as much as any other. */
  readonly isWeighted: boolean
}

/** Those of the open folders, and of the file that is asked about. Tests are left out, unless they are in that file. */
export async function readFunctions(
  session: Session,
  asked: string | undefined,
  step: (files: number, all: number) => void,
  signal: AbortSignal,
): Promise<WorkspaceFunctions> {
  const { scanner, folders, env } = session
  const loaded = loadTermWeights(env)
  const isWeighted = typeof loaded !== 'string'
  const weights = isWeighted ? loaded : UNWEIGHTED
  const places = asked === undefined ? folders : [...folders, asked]
  const requests = [...scanner.requests(places, () => {})].filter(
    ({ file, path, language }) => isCode(language) && (file === asked || !isTestFile(path)),
  )
  const functions: PlacedFunction[] = []
  const pacer = new Pacer(() => performance.now(), signal)
  let files = 0
  for await (const found of describe(session, requests, weights)) {
    for (const it of found) if (!it.isTest || it.file === asked) functions.push(it)
    step(++files, requests.length)
    await pacer.step()
  }
  return { functions, isWeighted }
}

/** File by file. */
async function* describe(
  { scanner, database, env, log }: Session,
  requests: readonly ScanRequest[],
  weights: TermWeights,
): AsyncGenerator<PlacedFunction[]> {
  const typed = new Map([...database.snapshot.documents.values()].map(it => [filePath(it.uri), it.text]))
  const parser = async () => (await scanner.engine(requests)).parser
  for (const { file, path, language } of requests) {
    const text = typed.get(file)
    if (text === undefined) continue
    const found = describeFunctions(await parser(), path, language, text, weights)
    yield found.map(it => ({ ...it, file }))
  }
  const saved = requests.filter(it => !typed.has(it.file))
  for await (const { file, functions } of scanFunctions(saved, { weights, parser, env, log, cache: true }))
    yield functions.map(it => ({ ...it, file }))
}
