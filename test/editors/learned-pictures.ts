// Pictures of the bug finder at work in a real VS Code, on a bug that somebody really made, in a repository that it never saw:
//
//   node --import tsx test/editors/learned-pictures.ts --repository owner/name --commit 1a2b3c [--data DIR]
//
// The file is taken from the mined fixes, as it stood before the repair. Writes docs/images/learned-{hover,quick-fix,after-fix}.png.

import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { type MinedFix, readFixes } from '../../models/training/mined-fixes.ts'
import { fileNameOf } from '../../models/training/repositories.ts'
import { packageExtension } from '../../server/tools/package.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { openBrowser } from './support/browser.ts'
import { installExtension, startCodeServer } from './support/code-server.ts'
import { LOOKS, WITHOUT_BROWSER_ITEMS } from './support/looks.ts'
import { waitFor } from './support/wait-for.ts'

const images = fileURLToPath(new URL('../../docs/images', import.meta.url))

/** Every kind, so that the picture does not hang on which of them are on by default. */
const SETTINGS = ['variable', 'operator', 'literal', 'negation', 'await']
  .map(it => `[rules."learned/wrong-${it}"]\nenabled = true\n`)
  .join('\n')

const { values } = parseArgs({
  options: {
    data: {
      type: 'string',
      default: fileURLToPath(new URL('../../models/training/.data', import.meta.url)),
    },
    repository: { type: 'string', default: '' },
    commit: { type: 'string', default: '' },
  },
})
const fix = [...readFixes(values.data, fileNameOf(values.repository))].find(it =>
  it.commit.startsWith(values.commit),
)
if (!fix) throw new Error(`no mined fix ${values.commit} of ${values.repository}`)
await take(fix)

async function take({ repository, path, before, beforeRange }: MinedFix): Promise<void> {
  const folder = temporaryFolder()
  const workspace = basename(repository)
  try {
    folder.write(`${workspace}/.codeant.toml`, SETTINGS)
    const file = folder.write(`${workspace}/${path}`, before)
    const home = join(folder.path, 'vs')
    installExtension(home, packageExtension(join(folder.path, 'codeant.vsix')))
    const settings = {
      ...LOOKS,
      'codeant.models.functions': 'all',
      // VS Code's own hints would be in the picture, too.
      'javascript.suggestionActions.enabled': false,
      'typescript.suggestionActions.enabled': false,
    }
    const server = await startCodeServer({ home, settings })
    const { page, close } = await openBrowser({ fonts: true })
    try {
      await page.goto(server.page(join(folder.path, workspace), [['openFile', server.remote(file)]]))
      await page.addStyleTag({ content: WITHOUT_BROWSER_ITEMS })
      await look(page, basename(path), before.slice(0, beforeRange[0]).split('\n').length)
    } finally {
      await close()
      await server.stop()
    }
  } finally {
    folder.remove()
  }
}

async function look(page: Page, file: string, line: number): Promise<void> {
  const picture = (name: string) => page.screenshot({ path: join(images, `learned-${name}.png`) })
  const editor = page.locator(`.monaco-editor[data-uri$="${file}"]`)
  await editor.locator('.view-line').first().waitFor({ timeout: 60_000 })
  await page.keyboard.press('Control+b')
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' })
  await page.keyboard.press('Control+g')
  await page.keyboard.type(String(line))
  await page.keyboard.press('Enter')
  const hint = editor.locator('.squiggly-hint').first()
  await hint.waitFor({ state: 'attached', timeout: 120_000 })
  const box = await hint.boundingBox()
  if (!box) throw new Error('the finding is not on the screen')
  await page.mouse.move(box.x + 2, box.y + box.height / 2)
  await page.mouse.move(box.x + 4, box.y + box.height / 2)
  await page
    .locator('.monaco-hover', { hasText: /What to do[\s\S]*Quick Fix/ })
    .first()
    .waitFor()
  await picture('hover')

  await page.keyboard.press('Escape')
  await page.mouse.move(0, 0)
  await page.mouse.click(box.x + 4, box.y + box.height / 2)
  await page.keyboard.press('Control+.')
  const offered = page.locator('.action-widget .monaco-list-row', { hasText: 'verified' }).first()
  await offered.waitFor({ timeout: 60_000 })
  await picture('quick-fix')
  await offered.click()
  await waitFor(
    'the finding gone',
    async () => (await editor.locator('.squiggly-hint').count()) === 0 || undefined,
  )
  await page.locator('.statusbar-item', { hasText: /CodeAnt 0/ }).waitFor()
  await page.keyboard.press('Escape')
  await picture('after-fix')
}
