// `codeant translate`: a small function in another language, or why not.

import { CODE_LANGUAGES, type CodeLanguage } from '@codeant/shared/language.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import { isCode } from '../../features/analyse-file.ts'
import { grammarOf, languageOf } from '../../features/languages.ts'
import { sketch } from '../../features/translation/sketch.ts'
import { UsageError } from '../arguments.ts'
import { shownPath } from '../collect.ts'
import { type Command, EXIT } from '../command.ts'
import { lineIn, placeNamed } from '../explain-place.ts'
import { LineStarts } from '../line-starts.ts'
import { openWorkspace, readText } from '../workspace.ts'

export const translate: Command = {
  name: 'translate',
  usage: { en: '<file:line>', es: '<archivo:línea>' },
  summary: {
    en: 'Sketch a small function in another language, where every part of it has a certain counterpart',
    es: 'Esboza una función pequeña en otro lenguaje, si cada parte tiene un equivalente seguro',
  },
  options: {
    to: {
      type: 'string',
      choices: CODE_LANGUAGES,
      help: { en: 'the language of the sketch', es: 'el lenguaje del boceto' },
    },
  },
  examples: [
    'codeant translate api/prices.py:12 --to typescript',
    'codeant translate web/cart.ts:40 --to rust',
  ],

  async run(given, terminal) {
    const { locale, out, err } = terminal
    const say = WORDS[locale]
    const [name] = given.positionals
    const place = placeNamed(name, terminal)
    const to = given.value('to') as CodeLanguage | undefined
    if (!place || !to) throw new UsageError(say.what)
    const text = readText(place.file)
    if (text === undefined) throw new UsageError(say.noFile(name!))
    const path = shownPath(place.file, terminal)
    const language = languageOf(path)
    const grammar = language && isCode(language) ? grammarOf(language, path) : undefined
    if (!language || !isCode(language) || !grammar) throw new UsageError(say.noFunction(name!))
    const workspace = openWorkspace(terminal, { cache: false })
    try {
      const { parser } = await workspace.scanner.engine([{ language, path }])
      const tree = parser.parseOnce(text, grammar)
      const found = tree && sketch({ path, language, tree }, ...lineIn(text, place.line), to, locale)
      if (!found) throw new UsageError(say.noFunction(name!))
      if (found.kind === 'sketch') {
        out.write(found.text)
        return EXIT.ok
      }
      err.write(`${path}:${new LineStarts(() => text).lineOf(path, found.start)}: ${found.why}\n`)
      return EXIT.findings
    } finally {
      await workspace.scanner.close()
    }
  },
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly what: string
      readonly noFile: (place: string) => string
      readonly noFunction: (place: string) => string
    }
  >
> = {
  en: {
    what: 'which function, and in which language? `codeant translate src/cart.ts:40 --to python`',
    noFile: place => `there is no file for ${place}`,
    noFunction: place => `there is no function at ${place}`,
  },
  es: {
    what: '¿qué función y en qué lenguaje? `codeant translate src/cart.ts:40 --to python`',
    noFile: place => `no existe ningún archivo para ${place}`,
    noFunction: place => `no hay ninguna función en ${place}`,
  },
}
