// The files of the pages that the endpoint shows: plain ones, as a browser takes them, beside the program.

import { readFileSync } from 'node:fs'

export const PAGE_FILES = [
  { path: '/api/v1/docs', type: 'text/html', file: 'index.html', shows: 'this description' },
  { path: '/api/v1/docs/page.js', type: 'text/javascript', file: 'page.js', shows: 'this description' },
  { path: '/api/v1/docs/page.css', type: 'text/css', file: 'page.css', shows: 'this description' },
  { path: '/device', type: 'text/html', file: 'device.html', shows: 'who asks to be let in' },
  { path: '/device/device.js', type: 'text/javascript', file: 'device.js', shows: 'who asks to be let in' },
  { path: '/graphql', type: 'text/html', file: 'graphql.html', shows: 'what can be asked over GraphQL' },
  {
    path: '/graphql/graphql.js',
    type: 'text/javascript',
    file: 'graphql.js',
    shows: 'what can be asked over GraphQL',
  },
] as const

export type PageFile = (typeof PAGE_FILES)[number]['file']

/** Beside this file in the sources, in a folder beside the bundle. */
export function readPage(file: PageFile): string {
  return readFileSync(new URL(`./page/${file}`, import.meta.url), 'utf8')
}
