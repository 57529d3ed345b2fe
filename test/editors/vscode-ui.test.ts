// What a person sees in VS Code, with the packaged extension: a line is typed, underlined, explained and repaired.

import assert from 'node:assert/strict'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { WITHOUT_BROWSER_ITEMS } from './support/looks.ts'
import { withEditors } from './support/require-editors.ts'
import { openQuickFixes, seeCount, type Tour, takeTour, textOf } from './support/tour.ts'
import { waitFor } from './support/wait-for.ts'

const example = fileURLToPath(new URL('../workspaces/example', import.meta.url))

/** Two functions, the second still to be written. */
const STOCK = `"""What is in stock, and what was delivered."""

import sqlite3

from fastapi import FastAPI, Request

app = FastAPI()


@app.get("/stock")
async def find_stock(request: Request):
    city = request.query_params["city"]
    with sqlite3.connect("shop.db") as connection:
        rows = connection.execute(f"SELECT * FROM stock WHERE city = '{city}'")
        return [dict(row) for row in rows]


def is_delivered(order):
`
const TYPED = 'return order["status"] is "delivered"'
const REPAIRED = 'return order["status"] == "delivered"'

test(
  'a person types, sees, understands and repairs',
  { timeout: 300_000 },
  withEditors(['vscode', 'chromium'], () =>
    takeTour(folder => {
      cpSync(example, join(folder.path, 'shop'), { recursive: true })
      folder.write('shop/api/stock.py', STOCK)
    }, tour),
  ),
)

async function tour({ page, server, folder, picture }: Tour): Promise<void> {
  const workspace = join(folder.path, 'shop')
  const stock = join(workspace, 'api/stock.py')
  await page.goto(server.page(workspace, [['openFile', server.remote(stock)]]))
  const editor = page.locator('.monaco-editor[data-uri$="stock.py"]')
  const underlined = editor.locator('.squiggly-error')
  // The injection that the file came with: the extension is up.
  await underlined.first().waitFor({ state: 'attached', timeout: 60_000 })
  await page.addStyleTag({ content: WITHOUT_BROWSER_ITEMS })

  await type(page, editor)
  await seeCount(page, '2')
  await editor.locator('[class*="lightbulb"]').first().waitFor()
  await picture('squiggle')

  await readHover(page, underlined.last())
  await picture('hover')

  const fix = await openQuickFixes(page, 'safe · verified')
  await picture('quick-fix')
  await fix.click()
  await waitFor('the repaired line', async () => (await textOf(editor)).includes(REPAIRED) || undefined)
  await waitFor('the underline gone', async () => (await underlined.count()) === 1 || undefined)
  await page.keyboard.press('Control+s')
  await waitFor('the file on disk', () => readFileSync(stock, 'utf8').includes(REPAIRED) || undefined)
  await seeCount(page, '1')
  await picture('after-fix')

  await analyseWorkspace(page)
  await picture('findings-tree')

  await explainInSpanish(page, editor)
  await picture('explanation-es-executive')
}

async function type(page: Page, editor: Locator): Promise<void> {
  await editor.locator('.view-line', { hasText: 'def is_delivered' }).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(`    ${TYPED}`, { delay: 10 })
  await waitFor(
    'the typed line underlined',
    async () => (await editor.locator('.squiggly-error').count()) === 2 || undefined,
  )
}

async function readHover(page: Page, underlined: Locator): Promise<void> {
  const { x, y, width, height } = await boxOf(underlined)
  await page.mouse.move(x + width / 2 - 5, y + height / 2)
  await page.mouse.move(x + width / 2, y + height / 2)
  const hover = page.locator('.monaco-hover', { hasText: 'What to do' }).first()
  await hover.waitFor()
  assert.match(await textOf(hover), /is.? does not compare with the value/)
  assert.match(await textOf(hover), /correctness\/identity-of-literal/)
}

/** The tree: the whole workspace, by rule, one rule open. */
async function analyseWorkspace(page: Page): Promise<void> {
  await page.locator('.activitybar [aria-label^="CodeAnt"]').first().click()
  await page.locator('.sidebar a[aria-label^="Analyse Workspace"]').first().click()
  const toast = page.locator('.notification-toast', { hasText: 'CodeAnt analysed' })
  await toast.waitFor()
  await toast.hover()
  await toast.locator('.codicon-notifications-clear').click()
  await toast.waitFor({ state: 'detached' })
  // Messages are long: the tree gets more room.
  const { x, y, width, height } = await boxOf(page.locator('.part.sidebar'))
  await page.mouse.move(x + width, y + height / 2)
  await page.mouse.down()
  await page.mouse.move(x + width + 275, y + height / 2, { steps: 5 })
  await page.mouse.up()
  const rows = page.locator('.sidebar .monaco-list-row')
  // Of what a page sends, the whole project says more than the one file does: the flow stands for the injection.
  for (const [rule, file] of [
    ['security/untrusted-flow', 'api/orders.py'],
    ['security/sql-injection', 'api/stock.py'],
  ] as const) {
    await rows.filter({ hasText: rule }).click()
    await rows.filter({ hasText: file }).first().waitFor()
  }
  await page.mouse.move(0, 0)
}

/** The panel: from the menu of the light bulb, then both of its switches. */
async function explainInSpanish(page: Page, editor: Locator): Promise<void> {
  await editor.locator('.view-line', { hasText: 'connection.execute' }).click()
  await page.keyboard.press('Control+b')
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' })
  await page.keyboard.press('Control+.')
  await page.locator('.action-widget .monaco-list-row', { hasText: 'Explain' }).first().click()
  const panel: FrameLocator = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame')
  await panel.locator('button[data-audience="executive"]').click()
  await panel.locator('button[data-audience="executive"][aria-checked="true"]').waitFor()
  await panel.locator('button[data-locale="es"]').click()
  await panel.locator('html[lang="es"]').waitFor()
  assert.match(await panel.locator('main').innerText(), /Coste esperado/)
  await page.keyboard.press('Home')
  await page.mouse.move(0, 0)
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  assert.ok(box, 'the underline is on the screen')
  return box
}
