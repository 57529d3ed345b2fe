// A project as a request about one of its documents sees it: the graph as of now, texts, and places as the protocol names them.

import type { Location } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { isCode } from '../features/analyse-file.ts'
import type { Source } from '../features/fixes.ts'
import { grammarOf, languageOf } from '../features/languages.ts'
import type { Kind } from '../features/tie-kinds.ts'
import { endsIn } from '../features/ties.ts'
import type { Sources } from '../features/workspace-fixes.ts'
import { namedFunctions, type WorkspaceView } from '../features/workspace-view.ts'
import type { Place } from '../graph/facts.ts'
import type { Graph } from '../graph/graph.ts'
import type { Relations } from '../graph/relations.ts'
import type { At } from '../graph/routes.ts'
import { toRange } from './convert.ts'
import type { Session } from './session.ts'

export interface ProjectViewOptions {
  readonly session: Session
  readonly root: string
  /** The document that is asked about, from the project's root; empty for the project as a whole. */
  readonly path: string
  readonly graph: Graph
  /** The text that the graph knows of an open document, when that is not the one that the client has. */
  readonly stale: (uri: string) => string | undefined
}

export class ProjectView implements WorkspaceView, Sources {
  readonly root: string
  readonly path: string
  readonly graph: Graph
  readonly #options: ProjectViewOptions
  readonly #texts = new Map<string, TextDocument | undefined>()

  constructor(options: ProjectViewOptions) {
    this.#options = options
    this.root = options.root
    this.path = options.path
    this.graph = options.graph
  }

  get relations(): Relations {
    return this.graph.relations
  }

  /** As the graph knows it: what the client has, what it had before it broke the text, or what is on disk. */
  document(path: string): TextDocument | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, this.#read(path))
    return this.#texts.get(path)
  }

  #read(path: string): TextDocument | undefined {
    const { session, root, stale } = this.#options
    const document = session.textIn(root, path)
    const older = document && stale(document.uri)
    return older === undefined
      ? document
      : TextDocument.create(document!.uri, document!.languageId, document!.version, older)
  }

  /** Edits of it land where they should: the client has the text that the graph knows. */
  isCurrent(path: string): boolean {
    const uri = this.document(path)?.uri
    return uri !== undefined && this.#options.stale(uri) === undefined
  }

  text(path: string): string | undefined {
    return this.document(path)?.getText()
  }

  source(path: string): Source | undefined {
    const text = this.text(path)
    const language = languageOf(path)
    return text === undefined || !language ? undefined : { path, language, text }
  }

  functions(path: string): ReturnType<WorkspaceView['functions']> {
    const text = this.text(path)
    const language = languageOf(path)
    const grammar = language && isCode(language) ? grammarOf(language, path) : undefined
    const tree = text !== undefined && grammar ? this.#options.session.parsed(text, grammar) : undefined
    return tree ? namedFunctions(tree) : []
  }

  /** Loads what it takes to read the functions of these files. */
  async prepare(paths: Iterable<string>): Promise<void> {
    for (const path of paths) {
      const language = languageOf(path)
      if (language) await this.#options.session.prepare({ language, uri: path })
    }
  }

  /** The same for the files that the document has to do with. */
  prepareTied(kinds: readonly Kind[]): Promise<void> {
    const files = new Set([this.path])
    for (const { tie } of endsIn(this.relations, this.path, kinds))
      for (const { file } of [...tie.declared, ...tie.used]) files.add(file)
    return this.prepare(files)
  }

  range(path: string, [start, end]: Place) {
    const document = this.document(path)
    return document && toRange(document, { start, end })
  }

  location({ file, place: [start, end] }: At): Location | undefined {
    const document = this.document(file)
    return document && { uri: document.uri, range: toRange(document, { start, end }) }
  }

  /** A link in Markdown: `[web/users.ts:3](…)`. */
  link = (at: At): string => {
    const location = this.location(at)
    if (!location) return `\`${at.file}\``
    const line = location.range.start.line + 1
    return `[${at.file}:${line}](${location.uri}#L${line})`
  }
}
