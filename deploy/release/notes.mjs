// What a release says of itself: the section of CHANGELOG.md about its version. A release that nobody described is none.
//
//   node deploy/release/notes.mjs v0.1.0 [--unreleased]

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('../../', import.meta.url))
const USAGE =
  'node deploy/release/notes.mjs VERSION [--unreleased]\n--unreleased takes a section without a day, too.'

/** @throws an error whose message says what is missing */
export function notesFor(tag, { changelog, version, unreleased = false }) {
  const wanted = tag.replace(/^v/, '')
  if (wanted !== version) throw new Error(`the tag says ${wanted}, package.json says ${version}`)
  const sections = changelog.split(/^## /m).slice(1)
  const section = sections.find(it => it.startsWith(`[${wanted}]`))
  if (!section) throw new Error(`CHANGELOG.md has no section "## [${wanted}]"`)
  const [title = '', ...lines] = section.split('\n')
  if (!unreleased && !/ - \d{4}-\d\d-\d\d$/.test(title))
    throw new Error(`CHANGELOG.md says no day for ${wanted}: "## [${wanted}] - YYYY-MM-DD"`)
  const text = lines.join('\n').trim()
  if (!text) throw new Error(`CHANGELOG.md says nothing about ${wanted}`)
  return `${text}\n`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    options: { unreleased: { type: 'boolean' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  const [tag] = positionals
  if (values.help) process.stdout.write(`${USAGE}\n`)
  else
    try {
      if (!tag) throw new Error(USAGE)
      process.stdout.write(
        notesFor(tag, {
          changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
          version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
          unreleased: values.unreleased,
        }),
      )
    } catch (error) {
      process.stderr.write(`notes: ${error.message}\n`)
      process.exitCode = 1
    }
}
