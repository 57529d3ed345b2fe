// From the playground into the workspace: rules as a file of the project, alone or with their code as its test.

import type { PlaygroundMatch, PlaygroundTexts } from '@codeant/shared/playground.ts'
import { Position, Uri, ViewColumn, WorkspaceEdit, window, workspace } from 'vscode'
import { PLAYGROUND_WORDS } from '../l10n/playground-words.ts'
import { locale } from '../settings.ts'

/** Asks for a name, and before it replaces anything. */
export async function saveRules({ rules }: PlaygroundTexts): Promise<void> {
  const say = PLAYGROUND_WORDS[locale()]
  const file = await askForFile(rules)
  if (!file) return
  if ((await exists(file)) && !(await mayReplace(file))) return
  await workspace.fs.writeFile(file, new TextEncoder().encode(rules))
  await window.showTextDocument(file, { viewColumn: ViewColumn.Beside, preserveFocus: true })
  window.setStatusBarMessage(say.saved(workspace.asRelativePath(file)), 8000)
}

/** Both are opened without being saved, with a comment above each line in which the rules find something. */
export async function openAsTest(
  { rules, code, path }: PlaygroundTexts,
  matches: readonly PlaygroundMatch[],
): Promise<void> {
  const file = await askForFile(rules)
  if (!file) return
  const extension = /\.\w+$/.exec(path)?.[0] ?? '.txt'
  const test = file.with({ path: file.path.replace(/\.yaml$/, extension) })
  await openUnsaved(file, rules, ViewColumn.Active)
  await openUnsaved(test, annotated(code, extension, matches), ViewColumn.Beside)
  window.setStatusBarMessage(PLAYGROUND_WORDS[locale()].opened, 12_000)
}

/** `# ruleid: no-shell`, as deep as the line that it is about. */
function annotated(code: string, extension: string, matches: readonly PlaygroundMatch[]): string {
  const sign = HASH.has(extension) ? '#' : '//'
  const wanted = new Map<number, Set<string>>()
  for (const { start, rule } of matches) {
    const line = code.slice(0, start).split('\n').length - 1
    wanted.set(line, (wanted.get(line) ?? new Set()).add(rule))
  }
  return code
    .split('\n')
    .flatMap((line, i) => {
      const rules = wanted.get(i)
      const indent = /^\s*/.exec(line)![0]
      return rules ? [`${indent}${sign} ruleid: ${[...rules].join(', ')}`, line] : [line]
    })
    .join('\n')
}

const HASH: ReadonlySet<string> = new Set(['.py', '.yaml', '.yml', '.tf', '.hcl', '.sh', '.dockerfile'])

/** Where a file of rules of this name lies; undefined when there is no folder, or nobody gave a name. */
async function askForFile(rules: string): Promise<Uri | undefined> {
  const say = PLAYGROUND_WORDS[locale()]
  const folders = workspace.workspaceFolders ?? []
  const [first, second] = folders
  if (!first) {
    void window.showWarningMessage(say.noFolder)
    return undefined
  }
  const folder = second ? await window.showWorkspaceFolderPick() : first
  const id = /^\s*(?:-\s*)?id:\s*["']?([\w.-]+)/m.exec(rules)?.[1]
  const name =
    folder &&
    (await window.showInputBox({
      title: say.nameTitle,
      prompt: say.namePrompt,
      value: id ?? 'my-rule',
      validateInput: it => (/^[\w-][\w.-]*$/.test(it) ? undefined : say.badName),
    }))
  return name ? Uri.joinPath(folder.uri, '.codeant/rules', `${name.replace(/\.ya?ml$/, '')}.yaml`) : undefined
}

async function mayReplace(file: Uri): Promise<boolean> {
  const say = PLAYGROUND_WORDS[locale()]
  const path = workspace.asRelativePath(file)
  return (await window.showWarningMessage(say.exists(path), { modal: true }, say.replace)) === say.replace
}

async function exists(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file)
    return true
  } catch {
    return false
  }
}

/** What is there already is shown as it is: its author decides. */
async function openUnsaved(file: Uri, text: string, viewColumn: ViewColumn): Promise<void> {
  const isThere = await exists(file)
  const uri = isThere ? file : file.with({ scheme: 'untitled' })
  await window.showTextDocument(uri, { viewColumn, preview: false })
  if (isThere) return
  const edit = new WorkspaceEdit()
  edit.insert(uri, new Position(0, 0), text)
  await workspace.applyEdit(edit)
}
