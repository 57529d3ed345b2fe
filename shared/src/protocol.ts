// What client and server say to each other beyond the Language Server Protocol: both ends of the wire in one file.

import {
  DEFAULT_REMOTE_SETTINGS,
  type EndpointStatus,
  type RemoteSettings,
  withRemoteSettings,
} from './endpoint.ts'
import type { Severity } from './finding.ts'
import type { CodeLanguage } from './language.ts'
import type { Audience, Locale } from './locale.ts'
import type { PicturePage } from './picture.ts'
import type { PlanTable } from './plan.ts'
import { DEFAULT_MODEL_SETTINGS, type ModelSettings } from './settings.ts'

/** Given by the client when it starts the server. Foreign editors may leave out all of it. */
export interface InitializationOptions {
  /** Commands that the client can run; a code action that needs one is offered only then. */
  readonly commands?: readonly ClientCommand[]
  /** `pull`: the client asks for diagnostics. Pushed ones reach the screen sooner, so that is the default. */
  readonly diagnostics?: 'push' | 'pull'
  /** The client shows the diagnostics under the mouse together with the hover, so that it need not repeat them. */
  readonly hoverShowsDiagnostics?: boolean
  /**
   * Whether the client asks several servers for a call hierarchy. One that asks a single server, as VS Code does, would lose
   * that of the language. On unless said otherwise.
   */
  readonly callHierarchy?: boolean
  readonly settings?: PartialSettings
  /** The client asks the person itself whether code may be sent to the endpoint, and keeps the keys for it. */
  readonly endpoint?: { readonly consent?: boolean; readonly keys?: boolean }
  /** Publish after every change, even when nothing is different: for those who measure how long an answer takes. */
  readonly publishUnchanged?: boolean
}

/** Run by the client, because they need a person or a view. */
export type ClientCommand =
  | 'codeant.explain'
  | 'codeant.suppress'
  | 'codeant.showFindings'
  | 'codeant.showSimilar'
  | 'codeant.sketch'

/** The section `codeant` of the editor's configuration. */
export interface EditorSettings {
  readonly audience: Audience
  /** `auto`: the editor's own language. */
  readonly locale: Locale | 'auto'
  readonly codeLens: boolean
  /** `workspace`: closed files are analysed in the background, too. */
  readonly scope: 'open' | 'workspace'
  /** What this machine spends on models, whatever a project asks for. */
  readonly models: EditorModelSettings
  /** The team's own inference endpoint. */
  readonly remote: RemoteSettings
}

export type EditorModelSettings = Pick<
  ModelSettings,
  'enabled' | 'functions' | 'threads' | 'memoryLimit' | 'timeBudget'
>

export const DEFAULT_EDITOR_SETTINGS: EditorSettings = {
  audience: 'senior',
  locale: 'auto',
  codeLens: false,
  scope: 'open',
  models: {
    enabled: DEFAULT_MODEL_SETTINGS.enabled,
    functions: DEFAULT_MODEL_SETTINGS.functions,
    threads: DEFAULT_MODEL_SETTINGS.threads,
    memoryLimit: DEFAULT_MODEL_SETTINGS.memoryLimit,
    timeBudget: DEFAULT_MODEL_SETTINGS.timeBudget,
  },
  remote: DEFAULT_REMOTE_SETTINGS,
}

/** What was given, the later before the earlier, and the defaults for the rest: foreign editors may leave out anything. */
export function completeSettings(...given: readonly (PartialSettings | null | undefined)[]): EditorSettings {
  let settings = DEFAULT_EDITOR_SETTINGS
  for (const it of given)
    if (it)
      settings = {
        ...settings,
        ...it,
        models: { ...settings.models, ...it.models },
        remote: withRemoteSettings(settings.remote, it.remote),
      }
  return settings
}

export type PartialSettings = Partial<Omit<EditorSettings, 'models' | 'remote'>> & {
  readonly models?: Partial<EditorModelSettings>
  readonly remote?: Partial<RemoteSettings>
}

/** Server → client, whenever it changed: what the status bar shows. */
export const STATUS = 'codeant/status'
export interface Status {
  readonly state: 'starting' | 'ready' | 'scanning' | 'degraded'
  readonly openFiles: number
  readonly scannedFiles: number
  readonly findings: number
  /** Resident memory of the server, in bytes. */
  readonly memory: number
  /** What left the machine since the server started, in bytes. */
  readonly bytesSent: number
  /** Absent while no endpoint is switched on. */
  readonly endpoint?: EndpointStatus
  /** Files that were not analysed. */
  readonly skipped: readonly { readonly uri: string; readonly reason: string }[]
}

/** Client → server: analyse every file of the workspace now. */
export const ANALYZE_WORKSPACE = 'codeant/analyzeWorkspace'
export interface AnalyzeWorkspaceResult {
  readonly files: number
  readonly findings: number
  readonly skipped: number
}

/** Client → server: the explanation of a finding, for one reader. */
export const EXPLAIN = 'codeant/explain'
export interface ExplainParams {
  readonly uri: string
  /** The rule and the place of the finding, as its diagnostic has them. */
  readonly rule: string
  readonly line: number
  readonly character: number
  readonly audience?: Audience
  readonly locale?: Locale
}
export interface ExplainResult {
  readonly rule: string
  readonly severity: Severity
  readonly title: string
  readonly markdown: string
  readonly audience: Audience
  readonly locale: Locale
  /** The endpoint may be asked for a longer one. */
  readonly hasMore: boolean
}

/** Client → server: the function at a place in another language. */
export const TRANSLATE = 'codeant/translate'
export interface TranslateParams {
  readonly uri: string
  readonly line: number
  readonly character: number
  readonly to: CodeLanguage
}
/** The sketch, or a sentence that says why there is none, and where. */
export type TranslateResult =
  | { readonly language: CodeLanguage; readonly text: string }
  | { readonly refusal: string; readonly range: WireRange }
interface WireRange {
  readonly start: { readonly line: number; readonly character: number }
  readonly end: { readonly line: number; readonly character: number }
}

/** Client → server: all findings that are known now, for the tree. */
export const FINDINGS = 'codeant/findings'
export interface KnownFinding {
  readonly uri: string
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  readonly line: number
  readonly character: number
  readonly endLine: number
  readonly endCharacter: number
  /** From 0 to 1: how likely it is that somebody acts on it, where a model was asked. Of equally grave ones the likeliest come first. */
  readonly likelihood?: number
  /** So unlikely that the tree shows it only to those who want to see everything. */
  readonly heldBack: boolean
}

/** A command that the server carries out: the finding of a model is no bug. */
export const NOT_A_BUG = 'codeant.notABug'
export interface NotABugArgument {
  readonly uri: string
  readonly rule: string
  /** Where the finding begins, in UTF-16 units. */
  readonly start: number
}

/** Client → server: the edit that suppresses a finding, with the reason a person gave. */
export const SUPPRESS = 'codeant/suppress'
export interface SuppressParams {
  readonly uri: string
  readonly rule: string
  readonly line: number
  readonly reason: string
}

/** Server → client: the findings known to the tree changed. */
export const FINDINGS_CHANGED = 'codeant/findingsChanged'

/** Client → server: the project as a picture. With a `workDoneToken` the server says how far it is. Null: no folder is open. */
export const WORKSPACE_GRAPH = 'codeant/workspaceGraph'
export interface WorkspaceGraphParams {
  /** Everything is read from disk again. */
  readonly refresh?: boolean
  readonly workDoneToken?: string | number
}
export interface WorkspaceGraphResult {
  readonly page: PicturePage
  /** The folder that the paths of the picture are relative to. */
  readonly base: string
  /** How many files were read, those that nothing ties to others as well. */
  readonly files: number
}

/** Client → server: the functions of the workspace that are like the one at a place. Null: there is none. */
export const SIMILAR = 'codeant/similar'
export interface SimilarParams {
  readonly uri: string
  readonly line: number
  readonly character: number
  readonly workDoneToken?: string | number
}
export interface SimilarResult {
  readonly name: string
  /** Copies first, then copies with other names, then what is alike, each the likest first. */
  readonly functions: readonly SimilarFunction[]
  /** How many functions it was compared with. */
  readonly compared: number
  /** False: the table that says how much a word tells is not installed, so each tells as much as any other. */
  readonly isWeighted: boolean
}
export interface SimilarFunction {
  readonly uri: string
  readonly name: string
  /** Its first line, from the function's beginning to the line's end. */
  readonly line: number
  readonly character: number
  readonly endCharacter: number
  /** From 0 to 1. */
  readonly similarity: number
  /** `exact`: a copy but for layout and comments. `renamed`: but for names and values as well. */
  readonly alike: 'exact' | 'renamed' | 'similar'
}

/** Client → server: what to do first, from the history of the project. Null: no folder is open. */
export const PLAN = 'codeant/plan'
export interface PlanResult {
  readonly tables: readonly PlanTable[]
  /** The folder that the paths of the tables are relative to. */
  readonly base: string
  /** Why there is no plan of some folder: sentences. */
  readonly problems: readonly string[]
}
