// Asks all rules that compare files, little by little, and tells open documents what is news to them.

import { type Finding, SEVERITIES } from '@codeant/shared/finding.ts'
import { moveFindings } from '../features/waiting-findings.ts'
import type { WorkspaceGraphs } from '../features/workspace-graphs.ts'
import { ENDS, RELATED, type Related, type Relations } from '../graph/relations.ts'
import { answersAbout, answersTo, type Question, questionsTo, type RelatedFindings } from '../rules/relate.ts'
import { type Document, editBetween } from '../text/document.ts'
import { filePath } from './convert.ts'
import { Said } from './said.ts'
import type { Session } from './session.ts'

/** A project, and its documents that are open. */
interface Compared {
  readonly relations: Relations
  readonly questions: readonly Question[]
  /** Their addresses, by their paths. */
  readonly open: Map<string, string>
}

type EndsOf = (it: object) => readonly (string | undefined)[]

/** What something is made of is computed with a pause behind each part: in a large project, that takes long the first time. */
const STAGES: { readonly [K in keyof Related]?: readonly ((it: Relations) => unknown)[] } = {
  link: [it => it.routes, it => it.calls, it => it.links],
  exchange: [it => it.exchanges],
  typeTwin: [it => it.typeTwins],
}

/** Rules run so long until whoever types, and whoever waits for what is found already, gets a turn. */
const SLICE_MS = 30
/** What was found is told before rules run on. */
const BREATH_MS = 10

export class Comparison {
  readonly #session: Session
  readonly #graphs: WorkspaceGraphs
  /** The text of an open document that its graph knows. */
  readonly #textOf: (uri: string) => string | undefined
  readonly #said = new Map<string, Said>()
  /** How long each question took last: the quick ones are asked first. */
  readonly #costs = new Map<string, number>()
  /** Of all that there is of one sort, what has an end in one of these places. */
  readonly #nearThings = new WeakMap<object, { readonly places: string; readonly near: readonly object[] }>()
  /** A later run makes an earlier one end. */
  #run = 0
  #isRunning = false
  readonly #waiting: (() => void)[] = []
  /** Other findings than before are to be shown. */
  news: (uri: string) => void = () => {}
  /** All rules have spoken; what they say of files that are not open may be something else than before. */
  onDone: () => void = () => {}

  constructor(session: Session, graphs: WorkspaceGraphs, textOf: (uri: string) => string | undefined) {
    this.#session = session
    this.#graphs = graphs
    this.#textOf = textOf
  }

  start(): void {
    this.#isRunning = true
    this.#continue(++this.#run, this.#steps())
  }

  /** Fulfilled when all rules have spoken. */
  async done(): Promise<void> {
    if (this.#isRunning) await new Promise<void>(resolve => this.#waiting.push(resolve))
  }

  /** What was found of the document, moved with the edits since. */
  findings(document: Document): readonly Finding[] {
    return this.#saidOf(document).findings
  }

  /** The document was closed. */
  forget(uri: string): void {
    this.#said.delete(uri)
  }

  #continue(run: number, steps: Iterator<Iterable<string>>): void {
    if (run !== this.#run) return
    const changed = new Set<string>()
    const began = performance.now()
    let step = steps.next()
    for (; !step.done; step = steps.next()) {
      for (const uri of step.value) changed.add(uri)
      if (performance.now() - began > SLICE_MS) break
    }
    for (const uri of changed) this.news(uri)
    if (!step.done) {
      const goOn = () => this.#continue(run, steps)
      if (changed.size > 0) setTimeout(goOn, BREATH_MS)
      else setImmediate(goOn)
      return
    }
    this.#isRunning = false
    this.onDone()
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  /** One question after the other; the documents of which something else is to be told than before. */
  *#steps(): Generator<Iterable<string>> {
    const { projects } = this.#session
    const compared = new Map<string, Compared>()
    for (const document of this.#session.database.snapshot.documents.values()) {
      const file = filePath(document.uri)
      const { root } = projects.of(file)
      const { relating } = this.#session.rulesOf(file)
      if (this.#saidOf(document).forget(new Set(relating))) yield [document.uri]
      const questions = relating.flatMap(questionsTo)
      const { relations } = this.#graphs.of(root)
      const known = compared.get(root) ?? { relations, questions, open: new Map() }
      known.open.set(projects.pathOf(file), document.uri)
      compared.set(root, known)
    }
    for (const it of compared.values()) yield* this.#askNear(it)
    const all = [...compared.values()].flatMap(it => it.questions.map(question => ({ question, of: it })))
    const cost = (it: Question) => this.#costs.get(keyOf(it)) ?? 0
    // Before anything was asked, whoever has the most serious things to say speaks first.
    const seriousness = ({ rule }: Question) => SEVERITIES.indexOf(rule.severity)
    all.sort(({ question: a }, { question: b }) => cost(a) - cost(b) || seriousness(a) - seriousness(b))
    for (const { question, of } of all) {
      const began = performance.now()
      const found = answersTo(question, of.relations)
      this.#costs.set(keyOf(question), performance.now() - began)
      yield this.#hear(of, found, (said, it) => said.hearAll(question, it))
    }
  }

  /** What has an end in an open document is asked about first: it is little, and what is seen on the screen follows from it. */
  *#askNear(of: Compared): Generator<Iterable<string>> {
    for (const [about, endsOf] of Object.entries(ENDS) as [keyof Related, EndsOf][]) {
      const questions = of.questions.filter(it => it.about === about)
      if (questions.length === 0) continue
      for (const make of STAGES[about] ?? []) {
        make(of.relations)
        yield []
      }
      const near = this.#near(about, endsOf, of)
      yield questions.flatMap(question =>
        this.#hear(of, answersAbout(question, near, of.relations), (said, it) => said.hearNear(question, it)),
      )
    }
  }

  /** Most of what is typed changes neither what there is nor what is open. */
  #near(about: keyof Related, endsOf: EndsOf, { relations, open }: Compared): readonly object[] {
    const things = RELATED[about](relations)
    const places = [...open.keys()].join('\n')
    const known = this.#nearThings.get(things)
    if (known?.places === places) return known.near
    const near = things.filter(it => endsOf(it).some(end => end !== undefined && open.has(end)))
    this.#nearThings.set(things, { places, near })
    return near
  }

  /** The documents to which an answer is news. */
  #hear(
    { open }: Compared,
    found: RelatedFindings,
    hear: (said: Said, findings: readonly Finding[]) => boolean,
  ): string[] {
    return [...open].flatMap(([path, uri]) => {
      const document = this.#session.document(uri)
      if (!document) return []
      const findings = found.get(path) ?? []
      const known = this.#textOf(uri) ?? document.text
      const edit = known === document.text ? undefined : editBetween(known, document.text)
      const moved = edit ? moveFindings(findings, edit) : findings
      return hear(this.#saidOf(document), moved) ? [uri] : []
    })
  }

  #saidOf({ uri, text }: Document): Said {
    let said = this.#said.get(uri)
    if (!said) {
      said = new Said(text)
      this.#said.set(uri, said)
    }
    said.follow(text)
    return said
  }
}

function keyOf({ rule, about }: Question): string {
  return `${rule.id} ${about}`
}
