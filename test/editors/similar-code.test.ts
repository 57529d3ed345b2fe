// Similar code in VS Code: from a function of Python to its copy and to the same in TypeScript, in the view that shows references,
// with how similar each is.

import { join } from 'node:path'
import { test } from 'node:test'
import { readFixture } from '../support/fixture.ts'
import { WITHOUT_BROWSER_ITEMS } from './support/looks.ts'
import { withEditors } from './support/require-editors.ts'
import { SHOP } from './support/shop.ts'
import { openQuickFixes, seeCount, type Tour, takeTour } from './support/tour.ts'

test(
  'what is similar to a function is shown, across languages',
  { timeout: 300_000 },
  withEditors(['vscode', 'chromium'], () =>
    takeTour(folder => {
      for (const { path, text } of readFixture(SHOP)) folder.write(`shop/${path}`, text)
    }, tour),
  ),
)

async function tour({ page, server, folder, picture }: Tour): Promise<void> {
  const workspace = join(folder.path, 'shop')
  await page.goto(server.page(workspace, [['openFile', server.remote(join(workspace, 'api/reports.py'))]]))
  const editor = page.locator('.monaco-editor[data-uri$="reports.py"]').first()
  await editor.locator('.view-line', { hasText: 'def sum_of(' }).waitFor({ timeout: 60_000 })
  await seeCount(page, '0')
  await page.addStyleTag({ content: WITHOUT_BROWSER_ITEMS })
  await page.keyboard.press('Control+b')
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' })

  await editor.locator('.view-line', { hasText: 'def sum_of(' }).click()
  const action = await openQuickFixes(page, 'Show similar code in this workspace')
  await action.click()

  const peek = page.locator('.peekview-widget')
  await peek.locator('.ref-tree .monaco-list-row', { hasText: 'cart.ts' }).waitFor()
  await peek.locator('.ref-tree .monaco-list-row', { hasText: 'reports.py' }).waitFor()
  // The copy comes first; how similar it is stands behind its first line.
  await peek.locator('.preview .view-line', { hasText: 'def sum_of_month' }).waitFor()
  await peek.locator('.preview .view-line', { hasText: 'copy, renamed' }).waitFor()
  await picture('similar-code')
}
