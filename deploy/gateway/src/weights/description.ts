// What an engine that writes text serves: whose weights, which files, how large, and by which digests they are known.
//
// It stands beside the manifests of the engine, which gets its arguments from the same file (`engine-arguments.ts`).

export interface WeightsFile {
  readonly name: string
  readonly bytes: number
  /** `sha256:…`; or `git:…`, SHA-1 as git names a content: all that Hugging Face tells of small files. */
  readonly digest: string
}

export interface WeightsDescription {
  /** By which those who ask call it. */
  readonly name: string
  readonly repository: string
  readonly revision: string
  readonly licence: string
  /** Tokens of a question and its answer together. */
  readonly context: number
  /** Answered at the same time by one engine. */
  readonly sequences: number
  readonly files: readonly WeightsFile[]
}

/** Thrown with what is wrong with a description. */
export class DescriptionError extends Error {}

/** Names become paths: nothing in them leads elsewhere. */
const NAME = /^[A-Za-z0-9][\w.-]*$/
const REPOSITORY = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/
const DIGEST = /^(?:sha256:[0-9a-f]{64}|git:[0-9a-f]{40})$/

export function readDescription(text: string): WeightsDescription {
  const given = parsed(text)
  const wrong = [
    ...(['name', 'revision'] as const).filter(it => !isMatch(given[it], NAME)),
    ...(isMatch(given.repository, REPOSITORY) ? [] : ['repository']),
    ...(isMatch(given.licence, /./) ? [] : ['licence']),
    ...(['context', 'sequences'] as const).filter(it => !isCount(given[it])),
    ...(Array.isArray(given.files) && given.files.length > 0 ? given.files.flatMap(wrongIn) : ['files']),
  ]
  if (wrong.length > 0) throw new DescriptionError(wrong.join(', '))
  return given as unknown as WeightsDescription
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new DescriptionError((error as Error).message)
  }
}

function wrongIn(it: Partial<WeightsFile>, index: number): readonly string[] {
  const isRight = isMatch(it?.name, NAME) && isCount(it.bytes) && isMatch(it.digest, DIGEST)
  return isRight ? [] : [`files[${index}]`]
}

const isMatch = (value: unknown, pattern: RegExp) => typeof value === 'string' && pattern.test(value)
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) > 0
