// The explanation panel: one finding, with a switch for who reads it and in which language.

import { randomBytes } from 'node:crypto'
import {
  ENDPOINT_EXPLAIN,
  type EndpointExplainParams,
  type EndpointExplainResult,
} from '@codeant/shared/endpoint.ts'
import { AUDIENCES, type Audience, LOCALES, type Locale } from '@codeant/shared/locale.ts'
import { EXPLAIN, type ExplainParams, type ExplainResult } from '@codeant/shared/protocol.ts'
import { commands, Disposable, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { ENDPOINT_WORDS } from '../l10n/endpoint-words.ts'
import { WORDS } from '../l10n/words.ts'
import { editorSettings, locale } from '../settings.ts'

/** Where a finding is; what code actions and the tree hand over. */
export type FindingPlace = Pick<ExplainParams, 'uri' | 'rule' | 'line' | 'character'>

export class ExplanationPanel implements Disposable {
  readonly #client: LanguageClient
  readonly #settings: Disposable
  #panel: WebviewPanel | undefined
  #place: FindingPlace | undefined
  /** What was chosen with the panel's switches; the settings decide the rest. */
  #chosen: { readonly audience?: Audience; readonly locale?: Locale } = {}

  constructor(client: LanguageClient) {
    this.#client = client
    this.#settings = workspace.onDidChangeConfiguration(it => {
      if (!it.affectsConfiguration('codeant')) return
      this.#chosen = {}
      void this.#render()
    })
  }

  async show(place: FindingPlace): Promise<void> {
    // The server explains what is open; a finding of the tree may lie in a file that is not.
    await workspace.openTextDocument(Uri.parse(place.uri))
    this.#place = place
    this.#panel ??= this.#open()
    this.#panel.reveal(undefined, true)
    await this.#render()
  }

  dispose(): void {
    Disposable.from(this.#settings, ...(this.#panel ? [this.#panel] : [])).dispose()
  }

  get #reader(): { readonly audience: Audience; readonly locale: Locale } {
    return { audience: editorSettings().audience, locale: locale(), ...this.#chosen }
  }

  #open(): WebviewPanel {
    const panel = window.createWebviewPanel(
      'codeant.explanation',
      WORDS[this.#reader.locale].panelTitle,
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [] },
    )
    panel.webview.onDidReceiveMessage((message: { audience?: unknown; locale?: unknown; more?: unknown }) => {
      if (message.more === true) return void this.#showMore()
      const audience = AUDIENCES.find(it => it === message.audience)
      const locale = LOCALES.find(it => it === message.locale)
      this.#chosen = { ...this.#chosen, ...(audience && { audience }), ...(locale && { locale }) }
      void this.#render()
    })
    panel.onDidDispose(() => {
      this.#panel = undefined
    })
    return panel
  }

  /** Below the explanation, what a model at the endpoint writes: it comes later, and is labelled as what it is. */
  async #showMore(): Promise<void> {
    if (!this.#place) return
    const { audience, locale } = this.#reader
    const say = ENDPOINT_WORDS[locale]
    await this.#render(`<p class="more">${escapeHtml(say.asking)}</p>`)
    const params: EndpointExplainParams = { ...this.#place, audience, locale }
    const result = await this.#client
      .sendRequest<EndpointExplainResult | null>(ENDPOINT_EXPLAIN, params)
      .catch(() => null)
    const more =
      result?.kind === 'explained'
        ? `<section class="more">${await renderMarkdown(result.markdown)}<p class="label">${escapeHtml(result.label)}</p></section>`
        : `<p class="more">${escapeHtml(result?.reason ?? WORDS[locale].gone)}</p>`
    await this.#render(more)
  }

  async #render(more?: string): Promise<void> {
    if (!this.#panel || !this.#place) return
    const { audience, locale } = this.#reader
    const params: ExplainParams = { ...this.#place, audience, locale }
    const result = await this.#client.sendRequest<ExplainResult | null>(EXPLAIN, params)
    const body = result ? await renderMarkdown(result.markdown) : `<p>${escapeHtml(WORDS[locale].gone)}</p>`
    if (!this.#panel) return
    this.#panel.title = WORDS[locale].panelTitle
    this.#panel.webview.html = page({ result, body, more, audience, locale })
  }
}

/** The editor's own Markdown renderer; without it, the text as it is. */
async function renderMarkdown(markdown: string): Promise<string> {
  try {
    return await commands.executeCommand<string>('markdown.api.render', markdown)
  } catch {
    return `<pre>${escapeHtml(markdown)}</pre>`
  }
}

function page({
  result,
  body,
  more,
  audience,
  locale,
}: {
  result: ExplainResult | null
  body: string
  more: string | undefined
  audience: Audience
  locale: Locale
}): string {
  const say = WORDS[locale]
  const nonce = randomBytes(16).toString('base64url')
  const switches = (
    name: string,
    label: string,
    values: readonly (readonly [string, string])[],
    chosen: string,
  ) =>
    `<div class="switch" role="radiogroup" aria-label="${escapeHtml(label)}">${values
      .map(
        ([value, text]) =>
          `<button role="radio" aria-checked="${value === chosen}" data-${name}="${value}">${escapeHtml(text)}</button>`,
      )
      .join('')}</div>`
  const audiences = AUDIENCES.map(it => [it, say.audience[it]] as const)
  const locales = [
    ['en', 'English'],
    ['es', 'Español'],
  ] as const
  const head = result
    ? `<p class="rule"><span class="severity ${result.severity}">${escapeHtml(say.severity[result.severity])}</span> <code>${escapeHtml(result.rule)}</code></p>`
    : ''
  const button = result?.hasMore
    ? `<p class="more"><button data-more="true">${escapeHtml(ENDPOINT_WORDS[locale].longer)}</button></p>`
    : ''
  return `<!DOCTYPE html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<header>${switches('audience', say.audienceLabel, audiences, audience)}${switches('locale', say.languageLabel, locales, locale)}</header>
<main>${head}${body}${more ?? button}</main>
<script nonce="${nonce}">
const vscode = acquireVsCodeApi()
document.body.addEventListener('click', event => {
  const { audience, locale, more } = event.target.dataset
  if (audience || locale) vscode.postMessage({ audience, locale })
  if (more) vscode.postMessage({ more: true })
})
</script>
</body>
</html>`
}

const STYLE = `
body { font: var(--vscode-font-size)/1.6 var(--vscode-font-family); color: var(--vscode-foreground); padding: 0 1.5em 2em; max-width: 46em; }
header { display: flex; gap: 1em; flex-wrap: wrap; padding: 1em 0; border-bottom: 1px solid var(--vscode-panel-border); margin-bottom: 1em; }
.switch { display: inline-flex; border: 1px solid var(--vscode-button-border, var(--vscode-panel-border)); border-radius: 4px; overflow: hidden; }
button { font: inherit; border: 0; padding: .3em .9em; color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); cursor: pointer; }
button[aria-checked="true"] { color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
button:focus-visible { outline: 2px solid var(--vscode-focusBorder); outline-offset: -2px; }
.rule { opacity: .9; }
.severity { padding: .1em .6em; border-radius: 3px; color: var(--vscode-badge-foreground); background: var(--vscode-badge-background); }
.severity.error { background: var(--vscode-errorForeground); color: var(--vscode-editor-background); }
.severity.warning { background: var(--vscode-editorWarning-foreground); color: var(--vscode-editor-background); }
code, pre { font-family: var(--vscode-editor-font-family); background: var(--vscode-textCodeBlock-background); border-radius: 3px; }
code { padding: .1em .3em; }
pre { padding: .8em 1em; overflow-x: auto; }
pre code { padding: 0; }
h3 { margin-top: 1.6em; }
.more { border-top: 1px solid var(--vscode-panel-border); margin-top: 1.6em; padding-top: 1em; }
.label { opacity: .75; font-style: italic; }
`

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, it => `&#${it.charCodeAt(0)};`)
}
