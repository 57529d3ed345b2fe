// Which repositories an organisation has: named one by one, listed in a file, or all that lie in a folder.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Arguments } from '../arguments.ts'
import { shownPath } from '../collect.ts'
import type { Terminal } from '../terminal.ts'
import { absolute } from '../workspace.ts'
import { ShardTrouble } from './trouble.ts'
import type { ShardsWords } from './words.ts'

/** In the order in which their results come. Throws `ShardTrouble`. */
export function placesOf(
  named: readonly string[],
  given: Arguments,
  terminal: Terminal,
  say: ShardsWords,
): string[] {
  return [...named, ...listed(given.value('list'), terminal, say), ...eachIn(given, terminal, say)]
}

function listed(file: string | undefined, terminal: Terminal, say: ShardsWords): string[] {
  if (file === undefined) return []
  try {
    return readFileSync(absolute(terminal, file), 'utf8')
      .split(/\r?\n/)
      .map(it => it.trim())
      .filter(it => it !== '' && !it.startsWith('#'))
  } catch (error) {
    throw new ShardTrouble(say.list(file, (error as Error).message), 'later')
  }
}

function eachIn(given: Arguments, terminal: Terminal, say: ShardsWords): string[] {
  const folder = given.value('each-in')
  if (folder === undefined) return []
  const place = absolute(terminal, folder)
  try {
    return readdirSync(place)
      .filter(it => !it.startsWith('.') && it !== 'lost+found')
      .map(it => join(place, it))
      .filter(it => statSync(it).isDirectory())
      .map(it => shownPath(it, terminal))
      .sort()
  } catch {
    throw new ShardTrouble(say.unreadable(folder), 'later')
  }
}
