// What a test says when its editor is not there: skipped, with the reason; where editors are required, failed.

import type { TestContext } from 'node:test'
import { type Editor, provide, Unavailable } from '../install.mjs'

/** Runs a test with these editors, given as their paths. */
export function withEditors(
  editors: readonly Editor[],
  run: (t: TestContext, ...paths: string[]) => Promise<void>,
): (t: TestContext) => Promise<void> {
  return async t => {
    let paths: string[]
    try {
      paths = editors.map(provide)
    } catch (error) {
      if (!(error instanceof Unavailable) || process.env.CODEANT_REQUIRE_EDITORS) throw error
      t.skip(error.message)
      return
    }
    await run(t, ...paths)
  }
}
