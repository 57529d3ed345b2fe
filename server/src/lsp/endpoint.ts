// The endpoint in an editing session: which workspace a file belongs to, who asks the person, where keys come from, and
// what is remembered of second opinions.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type ConsentAnswer,
  type ConsentParams,
  ENDPOINT_CONSENT,
  ENDPOINT_KEY,
  type EndpointKeyResult,
  type EndpointUse,
} from '@codeant/shared/endpoint.ts'
import { MessageType, ShowDocumentRequest, ShowMessageRequest } from 'vscode-languageserver'
import { redact } from '../features/endpoint/redaction.ts'
import { consentPage, ENDPOINT_WORDS } from '../features/endpoint/words.ts'
import type { Others } from '../features/learned/second-opinion.ts'
import type { EndpointKey } from '../host/node/believed-keys.ts'
import { Endpoint } from '../host/node/endpoint.ts'
import { EndpointCredentials } from '../host/node/endpoint-credentials.ts'
import { digest } from '../host/node/folders.ts'
import { EndpointError } from '../inference/remote/failure.ts'
import { type FunctionAnswer, type FunctionQuestion, findBug } from '../inference/tasks/find-bug.ts'
import type { SyntaxParser } from '../syntax/parser.ts'
import type { Document } from '../text/document.ts'
import { filePath } from './convert.ts'
import type { Session } from './session.ts'

/** As many functions as somebody edits in a day. */
const MOST_OPINIONS = 500

export class SessionEndpoint {
  readonly endpoint: Endpoint
  /** Something else is to be shown in the status bar. */
  statusNews: () => void = () => {}
  /** A person allowed that code of a workspace is sent: what was not asked before can be asked now. */
  allowedNews: () => void = () => {}
  readonly #session: Session
  readonly #opinions = new Map<string, Promise<FunctionAnswer | undefined>>()

  constructor(session: Session, env: NodeJS.ProcessEnv) {
    this.#session = session
    const credentials = new EndpointCredentials(env, session.log)
    this.endpoint = new Endpoint({
      settings: session.settings.remote,
      env,
      log: session.log,
      ask: params => this.#ask(params),
      key: origin => this.#key(credentials, origin),
      isForbidden: workspace => session.projects.isRemoteForbidden(workspace),
      modelFile: (model, file) => session.models.read(model, file),
      told: () => this.statusNews(),
      allowed: () => this.allowedNews(),
    })
  }

  /** Under what a person decides about a file: the folder that is open, or the file's own project. Undefined: it is forbidden. */
  workspaceOf(file: string): string | undefined {
    const { folders, projects } = this.#session
    const open = folders.filter(it => file === it || file.startsWith(join(it, '/')))
    const workspace = open.sort((a, b) => b.length - a.length)[0] ?? projects.of(file).root
    const { root } = projects.of(file)
    return projects.isRemoteForbidden(join(file, '..')) || projects.isRemoteForbidden(root)
      ? undefined
      : workspace
  }

  /** The workspace that this may be asked about; undefined: it is not offered. */
  offered(use: EndpointUse, file: string): string | undefined {
    const workspace = this.workspaceOf(file)
    return workspace !== undefined && this.endpoint.offers(use, workspace) ? workspace : undefined
  }

  /** Who can be asked about functions of a file; each is asked about once, whoever stops waiting. Undefined: nobody. */
  others({ uri, language }: Document, parser: SyntaxParser): Others | undefined {
    const workspace = this.offered('second-opinion', filePath(uri))
    const encoders = workspace === undefined ? undefined : this.endpoint.encoders(workspace)
    if (!encoders) return undefined
    const once = (
      kind: string,
      question: FunctionQuestion,
      ask: (signal: AbortSignal) => Promise<FunctionAnswer | undefined>,
    ) => {
      const key = `${kind} ${digest(findBug.key(question))}`
      let opinion = this.#opinions.get(key)
      if (!opinion) {
        opinion = ask(new AbortController().signal)
        if (this.#opinions.size >= MOST_OPINIONS) this.#opinions.clear()
        this.#opinions.set(key, opinion)
        opinion.catch(() => this.#opinions.delete(key))
      }
      return opinion
    }
    return {
      opinion: it => once('opinion', it, signal => encoders.opinion(findBug, it, signal)),
      instead: it => once('instead', it, signal => encoders.run(findBug, it, 'visible', signal)),
      mayLeave: ({ tree, tokens }) =>
        redact(tree.text.slice(tokens.start, tokens.end), language, parser).secrets.length === 0,
    }
  }

  configure(): void {
    this.#opinions.clear()
    this.endpoint.configure(this.#session.settings.remote)
  }

  /** Keys or decisions changed somewhere else. */
  changed(): void {
    this.endpoint.forgetKeys()
  }

  async #key(credentials: EndpointCredentials, origin: string): Promise<EndpointKey | undefined> {
    const { connection, options, log } = this.#session
    try {
      const given = options.endpoint?.keys
        ? await connection.sendRequest<EndpointKeyResult>(ENDPOINT_KEY, { origin })
        : null
      return given === null ? await credentials.of(origin) : { text: given }
    } catch (error) {
      if (error instanceof EndpointError) throw error
      log.warn(`the key of the endpoint: ${(error as Error).message}`)
      return undefined
    }
  }

  async #ask(params: ConsentParams): Promise<ConsentAnswer> {
    const { connection, options, locale, log } = this.#session
    const preview = consentPage(params, locale)
    try {
      return options.endpoint?.consent
        ? await connection.sendRequest<ConsentAnswer>(ENDPOINT_CONSENT, { ...params, preview })
        : await this.#askInMessage({ ...params, preview })
    } catch (error) {
      // Nobody could be asked, so nobody allowed it.
      log.warn(`asking for consent: ${(error as Error).message}`)
      return 'later'
    }
  }

  /** In editors that know nothing of us: what would be sent is a file to open, and the question a message with buttons. */
  async #askInMessage({ endpoint, workspace, preview }: ConsentParams): Promise<ConsentAnswer> {
    const { connection, capabilities, locale } = this.#session
    const say = ENDPOINT_WORDS[locale]
    const file = this.endpoint.previewFile
    writeFileSync(file, preview, { mode: 0o600 })
    if (capabilities.window?.showDocument?.support)
      await connection.sendRequest(ShowDocumentRequest.type, {
        uri: pathToFileURL(file).href,
        takeFocus: false,
      })
    const chosen = await connection.sendRequest(ShowMessageRequest.type, {
      type: MessageType.Info,
      message: say.consent(new URL(endpoint).host, workspace, file),
      actions: [{ title: say.allow }, { title: say.never }],
    })
    return chosen?.title === say.allow ? 'allow' : chosen?.title === say.never ? 'never' : 'later'
  }
}
