// The rules that somebody brought, by `--rules` or as packs of the project, and what is told of those that cannot be run.

import { relative, resolve, sep } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { shipped } from '../host/node/folders.ts'
import { DiskGrammars } from '../host/node/grammars.ts'
import { LOCK_FILE } from '../host/node/pack-lock.ts'
import { type InstalledPack, installedPacks, type LoadedPack, loadPack } from '../host/node/packs.ts'
import { MOST_FILES } from '../host/node/project-rules.ts'
import { Projects } from '../host/node/projects.ts'
import { RuleReader, ruleShelf } from '../host/node/rule-reader.ts'
import { refusalWords } from '../patterns/refusal.ts'
import { SyntaxParser } from '../syntax/parser.ts'
import { UsageError } from './arguments.ts'
import { paint, type Terminal } from './terminal.ts'

/** Undefined when none are asked for. Each rule that cannot be run is told of by name, with the reason. */
export async function openPack(
  given: string | undefined,
  terminal: Terminal,
): Promise<LoadedPack | undefined> {
  if (given === undefined) return undefined
  const places = given.split(',').map(it => resolve(terminal.cwd, it.trim()))
  const loaded = await load(places, terminal)
  const [empty] = loaded.empty
  if (empty !== undefined) throw new UsageError(WORDS[terminal.locale].empty(shownPlace(empty, terminal)))
  announceRefused(loaded.refused, terminal)
  return loaded
}

/** Tells which rules cannot be run, and why. */
export function announceRefused(refused: LoadedPack['refused'], terminal: Terminal): void {
  const { err, locale } = terminal
  for (const { file, id, refusal } of refused) {
    const told = WORDS[locale].refused(id, refusalWords(refusal, locale))
    err.write(`${paint(err, 'yellow', shownPlace(file, terminal))}: ${told}\n`)
  }
}

/** The packs of the project that a folder is in. What of them is not run is told. */
export function packsOf(place: string, terminal: Terminal): readonly InstalledPack[] {
  const { err, locale } = terminal
  const tell = (text: string) => err.write(`${paint(err, 'yellow', 'codeant:')} ${text}\n`)
  const packs = installedPacks(projectRoot(place, terminal))
  if (!packs) tell(WORDS[locale].brokenLock(LOCK_FILE))
  for (const { name, changed, signature } of packs ?? []) {
    if (signature.state === 'wrong') tell(WORDS[locale].wrongSignature(name))
    else if (changed.length > 0) tell(WORDS[locale].changed(name, changed))
  }
  const files = (packs ?? []).reduce((sum, it) => sum + it.files.length, 0)
  if (files > MOST_FILES) tell(WORDS[locale].tooMany(files, MOST_FILES))
  return packs ?? []
}

/** Where a project's packs lie: beside its settings, or where its repository begins. */
export function projectRoot(place: string, { cwd }: Terminal): string {
  const projects = new Projects(() => true)
  projects.open(cwd)
  return projects.at(place).root
}

/** The rules of files and folders, from the cache where they were read before. */
export async function load(places: readonly string[], { env }: Terminal): Promise<LoadedPack> {
  return loadPack(await newParser(), places, ruleShelf(env))
}

export async function newReader({ env }: Terminal): Promise<RuleReader> {
  return new RuleReader(await newParser(), ruleShelf(env))
}

function newParser(): Promise<SyntaxParser> {
  return SyntaxParser.start(new DiskGrammars(shipped('grammars')))
}

/** As a person in the current folder would write it. */
export function shownPlace(file: string, { cwd }: Terminal): string {
  return relative(cwd, file).split(sep).join('/') || file
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly empty: (place: string) => string
      readonly refused: (id: string, reason: string) => string
      readonly brokenLock: (file: string) => string
      readonly wrongSignature: (name: string) => string
      readonly tooMany: (files: number, most: number) => string
      readonly changed: (name: string, paths: readonly string[]) => string
    }
  >
> = {
  en: {
    empty: place => `there is no rule in ${place}`,
    refused: (id, reason) => `the rule ${id} is not run: ${reason}`,
    brokenLock: file => `${file} cannot be read, so that no installed pack is run`,
    wrongSignature: name =>
      `the pack ${name} is not what its signature stands for, so that it is not run; \`codeant rules update ${name}\` brings it again`,
    tooMany: (files, most) =>
      `the packs of this project have ${files} files of rules, of which the first ${most} are run`,
    changed: (name, paths) =>
      `not run, because changed since the pack ${name} was added: ${few(paths, 'and', 'more')}; \`codeant rules update ${name}\` brings it again, with --accept it is taken as it is`,
  },
  es: {
    empty: place => `no hay ninguna regla en ${place}`,
    refused: (id, reason) => `la regla ${id} no se ejecuta: ${reason}`,
    brokenLock: file => `${file} no se puede leer, así que no se ejecuta ningún paquete instalado`,
    wrongSignature: name =>
      `el paquete ${name} no es lo que su firma respalda, así que no se ejecuta; \`codeant rules update ${name}\` lo trae de nuevo`,
    tooMany: (files, most) =>
      `los paquetes de este proyecto tienen ${files} archivos de reglas y se ejecutan los ${most} primeros`,
    changed: (name, paths) =>
      `no se ejecuta, porque ha cambiado desde que se añadió el paquete ${name}: ${few(paths, 'y', 'más')}; \`codeant rules update ${name}\` lo trae de nuevo y con --accept se toma como está`,
  },
}

function few(paths: readonly string[], and: string, more: string): string {
  const shown = paths.slice(0, 3).map(it => it.replace(/\p{Cc}/gu, ''))
  const rest = paths.length - shown.length
  return shown.join(', ') + (rest > 0 ? ` ${and} ${rest} ${more}` : '')
}
