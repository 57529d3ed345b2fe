// What the files of a project say to each other, for open documents: read once from disk, then from what is typed.

import { join } from 'node:path'
import { type Finding, SEVERITIES } from '@codeant/shared/finding.ts'
import type { ScanAnswer } from '../features/scan/scan-file.ts'
import { moveFindings } from '../features/waiting-findings.ts'
import { WorkspaceGraphs } from '../features/workspace-graphs.ts'
import { findingsOfRule, type RelatedFindings, told } from '../rules/relate.ts'
import type { AnyRule } from '../rules/rule.ts'
import { type Document, editBetween } from '../text/document.ts'
import { filePath } from './convert.ts'
import { ProjectView } from './project-view.ts'
import type { Session } from './session.ts'

/** What each rule says of an open document, and of which of its texts. */
interface Said {
  text: string
  byRule: Map<string, readonly Finding[]>
}

/** Rules run so long until whoever types, and whoever waits for what is found already, gets a turn. */
const SLICE_MS = 30

export class RelatedDocuments {
  readonly #session: Session
  readonly #graphs = new WorkspaceGraphs()
  readonly #said = new Map<string, Said>()
  /** The text of each document that the graph knows. */
  readonly #known = new Map<string, string>()
  /** How long each rule took last: the quick ones speak first. */
  readonly #costs = new Map<string, number>()
  /** Counts comparisons: a later one makes an earlier one end. */
  #comparison = 0
  /** Other findings than before are to be shown. */
  news: (uri: string) => void = () => {}
  /** A file that is not open was read. */
  onRead: (answer: ScanAnswer) => void = () => {}
  /** All rules have spoken; what they say of files that are not open may be something else than before. */
  onCompared: () => void = () => {}
  #isComparing = false
  readonly #waiting: (() => void)[] = []
  /** Fulfilled when everything was read for the first time, or could not be. */
  readonly whole: Promise<void>
  #becameWhole = () => {}
  /** How many files were read since that began last. */
  filesRead = 0

  constructor(session: Session) {
    this.#session = session
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
      for await (const answer of scanner.scan(requests, signal)) {
        this.accept(answer)
        there.add(answer.file)
        this.filesRead++
      }
      this.#forgetOthers(roots, there)
    } finally {
      this.#becameWhole()
    }
    this.compare()
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
  accept(answer: ScanAnswer): void {
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
      if (this.#known.get(it.uri) !== it.text && this.#session.isPrepared(it)) this.#take(it)
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
    const said = this.#saidOf(uri, text)
    return told([...said.byRule.values()].flat())
  }

  /** What the rules say of a file that is not open. */
  findingsOnDisk(file: string): readonly Finding[] {
    const { projects, rules } = this.#session
    return this.#graphs.findings(projects.of(file).root, rules).get(projects.pathOf(file)) ?? []
  }

  /** Fulfilled when everything was read, and all rules have spoken of it. */
  async settled(): Promise<void> {
    await this.whole
    if (this.#isComparing) await new Promise<void>(resolve => this.#waiting.push(resolve))
  }

  #saidOf(uri: string, text: string): Said {
    let said = this.#said.get(uri)
    if (!said) {
      said = { text, byRule: new Map() }
      this.#said.set(uri, said)
    } else if (said.text !== text) {
      const edit = editBetween(said.text, text)
      for (const [rule, findings] of said.byRule) said.byRule.set(rule, moveFindings(findings, edit))
      said.text = text
    }
    return said
  }

  /** Tells of each open document for which there is something else to be said: of a large project little by little. */
  compare(): void {
    this.#isComparing = true
    this.#continue(++this.#comparison, this.#steps())
  }

  #continue(comparison: number, steps: Iterator<Iterable<string>>): void {
    if (comparison !== this.#comparison) return
    const changed = new Set<string>()
    const began = performance.now()
    let step = steps.next()
    for (; !step.done; step = steps.next()) {
      for (const uri of step.value) changed.add(uri)
      if (performance.now() - began > SLICE_MS) break
    }
    if (!step.done) setImmediate(() => this.#continue(comparison, steps))
    for (const uri of changed) this.news(uri)
    if (!step.done) return
    this.#isComparing = false
    this.onCompared()
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  /** One rule after the other; the documents of which it says something else than before. */
  *#steps(): Generator<Iterable<string>> {
    const { projects } = this.#session
    const open = () => [...this.#session.database.snapshot.documents.values()]
    const roots = new Map(
      open().map(({ uri }) => [projects.of(filePath(uri)).root, this.#session.rulesOf(filePath(uri))]),
    )
    const relating = new Set([...roots.values()].flatMap(it => it.relating))
    const active = new Set([...relating].map(it => it.id))
    yield open()
      .filter(it => this.#forget(it, active))
      .map(it => it.uri)
    const cost = (it: AnyRule) => this.#costs.get(it.id) ?? 0
    // Before any of them ran, whoever has the most serious things to say speaks first.
    const seriousness = (it: AnyRule) => SEVERITIES.indexOf(it.severity)
    for (const rule of [...relating].sort((a, b) => cost(a) - cost(b) || seriousness(a) - seriousness(b))) {
      const began = performance.now()
      const changed: string[] = []
      for (const [root, rules] of roots) {
        const found = rules.isActive(rule.id)
          ? findingsOfRule(rule, this.#graphs.of(root).relations)
          : NOTHING
        for (const document of open()) {
          const project = projects.of(filePath(document.uri))
          if (project.root !== root) continue
          const all = found.get(projects.pathOf(filePath(document.uri))) ?? []
          if (this.#hear(document, rule.id, all)) changed.push(document.uri)
        }
      }
      this.#costs.set(rule.id, performance.now() - began)
      yield changed
    }
  }

  /** Drops what rules said that were switched off since; true when there was something. */
  #forget({ uri, text }: Document, active: ReadonlySet<string>): boolean {
    const { byRule } = this.#saidOf(uri, text)
    const asleep = [...byRule.keys()].filter(it => !active.has(it))
    const isNews = asleep.some(it => byRule.get(it)!.length > 0)
    for (const it of asleep) byRule.delete(it)
    return isNews
  }

  /** True when the rule says something else of the document than before. */
  #hear(document: Document, rule: string, all: readonly Finding[]): boolean {
    const { uri, text } = document
    const known = this.#known.get(uri) ?? text
    const found = known === text ? all : moveFindings(all, editBetween(known, text))
    const { byRule } = this.#saidOf(uri, text)
    const before = byRule.get(rule) ?? []
    byRule.set(rule, found)
    return (found.length > 0 || before.length > 0) && JSON.stringify(found) !== JSON.stringify(before)
  }
}

/** Of a rule that a project does not want. */
const NOTHING: RelatedFindings = new Map()
