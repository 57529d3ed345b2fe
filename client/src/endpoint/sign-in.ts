// "Sign In to Your Endpoint": a code, the page to type it in at, and a wait that can be taken back.
//
// The server does the talking and keeps the login in the private file that the command line uses, too: a token is made new by one
// program at a time, which a store that only this editor can open would not allow. A key that was kept here would go before it, and goes.

import {
  ENDPOINT_CHANGED,
  ENDPOINT_SIGN_IN,
  ENDPOINT_SIGN_OUT,
  type SignInCode,
  type SignInParams,
  type SignInResult,
  type SignOutResult,
} from '@codeant/shared/endpoint.ts'
import { env, ProgressLocation, type SecretStorage, Uri, window } from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { ENDPOINT_WORDS, troubleAt } from '../l10n/endpoint-words.ts'
import { SIGN_IN_WORDS } from '../l10n/sign-in-words.ts'
import { editorSettings, locale } from '../settings.ts'
import { forgetKey } from './keys.ts'

export function signIn(secrets: SecretStorage, client: LanguageClient) {
  return async (): Promise<void> => {
    const say = SIGN_IN_WORDS[locale()]
    const params: SignInParams = { editor: env.appName }
    const options = {
      location: ProgressLocation.Notification,
      title: say.waiting(hostOf(editorSettings().remote.endpoint)),
      cancellable: true,
    }
    const result = await window.withProgress(options, (_, token) =>
      client
        .sendRequest<SignInResult | null>(ENDPOINT_SIGN_IN, params, token)
        // Whoever took it back need not be told so.
        .catch(error => (token.isCancellationRequested ? null : Promise.reject(error))),
    )
    if (!result) return
    if (result.kind === 'signed-in' && (await forgetKey(secrets, result.origin)))
      await client.sendNotification(ENDPOINT_CHANGED, {})
    tell(result)
  }
}

/** What the server tells while somebody waits. Nothing is opened before it is chosen. */
export async function showSignInCode({ host, code, pageWithCode }: SignInCode): Promise<void> {
  const say = SIGN_IN_WORDS[locale()]
  const chosen = await window.showInformationMessage(say.code(host, code), say.copyAndOpen, say.copy)
  if (chosen === undefined) return
  await env.clipboard.writeText(code)
  if (chosen === say.copyAndOpen) await env.openExternal(Uri.parse(pageWithCode, true))
}

export function signOut(client: LanguageClient) {
  return async (): Promise<void> => {
    const say = SIGN_IN_WORDS[locale()]
    const result = await client.sendRequest<SignOutResult | null>(ENDPOINT_SIGN_OUT, {})
    void window.showInformationMessage(
      !result ? say.wasNotIn : result.isEnded ? say.signedOut(result.host) : say.notEnded(result.host),
    )
  }
}

function tell(result: SignInResult): void {
  const say = SIGN_IN_WORDS[locale()]
  switch (result.kind) {
    case 'signed-in':
      return void window.showInformationMessage(say.signedIn(hostOf(result.origin), result.who))
    case 'no-endpoint':
      return void window.showInformationMessage(ENDPOINT_WORDS[locale()].noEndpoint)
    case 'no-logins':
      return void window.showInformationMessage(say.noLogins(hostOf(result.origin)))
    case 'not-private':
      return void window.showWarningMessage(say.notPrivate(result.file))
    case 'trouble':
      return void window.showWarningMessage(
        say.trouble(hostOf(result.origin), troubleAt(result.trouble, locale())),
      )
    default:
      return void window.showWarningMessage(say[result.kind])
  }
}

function hostOf(address: string): string {
  try {
    return new URL(address).host
  } catch {
    return address
  }
}
