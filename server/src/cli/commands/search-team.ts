// `codeant search --team`: the same question to the functions that the team shared. Nothing is sent but the words.

import type { FoundFunction } from '@codeant/shared/endpoint-functions.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import type { Arguments } from '../arguments.ts'
import { EXIT } from '../command.ts'
import { openAccount, tellingRefusals } from '../endpoint-account.ts'
import { paint, type Terminal } from '../terminal.ts'

/** As many as the endpoint gives at once. */
const MOST = 100

export function searchTeam(
  words: string,
  limit: number,
  given: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { out, locale } = terminal
  const say = WORDS[locale]
  return tellingRefusals(terminal, async () => {
    const { client } = await openAccount(given, terminal)
    const found = await client.findFunctions({ words, limit: limit === 0 ? MOST : Math.min(limit, MOST) })
    if (given.value('format') === 'json') {
      out.write(`${JSON.stringify(found, null, 2)}\n`)
      return EXIT.ok
    }
    for (const it of found.functions) out.write(textOf(it, terminal))
    out.write(found.functions.length === 0 ? `${say.none}\n` : `\n${say.closeness}\n`)
    return EXIT.ok
  })
}

/** The first place, and below it where the same stands as well. */
function textOf({ similarity, places, language }: FoundFunction, { out, locale }: Terminal): string {
  const [first, ...others] = places.map(it => ({
    ...it,
    // What comes from elsewhere may hold what a terminal would obey.
    project: plain(it.project),
    path: plain(it.path),
    name: plain(it.name),
  }))
  if (!first) return ''
  const share = `${String(Math.round(similarity * 100)).padStart(3)} %`
  const lines = [
    `${paint(out, similarity > 0.3 ? 'green' : 'yellow', share)}  ${paint(out, 'bold', `${first.project}: ${first.path}`)}:${first.line} ${first.name} ${paint(out, 'gray', plain(language))}`,
    ...others.map(
      it =>
        `       ${paint(out, 'gray', `${WORDS[locale].also} ${it.project}: ${it.path}:${it.line} ${it.name}`)}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, '')
}

const WORDS: Readonly<
  Record<Locale, { readonly none: string; readonly closeness: string; readonly also: string }>
> = {
  en: {
    none: 'Your team has shared no function that is about any of these words.',
    closeness: 'The closest first. A few words are never as close to a function as another function is.',
    also: 'also',
  },
  es: {
    none: 'Tu equipo no ha compartido ninguna función que trate de estas palabras.',
    closeness:
      'Primero las más cercanas. Unas pocas palabras nunca están tan cerca de una función como otra función.',
    also: 'también',
  },
}
