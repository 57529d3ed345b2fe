// The picture of a workspace in VS Code: it is drawn, searched by keyboard, a box of it leads to its file, and what was chosen is
// there again after the picture was hidden.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { FrameLocator, Locator, Page } from 'playwright-core'
import { readFixture } from '../support/fixture.ts'
import { WITHOUT_BROWSER_ITEMS } from './support/looks.ts'
import { withEditors } from './support/require-editors.ts'
import { SHOP } from './support/shop.ts'
import { type Tour, takeTour, textOf } from './support/tour.ts'
import { waitFor } from './support/wait-for.ts'

test(
  'a workspace is drawn, and its boxes lead to the code',
  { timeout: 300_000 },
  withEditors(['vscode', 'chromium'], () =>
    takeTour(
      folder => {
        for (const { path, text } of readFixture(SHOP)) folder.write(`shop/${path}`, text)
        commitOften(folder)
      },
      tour,
      { 'workbench.editor.enablePreview': true },
    ),
  ),
)

async function tour({ page, server, folder, picture }: Tour): Promise<void> {
  await page.goto(server.page(join(folder.path, 'shop')))
  await page.locator('.statusbar-item', { hasText: /CodeAnt \d/ }).waitFor({ timeout: 60_000 })
  await page.addStyleTag({ content: WITHOUT_BROWSER_ITEMS })
  await page.keyboard.press('Control+b')
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' })

  await run(page, 'CodeAnt: Show Workspace Graph')
  const graph = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame')
  await graph.locator('#count', { hasText: /\d+ boxes, \d+ lines/ }).waitFor({ timeout: 60_000 })
  const boxes = await idsOf(graph)
  for (const it of ['api/orders.py', 'pricing/src/lib.rs', 'web/src/orders.ts', 'table:orders'])
    assert.ok(boxes.includes(it), `${it} among ${boxes.join(', ')}`)
  await picture('workspace-graph')

  await clickOnBox(page, graph, 'web/src/orders.ts')
  const editor = page.locator('.monaco-editor[data-uri$="web/src/orders.ts"]')
  await editor.locator('.view-line', { hasText: 'listOrders' }).waitFor()
  await graph.locator('aside', { hasText: 'api/orders.py' }).waitFor()
  await lineIs(page, editor, /read<Order\[\]>/)
  await picture('workspace-graph-file')

  await searchByKey(page, graph)
  await isKeptWhileHidden(page, graph)

  await graph.locator('button', { hasText: 'Hot spots and plan' }).click()
  const hotSpot = graph.locator('#plan button', { hasText: 'api/orders.py:' }).first()
  await hotSpot.waitFor({ timeout: 60_000 })
  await graph.locator('#plan', { hasText: 'heat = changes × points above 15' }).waitFor()
  await picture('hot-spots')
  await hotSpot.click()
  await page.locator('.monaco-editor[data-uri$="api/orders.py"]').waitFor()
}

/** A function that is hard to follow, changed in each of some commits. */
function commitOften(folder: Tour['folder']): void {
  const cwd = join(folder.path, 'shop')
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@shop.test', ...args], { cwd })
  git('init', '-q')
  const file = join(cwd, 'api/orders.py')
  const orders = readFileSync(file, 'utf8')
  for (let days = 1; days <= 18; days++) {
    writeFileSync(file, `${orders}${REFUND.replace('30', `${days + 12}`)}`)
    git('add', '.')
    git('commit', '-qm', 'Another case')
  }
}

const REFUND = `

def refund(order, days, reason):
    if order.paid:
        if days < 30:
            for line in order.lines:
                if line.broken:
                    if reason == "broken" or reason == "late":
                        if line.price > 0:
                            return line.price
    elif order.gift:
        if days < 90:
            return order.voucher
    return 0
`

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('F1')
  await page.keyboard.type(command, { delay: 5 })
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: command }).first()
  await row.waitFor()
  await page.keyboard.press('Enter')
}

/** What Cytoscape knows, asked through the element that it draws on. */
interface Drawn {
  readonly _cyreg: {
    readonly cy: {
      nodes(): { map<T>(take: (it: { id(): string }) => T): T[] }
      getElementById(id: string): { renderedPosition(): { readonly x: number; readonly y: number } }
    }
  }
}

function idsOf(graph: FrameLocator): Promise<string[]> {
  return graph
    .locator('#picture')
    .evaluate(it => (it as unknown as Drawn)._cyreg.cy.nodes().map(node => node.id()))
}

async function clickOnBox(page: Page, graph: FrameLocator, id: string): Promise<void> {
  const picture = graph.locator('#picture')
  const at = await picture.evaluate(
    (it, id) => ({ ...(it as unknown as Drawn)._cyreg.cy.getElementById(id).renderedPosition() }),
    id,
  )
  const box = (await picture.boundingBox())!
  await page.mouse.click(box.x + at.x, box.y + at.y)
}

/** The file was opened where the box said. */
async function lineIs(page: Page, editor: Locator, text: RegExp): Promise<void> {
  await waitFor('the line of the call', async () => {
    const marked = await editor.locator('.current-line').first().boundingBox()
    const line = editor.locator('.view-line', { hasText: text }).first()
    const box = await line.boundingBox()
    return (marked && box && Math.abs(marked.y - box.y) < 3) || undefined
  })
  assert.equal(await page.locator('.tab.dirty').count(), 0)
}

async function searchByKey(page: Page, graph: FrameLocator): Promise<void> {
  await graph.locator('#picture').focus()
  await page.keyboard.press('/')
  await page.keyboard.type('orders', { delay: 10 })
  const count = graph.locator('#count')
  await waitFor('what was found', async () => / found$/.test(await textOf(count)) || undefined)
  await page.keyboard.press('Enter')
  await count.filter({ hasText: /^1 of \d+ found$/ }).waitFor()
  await graph.locator('aside h1', { hasText: 'api/orders.py' }).waitFor()
  await page.keyboard.press('Enter')
  await count.filter({ hasText: /^2 of \d+ found$/ }).waitFor()
  const filters = graph.locator('summary')
  await filters.focus()
  await page.keyboard.press('Enter')
  // A language goes away, by keyboard too.
  const typescript = graph.locator('#nav label', { hasText: 'typescript' }).locator('input')
  await typescript.focus()
  await page.keyboard.press('Space')
  assert.equal(await typescript.isChecked(), false)
}

/** VS Code throws away what is in a hidden panel. */
async function isKeptWhileHidden(page: Page, graph: FrameLocator): Promise<void> {
  // What was chosen is told to VS Code a little later.
  await page.waitForTimeout(500)
  await page.locator('.tab', { hasText: 'Workspace graph' }).click()
  await page.keyboard.press('Control+n')
  await page.locator('.tab', { hasText: 'Untitled' }).waitFor()
  await page.locator('iframe.webview.ready').waitFor({ state: 'hidden' })
  await page.locator('.tab', { hasText: 'Workspace graph' }).click()
  await graph.locator('#count', { hasText: 'found' }).waitFor()
  assert.equal(await graph.locator('#search').inputValue(), 'orders')
  assert.equal(
    await graph.locator('#nav label', { hasText: 'typescript' }).locator('input').isChecked(),
    false,
  )
}
