// A thread that reads functions: code of whoever asks, which may be anything, so that the thread can be ended.

import { type Embedding, embedCode, type FunctionCode } from '@codeant/server/api/functions.ts'

export default function embed(
  functions: readonly FunctionCode[],
): Promise<readonly (Embedding | undefined)[]> {
  return embedCode(functions)
}
