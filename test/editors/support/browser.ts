// The browser that looks at VS Code, and notes every request that leaves this machine.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { provide } from '../install.mjs'

export interface Browser {
  readonly page: Page
  /** Addresses outside of this machine that were asked for. */
  readonly outside: readonly string[]
  close(): Promise<void>
}

/** Pictures are 1280 × 800; a quarter larger than life, so that they can be read in a README. */
const ZOOM = 1.25

export interface BrowserOptions {
  /** With them, letters that are good to look at; without, those that are there. */
  readonly fonts?: boolean
  /** Of who looks: `es-ES`. */
  readonly locale?: string
}

export async function openBrowser({ fonts = false, locale }: BrowserOptions = {}): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'codeant-browser-'))
  const fontFile = join(profile, 'fonts.conf')
  if (fonts) {
    provide('fonts')
    writeFileSync(fontFile, FONTS)
  }
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: provide('chromium'),
    headless: true,
    env: { ...process.env, ...(fonts && { FONTCONFIG_FILE: fontFile }) },
    viewport: { width: 1280 / ZOOM, height: 800 / ZOOM },
    deviceScaleFactor: ZOOM,
    ...(locale && { locale }),
    args: [
      // A browser of root cannot have a sandbox; it sees only our own page.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  const outside: string[] = []
  const note = (url: string): void => {
    const { protocol, hostname } = new URL(url)
    if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') outside.push(url)
  }
  context.on('request', it => note(it.url()))
  const page = context.pages()[0] ?? (await context.newPage())
  page.on('websocket', it => note(it.url()))
  page.setDefaultTimeout(30_000)
  return {
    page,
    outside,
    close: async () => {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include>/etc/fonts/fonts.conf</include>
  ${['system-ui', 'sans-serif']
    .map(
      it =>
        `<match><test name="family"><string>${it}</string></test>
  <edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit></match>`,
    )
    .join('')}
</fontconfig>
`
