// The findings tree: what is known now, grouped by rule or by file, what is to be read first on top.

import type { Severity } from '@codeant/shared/finding.ts'
import { byPriority, comparePriority } from '@codeant/shared/priority.ts'
import { FINDINGS, type KnownFinding } from '@codeant/shared/protocol.ts'
import {
  EventEmitter,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  workspace,
} from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import { WORDS } from '../l10n/words.ts'
import { locale } from '../settings.ts'

export type Grouping = 'rule' | 'file'

interface Group {
  readonly kind: 'group'
  readonly key: string
  readonly findings: readonly KnownFinding[]
}
interface Leaf {
  readonly kind: 'finding'
  readonly finding: KnownFinding
}
type Node = Group | Leaf

const ICONS: Readonly<Record<Severity, ThemeIcon>> = {
  error: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  warning: new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')),
  info: new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground')),
  hint: new ThemeIcon('lightbulb'),
}

/** Many keystrokes change findings; the tree need not follow each. */
const REFRESH_MS = 300

export class FindingsTree implements TreeDataProvider<Node> {
  readonly #client: LanguageClient
  readonly #changed = new EventEmitter<undefined>()
  readonly onDidChangeTreeData = this.#changed.event
  #findings: readonly KnownFinding[] = []
  #timer: NodeJS.Timeout | undefined
  grouping: Grouping = 'rule'
  /** Also what people hardly ever act on. */
  showsAll = false

  constructor(client: LanguageClient) {
    this.#client = client
  }

  refreshSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.refresh()
    }, REFRESH_MS)
  }

  async refresh(): Promise<void> {
    if (!this.#client.isRunning()) return
    this.#findings = await this.#client.sendRequest<KnownFinding[]>(FINDINGS)
    this.#changed.fire(undefined)
  }

  group(by: Grouping): void {
    this.grouping = by
    this.#changed.fire(undefined)
  }

  showAll(isWanted: boolean): void {
    this.showsAll = isWanted
    this.#changed.fire(undefined)
  }

  /** How many findings are not in the tree, because people hardly ever act on such. */
  get heldBack(): number {
    return this.showsAll ? 0 : this.#findings.filter(it => it.heldBack).length
  }

  getChildren(node?: Node): Node[] {
    if (node?.kind === 'group') return node.findings.map(finding => ({ kind: 'finding', finding }))
    if (node) return []
    const groups = new Map<string, KnownFinding[]>()
    const shown = this.#findings.filter(it => this.showsAll || !it.heldBack)
    for (const it of byPriority(shown)) {
      const key = this.grouping === 'rule' ? it.rule : it.uri
      groups.set(key, [...(groups.get(key) ?? []), it])
    }
    const sorted = [...groups].map(([key, findings]): Group => ({ kind: 'group', key, findings }))
    return sorted.sort(
      (a, b) =>
        comparePriority(a.findings[0]!, b.findings[0]!) ||
        b.findings.length - a.findings.length ||
        (a.key < b.key ? -1 : 1),
    )
  }

  getTreeItem(node: Node): TreeItem {
    return node.kind === 'group' ? this.#groupItem(node) : this.#findingItem(node.finding)
  }

  #groupItem(group: Group): TreeItem {
    const { key, findings } = group
    const item = new TreeItem(
      this.grouping === 'rule' ? key : workspace.asRelativePath(Uri.parse(key)),
      TreeItemCollapsibleState.Collapsed,
    )
    item.description = String(findings.length)
    item.iconPath = ICONS[findings[0]!.severity]
    if (this.grouping === 'file') item.resourceUri = Uri.parse(key)
    item.id = key
    return item
  }

  #findingItem({
    uri,
    rule,
    severity,
    message,
    line,
    character,
    endLine,
    endCharacter,
  }: KnownFinding): TreeItem {
    const item = new TreeItem(message, TreeItemCollapsibleState.None)
    const place =
      this.grouping === 'rule'
        ? `${workspace.asRelativePath(Uri.parse(uri))}:${line + 1}`
        : WORDS[locale()].line(line + 1)
    item.description = place
    item.tooltip = `${message}\n${rule}\n${place}`
    item.iconPath = ICONS[severity]
    item.contextValue = 'finding'
    item.command = {
      title: '',
      command: 'vscode.open',
      arguments: [Uri.parse(uri), { selection: new Range(line, character, endLine, endCharacter) }],
    }
    return item
  }
}
