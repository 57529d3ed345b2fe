// Keys for endpoints: in the editor's secret storage, one for each address, never in settings.

import { ENDPOINT_CHANGED, type EndpointKeyParams, type EndpointKeyResult } from '@codeant/shared/endpoint.ts'
import { type SecretStorage, window } from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { ENDPOINT_WORDS } from '../l10n/endpoint-words.ts'
import { editorSettings, locale } from '../settings.ts'

/** What the server asks for when it is about to send something. */
export function endpointKey(secrets: SecretStorage) {
  return async ({ origin }: EndpointKeyParams): Promise<EndpointKeyResult> =>
    (await secrets.get(nameOf(origin))) ?? null
}

/** "Set Endpoint Key": an empty one removes it. */
export function setEndpointKey(secrets: SecretStorage, client: LanguageClient) {
  return async (): Promise<void> => {
    const say = ENDPOINT_WORDS[locale()]
    const { endpoint, generationEndpoint } = editorSettings().remote
    const origins = [...new Set([endpoint, generationEndpoint].flatMap(originOf))]
    if (origins.length === 0) return void window.showInformationMessage(say.noEndpoint)
    const origin = origins.length === 1 ? origins[0] : await window.showQuickPick(origins)
    if (!origin) return
    const key = await window.showInputBox({
      prompt: say.keyPrompt(origin),
      password: true,
      ignoreFocusOut: true,
    })
    if (key === undefined) return
    if (key.trim() === '') await secrets.delete(nameOf(origin))
    else await secrets.store(nameOf(origin), key.trim())
    await client.sendNotification(ENDPOINT_CHANGED, {})
    void window.showInformationMessage(key.trim() === '' ? say.keyRemoved(origin) : say.keyKept(origin))
  }
}

/** Whether there was one. */
export async function forgetKey(secrets: SecretStorage, origin: string): Promise<boolean> {
  const had = (await secrets.get(nameOf(origin))) !== undefined
  if (had) await secrets.delete(nameOf(origin))
  return had
}

function originOf(address: string): string[] {
  try {
    return [new URL(address).origin]
  } catch {
    return []
  }
}

function nameOf(origin: string): string {
  return `codeant.endpointKey:${origin}`
}
