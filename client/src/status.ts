// The status bar: whether it works, how much it found, what it costs, and that nothing left the machine.

import type { Status } from '@codeant/shared/protocol.ts'
import { MarkdownString, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from 'vscode'
import { ENDPOINT_WORDS } from './l10n/endpoint-words.ts'
import { WORDS } from './l10n/words.ts'
import { locale } from './settings.ts'

export class StatusItem {
  readonly item: StatusBarItem
  #last: Status | undefined

  constructor() {
    this.item = window.createStatusBarItem('codeant.status', StatusBarAlignment.Right, 50)
    this.item.name = 'CodeAnt'
    this.item.command = 'codeant.showFindings'
    this.item.text = '$(loading~spin) CodeAnt'
    this.item.show()
  }

  get last(): Status | undefined {
    return this.#last
  }

  show(status: Status): void {
    this.#last = status
    const say = WORDS[locale()]
    const { state, findings, openFiles, scannedFiles, memory, bytesSent, endpoint, skipped } = status
    const icon = state === 'ready' ? '$(shield)' : state === 'degraded' ? '$(warning)' : '$(loading~spin)'
    this.item.text = `${icon} CodeAnt ${findings}`
    this.item.backgroundColor =
      state === 'degraded' ? new ThemeColor('statusBarItem.warningBackground') : undefined
    const lines = [
      `**CodeAnt**: ${say.state[state]}`,
      say.findings(findings),
      say.files(openFiles, scannedFiles),
      ...(skipped.length > 0 ? [say.skipped(skipped.length)] : []),
      say.memory((memory / 1024 / 1024).toFixed(0)),
      ...(endpoint ? [ENDPOINT_WORDS[locale()].status(endpoint)] : []),
      say.sent(bytesSent),
    ]
    this.item.tooltip = new MarkdownString(lines.join('\n\n'))
  }

  failed(reason: string): void {
    this.item.text = '$(error) CodeAnt'
    this.item.tooltip = WORDS[locale()].failedToStart(reason)
  }
}
