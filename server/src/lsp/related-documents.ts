// What the files of a project say to each other, for open documents: read once from disk, then from what is typed.

import type { Finding } from '@codeant/shared/finding.ts'
import type { ScanAnswer } from '../features/scan/scan-file.ts'
import { moveFindings } from '../features/waiting-findings.ts'
import { WorkspaceGraphs } from '../features/workspace-graphs.ts'
import { type Document, editBetween } from '../text/document.ts'
import { filePath } from './convert.ts'
import { ProjectView } from './project-view.ts'
import type { Session } from './session.ts'

/** What is said of an open document, and of which of its texts. */
interface Said {
  text: string
  findings: readonly Finding[]
}

export class RelatedDocuments {
  readonly #session: Session
  readonly #graphs = new WorkspaceGraphs()
  readonly #said = new Map<string, Said>()
  /** The text of each document that the graph knows. */
  readonly #known = new Map<string, string>()
  /** Other findings than before are to be shown. */
  news: (uri: string) => void = () => {}

  constructor(session: Session) {
    this.#session = session
  }

  /** Reads all files of the folders that are open, as far as they are not open as documents. */
  async read(signal: AbortSignal): Promise<void> {
    const { scanner, folders, log } = this.#session
    const requests = scanner.requests(folders, place => log.warn(`unreadable: ${place}`))
    for await (const answer of scanner.scan(requests, signal)) this.accept(answer)
    this.compare()
  }

  /** A file as it is on disk. */
  accept({ file, path, result }: ScanAnswer): void {
    const { projects } = this.#session
    if (!this.#isOpen(file)) this.#graphs.take(projects.of(file).root, path, result)
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
    if (this.#take(document)) this.compare()
  }

  #take(document: Document): boolean {
    const file = filePath(document.uri)
    const { projects } = this.#session
    if (projects.isIgnored(file)) return false
    const facts = this.#session.facts(document)
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
    for (const it of this.#session.database.snapshot.documents.values())
      if (this.#known.get(it.uri) !== it.text && this.#session.isPrepared(it)) this.#take(it)
    const { projects } = this.#session
    const file = filePath(uri)
    const { root } = projects.of(file)
    const stale = (other: string) => {
      const known = this.#known.get(other)
      return known === this.#session.document(other)?.text ? undefined : known
    }
    const graph = this.#graphs.of(root)
    return new ProjectView({ session: this.#session, root, path: projects.pathOf(file), graph, stale })
  }

  /** The document was closed: the file on disk counts again. */
  async closed(uri: string): Promise<void> {
    this.#said.delete(uri)
    this.#known.delete(uri)
    const { scanner } = this.#session
    const request = scanner.request(filePath(uri))
    if (!request) return
    for await (const answer of scanner.scan([request])) this.accept(answer)
    this.compare()
  }

  /** What was found of the document, moved with the edits since. */
  findings({ uri, text }: Document): readonly Finding[] {
    const said = this.#said.get(uri)
    if (!said) return []
    if (said.text !== text) {
      said.findings = moveFindings(said.findings, editBetween(said.text, text))
      said.text = text
    }
    return said.findings
  }

  /** Tells of each open document for which there is something else to be said. */
  compare(): void {
    const { projects, rules, database } = this.#session
    for (const document of database.snapshot.documents.values()) {
      const file = filePath(document.uri)
      const all = this.#graphs.findings(projects.of(file).root, rules).get(projects.pathOf(file)) ?? []
      const known = this.#known.get(document.uri) ?? document.text
      const found = known === document.text ? all : moveFindings(all, editBetween(known, document.text))
      const before = this.findings(document)
      this.#said.set(document.uri, { text: document.text, findings: found })
      if (JSON.stringify(found) !== JSON.stringify(before)) this.news(document.uri)
    }
  }
}
