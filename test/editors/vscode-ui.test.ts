// What a person sees in VS Code, with the packaged extension: a line is typed, underlined, explained and repaired.
//
// `UPDATE_SCREENSHOTS=1` writes the pictures of the README; otherwise they go to a temporary folder.

import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { packageExtension } from '../../server/tools/package.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { openBrowser } from './support/browser.ts'
import { type CodeServer, installExtension, startCodeServer } from './support/code-server.ts'
import { LOOKS, WITHOUT_BROWSER_ITEMS } from './support/looks.ts'
import { withEditors } from './support/require-editors.ts'
import { waitFor } from './support/wait-for.ts'

const example = fileURLToPath(new URL('../workspaces/example', import.meta.url))
const images = fileURLToPath(new URL('../../docs/images', import.meta.url))

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
  withEditors(['vscode', 'chromium'], async () => {
    const folder = temporaryFolder()
    const workspace = join(folder.path, 'shop')
    cpSync(example, workspace, { recursive: true })
    const stock = folder.write('shop/api/stock.py', STOCK)
    const home = join(folder.path, 'vs')
    installExtension(home, packageExtension(join(folder.path, 'codeant.vsix')))
    const server = await startCodeServer({ home, settings: LOOKS })
    const { page, outside, close } = await openBrowser({ fonts: Boolean(process.env.UPDATE_SCREENSHOTS) })
    const pictures = process.env.UPDATE_SCREENSHOTS
      ? images
      : mkdtempSync(join(tmpdir(), 'codeant-pictures-'))
    mkdirSync(pictures, { recursive: true })
    try {
      await tour({ page, server, workspace, stock, pictures })
      assert.deepEqual(outside, [], 'requests left this machine')
    } catch (error) {
      const last = join(tmpdir(), 'codeant-last-seen.png')
      await page.screenshot({ path: last })
      throw new Error(`${error instanceof Error ? error.message : error}\nLast seen: ${last}`, {
        cause: error,
      })
    } finally {
      await close()
      await server.stop()
      folder.remove()
      if (pictures !== images) rmSync(pictures, { recursive: true, force: true })
    }
  }),
)

interface Tour {
  readonly page: Page
  readonly server: CodeServer
  readonly workspace: string
  readonly stock: string
  readonly pictures: string
}

async function tour({ page, server, workspace, stock, pictures }: Tour): Promise<void> {
  const picture = async (name: string) => {
    assert.equal(await page.locator('.notification-toast').count(), 0, 'a notification is in the picture')
    await page.screenshot({ path: join(pictures, `${name}.png`) })
  }
  await page.goto(server.page(workspace, [['openFile', server.remote(stock)]]))
  const editor = page.locator('.monaco-editor[data-uri$="stock.py"]')
  const underlined = editor.locator('.squiggly-error')
  // The injection that the file came with: the extension is up.
  await underlined.first().waitFor({ state: 'attached', timeout: 60_000 })
  await page.addStyleTag({ content: WITHOUT_BROWSER_ITEMS })

  await type(page, editor)
  await see(page, '2')
  await editor.locator('[class*="lightbulb"]').first().waitFor()
  await picture('squiggle')

  await readHover(page, underlined.last())
  await picture('hover')

  const fix = await openQuickFixes(page)
  await picture('quick-fix')
  await fix.click()
  await waitFor('the repaired line', async () => (await textOf(editor)).includes(REPAIRED) || undefined)
  await waitFor('the underline gone', async () => (await underlined.count()) === 1 || undefined)
  await page.keyboard.press('Control+s')
  await waitFor('the file on disk', () => readFileSync(stock, 'utf8').includes(REPAIRED) || undefined)
  await see(page, '1')
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

/** The status bar counts what is found. */
async function see(page: Page, count: string): Promise<void> {
  const item = page.locator('.statusbar-item', { hasText: 'CodeAnt' })
  await waitFor(
    `${count} in the status bar`,
    async () => (await textOf(item)).trim().endsWith(` ${count}`) || undefined,
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

async function openQuickFixes(page: Page): Promise<Locator> {
  await page.keyboard.press('Escape')
  await page.mouse.move(0, 0)
  await page.locator('.monaco-hover').first().waitFor({ state: 'hidden' })
  await page.keyboard.press('Control+.')
  const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'safe · verified' }).first()
  await fix.waitFor()
  return fix
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
  await rows.filter({ hasText: 'security/sql-injection' }).click()
  await rows.filter({ hasText: 'api/orders.py' }).first().waitFor()
  await rows.filter({ hasText: 'api/stock.py' }).first().waitFor()
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

/** What a person reads: VS Code draws its spaces unbreakable. */
async function textOf(locator: Locator): Promise<string> {
  return (await locator.innerText()).replaceAll('\u00a0', ' ')
}
