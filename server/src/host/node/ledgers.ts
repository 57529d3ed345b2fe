// `.codeant/ledger.json`: what people said of findings, in the project, so that everybody has the same rules muted.

import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Ledger, readLedger, writeLedger } from '../../features/ledger.ts'

export const LEDGER_FILE = '.codeant/ledger.json'

/** A hundred thousand verdicts. */
const MOST_BYTES = 8 * 1024 * 1024

/** Empty where there is none; undefined when it cannot be read. */
export function ledgerOf(root: string): Ledger | undefined {
  const file = join(root, LEDGER_FILE)
  try {
    const about = lstatSync(file)
    return about.isFile() && about.size <= MOST_BYTES ? readLedger(readFileSync(file, 'utf8')) : undefined
  } catch {
    return new Map()
  }
}

/** Throws what the file system throws. */
export function keepLedger(root: string, ledger: Ledger): void {
  const file = join(root, LEDGER_FILE)
  mkdirSync(dirname(file), { recursive: true })
  const aside = `${file}.${process.pid}`
  rmSync(aside, { force: true })
  writeFileSync(aside, writeLedger(ledger), { flag: 'wx' })
  renameSync(aside, file)
}
