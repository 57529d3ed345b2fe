// What a person asks the endpoint for: a fix, which is verified before it is made, and a longer explanation.

import type {
  AskForFixArgument,
  AskForFixResult,
  EndpointExplainParams,
  EndpointExplainResult,
  EndpointUse,
} from '@codeant/shared/endpoint.ts'
import type { Finding } from '@codeant/shared/finding.ts'
import {
  type ChangeAnnotation,
  MessageType,
  ShowMessageNotification,
  type WorkspaceEdit,
} from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { judgeFix, type PreparedQuestion, questionAbout } from '../../features/endpoint/ask-fix.ts'
import { redact } from '../../features/endpoint/redaction.ts'
import { judgeRule, questionAboutRule, UNCLEAR_RULE } from '../../features/endpoint/word-rule.ts'
import { ENDPOINT_WORDS, refusalWords, troubleWords } from '../../features/endpoint/words.ts'
import type { Source } from '../../features/fixes.ts'
import { EndpointError } from '../../inference/remote/failure.ts'
import type { Generated } from '../../inference/remote/generator.ts'
import { explainLonger } from '../../inference/tasks/explain-longer.ts'
import { proposeFix } from '../../inference/tasks/propose-fix.ts'
import { wordRule } from '../../inference/tasks/word-rule.ts'
import type { TextTask } from '../../inference/text-task.ts'
import type { Document, TextEdit } from '../../text/document.ts'
import { filePath, toLspEdits } from '../convert.ts'
import type { Session } from '../session.ts'
import { nearestFinding } from './explain.ts'

/** Whether a fix can be asked for: what others than one file or a rule decide cannot be verified here. */
export function canAskForFix(session: Session, file: string, { rule: id }: Finding): boolean {
  const rule = session.rules.get(id)
  return (
    rule !== undefined && !rule.relate && !rule.judgedBy && session.remote.offered('fix', file) !== undefined
  )
}

/** Rejects only with the signal's reason. What is refused is told the person, with the reason, and nothing is changed. */
export async function askForFix(
  session: Session,
  { uri, rule, start }: AskForFixArgument,
  signal: AbortSignal,
): Promise<AskForFixResult> {
  const say = ENDPOINT_WORDS[session.locale]
  const document = session.document(uri)
  const text = session.texts.get(uri)
  const reported =
    document && session.shown(document).find(it => it.finding.rule === rule && it.finding.start === start)
  if (!document || !text || !reported) return refuse(session, say.notFixed(say.gone))
  const { finding } = reported
  const file = filePath(uri)
  if (!canAskForFix(session, file, finding))
    return refuse(session, say.notAsked(troubleWords('forbidden', session.locale)))
  if (rule === UNCLEAR_RULE) return askForWords(session, document, text, finding, signal)
  const engine = session.engineFor(file)
  const source: Source = {
    path: session.projects.pathOf(file),
    language: document.language,
    text: document.text,
  }
  const prepared = questionAbout(engine, source, finding)!
  const answer = await ask(session, 'fix', file, proposeFix, prepared.question, signal)
  if ('reason' in answer) return refuse(session, say.notAsked(answer.reason))
  // It was typed on meanwhile: what was verified is not what is there.
  if (session.document(uri) !== document) return refuse(session, say.notFixed(say.gone))
  const judged = judgeFix(engine, source, finding, prepared, answer.output)
  if (judged.kind === 'refused')
    return refuse(session, say.notFixed(refusalWords(judged.why, session.locale)))
  if (
    session.rules.get(rule)?.learned &&
    !(await satisfiesModel(session, document, judged.text, finding, signal))
  )
    return refuse(session, say.notFixed(refusalWords({ kind: 'suspected' }, session.locale)))
  return offer(session, document, text, rule, judged.edits, answer)
}

/** A rule of the team that cannot be read, in words that can. */
async function askForWords(
  session: Session,
  document: Document,
  text: TextDocument,
  finding: Finding,
  signal: AbortSignal,
): Promise<AskForFixResult> {
  const say = ENDPOINT_WORDS[session.locale]
  const sentence = document.text.slice(finding.start, finding.end)
  const redacted = redact(sentence, document.language, session.engineFor(filePath(document.uri)).parser)
  const question = questionAboutRule(redacted.text)
  const answer = await ask(session, 'fix', filePath(document.uri), wordRule, question, signal)
  if ('reason' in answer) return refuse(session, say.notAsked(answer.reason))
  if (session.document(document.uri) !== document) return refuse(session, say.notFixed(say.gone))
  const judged = judgeRule(document.text, finding, answer.output, redacted.secrets)
  return judged.kind === 'refused'
    ? refuse(session, say.notFixed(refusalWords(judged.why, session.locale)))
    : offer(session, document, text, finding.rule, judged.edits, answer)
}

/** The person sees the edit before it is made. */
async function offer(
  session: Session,
  document: Document,
  text: TextDocument,
  rule: string,
  edits: readonly TextEdit[],
  { host, model }: { readonly host: string; readonly model: string },
): Promise<AskForFixResult> {
  const say = ENDPOINT_WORDS[session.locale]
  const label = say.fixed(rule, host)
  const edit = annotatedEdit(session, document, text, edits, label, say.lookFirst(model))
  const { applied } = await session.connection.workspace.applyEdit({ label, edit })
  return applied ? { kind: 'applied' } : { kind: 'refused', reason: say.notFixed(say.gone) }
}

/** Null where the finding is no longer there. Rejects only with the signal's reason. */
export async function explainWithEndpoint(
  session: Session,
  params: EndpointExplainParams,
  signal: AbortSignal,
): Promise<EndpointExplainResult | null> {
  const { uri } = params
  const document = session.document(uri)
  const finding = nearestFinding(session, params)?.finding
  if (!document || !finding) return null
  const locale = params.locale ?? session.locale
  const audience = params.audience ?? session.settings.audience
  const file = filePath(uri)
  const source: Source = {
    path: session.projects.pathOf(file),
    language: document.language,
    text: document.text,
  }
  const prepared: PreparedQuestion | undefined = questionAbout(session.engineFor(file), source, finding)
  if (!prepared) return null
  const answer = await ask(
    session,
    'explanation',
    file,
    explainLonger,
    { ...prepared.question, locale, audience },
    signal,
  )
  return 'reason' in answer
    ? { kind: 'refused', reason: answer.reason }
    : {
        kind: 'explained',
        markdown: answer.output,
        label: ENDPOINT_WORDS[locale].label(answer.model, answer.host),
      }
}

type Answer<Output> = (Generated<Output> & { readonly host: string }) | { readonly reason: string }

/** With a progress that can be cancelled. */
async function ask<Input, Output>(
  session: Session,
  use: EndpointUse,
  file: string,
  task: TextTask<Input, Output>,
  input: Input,
  signal: AbortSignal,
): Promise<Answer<Output>> {
  const { connection, remote, locale } = session
  const workspace = remote.offered(use, file)
  const generator = workspace === undefined ? undefined : remote.endpoint.generator(workspace)
  if (!generator) return { reason: troubleWords('forbidden', locale) }
  const host = remote.endpoint.generationHost
  const progress = await connection.window.createWorkDoneProgress()
  const abort = new AbortController()
  progress.token.onCancellationRequested(() => abort.abort(new Given()))
  // Nothing is under way as long as a person thinks about it.
  const begun = () => progress.begin(ENDPOINT_WORDS[locale].asking(host), undefined, undefined, true)
  try {
    const answer = await generator.run(task, input, AbortSignal.any([signal, abort.signal]), begun)
    return { ...answer, host }
  } catch (error) {
    if (error instanceof EndpointError) {
      session.log.info(`endpoint ${host}: ${error.message}`)
      return { reason: troubleWords(error.trouble, locale) }
    }
    if (error instanceof Given) return { reason: troubleWords('consent', locale) }
    throw error
  } finally {
    progress.done()
  }
}

/** The person took the question back. */
class Given extends Error {}

function refuse({ connection }: Session, reason: string): AskForFixResult {
  // A person asked and is told: information, not an alarm.
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message: reason })
  return { kind: 'refused', reason }
}

function satisfiesModel(
  session: Session,
  document: Document,
  text: string,
  { rule, start }: Finding,
  signal: AbortSignal,
): Promise<boolean> {
  return session.isContent(document, text, rule, start, signal).catch(() => {
    signal.throwIfAborted()
    return false
  })
}

/** Where the client can show an edit before it is made, it does; where it cannot, one undo takes it back. */
function annotatedEdit(
  { capabilities }: Session,
  { uri, version }: Document,
  text: TextDocument,
  edits: readonly TextEdit[],
  label: string,
  description: string,
): WorkspaceEdit {
  const own = toLspEdits(text, edits)
  const can = capabilities.workspace?.workspaceEdit
  if (!can?.documentChanges) return { changes: { [uri]: own } }
  if (!can.changeAnnotationSupport)
    return { documentChanges: [{ textDocument: { uri, version }, edits: own }] }
  const annotation: ChangeAnnotation = { label, description, needsConfirmation: true }
  return {
    documentChanges: [
      { textDocument: { uri, version }, edits: own.map(it => ({ ...it, annotationId: 'generated' })) },
    ],
    changeAnnotations: { generated: annotation },
  }
}
