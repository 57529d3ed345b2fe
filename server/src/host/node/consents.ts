// What the person decided: whether code of a workspace may be sent to an endpoint. Kept outside of the workspace, so that
// nothing in it can decide.

import { join } from 'node:path'
import { stateFolder } from './folders.ts'
import { readPrivateJson, writePrivateJson } from './private-file.ts'

export type Consent = 'allow' | 'never'

export class Consents {
  readonly file: string

  constructor(env: NodeJS.ProcessEnv) {
    this.file = join(stateFolder(env), 'endpoint-consents.json')
  }

  /** Undefined: nobody decided. Read each time, since another window may have asked. */
  get(workspace: string, origin: string): Consent | undefined {
    const decided = this.#read()[workspace]?.[origin]
    return decided === 'allow' || decided === 'never' ? decided : undefined
  }

  /** Throws what the file system throws. */
  set(workspace: string, origin: string, consent: Consent): void {
    const all = this.#read()
    writePrivateJson(this.file, { ...all, [workspace]: { ...all[workspace], [origin]: consent } })
  }

  forget(workspaces: readonly string[]): void {
    const left = Object.entries(this.#read()).filter(([it]) => !workspaces.includes(it))
    writePrivateJson(this.file, Object.fromEntries(left))
  }

  /** A file that others can read could have been written by others: nothing in it counts. */
  #read(): Record<string, Record<string, unknown>> {
    try {
      const read = readPrivateJson(this.file)
      return typeof read === 'object' && read !== null
        ? (read as Record<string, Record<string, unknown>>)
        : {}
    } catch {
      return {}
    }
  }
}
