// What a playground begins with: the rule and the code that are open, and small examples for what is not.

import type { PlaygroundTexts } from '@codeant/shared/playground.ts'
import { type TextDocument, type TextEditor, window, workspace } from 'vscode'

/** A rule that finds something in the code beside it, and something that looks alike and is right. */
interface Example {
  readonly file: string
  readonly rule: string
  readonly code: string
}

export function startingTexts(active: TextEditor | undefined): PlaygroundTexts {
  const documents = [...(active ? [active] : []), ...window.visibleTextEditors].map(it => it.document)
  const rules = documents.find(isRules)
  const code = documents.find(it => !isRules(it) && EXAMPLES[it.languageId] !== undefined)
  const language = code?.languageId ?? (rules && languageOf(rules.getText())) ?? 'python'
  const example = EXAMPLES[language] ?? PYTHON
  return {
    rules: rules?.getText() ?? example.rule,
    code: code?.getText() ?? example.code,
    path: code ? workspace.asRelativePath(code.uri, false) : example.file,
  }
}

function isRules(document: TextDocument): boolean {
  if (document.languageId !== 'yaml') return false
  return /\/\.codeant\/rules\//.test(document.uri.path) || /^rules?\s*:/m.test(document.getText())
}

/** The first that the rules name. */
function languageOf(rules: string): string | undefined {
  const named = /\blanguages?\s*:\s*\[?\s*(?:\n\s*-\s*)?["']?(\w+)/.exec(rules)?.[1]?.toLowerCase()
  return Object.keys(EXAMPLES).find(it => named !== undefined && it.startsWith(named))
}

const PYTHON: Example = {
  file: 'example.py',
  rule: `rules:
  - id: no-shell
    languages: [python]
    severity: ERROR
    message: Do not let a shell read $COMMAND
    patterns:
      - pattern: subprocess.run($COMMAND, ..., shell=True, ...)
      - pattern-not: subprocess.run("...", ...)
`,
  code: `import subprocess


def clean(folder):
    subprocess.run("rm -r build", shell=True)
    subprocess.run("rm -r " + folder, shell=True)
    subprocess.run(["rm", "-r", folder])
    subprocess.call(f"rm -r {folder}", shell=True)
`,
}

const TYPESCRIPT: Example = {
  file: 'example.ts',
  rule: `rules:
  - id: no-inner-html
    languages: [typescript, javascript]
    severity: ERROR
    message: $TEXT becomes markup; use textContent
    patterns:
      - pattern: $ELEMENT.innerHTML = $TEXT
      - pattern-not: $ELEMENT.innerHTML = "..."
`,
  code: `function greet(element: HTMLElement, name: string) {
  element.innerHTML = ''
  element.innerHTML = name
  element.textContent = name
  element.innerHTML += name
}
`,
}

const RUST: Example = {
  file: 'example.rs',
  rule: `rules:
  - id: no-unwrap
    languages: [rust]
    severity: WARNING
    message: $VALUE may be an error; say what happens then
    patterns:
      - pattern: $VALUE.unwrap()
      - pattern-not-inside: |
          #[test]
          fn $TEST() { ... }
`,
  code: `fn read(path: &str) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let first = text.lines().next().unwrap_or("");
    first.to_string()
}
`,
}

/** By the editor's name of the language. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  python: PYTHON,
  typescript: TYPESCRIPT,
  typescriptreact: { ...TYPESCRIPT, file: 'example.tsx' },
  javascript: { ...TYPESCRIPT, file: 'example.js', code: TYPESCRIPT.code.replace(/: \w+/g, '') },
  javascriptreact: { ...TYPESCRIPT, file: 'example.jsx', code: TYPESCRIPT.code.replace(/: \w+/g, '') },
  rust: RUST,
}
