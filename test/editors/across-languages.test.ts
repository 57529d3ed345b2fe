// A Python server and a TypeScript page beside each other in VS Code: go from the call to its route, rename the route by typing
// and see the call break before anything is saved, mend both files with one fix, and take that back at once.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { WITHOUT_BROWSER_ITEMS } from './support/looks.ts'
import { withEditors } from './support/require-editors.ts'
import { openQuickFixes, seeCount, type Tour, takeTour, textOf } from './support/tour.ts'
import { waitFor } from './support/wait-for.ts'

/** It asks itself, too. */
const SERVER = `import httpx
from fastapi import FastAPI

app = FastAPI()
users = {1: "Ada"}


@app.get("/api/users/{user_id}")
def find_user(user_id: int):
    return {"name": users[user_id]}


def check():
    httpx.get("http://localhost/api/users/1")
`
const PAGE = `export async function load(id: string) {
  const answer = await fetch(
    \`/api/users/\${id}\`,
  )
  return answer.json()
}
`
/** What a fix of both files has to mend. */
const MENTION = 'httpx.get("http://localhost/api/users/1")'
const CALL = '`/api/users/${id}`'
const renamed = (text: string) => text.replace('users', 'people')

test(
  'a route is renamed in Python, and its call in TypeScript is found, shown and mended',
  { timeout: 300_000 },
  withEditors(['vscode', 'chromium'], () =>
    takeTour(
      folder => {
        folder.write('shop/server/main.py', SERVER)
        folder.write('shop/web/users.ts', PAGE)
      },
      tour,
      {
        // A definition is shown where its file is open already.
        'workbench.editor.revealIfOpen': true,
        'typescript.suggestionActions.enabled': false,
      },
    ),
  ),
)

async function tour({ page, server, folder, picture }: Tour): Promise<void> {
  const workspace = join(folder.path, 'shop')
  await page.goto(server.page(workspace, [['openFile', server.remote(join(workspace, 'server/main.py'))]]))
  const python = page.locator('.monaco-editor[data-uri$="main.py"]')
  const script = page.locator('.monaco-editor[data-uri$="users.ts"]')
  await python.locator('.view-line', { hasText: 'find_user' }).waitFor({ timeout: 60_000 })
  await page.addStyleTag({ content: WITHOUT_BROWSER_ITEMS })
  await openBeside(page, python, script)

  await goToDefinition(page, script)
  await picture('across-definition')

  await renameRoute(page, python)
  await script.locator('.squiggly-error').waitFor({ state: 'attached' })
  assert.equal(
    await page.locator('.tab.dirty').count(),
    1,
    'the route was saved, or something else was typed',
  )
  await seeCount(page, '2')
  await picture('across-broken')

  await clickOn(script, CALL, 'users')
  const fix = await openQuickFixes(page, /Call .*in 2 files · verified/)
  await picture('across-quick-fix')
  await fix.click()
  await waitFor('both files mended', () => says(python, renamed(MENTION), script, renamed(CALL)))
  await seeCount(page, '0')
  assert.equal(await page.locator('.squiggly-error').count(), 0)
  await picture('across-fixed')

  await page.keyboard.press('Control+z')
  await waitFor('both files as they were', () => says(python, MENTION, script, CALL))
  assert.ok((await textOf(python)).includes('"/api/people/{user_id}"'), 'what was typed before is not undone')
}

/** Two editors side by side, and nothing else. */
async function openBeside(page: Page, python: Locator, script: Locator): Promise<void> {
  await page.keyboard.press('Control+b')
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' })
  await python.locator('.view-line').first().click()
  await page.keyboard.press('Control+p')
  await page.keyboard.type('users.ts')
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'users.ts' }).first().waitFor()
  // Opens it to the side.
  await page.keyboard.press('Control+Enter')
  await script.locator('.view-line', { hasText: 'api' }).waitFor()
}

/** F12 in the URL, once the server has read the workspace. */
async function goToDefinition(page: Page, script: Locator): Promise<void> {
  const cursor = page.locator('.statusbar-item', { hasText: /^Ln / })
  await waitFor('the route at the cursor', async () => {
    await clickOn(script, CALL, 'users')
    await page.keyboard.press('F12')
    await page.waitForTimeout(500)
    return (await textOf(cursor)).startsWith('Ln 8,') || undefined
  })
}

/** In place of the word under the cursor, as a person would. */
async function renameRoute(page: Page, python: Locator): Promise<void> {
  await clickOn(python, '@app.get(', 'users')
  await page.keyboard.press('Control+d')
  await page.keyboard.type('people', { delay: 20 })
  await python.locator('.view-line', { hasText: '/api/people/{user_id}' }).waitFor()
}

/** Puts the cursor into a word of a line. */
async function clickOn(editor: Locator, line: string, word: string): Promise<void> {
  const row = editor.locator('.view-line', { hasText: line })
  // Lines are drawn anew whenever VS Code colours them.
  const { x, y } = await waitFor(`${line} on the screen`, async () => {
    const [box, drawn] = [await row.boundingBox(), await row.locator('span').first().boundingBox()]
    if (!box || !drawn) return undefined
    const characters = await textOf(row)
    const column = characters.indexOf(word) + 2
    return { x: box.x + (drawn.width / characters.length) * column, y: box.y + box.height / 2 }
  })
  // Not `row.click`, which may scroll the editor first.
  await row.page().mouse.click(x, y)
}

async function says(python: Locator, one: string, script: Locator, other: string): Promise<true | undefined> {
  return ((await textOf(python)).includes(one) && (await textOf(script)).includes(other)) || undefined
}
