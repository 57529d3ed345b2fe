// Which endpoint the command line speaks of: the one that is named, else the environment's, else the last one that was logged in to.

import { join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { endpointAddress } from '../host/node/endpoint-address.ts'
import { ENDPOINT_VARIABLE } from '../host/node/endpoint-keys.ts'
import { configFolder } from '../host/node/folders.ts'
import { readPrivateJson, writePrivateJson } from '../host/node/private-file.ts'
import { UsageError } from './arguments.ts'

/** Undefined: nobody has named one yet. Throws `UsageError` for an address that cannot be used. */
export function chosenEndpoint(
  named: string | undefined,
  env: NodeJS.ProcessEnv,
  allowHttp: boolean,
): URL | undefined {
  const text = named ?? (env[ENDPOINT_VARIABLE] || rememberedEndpoint(env))
  if (text === undefined) return undefined
  const address = endpointAddress(text, allowHttp)
  if (address instanceof URL) return address
  throw new UsageError(address)
}

export function rememberEndpoint(env: NodeJS.ProcessEnv, base: URL): void {
  writePrivateJson(fileIn(env), { endpoint: base.href })
}

export function noEndpoint(locale: Locale): string {
  return locale === 'es'
    ? `Falta la dirección: codeant auth login https://codeant.example.com`
    : `Which address? codeant auth login https://codeant.example.com`
}

function rememberedEndpoint(env: NodeJS.ProcessEnv): string | undefined {
  const read = readPrivateJson(fileIn(env)) as { endpoint?: unknown } | undefined
  return typeof read?.endpoint === 'string' ? read.endpoint : undefined
}

function fileIn(env: NodeJS.ProcessEnv): string {
  return join(configFolder(env), 'endpoint.json')
}
