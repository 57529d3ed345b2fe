// Calls that ask another machine for something, and what says which machine.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName, keywordArgument, property, receiver } from '../../calls.ts'
import { definitionOf } from '../../definitions.ts'
import { calledName, importsAny } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'

const METHODS = /^(get|post|put|patch|delete|head|options|stream)$/

const PYTHON_FUNCTIONS =
  /^((requests|httpx)\.(get|post|put|patch|delete|head|options|stream)|urllib\.request\.(urlopen|urlretrieve|Request)|urllib2\.(urlopen|Request)|pdfkit\.from_url)$/

const SCRIPT_FUNCTIONS =
  /^(fetch|node-fetch|node-fetch\.default|undici\.(fetch|request)|\$fetch|ofetch|ofetch\.ofetch|axios|got|needle|superagent|ky|request|http\.(get|request)|https\.(get|request)|wkhtmltopdf|wkhtmltoimage|wkhtmltoimage\.generate|(axios|axios\.default|got|ky|superagent|request|needle)\.(get|post|put|patch|delete|head))$/

export function addressOf(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  if (file.language === 'python') return pythonAddress(file, call)
  if (BROWSER_METHODS.has(calleeName(call))) return browserAddress(file, call)
  const name = calledName(file, call)
  if (file.language === 'rust') return isRustFetch(file, call, name) ? rustAddress(call) : undefined
  if (!SCRIPT_FUNCTIONS.test(name) || !isModule(file, call, name)) return undefined
  const first = argument(call, 0)
  return first?.kind === 'Dictionary' ? (property(first, 'url') ?? property(first, 'uri')) : first
}

/** `fetch` is everybody's; the others must have been imported. */
function isModule(file: SourceFile, call: SyntaxNode, name: string): boolean {
  if (name === 'fetch' || name === '$fetch') return true
  const callee = call.child('callee')
  const head = callee?.kind === 'Member' ? callee.child('object') : callee
  return head !== undefined && !file.isFree(head)
}

/** A browser on the server: it opens an address, or a page that can name any. */
const BROWSER_METHODS: ReadonlySet<string> = new Set(['goto', 'setContent', 'openUrl', 'set_content'])

/** The last names of calls that have a browser of the server fetch something. */
export const BROWSER_CALLEES: readonly string[] = [
  ...BROWSER_METHODS,
  ...['wkhtmltopdf', 'wkhtmltoimage', 'generate', 'from_url'],
]

function browserAddress(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const object = receiver(call)
  if (!/(^|_)(page|tab|frame)$/i.test(object?.name ?? '')) return undefined
  return importsAny(file, /\b(puppeteer(-core)?|playwright(-core)?|phantom|pyppeteer)\b/)
    ? argument(call, 0)
    : undefined
}

function pythonAddress(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const name = calledName(file, call)
  if (PYTHON_FUNCTIONS.test(name)) return argument(call, 0, 'url')
  if (/^(requests|httpx)\.request$/.test(name)) return argument(call, 1, 'url')
  const object = receiver(call)
  const isSession = METHODS.test(calleeName(call)) && /(session|client|http)$/i.test(object?.name ?? '')
  if (!isSession || (object && isGuarded(file, object))) return undefined
  return importsAny(file, /\b(aiohttp|httpx|requests|urllib3)\b/) ? argument(call, 0, 'url') : undefined
}

/** `AsyncClient(transport=SafeTransport())`: what does the fetching may look where it leads. */
function isGuarded(file: SourceFile, client: SyntaxNode): boolean {
  const binding = client.kind === 'Name' ? file.binding(client) : undefined
  for (const write of binding?.writes() ?? []) {
    const definition = definitionOf(write)
    const made = definition?.kind === 'value' ? definition.value?.unwrapped : undefined
    if (made?.kind === 'Call' && (keywordArgument(made, 'transport') || GUARDS.test(calleeName(made))))
      return true
  }
  return false
}

const GUARDS = /safe|guard|restrict|filter|ssrf/i

function isRustFetch(file: SourceFile, call: SyntaxNode, name: string): boolean {
  if (/^reqwest\.(blocking\.)?get$/.test(name)) return true
  const object = receiver(call)
  if (!object || !(METHODS.test(calleeName(call)) || calleeName(call) === 'request')) return false
  const made = file.value(object)
  if (made.kind === 'Call') return /^reqwest\.(blocking\.)?Client\./.test(calledName(file, made))
  return /client$/.test(object.name) && importsAny(file, /\breqwest\b/)
}

function rustAddress(call: SyntaxNode): SyntaxNode | undefined {
  return argument(call, calleeName(call) === 'request' ? 1 : 0)
}
