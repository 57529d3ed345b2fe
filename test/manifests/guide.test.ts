// Every command of the operator's pages is one that its program takes, in both languages, and both show the same ones.

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { operate } from './support/operation.ts'
import { root } from './support/render.ts'

const PAGES = ['operations', 'runbooks']

test('commands of the guide and the runbooks are taken by their programs', { timeout: 120_000 }, async () => {
  const commands = new Set(PAGES.flatMap(page => ['en', 'es'].flatMap(it => commandsOf(page, it))))
  assert.ok(commands.size > 15, String(commands.size))
  for (const command of commands) {
    const [path, ...given] = command.split(/\s+/)
    const name = /^deploy\/operations\/([\w-]+)\.mjs$/.exec(path!)?.[1]
    assert.ok(name && existsSync(join(root, path!)), command)
    // Options are read before help is shown: one that there is not is refused.
    const { status, stderr } = await operate(name, [...given, '--help'])
    assert.deepEqual([status, stderr], [0, ''], command)
  }
})

test('both languages show the same commands, and what they name is there', () => {
  for (const page of PAGES) {
    assert.deepEqual(commandsOf(page, 'en'), commandsOf(page, 'es'), page)
    for (const language of ['en', 'es'])
      for (const [path] of textOf(page, language).matchAll(
        /\b(?:test|deploy)\/[\w./-]+\.(?:ts|mjs|yml|md)\b/g,
      ))
        assert.ok(existsSync(join(root, path)), `${language}/${page}: ${path}`)
  }
})

/** What stands for something of the reader's is one word. */
function commandsOf(page: string, language: string): string[] {
  return [...textOf(page, language).matchAll(/\bnode (deploy\/operations\/[^\n`]+)/g)].map(it =>
    it[1]!.trim().replaceAll(/<[^>]+>/g, 'X'),
  )
}

function textOf(page: string, language: string): string {
  return readFileSync(join(root, `docs/${language}/${page}.md`), 'utf8')
}
