// Code actions: fixes that hold, with their evidence; all of a kind; everything safe; suppression; explanation.

import { ASK_FOR_FIX, type AskForFixArgument } from '@codeant/shared/endpoint.ts'
import { NOT_A_BUG } from '@codeant/shared/protocol.ts'
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Diagnostic,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { ENDPOINT_WORDS } from '../../features/endpoint/words.ts'
import { wordsOf } from '../../features/explain.ts'
import { fixAll, proposeFixes, type Source } from '../../features/fixes.ts'
import { isOwn } from '../../features/pack-rules.ts'
import type { Reported } from '../../features/report.ts'
import { type FileEdits, filesToEdit, workspaceFixes } from '../../features/workspace-fixes.ts'
import { namedFunctions } from '../../features/workspace-view.ts'
import { dialectOf } from '../../rules/comments.ts'
import { suppressionComment } from '../../rules/suppression.ts'
import { applyEdits, type Document, editBetween, type TextEdit } from '../../text/document.ts'
import { filePath, toDiagnostic, toLspEdits } from '../convert.ts'
import type { Session } from '../session.ts'
import { WORDS } from '../words.ts'
import { type PlacedText, toWorkspaceEdit } from '../workspace-edit.ts'
import { canAskForFix } from './ask-endpoint.ts'
import { translations } from './translate.ts'

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.codeant`

/** What an unresolved action carries: enough to compute its edit when it is chosen. */
interface Unresolved {
  readonly uri: string
  readonly version: number
  /** Undefined: everything that is safe. */
  readonly rule?: string
}

export async function codeActions(
  session: Session,
  { textDocument: { uri }, range, context }: CodeActionParams,
): Promise<CodeAction[]> {
  const document = session.document(uri)
  const text = session.texts.get(uri)
  if (!document || !text) return []
  const wants = (kind: string) =>
    !context.only || context.only.some(it => kind === it || kind.startsWith(`${it}.`))
  const shown = session.shown(document)
  const actions: CodeAction[] = []
  if (wants(CodeActionKind.QuickFix)) {
    const here = touching(text, shown, range)
    actions.push(...(await quickFixes(session, document, text, here, shown)))
    actions.push(...(await fixesOfSeveralFiles(session, document, text, here)))
    for (const it of here) actions.push(...aboutFinding(session, document, text, it))
  }
  if (wants(CodeActionKind.Refactor) && session.options.commands?.includes('codeant.sketch'))
    actions.push(...translations(session, document, range))
  // Only for who asks for actions: a light bulb in every function would mean nothing.
  if (wants(CodeActionKind.Refactor) && context.triggerKind !== CodeActionTriggerKind.Automatic)
    actions.push(...aboutFunction(session, document, text, range))
  // Asked for on save, or by name: never in the menu of a light bulb, where it would drown the fix for this line.
  if (context.only && wants(FIX_ALL) && shown.some(it => it.finding.fix === 'safe')) {
    const edit = fixAllEdit(session, document, text, undefined)
    if (edit) actions.push({ title: WORDS[session.locale].fixAll, kind: FIX_ALL, edit })
  }
  return actions
}

/** The edit of an action that was offered without one. */
export function resolveCodeAction(session: Session, action: CodeAction): CodeAction {
  const data = action.data as Unresolved | undefined
  const document = data && session.document(data.uri)
  const text = data && session.texts.get(data.uri)
  if (!document || !text || document.version !== data.version) return action
  const edit = fixAllEdit(session, document, text, data.rule)
  return edit ? { ...action, edit } : action
}

function touching(text: TextDocument, shown: readonly Reported[], range: Range): Reported[] {
  const start = text.offsetAt(range.start)
  const end = text.offsetAt(range.end)
  return shown.filter(({ finding }) => finding.start <= end && start <= finding.end)
}

async function quickFixes(
  session: Session,
  document: Document,
  text: TextDocument,
  here: readonly Reported[],
  all: readonly Reported[],
): Promise<CodeAction[]> {
  const { rules, locale, diagnosticContext } = session
  const say = WORDS[locale]
  const fixable = here.filter(it => it.finding.fix && !rules.get(it.finding.rule)?.relate)
  if (fixable.length === 0) return []
  const at = new Map(fixable.map(it => [`${it.finding.rule}:${it.finding.start}:${it.finding.end}`, it]))
  const key = (it: Reported['finding']) => `${it.rule}:${it.start}:${it.end}`
  const actions: CodeAction[] = []
  const repeated = new Set<string>()
  // Found in another thread, and repaired there.
  const own = fixable.map(it => it.finding).filter(isOwn)
  const proposed = proposeFixes(
    session.engineFor(filePath(document.uri)),
    sourceOf(session, document),
    it => at.has(key(it)),
    fixable.map(it => it.finding).filter(it => rules.get(it.rule)?.learned),
  )
  for (const { finding, edits, safety, holds } of [
    ...proposed,
    ...(await session.patterns.fixes(document, own)),
  ]) {
    if (!holds) continue
    if (rules.get(finding.rule)?.learned && !(await satisfiesModel(session, document, finding, edits)))
      continue
    const reported = at.get(key(finding))!
    const { fix } = wordsOf(rules.get(finding.rule)!, finding, locale)
    actions.push({
      title: `${fix ?? finding.rule} (${say.safety[safety]} · ${say.evidence})`,
      kind: CodeActionKind.QuickFix,
      isPreferred: safety === 'safe',
      diagnostics: [toDiagnostic(text, reported, diagnosticContext)],
      edit: workspaceEdit(session, document, toLspEdits(text, edits)),
    })
    if (
      !rules.get(finding.rule)?.learned &&
      !own.includes(reported.finding) &&
      all.filter(it => it.finding.rule === finding.rule && it.finding.fix).length > 1
    )
      repeated.add(finding.rule)
  }
  for (const rule of repeated) {
    const data: Unresolved = { uri: document.uri, version: document.version, rule }
    actions.push({ title: say.fixAllOf(rule), kind: CodeActionKind.QuickFix, data })
  }
  return actions
}

/** Fixes of what this file and others disagree about. */
async function fixesOfSeveralFiles(
  session: Session,
  document: Document,
  text: TextDocument,
  here: readonly Reported[],
): Promise<CodeAction[]> {
  const { rules, locale, diagnosticContext, related } = session
  const fixable = here.filter(it => it.finding.fix && rules.get(it.finding.rule)?.relate)
  const view = fixable.length > 0 ? related.view(document) : undefined
  if (!view) return []
  const say = WORDS[locale]
  const engine = session.engineFor(filePath(document.uri))
  const actions: CodeAction[] = []
  for (const reported of fixable) {
    await view.prepare(filesToEdit(rules, view, view.path, reported.finding))
    const words = wordsOf(rules.get(reported.finding.rule)!, reported.finding, locale)
    for (const { name, safety, edits } of workspaceFixes(engine, view, view.path, reported.finding)) {
      const files = [...edits.keys()]
      if (!files.every(it => view.isCurrent(it))) continue
      const about = [
        say.safety[safety],
        ...(files.length > 1 ? [say.inFiles(files.length)] : []),
        say.evidence,
      ]
      actions.push({
        title: `${words[name] ?? reported.finding.rule} (${about.join(' · ')})`,
        kind: CodeActionKind.QuickFix,
        diagnostics: [toDiagnostic(text, reported, diagnosticContext)],
        edit: toWorkspaceEdit(session, view, [{ texts: placedTexts(edits) }]),
      })
    }
  }
  return actions
}

function placedTexts(edits: FileEdits): PlacedText[] {
  return [...edits].flatMap(([file, own]) =>
    own.map(({ start, end, newText }) => ({ at: { file, place: [start, end] as const }, newText })),
  )
}

/** The model that found it says nothing of the kind of the repaired function. Somebody is looking at a menu meanwhile. */
function satisfiesModel(
  session: Session,
  document: Document,
  { rule, start }: Reported['finding'],
  edits: readonly TextEdit[],
): Promise<boolean> {
  const patience = AbortSignal.timeout(MODEL_PATIENCE_MS)
  return session
    .isContent(document, applyEdits(document.text, edits), rule, start, patience)
    .catch(() => false)
}

const MODEL_PATIENCE_MS = 2_000

function aboutFinding(
  session: Session,
  document: Document,
  text: TextDocument,
  reported: Reported,
): CodeAction[] {
  const { locale, options, diagnosticContext } = session
  const say = WORDS[locale]
  const { finding } = reported
  const diagnostics: Diagnostic[] = [toDiagnostic(text, reported, diagnosticContext)]
  const at = text.positionAt(finding.start)
  const actions: CodeAction[] = []
  const can = (command: string) => options.commands?.includes(command as never)
  const argument = { uri: document.uri, rule: finding.rule, line: at.line, character: at.character }
  if (session.rules.get(finding.rule)?.learned) {
    const title = say.notABug
    actions.push({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      command: { title, command: NOT_A_BUG, arguments: [{ ...argument, start: finding.start }] },
    })
  }
  if (canAskForFix(session, filePath(document.uri), finding)) {
    const title = ENDPOINT_WORDS[locale].askForFix
    const asked: AskForFixArgument = { uri: document.uri, rule: finding.rule, start: finding.start }
    actions.push({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      command: { title, command: ASK_FOR_FIX, arguments: [asked] },
    })
  }
  if (can('codeant.explain')) {
    const title = say.explain(finding.rule)
    actions.push({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      command: { title, command: 'codeant.explain', arguments: [argument] },
    })
  }
  if (dialectOf(document.language) === 'none') return actions
  const title = say.suppress(finding.rule)
  if (can('codeant.suppress')) {
    actions.push({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      command: { title, command: 'codeant.suppress', arguments: [argument] },
    })
  } else {
    const edit = suppressEdit(session, document, text, finding.rule, at.line, say.reason)
    actions.push({ title, kind: CodeActionKind.QuickFix, diagnostics, edit })
  }
  return actions
}

function aboutFunction(
  session: Session,
  document: Document,
  text: TextDocument,
  { start }: Range,
): CodeAction[] {
  if (!session.options.commands?.includes('codeant.showSimilar')) return []
  const at = text.offsetAt(start)
  const tree = session.tree(document)
  if (!tree || !namedFunctions(tree).some(it => it.start <= at && at <= it.end)) return []
  const title = WORDS[session.locale].showSimilar
  const argument = { uri: document.uri, line: start.line, character: start.character }
  return [
    {
      title,
      kind: CodeActionKind.Refactor,
      command: { title, command: 'codeant.showSimilar', arguments: [argument] },
    },
  ]
}

/** A comment on a line of its own above the finding, indented like it. */
export function suppressEdit(
  session: Session,
  document: Document,
  text: TextDocument,
  rule: string,
  line: number,
  reason: string,
): WorkspaceEdit {
  const start = { line, character: 0 }
  const content = text.getText({ start, end: { line: line + 1, character: 0 } })
  const indent = /^[ \t]*/.exec(content)![0]
  const newline = content.endsWith('\r\n') ? '\r\n' : '\n'
  const comment = suppressionComment(rule, reason, dialectOf(document.language))
  return workspaceEdit(session, document, [
    { range: { start, end: start }, newText: `${indent}${comment}${newline}` },
  ])
}

function fixAllEdit(
  session: Session,
  document: Document,
  text: TextDocument,
  rule: string | undefined,
): WorkspaceEdit | undefined {
  const allowed = new Set(session.shown(document).map(it => it.finding.rule))
  const wanted = (it: Reported['finding']) =>
    allowed.has(it.rule) && (rule === undefined ? it.fix === 'safe' : it.rule === rule)
  const fixed = fixAll(session.engineFor(filePath(document.uri)), sourceOf(session, document), wanted)
  if (fixed.applied === 0) return undefined
  const { start, oldEnd, newEnd } = editBetween(document.text, fixed.text)
  return workspaceEdit(
    session,
    document,
    toLspEdits(text, [{ start, end: oldEnd, newText: fixed.text.slice(start, newEnd) }]),
  )
}

function sourceOf(session: Session, { uri, language, text }: Document): Source {
  return { path: session.projects.pathOf(filePath(uri)), language, text }
}

function workspaceEdit(
  session: Session,
  { uri, version }: Document,
  edits: ReturnType<typeof toLspEdits>,
): WorkspaceEdit {
  // With a version, an edit that comes too late is refused by the client instead of landing in the wrong place.
  return session.capabilities.workspace?.workspaceEdit?.documentChanges
    ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
    : { changes: { [uri]: edits } }
}
