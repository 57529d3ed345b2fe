// `--rules`: reading the rules that somebody brought, and saying which of them cannot be run.

import { relative, sep } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { shipped } from '../host/node/folders.ts'
import { DiskGrammars } from '../host/node/grammars.ts'
import { type LoadedPack, loadPack } from '../host/node/packs.ts'
import { refusalWords } from '../patterns/refusal.ts'
import { SyntaxParser } from '../syntax/parser.ts'
import { UsageError } from './arguments.ts'
import { paint, type Terminal } from './terminal.ts'
import { absolute } from './workspace.ts'

/** Undefined when none are asked for. Each rule that cannot be run is told of by name, with the reason. */
export async function openPack(
  given: string | undefined,
  terminal: Terminal,
): Promise<LoadedPack | undefined> {
  if (given === undefined) return undefined
  const { err, locale, cwd } = terminal
  const places = given.split(',').map(it => absolute(terminal, it.trim()))
  const parser = await SyntaxParser.start(new DiskGrammars(shipped('grammars')))
  const loaded = await loadPack(parser, places)
  const shown = (file: string) => relative(cwd, file).split(sep).join('/') || file
  for (const it of loaded.empty) throw new UsageError(WORDS[locale].empty(shown(it)))
  for (const { file, id, refusal } of loaded.refused)
    err.write(
      `${paint(err, 'yellow', shown(file))}: ${WORDS[locale].refused(id, refusalWords(refusal, locale))}\n`,
    )
  return loaded
}

const WORDS: Readonly<
  Record<
    Locale,
    { readonly empty: (place: string) => string; readonly refused: (id: string, reason: string) => string }
  >
> = {
  en: {
    empty: place => `there is no rule in ${place}`,
    refused: (id, reason) => `the rule ${id} is not run: ${reason}`,
  },
  es: {
    empty: place => `no hay ninguna regla en ${place}`,
    refused: (id, reason) => `la regla ${id} no se ejecuta: ${reason}`,
  },
}
