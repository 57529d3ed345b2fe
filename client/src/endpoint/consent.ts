// "May this leave the machine?": shown to the letter, then asked. Nothing is sent without an answer.

import type { ConsentAnswer, ConsentParams } from '@codeant/shared/endpoint.ts'
import { window } from 'vscode'
import { ENDPOINT_WORDS } from '../l10n/endpoint-words.ts'
import { locale } from '../settings.ts'
import type { EndpointPages } from './pages.ts'

export function askConsent(pages: EndpointPages) {
  return async ({ endpoint, workspace, preview, isAwaited }: ConsentParams): Promise<ConsentAnswer> => {
    const say = ENDPOINT_WORDS[locale()]
    const { host } = new URL(endpoint)
    // Somebody who is typing is not interrupted by a page that they did not ask for.
    if (!isAwaited) {
      const chosen = await window.showInformationMessage(say.mayAsk(host), say.look, say.never)
      if (chosen !== say.look) return chosen === say.never ? 'never' : 'later'
    }
    await pages.show('CodeAnt.jsonc', preview)
    const chosen = await window.showInformationMessage(say.allowed(host, workspace), say.allow, say.never)
    return chosen === say.allow ? 'allow' : chosen === say.never ? 'never' : 'later'
  }
}
