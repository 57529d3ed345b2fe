// What the files of a project say to each other, for open documents: read once from disk, then from what is typed.

import { join } from 'node:path'
import type { Finding } from '@codeant/shared/finding.ts'
import { atOnce } from '../base/steps.ts'
import type { ScanAnswer } from '../features/scan/scan-file.ts'
import { WorkspaceGraphs } from '../features/workspace-graphs.ts'
import type { Document } from '../text/document.ts'
import { Comparison } from './comparison.ts'
import { filePath } from './convert.ts'
import { ProjectView } from './project-view.ts'
import type { Session } from './session.ts'

/**
 * The next key comes while this is done, and a message goes through several turns of the loop before it is heard: without a
 * breath in between, each of them would wait for a slice.
 */
const TAKE_SLICE_MS = 3
const BREATH_MS = 2

export class RelatedDocuments {
  readonly #session: Session
  readonly #graphs = new WorkspaceGraphs()
  /** The text of each document that the graph knows. */
  readonly #known = new Map<string, string>()
  /** The taking of a document that is under way: the last that was begun. */
  readonly #taking = new Map<string, Generator<void, boolean>>()
  readonly comparison: Comparison
  /** A file that is not open was read. */
  onRead: (answer: ScanAnswer) => void = () => {}
  /** How many readings are under way; the first one counts before it begins. */
  #readings = 1
  #isWhole = false
  /** Fulfilled when everything was read for the first time, or could not be. */
  readonly whole: Promise<void>
  #becameWhole = () => {}
  /** How many files were read since that began last. */
  filesRead = 0

  constructor(session: Session) {
    this.#session = session
    this.comparison = new Comparison(session, this.#graphs, uri => this.#known.get(uri))
    this.whole = new Promise(resolve => {
      this.#becameWhole = resolve
    })
  }

  /** Reads all files of the projects whose folders are open, also of a part of one, as far as they are not open as documents. */
  async read(signal: AbortSignal): Promise<void> {
    const { scanner, folders, projects, log } = this.#session
    const roots = new Set(folders.map(it => projects.at(it).root))
    const requests = scanner.requests([...roots], place => log.warn(`unreadable: ${place}`))
    const there = new Set<string>()
    this.filesRead = 0
    try {
      await this.take(scanner.scan(requests, signal), it => {
        there.add(it.file)
        this.filesRead++
      })
      this.#forgetOthers(roots, there)
    } finally {
      if (!this.#isWhole) this.#readings--
      this.#isWhole = true
      this.#becameWhole()
      this.compare()
    }
  }

  /** Takes files as they are on disk, and tells what they say when all of them were read. */
  async take(answers: AsyncIterable<ScanAnswer>, each: (it: ScanAnswer) => void = () => {}): Promise<void> {
    this.#readings++
    try {
      for await (const it of answers) {
        this.#accept(it)
        each(it)
      }
    } finally {
      this.#readings--
      this.compare()
    }
  }

  /** What was read before and is no file any more. */
  #forgetOthers(roots: ReadonlySet<string>, there: ReadonlySet<string>): void {
    for (const root of roots)
      for (const path of this.#graphs.of(root).paths) {
        const file = join(root, path)
        if (!there.has(file) && !this.#isOpen(file)) this.#graphs.gone(root, path)
      }
  }

  /** A file as it is on disk. */
  #accept(answer: ScanAnswer): void {
    const { file, path, result } = answer
    if (this.#isOpen(file)) return
    this.#graphs.take(this.#session.projects.of(file).root, path, result)
    this.onRead(answer)
  }

  #isOpen(file: string): boolean {
    for (const { uri } of this.#session.database.snapshot.documents.values())
      if (filePath(uri) === file) return true
    return false
  }

  gone(file: string): void {
    const { projects } = this.#session
    this.#graphs.gone(projects.of(file).root, projects.pathOf(file))
    this.compare()
  }

  /** Typing pauses: takes what the document says now. Its places always, its rows where they changed. */
  consider(document: Document): void {
    const { uri } = document
    const steps = this.#takeSteps(document)
    this.#taking.set(uri, steps)
    const work = () => {
      // A newer text, or the same one read anew, has its own turn.
      if (this.#taking.get(uri) !== steps || this.#session.document(uri) !== document) return
      const until = performance.now() + TAKE_SLICE_MS
      do {
        const { done, value: isTaken } = steps.next()
        if (!done) continue
        this.#taking.delete(uri)
        if (isTaken) this.compare()
        return
      } while (performance.now() < until)
      setTimeout(work, BREATH_MS)
    }
    work()
  }

  *#takeSteps(document: Document): Generator<void, boolean> {
    const file = filePath(document.uri)
    const { projects } = this.#session
    if (projects.isIgnored(file)) return false
    const facts = yield* this.#session.factSteps(document)
    if (!facts) return false
    this.#known.set(document.uri, document.text)
    this.#graphs.take(projects.of(file).root, projects.pathOf(file), { facts })
    return true
  }

  /** The project of a document as it is now. Undefined while the document is broken: its places are those of another text. */
  view(document: Document): ProjectView | undefined {
    const view = this.viewOf(document.uri)
    return this.#known.get(document.uri) === document.text ? view : undefined
  }

  /** The same for a file that need not be open. */
  viewOf(uri: string): ProjectView {
    this.#takeAll()
    const { projects } = this.#session
    const file = filePath(uri)
    return this.#view(projects.of(file).root, projects.pathOf(file))
  }

  /** Every project of which something was read, as a whole. */
  views(): ProjectView[] {
    this.#takeAll()
    return [...this.#graphs.roots].map(it => this.#view(it, ''))
  }

  /** What is typed and was not taken yet. */
  #takeAll(): void {
    for (const it of this.#session.database.snapshot.documents.values())
      if (this.#known.get(it.uri) !== it.text && this.#session.isPrepared(it)) atOnce(this.#takeSteps(it))
  }

  #view(root: string, path: string): ProjectView {
    const stale = (other: string) => {
      const document = this.#session.document(other)
      // Broken since it was opened: what is known of it was read from disk.
      const known = document && (this.#known.get(other) ?? this.#session.onDisk(filePath(other)))
      return known === document?.text ? undefined : known
    }
    return new ProjectView({ session: this.#session, root, path, graph: this.#graphs.of(root), stale })
  }

  /** The document was closed: the file on disk counts again. */
  async closed(uri: string): Promise<void> {
    this.comparison.forget(uri)
    this.#known.delete(uri)
    this.#taking.delete(uri)
    const { scanner } = this.#session
    const request = scanner.request(filePath(uri))
    if (!request) return
    await this.take(scanner.scan([request]))
  }

  /** What was found of the document, moved with the edits since. */
  findings(document: Document): readonly Finding[] {
    return this.comparison.findings(document)
  }

  /** What the rules say of a file that is not open. */
  findingsOnDisk(file: string): readonly Finding[] {
    const { projects, rules } = this.#session
    return this.#graphs.findings(projects.of(file).root, rules).get(projects.pathOf(file)) ?? []
  }

  /** Fulfilled when everything was read, and all rules have spoken of it. */
  async settled(): Promise<void> {
    await this.whole
    await this.comparison.done()
  }

  /** Tells of each open document for which there is something else to be said. */
  compare(): void {
    // Of a part of a project nobody knows what the rest of it says: a call would seem to ask for what is not there.
    if (this.#readings === 0) this.comparison.start()
  }
}
