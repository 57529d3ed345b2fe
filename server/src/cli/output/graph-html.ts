// A picture as one page that stands for itself: it holds its script, its style and its data, and may load nothing.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { PicturePage } from '@codeant/shared/picture.ts'
import { shipped } from '../../host/node/folders.ts'

/** Read only when somebody asks for a page: the library that draws it takes half a megabyte. */
export function graphPage(page: PicturePage): string {
  const part = (name: string) => readFileSync(new URL(name, shipped('page')), 'utf8')
  const script = part('graph.js').trim()
  const digest = createHash('sha256').update(script).digest('base64')
  const policy = `default-src 'none'; script-src 'sha256-${digest}'; style-src 'unsafe-inline'`
  return `<!doctype html>
<html lang="${page.locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(page.title)}</title>
<style>${part('graph.css').trim()}</style>
</head>
<body>
<script id="data" type="application/json">${JSON.stringify(page).replaceAll('<', '\\u003c')}</script>
<script>${script}</script>
</body>
</html>
`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, it => `&#${it.codePointAt(0)};`)
}
