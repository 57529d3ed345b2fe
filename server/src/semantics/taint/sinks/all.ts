// Places where a text from a stranger does harm, of every sort.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName } from '../../calls.ts'
import { isCheckedHere } from '../../checks.ts'
import { calledName } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'
import { type Hole, isHole, isPutTogether, textsOf } from '../../text-pieces.ts'
import { isSql, readsCatalogue } from '../sql.ts'
import { addressOf, BROWSER_CALLEES } from './addresses.ts'
import { codeRun, RUNNER_CALLEES } from './code.ts'
import { PYTHON_WORD_CALLEES, programText, shellCommand } from './commands.ts'
import { DOCUMENT_CALLEES, documentQuery } from './documents.ts'
import { assignedHtml, attributeHtml, MARKUP, routeHtml, writtenHtml } from './html.ts'
import { directoryTexts, LDAP_CALLEES } from './ldap.ts'
import { rebuiltData } from './objects.ts'
import { pathsOf } from './paths.ts'
import { calledTarget, isLocation } from './redirects.ts'
import { isForStatements, STATEMENT_CALLEES, statementText } from './statements.ts'
import { templateText } from './templates.ts'
import { XPATH_CALLEES, xpathText } from './xpath.ts'

export type SinkSort =
  | 'sql'
  | 'command'
  | 'code'
  | 'path'
  | 'html'
  /** HTML that the server itself sends. */
  | 'answer'
  | 'redirect'
  | 'url'
  | 'template'
  | 'deserialisation'
  | 'xpath'
  | 'ldap'
  | 'document'

export interface Sink {
  readonly sort: SinkSort
  readonly at: SyntaxNode
  /** What must not come from a stranger. */
  readonly values: readonly (SyntaxNode | Hole)[]
}

/** Of these only what stands at the beginning of the text decides anything. */
export const BY_BEGINNING: ReadonlySet<SinkSort> = new Set(['url', 'redirect'])

/** What a call, an assignment or an attribute does with values that should not come from a stranger. */
export function sinksAt(file: SourceFile, node: SyntaxNode): Sink[] {
  switch (node.kind) {
    case 'Call':
    case 'New':
      return ofCallee(file, node, calleeName(node))
    case 'Assignment':
    case 'AugmentedAssignment':
      return file.language === 'javascript' || file.language === 'typescript' ? ofAssignment(file, node) : []
    case 'Return':
      return answers(file, node)
    case 'JsxAttribute':
      return whole('html', attributeHtml(file, node), file)
    default:
      return []
  }
}

function ofCallee(file: SourceFile, call: SyntaxNode, name: string): Sink[] {
  const sinks = CALLEES.has(name) ? ofCall(file, call) : []
  return LOOKUPS.has(name) ? [...sinks, ...ofLookup(file, call)] : sinks
}

/** Looking something up has short names that everybody uses: of these only what is looked up is asked. */
const LOOKUPS: ReadonlySet<string> = new Set([...XPATH_CALLEES, ...LDAP_CALLEES, ...DOCUMENT_CALLEES])

function ofLookup(file: SourceFile, call: SyntaxNode): Sink[] {
  return [
    ...whole('xpath', xpathText(file, call), file),
    ...directoryTexts(file, call).flatMap(it => whole('ldap', it, file)),
    ...documentQuery(file, call).code.flatMap(it => whole('document', it, file)),
  ]
}

/** Asked of every call, so it has to be quick: the last names of all calls that are looked at. */
const CALLEES: ReadonlySet<string> = new Set([
  ...STATEMENT_CALLEES,
  ...PYTHON_WORD_CALLEES,
  ...RUNNER_CALLEES,
  ...BROWSER_CALLEES,
  ...(
    'system popen getoutput getstatusoutput create_subprocess_shell run call check_call check_output Popen' +
    ' create_subprocess_exec exec execSync spawn spawnSync execFile execFileSync execaCommand execaCommandSync command' +
    ' commandSync execAsync arg args eval compile Function setTimeout setInterval runInNewContext runInThisContext' +
    ' runInContext Script compileFunction' +
    ' readFile readFileSync createReadStream createWriteStream writeFile writeFileSync appendFile appendFileSync unlink' +
    ' unlinkSync rm rmSync rmdir rmdirSync readdir readdirSync open openSync copyFile copyFileSync rename renameSync' +
    ' mkdir mkdirSync readJson readJSON outputFile remove opendir read_text read_bytes write_text write_bytes iterdir' +
    ' listdir scandir makedirs replace copy copyfile copytree move rmtree send_file FileResponse save sendFile sendfile' +
    ' download read read_to_string write remove_file remove_dir_all create_dir_all create read_dir open_async' +
    ' get post put patch delete head options request urlopen urlretrieve Request fetch $fetch axios got needle superagent' +
    ' ky ofetch stream' +
    ' redirect HttpResponseRedirect HttpResponsePermanentRedirect RedirectResponse HTTPFound permanentRedirect assign' +
    ' HTTPSeeOther location' +
    ' Template from_string render_template_string render precompile template renderString renderFile' +
    ' load loads decode read_pickle Unpickler unserialize deserialize' +
    ' insertAdjacentHTML writeln createContextualFragment html Markup mark_safe SafeString SafeText'
  ).split(' '),
])

function ofCall(file: SourceFile, call: SyntaxNode): Sink[] {
  const sinks = [
    ...statements(file, call),
    ...whole('command', shellCommand(file, call) ?? programText(file, call), file),
    ...whole('template', templateText(file, call), file),
    ...whole('deserialisation', rebuiltData(file, call), file),
    ...whole('url', addressOf(file, call), file),
    ...whole('redirect', calledTarget(file, call), file),
    ...pathsOf(file, call).flatMap(it => whole('path', it, file)),
  ]
  const run = codeRun(file, call)
  if (run && !run.isLoader) sinks.push(...whole('code', run.code, file))
  if (file.language === 'python') {
    if (MARKUP.test(calledName(file, call)) && call.role !== 'object')
      sinks.push(...whole('answer', argument(call, 0), file))
  } else if (file.language !== 'rust') sinks.push(...whole('html', writtenHtml(file, call), file))
  return sinks
}

function ofAssignment(file: SourceFile, node: SyntaxNode): Sink[] {
  if (node.child('target')?.is('Member', 'Name') !== true) return []
  const html = assignedHtml(node)
  if (html) return whole('html', html, file)
  return node.kind === 'Assignment' && isLocation(file, node.child('target'))
    ? whole('redirect', node.child('value'), file)
    : []
}

function answers(file: SourceFile, node: SyntaxNode): Sink[] {
  const html = routeHtml(file, node)
  if (!html || file.constant(html)) return []
  const values = textsOf(file, html).flatMap(pieces => (isPutTogether(pieces) ? pieces.filter(isHole) : []))
  return values.length > 0 ? [{ sort: 'answer', at: html, values }] : []
}

function whole(sort: SinkSort, at: SyntaxNode | undefined, file: SourceFile): Sink[] {
  if (!at || at.is('String', 'Function', 'Number') || file.constant(at)) return []
  return isCheckedHere(file, at) ? [] : [{ sort, at, values: [at] }]
}

function statements(file: SourceFile, call: SyntaxNode): Sink[] {
  if (/(?<![a-z])migrat|Migrat/.test(file.path)) return []
  const text = statementText(call)
  if (!text || file.constant(text)) return []
  // What `text(…)` is given is asked about where that is called.
  if (text.kind === 'Call' && calleeName(text) === 'text') return []
  const values: Hole[] = []
  for (const pieces of textsOf(file, text)) {
    if (isPutTogether(pieces) ? !isSql(pieces) || readsCatalogue(pieces) : !isForStatements(file, call))
      continue
    // What a number or a placeholder is, tracing it back shows.
    values.push(...pieces.filter(isHole))
  }
  return values.length > 0 ? [{ sort: 'sql', at: text, values }] : []
}
