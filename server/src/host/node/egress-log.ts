// What left this computer: a line for each request and one for what became of it, and beside them what was sent.
//
// Editor, command line and several windows append to the same file; each reads what the others appended since. So a day's
// budget holds for all of them together.

import {
  appendFileSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { SentEntry } from '@codeant/shared/endpoint.ts'
import type { Log } from '../../base/log.ts'
import type { Journal, JournalEntry, Letter } from '../../inference/remote/egress.ts'
import { binaryAsText, HEADER_LENGTH } from '../../inference/remote/tensors.ts'
import { stateFolder } from './folders.ts'

/** Some five thousand requests. Then the older half goes. */
const MOST_BYTES = 2 * 1024 * 1024
/** What was sent is kept of so many of the last requests. */
const MOST_PAYLOADS = 200

export class EgressLog implements Journal {
  readonly folder: string
  readonly #file: string
  readonly #log: Log
  readonly #entries = new Map<string, SentEntry>()
  readonly #own = { bytes: 0, requests: 0 }
  #lastAccount: { readonly id: string; readonly letter: Letter } | undefined
  #read = 0
  #counter = 0
  #failed = false

  constructor(env: NodeJS.ProcessEnv, log: Log) {
    this.folder = join(stateFolder(env), 'sent')
    this.#file = join(this.folder, 'sent.jsonl')
    this.#log = log
  }

  begin(letter: Letter, redacted: number, trace: string): JournalEntry {
    const began = Date.now()
    const { url, purpose, workspace, body, tokens } = letter
    const id = `${began.toString(36)}-${process.pid}-${++this.#counter}`
    const contentOf = this.#sameAccount(letter)
    const entry: SentEntry = {
      id,
      at: new Date(began).toISOString(),
      url: `${url.origin}${url.pathname}`,
      purpose,
      ...(workspace !== undefined && { workspace }),
      bytes: body === undefined ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.length,
      tokens,
      redacted,
      trace,
      ...(contentOf !== undefined && { contentOf }),
    }
    this.#own.bytes += entry.bytes
    this.#own.requests++
    this.#keep(entry)
    if (body !== undefined && contentOf === undefined) this.#keepPayload(id, letter)
    if (purpose === 'account') this.#lastAccount = { id: contentOf ?? id, letter }
    return {
      end: ({ status, trouble, tokens }) =>
        this.#keep({
          ...this.#entries.get(id)!,
          ...(status !== undefined && { status }),
          ...(trouble !== undefined && { trouble }),
          ...(tokens !== undefined && { tokens }),
          ms: Date.now() - began,
        }),
    }
  }

  /** Of this process. */
  get sent(): { readonly bytes: number; readonly requests: number } {
    return this.#own
  }

  /** The oldest first; of all processes of this user. */
  get entries(): readonly SentEntry[] {
    this.#catchUp()
    return [...this.#entries.values()]
  }

  /** The content of a request, as text. */
  payload(id: string): string | undefined {
    if (!/^[\w-]+$/.test(id)) return undefined
    this.#catchUp()
    const kept = this.#entries.get(id)?.contentOf ?? id
    try {
      return readFileSync(join(this.folder, `${kept}.txt`), 'utf8')
    } catch {
      return undefined // it was long ago
    }
  }

  /** Of all processes of this user, since midnight where they are. */
  get tokensToday(): number {
    const from = midnight()
    return this.entries.reduce((sum, it) => sum + (it.at >= from ? it.tokens : 0), 0)
  }

  /** Who waits for a login asks the same every few seconds: that must not push out what was sent of code. */
  #sameAccount({ purpose, url, body }: Letter): string | undefined {
    const last = this.#lastAccount
    const isSame =
      purpose === 'account' &&
      body !== undefined &&
      last?.letter.body === body &&
      last.letter.url.href === url.href
    return isSame ? last?.id : undefined
  }

  #keep(entry: SentEntry): void {
    this.#catchUp()
    this.#entries.set(entry.id, entry)
    this.#write(() => {
      appendFileSync(this.#file, `${JSON.stringify(entry)}\n`, { mode: 0o600 })
    })
  }

  #keepPayload(id: string, { headers, body }: Letter): void {
    const length = Number(headers?.[HEADER_LENGTH])
    const text = typeof body === 'string' ? body : binaryAsText(body!, length)
    this.#write(() => {
      writeFileSync(join(this.folder, `${id}.txt`), text, { mode: 0o600 })
      const kept = readdirSync(this.folder)
        .filter(it => it.endsWith('.txt'))
        .sort()
      for (const it of kept.slice(0, -MOST_PAYLOADS)) rmSync(join(this.folder, it), { force: true })
    })
  }

  /** A disk that takes nothing leaves what this process sent in its memory; that is said once. */
  #write(write: () => void): void {
    if (this.#failed) return
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      write()
    } catch (error) {
      this.#failed = true
      this.#log.warn(`what is sent cannot be written down: ${(error as Error).message}`)
    }
  }

  /** Reads what was appended since the last time; everything again when the file was made anew. */
  #catchUp(): void {
    let descriptor: number
    try {
      descriptor = openSync(this.#file, 'r')
    } catch {
      return // nothing was sent yet
    }
    try {
      const { size } = fstatSync(descriptor)
      if (size < this.#read) this.#read = 0
      if (size === this.#read) return
      const bytes = Buffer.alloc(size - this.#read)
      readSync(descriptor, bytes, 0, bytes.length, this.#read)
      // A line that another process is writing now is read the next time.
      const end = bytes.lastIndexOf(10) + 1
      this.#read += end
      for (const line of bytes.toString('utf8', 0, end).split('\n')) {
        const entry = line ? parse(line) : undefined
        if (entry) this.#entries.set(entry.id, entry)
      }
      if (size > MOST_BYTES) this.#shorten()
    } finally {
      closeSync(descriptor)
    }
  }

  #shorten(): void {
    const all = [...this.#entries.values()]
    // What was sent today is counted against the budget.
    const left = all.filter((it, i) => i >= all.length / 2 || it.at >= midnight())
    this.#entries.clear()
    for (const it of left) this.#entries.set(it.id, it)
    const text = left.map(it => `${JSON.stringify(it)}\n`).join('')
    this.#write(() => {
      const aside = `${this.#file}.${process.pid}`
      writeFileSync(aside, text, { mode: 0o600 })
      renameSync(aside, this.#file)
      this.#read = Buffer.byteLength(text)
    })
  }
}

/** As entries have it. */
function midnight(): string {
  const day = new Date()
  day.setHours(0, 0, 0, 0)
  return day.toISOString()
}

function parse(line: string): SentEntry | undefined {
  try {
    const it = JSON.parse(line) as Partial<SentEntry>
    return typeof it.id === 'string' && typeof it.at === 'string' && typeof it.bytes === 'number'
      ? (it as SentEntry)
      : undefined
  } catch {
    return undefined // cut off
  }
}
