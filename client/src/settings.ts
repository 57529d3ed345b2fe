// The section `codeant` of the editor's settings, read when it is needed.

import { type Locale, localeFor } from '@codeant/shared/locale.ts'
import { DEFAULT_EDITOR_SETTINGS, type EditorSettings } from '@codeant/shared/protocol.ts'
import { env, workspace } from 'vscode'

export function editorSettings(): EditorSettings {
  const section = workspace.getConfiguration('codeant')
  const read = <K extends keyof EditorSettings>(key: K): EditorSettings[K] =>
    section.get<EditorSettings[K]>(key) ?? DEFAULT_EDITOR_SETTINGS[key]
  return {
    audience: read('audience'),
    locale: read('locale'),
    codeLens: read('codeLens'),
    scope: read('scope'),
    models: read('models'),
    remote: read('remote'),
  }
}

export function locale(): Locale {
  const { locale } = editorSettings()
  return locale === 'auto' ? localeFor(env.language) : locale
}
