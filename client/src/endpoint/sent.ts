// "Show What Was Sent": every request that left this machine, and its content when one is chosen.

import {
  ENDPOINT_FORGET_CONSENT,
  ENDPOINT_PAYLOAD,
  ENDPOINT_SENT,
  type PayloadParams,
  type SentEntry,
} from '@codeant/shared/endpoint.ts'
import { type QuickPickItem, window } from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { ENDPOINT_WORDS } from '../l10n/endpoint-words.ts'
import { locale } from '../settings.ts'
import type { EndpointPages } from './pages.ts'

interface Item extends QuickPickItem {
  readonly entry: SentEntry
}

export function showSent(client: LanguageClient, pages: EndpointPages) {
  return async (): Promise<void> => {
    const say = ENDPOINT_WORDS[locale()]
    const entries = await client.sendRequest<readonly SentEntry[]>(ENDPOINT_SENT, {})
    if (entries.length === 0) return void window.showInformationMessage(say.nothingSent)
    const items = entries.map((entry): Item => {
      const { at, purpose, bytes, url, tokens, redacted, status, trouble } = entry
      const time = new Date(at).toLocaleString(locale())
      return {
        label: `${time} · ${say.purposes[purpose]} · ${say.bytes(bytes)}`,
        description: String(status ?? trouble ?? ''),
        detail: [
          url,
          ...(tokens > 0 ? [say.tokens(tokens)] : []),
          ...(redacted > 0 ? [say.redacted(redacted)] : []),
        ].join(' · '),
        entry,
      }
    })
    const chosen = await window.showQuickPick(items, {
      title: say.sentTitle(
        entries.length,
        entries.reduce((sum, it) => sum + it.bytes, 0),
      ),
      matchOnDetail: true,
    })
    if (!chosen) return
    const params: PayloadParams = { id: chosen.entry.id }
    const payload = await client.sendRequest<string | null>(ENDPOINT_PAYLOAD, params)
    const head = Object.entries(chosen.entry).map(([name, value]) => `// ${name}: ${value}`)
    await pages.show(
      `${chosen.entry.id}.jsonc`,
      `${head.join('\n')}\n\n${payload ?? `// ${say.noContent(chosen.entry.bytes)}`}\n`,
    )
  }
}

/** "Decide Again What May Be Sent": the next request of this workspace is shown and asked about. */
export function forgetConsent(client: LanguageClient) {
  return async (): Promise<void> => {
    await client.sendNotification(ENDPOINT_FORGET_CONSENT, {})
    void window.showInformationMessage(ENDPOINT_WORDS[locale()].forgotten)
  }
}
