// Makes the guides into pages that a browser shows without a server: every Markdown file of `docs/` becomes HTML, links lead from page to
// page, and each page knows its twin in the other language.
//
//   node deploy/release/pages.mjs --to FOLDER [--repository https://github.com/owner/codeant/blob/main]
//
// A link to a file that is no guide leads to --repository; without it, only its words stay.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Marked } from 'marked'

const root = fileURLToPath(new URL('../../', import.meta.url))
const USAGE = 'node deploy/release/pages.mjs --to FOLDER [--repository URL]'
const TWINS = { en: ['es', 'Español'], es: ['en', 'English'] }

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.6 system-ui,sans-serif;max-width:50rem;margin:0 auto;padding:1rem}
header{display:flex;justify-content:space-between;border-bottom:1px solid #8884;padding-bottom:.5rem}
pre{overflow-x:auto;padding:.8rem;background:#8881;border-radius:4px}code{font-size:.9em}img{max-width:100%}
table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border:1px solid #8884;padding:.3rem .6rem;text-align:left}
a:focus-visible{outline:2px solid}`

/** The HTML of a page; `path` is that of its Markdown below `docs/`. */
export function pageOf(path, markdown, { has, repository }) {
  const seen = new Map()
  const renderer = {
    heading({ tokens, depth }) {
      const text = this.parser.parseInline(tokens)
      return `<h${depth} id="${slugOf(text.replace(/<[^>]+>/g, ''), seen)}">${text}</h${depth}>\n`
    },
    link({ href, title, tokens }) {
      const text = this.parser.parseInline(tokens)
      const target = targetOf(path, href, { has, repository })
      return target === undefined
        ? text
        : `<a href="${escaped(target)}"${title ? ` title="${escaped(title)}"` : ''}>${text}</a>`
    },
  }
  const body = new Marked({ renderer, gfm: true }).parse(markdown)
  const [language] = path.split('/')
  const [twin, name] = TWINS[language]
  const title = /^# (.+)$/m.exec(markdown)?.[1].replace(/[`*]/g, '') ?? 'CodeAnt'
  const up = '../'.repeat(path.split('/').length - 1)
  const other = `${up}${path.replace(language, twin).replace(/\.md$/, '.html')}`
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><a href="${up}${language}/README.html">CodeAnt</a><a href="${other}" lang="${twin}" hreflang="${twin}">${name}</a></header>
<main>
${body}</main>
</body>
</html>
`
}

/** Where a link of a guide leads among pages; undefined where it leads nowhere that a reader of pages can go. */
function targetOf(path, href, { has, repository }) {
  if (/^[a-z]+:/.test(href) || href.startsWith('#')) return href
  const [file, anchor] = href.split(/(#.*)/)
  const target = posix.normalize(posix.join('docs', posix.dirname(path), file))
  if (has(target)) return file.replace(/\.md$/, '.html') + (anchor ?? '')
  return repository && `${repository}/${target}${anchor ?? ''}`
}

/** As GitHub names headings, so that links hold in both places. */
function slugOf(text, seen) {
  const plain = text.replace(/&[a-z]+;|&#\d+;/g, '').toLowerCase()
  const slug = plain
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
  const count = seen.get(slug) ?? 0
  seen.set(slug, count + 1)
  return count === 0 ? slug : `${slug}-${count}`
}

function escaped(text) {
  return text.replace(/[&<>"]/g, it => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[it])
}

function main() {
  const text = { type: 'string' }
  const { values } = parseArgs({ options: { to: text, repository: text, help: { type: 'boolean' } } })
  if (values.help) return void process.stdout.write(`${USAGE}\n`)
  if (!values.to) {
    process.stderr.write(`pages: ${USAGE}\n`)
    process.exitCode = 1
    return
  }
  const docs = join(root, 'docs')
  const files = readdirSync(docs, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter(it => it.isFile())
    .map(it => relative(docs, join(it.parentPath, it.name)).replaceAll('\\', '/'))
  const known = new Set(files.map(it => `docs/${it}`))
  let pages = 0
  for (const it of files) {
    const target = resolve(values.to, it.replace(/\.md$/, '.html'))
    mkdirSync(dirname(target), { recursive: true })
    if (it.endsWith('.md') && TWINS[it.split('/')[0]]) {
      const options = { has: path => known.has(path), repository: values.repository }
      writeFileSync(target, pageOf(it, readFileSync(join(docs, it), 'utf8'), options))
      pages++
    } else cpSync(join(docs, it), target)
  }
  const start =
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=en/README.html"><title>CodeAnt</title>\n'
  writeFileSync(resolve(values.to, 'index.html'), start)
  // Without it, GitHub takes away what begins with an underscore.
  if (!existsSync(resolve(values.to, '.nojekyll'))) writeFileSync(resolve(values.to, '.nojekyll'), '')
  process.stdout.write(`${values.to}: ${pages} pages\n`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main()
