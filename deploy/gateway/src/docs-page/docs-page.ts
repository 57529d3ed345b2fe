// The files of the page that shows the description: plain ones, as a browser takes them, beside the program.

import { readFileSync } from 'node:fs'

export const PAGE_FILES = [
  { path: '/api/v1/docs', type: 'text/html', file: 'index.html' },
  { path: '/api/v1/docs/page.js', type: 'text/javascript', file: 'page.js' },
  { path: '/api/v1/docs/page.css', type: 'text/css', file: 'page.css' },
] as const

export type PageFile = (typeof PAGE_FILES)[number]['file']

/** Beside this file in the sources, in a folder beside the bundle. */
export function readPage(file: PageFile): string {
  return readFileSync(new URL(`./page/${file}`, import.meta.url), 'utf8')
}
