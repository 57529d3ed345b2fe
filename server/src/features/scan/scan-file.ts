// One file of a scan, from its bytes to its result, by way of the memo.

import type { LanguageId } from '@codeant/shared/language.ts'
import type { Digest } from '../../base/digest.ts'
import type { Shelf } from '../../database/memo.ts'
import { admitBytes, admitText, decode, type SkipReason } from '../admission.ts'
import { analyseFile, type Engine, type FileResult } from '../analyse-file.ts'
import { largeFileFindings } from '../large-file.ts'

/** What it takes to read a file; plain data, so that it can cross to another thread. */
export interface ScanRequest {
  /** Where the host finds it. */
  readonly file: string
  /** Relative to the project's root. */
  readonly path: string
  readonly language: LanguageId
  readonly maxFileSize: number
  readonly maxFileTime: number
  /** Rules that are off by default and run here. */
  readonly optIns: readonly string[]
  /** Rules that people brought, where there are any. */
  /** Nothing but those is asked. */
  readonly patternsOnly?: boolean
  readonly pack?: { readonly files: readonly string[]; readonly digest: string }
}

export interface ScanAnswer {
  readonly file: string
  readonly path: string
  readonly language: LanguageId
  readonly bytes: number
  readonly lines: number
  /** The result came from the shelf. */
  readonly remembered: boolean
  readonly result: FileResult
  /** To be put on the shelf by whoever owns it. */
  readonly fresh?: { readonly key: string; readonly value: string }
}

export interface ScanContext {
  readonly engine: Engine
  readonly digest: Digest
  readonly now: () => number
}

/** What it takes to know a file from an earlier scan. */
export interface Recollection {
  readonly shelf: Pick<Shelf, 'get'>
  readonly digest: Digest
}

const NOTHING = { findings: [], meanings: [], suppressions: [] } as const

/** The answer without any analysis: the file was seen before just like this, or is none to be read. */
export function recallFile(
  { shelf, digest }: Recollection,
  request: ScanRequest,
  bytes: Uint8Array,
): ScanAnswer | undefined {
  const refused = admitBytes(bytes, request)
  if (refused) return withSize(skipped(request, refused, bytes.length), request, bytes)
  const known = shelf.get(keyOf(request, bytes, digest))
  const remembered = known === undefined ? undefined : parseResult(known)
  if (!remembered) return undefined
  const { lines, result } = remembered
  return withSize(answer(request, bytes.length, lines, true, result), request, bytes)
}

export function scanFile(context: ScanContext, request: ScanRequest, bytes: Uint8Array): ScanAnswer {
  return withSize(scanContent(context, request, bytes), request, bytes)
}

/** A file's size is no part of what is remembered of its content. */
function withSize(answer: ScanAnswer, request: ScanRequest, bytes: Uint8Array): ScanAnswer {
  const large = request.optIns.includes(LARGE_FILE) ? largeFileFindings(bytes.length) : []
  if (large.length === 0) return answer
  const { findings, meanings, likelihoods } = answer.result
  return {
    ...answer,
    result: {
      ...answer.result,
      findings: [...large, ...findings],
      meanings: [...large.map(() => '||'), ...meanings],
      ...(likelihoods && { likelihoods: [...large.map(() => undefined), ...likelihoods] }),
    },
  }
}

const LARGE_FILE = 'style/large-file'

function scanContent(context: ScanContext, request: ScanRequest, bytes: Uint8Array): ScanAnswer {
  const refused = admitBytes(bytes, request)
  if (refused) return skipped(request, refused, bytes.length)
  const decoded = decode(bytes)
  if (!decoded) return skipped(request, 'encoding', bytes.length)
  const { text } = decoded
  const engine = {
    ...context.engine,
    rules: context.engine.rules.with(request.optIns),
    ...(request.patternsOnly && { patternsOnly: true }),
  }
  const notText = admitText(text, request.language, request)
  const lines = countLines(text)
  const result = notText
    ? { ...NOTHING, skipped: notText }
    : analyseFile(engine, request.path, request.language, text, deadline(context, request))
  const done = answer(request, bytes.length, lines, false, result)
  if (result.skipped === 'too-slow') return done
  const fresh = {
    key: keyOf(request, bytes, context.digest),
    value: JSON.stringify({ lines, ...result }),
  }
  return { ...done, fresh }
}

function keyOf(
  { path, language, optIns, pack, patternsOnly }: ScanRequest,
  bytes: Uint8Array,
  digest: Digest,
): string {
  return digest(
    [
      path,
      language,
      ...(patternsOnly ? ['='] : []),
      ...optIns,
      ...(pack ? [pack.digest] : []),
      digest(bytes),
    ].join('\n'),
  )
}

export function skipped(request: ScanRequest, reason: SkipReason, bytes = 0): ScanAnswer {
  return answer(request, bytes, 0, false, { ...NOTHING, skipped: reason })
}

function answer(
  { file, path, language }: ScanRequest,
  bytes: number,
  lines: number,
  remembered: boolean,
  result: FileResult,
): ScanAnswer {
  return { file, path, language, bytes, lines, remembered, result }
}

/** Undefined when the shelf held something else than what was put there. */
export function parseResult(
  stored: string,
): { readonly lines: number; readonly result: FileResult } | undefined {
  try {
    const { lines, ...result } = JSON.parse(stored) as FileResult & { readonly lines: number }
    const whole =
      Array.isArray(result.findings) && Array.isArray(result.meanings) && Array.isArray(result.suppressions)
    return whole && typeof lines === 'number' ? { lines, result } : undefined
  } catch {
    return undefined
  }
}

/** Asked very often while a file is parsed, so it looks at the clock only now and then. */
function deadline({ now }: ScanContext, { maxFileTime }: ScanRequest): () => boolean {
  const until = now() + maxFileTime
  let asked = 0
  return () => (++asked & 255) === 0 && now() > until
}

function countLines(text: string): number {
  let lines = text.length > 0 && !text.endsWith('\n') ? 1 : 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
