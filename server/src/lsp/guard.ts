// Exactly one answer per request: a cancelled one says so, a broken one says that, and the server goes on.

import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver'
import { bug } from '../base/bug.ts'
import { Superseded } from '../database/database.ts'

/** Runs a handler. Rejects only with a `ResponseError` that tells the client what to make of it. */
export async function guard<T>(
  token: CancellationToken,
  fallback: T,
  handler: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const abort = new AbortController()
  const listener = token.onCancellationRequested(() => abort.abort(new Cancelled()))
  try {
    if (token.isCancellationRequested) throw new Cancelled()
    const answer = await handler(abort.signal)
    if (token.isCancellationRequested) throw new Cancelled()
    return answer
  } catch (error) {
    if (error instanceof Cancelled) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled')
    if (error instanceof Superseded)
      throw new ResponseError(LSPErrorCodes.ContentModified, 'content modified')
    // Refused on purpose: the sentence is for the person who asked.
    if (error instanceof ResponseError) throw error
    bug('a request failed', { error: String(error), stack: (error as Error).stack })
    return fallback
  } finally {
    listener.dispose()
  }
}

class Cancelled extends Error {
  override readonly name = 'Cancelled'
}
