// A tour through VS Code as a person sees it: the packaged extension, one workspace, and pictures of what is on the screen.
//
// `UPDATE_SCREENSHOTS=1` writes the pictures of the README; otherwise they go to a temporary folder.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locator, Page } from 'playwright-core'
import { packageExtension } from '../../../server/tools/package.ts'
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts'
import { openBrowser } from './browser.ts'
import { type CodeServer, installExtension, startCodeServer } from './code-server.ts'
import { LOOKS } from './looks.ts'
import { waitFor } from './wait-for.ts'

const images = fileURLToPath(new URL('../../../docs/images', import.meta.url))

export interface Tour {
  readonly page: Page
  readonly server: CodeServer
  /** Where the workspace lies. */
  readonly folder: TemporaryFolder
  picture(name: string): Promise<void>
}

/** Nothing may leave this machine meanwhile. A tour that fails tells where to see what was last on the screen. */
export async function takeTour(
  write: (folder: TemporaryFolder) => void,
  tour: (it: Tour) => Promise<void>,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const folder = temporaryFolder()
  write(folder)
  const home = join(folder.path, 'vs')
  installExtension(home, packageExtension(join(folder.path, 'codeant.vsix')))
  const server = await startCodeServer({ home, settings: { ...LOOKS, ...settings } })
  const isForReaders = Boolean(process.env.UPDATE_SCREENSHOTS)
  const { page, outside, close } = await openBrowser({ fonts: isForReaders })
  const pictures = isForReaders ? images : mkdtempSync(join(tmpdir(), 'codeant-pictures-'))
  mkdirSync(pictures, { recursive: true })
  const picture = async (name: string) => {
    assert.equal(await page.locator('.notification-toast').count(), 0, 'a notification is in the picture')
    await page.screenshot({ path: join(pictures, `${name}.png`) })
  }
  try {
    await tour({ page, server, folder, picture })
    assert.deepEqual(outside, [], 'requests left this machine')
  } catch (error) {
    const last = join(tmpdir(), 'codeant-last-seen.png')
    await page.screenshot({ path: last })
    throw new Error(`${error instanceof Error ? error.message : error}\nLast seen: ${last}`, { cause: error })
  } finally {
    await close()
    await server.stop()
    folder.remove()
    if (pictures !== images) rmSync(pictures, { recursive: true, force: true })
  }
}

/** What a person reads: VS Code draws its spaces unbreakable. */
export async function textOf(locator: Locator): Promise<string> {
  return (await locator.innerText()).replaceAll('\u00a0', ' ')
}

/** The status bar counts what is found. */
export async function seeCount(page: Page, count: string): Promise<void> {
  const item = page.locator('.statusbar-item', { hasText: 'CodeAnt' })
  await waitFor(
    `${count} in the status bar`,
    async () => (await textOf(item)).trim().endsWith(` ${count}`) || undefined,
  )
}

/** How long what is offered may take before a person would ask again, in milliseconds. */
const PATIENCE = 6000

/** Presses `Ctrl+.` at the cursor until it is answered, and gives the first of what is offered that has this text. */
export async function openQuickFixes(page: Page, hasText: string | RegExp): Promise<Locator> {
  const fix = page.locator('.action-widget .monaco-list-row', { hasText }).first()
  return waitFor(`${hasText} among what is offered`, async () => {
    await page.keyboard.press('Escape')
    await page.mouse.move(0, 0)
    await page.locator('.monaco-hover').first().waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+.')
    return fix.waitFor({ timeout: PATIENCE }).then(
      () => fix,
      () => undefined,
    )
  })
}
