// The playground for rules in VS Code: the open file is the code, what matches is marked while a rule is written, a line tells why it does
// not, and the rule becomes one of the project's.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { FrameLocator, Page } from 'playwright-core'
import { WITHOUT_BROWSER_ITEMS } from './support/looks.ts'
import { withEditors } from './support/require-editors.ts'
import { type Tour, takeTour } from './support/tour.ts'
import { waitFor } from './support/wait-for.ts'

const CODE = `import os
import subprocess


def clean(folder):
    subprocess.run("rm -r build", shell=True)
    subprocess.run("rm -r " + folder, shell=True)
    subprocess.run(["rm", "-r", folder])
    subprocess.call(f"rm -r {folder}", shell=True)
    os.system(f"ls {folder}")
`
const RULES = `rules:
  - id: no-shell
    languages: [python]
    severity: ERROR
    message: Do not let a shell read $COMMAND
    patterns:
      - pattern-either:
          - pattern: subprocess.run($COMMAND, ..., shell=True, ...)
          - pattern: os.system($COMMAND)
      - pattern-not: subprocess.run("...", ...)
`

test(
  'a rule is tried beside the code, told why, and saved',
  { timeout: 300_000 },
  withEditors(['vscode', 'chromium'], () =>
    takeTour(folder => {
      folder.write('shop/app/clean.py', CODE)
    }, tour),
  ),
)

async function tour({ page, server, folder, picture }: Tour): Promise<void> {
  const workspace = join(folder.path, 'shop')
  await page.goto(server.page(workspace, [['openFile', server.remote(join(workspace, 'app/clean.py'))]]))
  await page.locator('.monaco-editor[data-uri$="clean.py"] .view-line').first().waitFor({ timeout: 60_000 })
  await page.locator('.statusbar-item', { hasText: /CodeAnt \d/ }).waitFor()
  await page.addStyleTag({ content: WITHOUT_BROWSER_ITEMS })
  await page.keyboard.press('Control+b')
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' })

  await command(page, 'CodeAnt: Open the Playground for Rules')
  const playground = pageOf(page)
  // The code is that of the file; the rule is a small one in its language.
  assert.equal(await playground.locator('#code').inputValue(), CODE)
  assert.match(await playground.locator('#rules').inputValue(), /languages: \[python\]/)
  // Alone there is room for both.
  await command(page, 'View: Close Editors in Other Groups')

  await playground.locator('#rules').fill(RULES.replace('pattern-not', 'pattern-nor'))
  await playground.locator('.match.refused', { hasText: 'pattern-nor' }).waitFor()
  await playground.locator('#rules').fill(RULES)
  await playground.locator('.status', { hasText: '2 matches' }).waitFor()
  assert.deepEqual(await playground.locator('.match .head').allInnerTexts(), [
    '7:5\nDo not let a shell read "rm -r " + folder',
    '10:5\nDo not let a shell read f"ls {folder}"',
  ])
  assert.equal(await playground.locator('span.found', { hasText: 'os' }).count(), 1)

  // By keyboard: the cursor stands in the line that is asked about.
  await playground.locator('.match', { hasText: 'ls {folder}' }).click()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Control+Enter')
  const answer = playground.locator('.answer', { hasText: 'does not match' })
  await answer
    .locator('.sentence', { hasText: 'the pattern says subprocess.run, the code says subprocess.call' })
    .waitFor()
  await picture('playground')

  await playground.getByRole('button', { name: 'Save rule' }).click()
  await page.locator('.quick-input-widget input').waitFor()
  await page.keyboard.press('Enter')
  const file = join(workspace, '.codeant/rules/no-shell.yaml')
  assert.equal(await waitFor('the rule as a file', () => read(file)), RULES)

  await playground.getByRole('button', { name: 'Open as test' }).click()
  await page.locator('.quick-input-widget input').waitFor()
  await page.keyboard.press('Enter')
  const asTest = page.locator('.monaco-editor[data-uri$="no-shell.py"] .view-line')
  await asTest
    .filter({ hasText: /#.ruleid:.no-shell/ })
    .first()
    .waitFor()
  // Both stay as they are on disk until somebody saves them.
  assert.equal(read(join(workspace, '.codeant/rules/no-shell.py')), undefined)
}

async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('F1')
  const input = page.locator('.quick-input-widget input')
  await input.fill(`>${name}`)
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' })
}

function pageOf(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame')
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
