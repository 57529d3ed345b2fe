// How an endpoint was when that changed last, in whichever window: for other programs that want to know.

import { join } from 'node:path'
import type { Trouble } from '@codeant/shared/endpoint.ts'
import { stateFolder } from './folders.ts'
import { readPrivateJson, writePrivateJson } from './private-file.ts'

export interface EndpointState {
  readonly host: string
  readonly at: string
  readonly trouble?: Trouble
}

export function lastEndpointState(env: NodeJS.ProcessEnv): EndpointState | undefined {
  try {
    return (readPrivateJson(stateFile(env)) as EndpointState | undefined) ?? undefined
  } catch {
    return undefined
  }
}

export function noteEndpointState(env: NodeJS.ProcessEnv, host: string, trouble: Trouble | undefined): void {
  const state: EndpointState = { host, at: new Date().toISOString(), ...(trouble && { trouble }) }
  try {
    writePrivateJson(stateFile(env), state)
  } catch {
    // The disk takes nothing: they do not know, then.
  }
}

function stateFile(env: NodeJS.ProcessEnv): string {
  return join(stateFolder(env), 'endpoint-state.json')
}
