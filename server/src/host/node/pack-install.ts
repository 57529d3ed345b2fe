// Packs of a project: put into `.codeant/packs`, taken out again, and locked to what they were.

import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isProjectFile } from './ast-grep-project.ts'
import {
  fileDigest,
  type Lock,
  type LockedPack,
  PACKS_FOLDER,
  packDigest,
  readLock,
  writeLock,
} from './pack-lock.ts'
import { type Digests, readSignature, type Signature } from './pack-signature.ts'
import { type Brought, isLicence, isRuleFile, PackTrouble, SIGNATURE_FILE } from './pack-sources/brought.ts'
import type { RuleReader } from './rule-reader.ts'

/** What is kept of what was brought. */
export interface ChosenPack {
  readonly files: ReadonlyMap<string, Buffer>
  readonly digests: Digests
  readonly licence: string | undefined
  readonly signature: Signature
}

/** The files that hold rules, the licence, the signature. Rejects with `PackTrouble`. */
export async function choose(brought: Brought, reader: RuleReader, from: string): Promise<ChosenPack> {
  const files = new Map<string, Buffer>()
  const digests = new Map<string, string>()
  let licence: string | undefined
  let signature: string | undefined
  let rules = 0
  for (const { path, bytes } of brought.files) {
    const text = textOf(bytes)
    if (path === SIGNATURE_FILE) {
      signature = text ?? ''
      files.set(path, bytes)
      continue
    }
    if (isRuleFile(path)) {
      // A file that is no text may hold rules that somebody believes to be there.
      if (text === undefined) throw new PackTrouble('no-text', path)
      if (await reader.read(text)) rules++
      else if (!isProjectFile(path)) continue
    }
    if (isLicence(path)) licence ??= licenceOf(text ?? '')
    files.set(path, bytes)
    digests.set(path, fileDigest(bytes))
  }
  reader.done()
  if (rules === 0) throw new PackTrouble('no-rules', from)
  return { files, digests, licence, signature: readSignature(signature, digests) }
}

export interface Provenance {
  readonly origin: string
  readonly ref: string | undefined
  readonly commit: string | undefined
}

/** Writes the pack beside the one that may be there, exchanges the two, and locks it. Throws `PackTrouble`. */
export function install(root: string, name: string, pack: ChosenPack, provenance: Provenance): LockedPack {
  const store = openStore(root)
  const folder = join(store, name)
  const aside = join(store, `.${name}.${process.pid}`)
  rmSync(aside, { recursive: true, force: true })
  try {
    for (const [path, bytes] of pack.files) {
      const file = join(aside, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, bytes)
    }
    rmSync(folder, { recursive: true, force: true })
    renameSync(aside, folder)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    throw error
  }
  const { origin, ref, commit } = provenance
  const files = Object.fromEntries([...pack.digests].sort(([a], [b]) => (a < b ? -1 : 1)))
  const locked: LockedPack = {
    origin,
    ...(ref !== undefined && { ref }),
    ...(commit !== undefined && { commit }),
    digest: packDigest(files),
    ...(pack.licence !== undefined && { licence: pack.licence }),
    ...(pack.signature.state === 'signed' && { key: pack.signature.key }),
    files,
  }
  writeLock(root, new Map([...lockOf(root), [name, locked]]))
  return locked
}

/** Takes what lies in the pack's folder for what it is to be. Throws `PackTrouble`. */
export function accept(root: string, name: string, pack: LockedPack): LockedPack {
  const files: Record<string, string> = {}
  for (const path of filesIn(join(root, PACKS_FOLDER, name)))
    if (path !== SIGNATURE_FILE) files[path] = fileDigest(readFileSync(join(root, PACKS_FOLDER, name, path)))
  // Whoever signed it did not sign this.
  const { key: _, ...rest } = pack
  const locked = { ...rest, digest: packDigest(files), files }
  writeLock(root, new Map([...lockOf(root), [name, locked]]))
  return locked
}

export function remove(root: string, name: string): void {
  const lock = new Map(lockOf(root))
  lock.delete(name)
  rmSync(join(openStore(root), name), { recursive: true, force: true })
  writeLock(root, lock)
}

function lockOf(root: string): Lock {
  return readLock(root) ?? new Map()
}

/** Paths of everything below a folder, links as such; empty where there is none. */
export function filesIn(folder: string, inside = ''): string[] {
  try {
    return readdirSync(join(folder, inside), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(it => {
        const path = inside ? `${inside}/${it.name}` : it.name
        return it.isDirectory() ? filesIn(folder, path) : [path]
      })
  } catch {
    return []
  }
}

/** A project that makes a link of one of these folders would have us write, and delete, elsewhere. */
function openStore(root: string): string {
  for (const it of ['.codeant', PACKS_FOLDER]) {
    const folder = join(root, it)
    mkdirSync(folder, { recursive: true })
    if (!lstatSync(folder).isDirectory()) throw new PackTrouble('store-is-link', it)
  }
  return join(root, PACKS_FOLDER)
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** By the words that each of the common ones has; of others, how it calls itself. */
function licenceOf(text: string): string | undefined {
  const start = text.slice(0, 2000).replace(/\s+/g, ' ')
  const known = LICENCES.find(([sign]) => sign.test(start))
  const name = known?.[1] ?? text.split('\n').find(it => it.trim() !== '')
  return (
    name
      ?.replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 80) || undefined
  )
}

const LICENCES: readonly (readonly [RegExp, string])[] = [
  [/Commons Clause/, 'Commons Clause'],
  [/Apache License,? Version 2\.0|Apache License Version 2\.0/, 'Apache-2.0'],
  [/Permission is hereby granted, free of charge/, 'MIT'],
  [/Permission to use, copy, modify, and\/or distribute/, 'ISC'],
  [/Redistribution and use in source and binary forms.*Neither the name/, 'BSD-3-Clause'],
  [/Redistribution and use in source and binary forms/, 'BSD-2-Clause'],
  [/Mozilla Public License,? (?:Version|version|v\.) ?2\.0/, 'MPL-2.0'],
  [/GNU AFFERO GENERAL PUBLIC LICENSE Version 3/i, 'AGPL-3.0'],
  [/GNU LESSER GENERAL PUBLIC LICENSE Version 3/i, 'LGPL-3.0'],
  [/GNU LESSER GENERAL PUBLIC LICENSE Version 2\.1/i, 'LGPL-2.1'],
  [/GNU GENERAL PUBLIC LICENSE Version 3/i, 'GPL-3.0'],
  [/GNU GENERAL PUBLIC LICENSE Version 2/i, 'GPL-2.0'],
  [/free and unencumbered software released into the public domain/, 'Unlicense'],
  [/CC0 1\.0 Universal/, 'CC0-1.0'],
]
