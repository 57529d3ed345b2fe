// `codeant rules add|update|remove`: rules of others become part of the project, and what they are is said.

import { join } from 'node:path'
import { accept, type ChosenPack, choose, install, remove } from '../../host/node/pack-install.ts'
import {
  isPackName,
  LOCK_FILE,
  type Lock,
  type LockedPack,
  PACKS_FOLDER,
  packDigest,
  readLock,
} from '../../host/node/pack-lock.ts'
import { bring, nameFor, type Origin, originForLock, originOf } from '../../host/node/pack-origin.ts'
import { trustedKeys } from '../../host/node/pack-signature.ts'
import { PackTrouble } from '../../host/node/pack-sources/brought.ts'
import { installedPacks } from '../../host/node/packs.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { EXIT } from '../command.ts'
import { newReader, projectRoot, shownPlace } from '../packs.ts'
import type { Terminal } from '../terminal.ts'
import { loadedText, signatureText } from './pack-text.ts'
import { PACK_WORDS } from './pack-words.ts'

export async function addPack(
  [given, ...more]: readonly string[],
  options: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { cwd, out, locale } = terminal
  const say = PACK_WORDS[locale]
  if (given === undefined || more.length > 0) throw new UsageError(say.whatToAdd)
  const root = projectRoot(cwd, terminal)
  const [address, ref] = withRef(given)
  const origin = originOf(address, cwd)
  const name = options.value('name') ?? nameFor(origin)
  if (!isPackName(name)) throw new UsageError(say.badName(name))
  const lock = lockOf(root, terminal)
  const locked = originForLock(origin, root)
  const before = lock.get(name)
  if (before && before.origin !== locked) throw new UsageError(say.taken(name, before.origin))
  return inWords(terminal, async () => {
    const added = await put(root, name, origin, ref, before, options, terminal)
    out.write(`${say.added(name, Object.keys(added.locked.files).length, placeOf(root, name, terminal))}\n`)
    await tell(root, name, added, terminal)
    out.write(`${say.next}\n`)
    return EXIT.ok
  })
}

/** All packs, or those that are named. `--accept` takes them as they lie there. */
export async function updatePacks(
  names: readonly string[],
  options: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { out, locale } = terminal
  const say = PACK_WORDS[locale]
  const root = projectRoot(terminal.cwd, terminal)
  const lock = lockOf(root, terminal)
  const wanted = names.length > 0 ? names : [...lock.keys()]
  if (wanted.length === 0) throw new UsageError(say.whichPack([]))
  for (const name of wanted) if (!lock.has(name)) throw new UsageError(say.noPack(name))
  return inWords(terminal, async () => {
    for (const name of wanted) {
      const before = lock.get(name)!
      if (
        options.flag('accept') &&
        names.length > 0 &&
        installedPacks(root)?.some(it => it.name === name && isOdd(it))
      ) {
        const { files } = accept(root, name, before)
        out.write(`${say.accepted(name, Object.keys(files).length)}\n`)
        continue
      }
      const sound = installedPacks(root)?.some(it => it.name === name && !isOdd(it))
      const after = await put(
        root,
        name,
        originOf(before.origin, root),
        before.ref,
        before,
        options,
        terminal,
      )
      if (sound && after.locked.digest === before.digest && after.locked.commit === before.commit) {
        out.write(`${say.same(name)}\n`)
        continue
      }
      out.write(`${say.updated(name, placeOf(root, name, terminal))}\n`)
      out.write(`${changesText(before, after.locked, say.changes)}\n`)
      await tell(root, name, after, terminal)
    }
    return EXIT.ok
  })
}

export async function removePacks(names: readonly string[], terminal: Terminal): Promise<number> {
  const { out, locale } = terminal
  const say = PACK_WORDS[locale]
  const root = projectRoot(terminal.cwd, terminal)
  const lock = lockOf(root, terminal)
  if (names.length === 0) throw new UsageError(say.whichPack([...lock.keys()]))
  for (const name of names) if (!lock.has(name)) throw new UsageError(say.noPack(name))
  return inWords(terminal, async () => {
    for (const name of names) {
      remove(root, name)
      out.write(`${say.removed(name)}\n`)
    }
    return EXIT.ok
  })
}

interface Put {
  readonly locked: LockedPack
  readonly chosen: ChosenPack
  readonly links: number
}

async function put(
  root: string,
  name: string,
  origin: Origin,
  ref: string | undefined,
  before: LockedPack | undefined,
  options: Arguments,
  terminal: Terminal,
): Promise<Put> {
  const brought = await bring(origin, ref, terminal.env)
  const chosen = await choose(brought, await newReader(terminal), originForLock(origin, root))
  hold(chosen, name, before, options, terminal)
  const unchanged =
    before &&
    before.commit === brought.commit &&
    before.digest === packDigest(Object.fromEntries(chosen.digests))
  const sound = installedPacks(root)?.some(it => it.name === name && !isOdd(it))
  const locked =
    unchanged && sound
      ? before
      : install(root, name, chosen, { origin: originForLock(origin, root), ref, commit: brought.commit })
  return { locked, chosen, links: brought.links }
}

/** What a signature that is wrong, another one, or none where one is wanted, forbids. Throws `PackTrouble`. */
function hold(
  { signature }: ChosenPack,
  name: string,
  before: LockedPack | undefined,
  options: Arguments,
  { env, locale }: Terminal,
): void {
  if (signature.state === 'wrong') throw new PackTrouble('wrong-signature', signature.file ?? '')
  const key = signature.state === 'signed' ? signature.key : undefined
  if (before?.key !== undefined && before.key !== key && !options.flag('accept'))
    throw new PackTrouble('other-signature', name)
  if (options.flag('signed') && (key === undefined || !trustedKeys(env).has(key)))
    throw new PackTrouble('not-trusted', key ?? UNSIGNED[locale])
}

const UNSIGNED = { en: 'not signed', es: 'algo sin firma' } as const

async function tell(root: string, name: string, { locked, links }: Put, terminal: Terminal): Promise<void> {
  const { out, env, locale } = terminal
  const say = PACK_WORDS[locale]
  const pack = installedPacks(root)!.find(it => it.name === name)!
  out.write(await loadedText(pack, terminal))
  out.write(`${locked.licence === undefined ? say.noLicence : say.licence(locked.licence)}\n`)
  out.write(`${signatureText(pack.signature, env, locale)}\n`)
  if (links > 0) out.write(`${say.links(links)}\n`)
}

function changesText(
  before: LockedPack,
  after: LockedPack,
  say: (fresh: number, gone: number, other: number) => string,
): string {
  const paths = Object.keys(after.files)
  return say(
    paths.filter(it => !(it in before.files)).length,
    Object.keys(before.files).filter(it => !(it in after.files)).length,
    paths.filter(it => it in before.files && before.files[it] !== after.files[it]).length,
  )
}

function isOdd({
  changed,
  signature,
}: {
  changed: readonly string[]
  signature: { state: string }
}): boolean {
  return changed.length > 0 || signature.state === 'wrong'
}

/** `https://host/rules.git#v2`: a branch, a tag or a commit stands behind the sign. */
function withRef(given: string): [address: string, ref: string | undefined] {
  const at = given.lastIndexOf('#')
  if (at === -1 || !/^[\w@.+-]+[:/]/.test(given)) return [given, undefined]
  return [given.slice(0, at), given.slice(at + 1)]
}

function lockOf(root: string, { locale }: Terminal): Lock {
  const lock = readLock(root)
  if (!lock) throw new UsageError(PACK_WORDS[locale].brokenLock(LOCK_FILE))
  return lock
}

function placeOf(root: string, name: string, terminal: Terminal): string {
  return shownPlace(join(root, PACKS_FOLDER, name), terminal)
}

async function inWords<T>({ locale }: Terminal, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof PackTrouble)
      throw new UsageError(PACK_WORDS[locale].trouble[error.problem](error.about))
    throw error
  }
}
