// The rules in patterns of one session: read and run in a thread of their own, so that no keystroke waits for them.

import { relative } from 'node:path'
import type { Finding } from '@codeant/shared/finding.ts'
import type { PlaygroundParams, PlaygroundResult } from '@codeant/shared/playground.ts'
import { admitText } from '../features/admission.ts'
import type { ProposedFix } from '../features/fixes.ts'
import { PackDocuments } from '../features/pack-documents.ts'
import { packRuleAsRule, REFUSED_RULE } from '../features/pack-rules.ts'
import { optIns } from '../features/report.ts'
import { PackThread } from '../host/node/pack-thread.ts'
import type { PackOrigin } from '../host/node/packs.ts'
import type { Document } from '../text/document.ts'
import { filePath } from './convert.ts'
import type { Session } from './session.ts'
import { WORDS } from './words.ts'

export class SessionPatterns {
  readonly documents: PackDocuments
  /** Something else is to be said of this document now. */
  news: (uri: string) => void = () => {}
  readonly #session: Session
  readonly #thread = new PackThread()
  readonly #known = new Map<string, Promise<void>>()

  constructor(session: Session) {
    this.#session = session
    session.rules.know([REFUSED_RULE])
    this.documents = new PackDocuments({
      check: it => this.#check(it),
      news: uri => this.news(uri),
    })
  }

  /** Asks about a document as it is. What is found comes as `news`. */
  consider(document: Document): void {
    // While the text is broken, what was found before is said.
    if (this.#session.isWaiting(document)) return
    this.documents
      .consider(document)
      .catch(error => this.#session.log.warn(`the rules in patterns: ${String(error)}`))
  }

  /** The fixes of findings of these rules that hold. */
  async fixes(
    { uri, language, text }: Document,
    wanted: readonly Finding[],
  ): Promise<readonly ProposedFix[]> {
    const { projects } = this.#session
    const file = filePath(uri)
    const pack = wanted.length > 0 ? projects.patternsOf(file) : undefined
    if (!pack) return []
    const path = projects.pathOf(file)
    const active = optIns(this.#session.rules, projects.of(file).settings)
    const places = wanted.map(({ rule, start, end }) => ({ rule, start, end }))
    return this.#thread.fixes({ pack, path, language, text, optIns: active, wanted: places })
  }

  /** What rules find that are being tried out: none of the project's are asked. */
  play(asked: PlaygroundParams): Promise<PlaygroundResult> {
    return this.#thread.play({ locale: this.#session.locale, ...asked })
  }

  /** Afterwards the findings of these rules can be told. Those that cannot be run are told of once. */
  know(pack: PackOrigin): Promise<void> {
    let known = this.#known.get(pack.digest)
    if (!known) {
      known = this.#learn(pack)
      known.catch(() => this.#known.delete(pack.digest))
      this.#known.set(pack.digest, known)
    }
    return known
  }

  close(): Promise<void> {
    return this.#thread.close()
  }

  async #learn(pack: PackOrigin): Promise<void> {
    const { rules, log, projects, locale } = this.#session
    const read = await this.#thread.summary(pack)
    rules.know(read.rules.map(packRuleAsRule))
    for (const { file, id, why } of read.refused)
      log.warn(WORDS[locale].refusedRule(relative(projects.of(file).root, file), id, why[locale]))
  }

  #check({ uri, language, text }: Document): Promise<readonly Finding[]> | undefined {
    const { projects } = this.#session
    const file = filePath(uri)
    const pack = projects.patternsOf(file)
    if (!pack || projects.isIgnored(file)) return undefined
    const { settings } = projects.of(file)
    if (admitText(text, language, settings)) return undefined
    const { maxFileTime } = settings
    const path = projects.pathOf(file)
    return this.know(pack).then(() => this.#thread.check({ pack, file, path, language, text, maxFileTime }))
  }
}
