// Handlers of servers in JavaScript and TypeScript: what they take of a request and what they answer. Those with a name of their
// own are told by how they look, wherever they stand; those written in a route's place by the route, under a name made for both.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import type { Framework, Method } from '../../rows/routes.ts'
import { assignedName, exportedNameOf, referenceOf } from '../reference.ts'
import { parametersOf, readChecks, readContext, readPair } from './express-handlers.ts'
import { methodsAnswered } from './methods-answered.ts'
import { readNuxt } from './nuxt-handlers.ts'
import { RequestParts, targetOf } from './request-parts.ts'
import { readNextRoute, readSvelteKit } from './web-handlers.ts'

export function extractHandlersJavaScript(file: SourceFile, facts: FactWriter): void {
  const byPath = pathFlavour(file.path)
  if (!byPath && !LOOKS.test(file.tree.text)) return
  for (const fn of file.root.descendants('Function')) {
    const name = nameOf(fn)
    const flavour =
      name === undefined ? undefined : (flavourByPath(byPath, name, fn) ?? flavourByLook(file, fn))
    if (name !== undefined && flavour) addHandler(file, fn, name, flavour, [], facts)
  }
}

/** What a route is answered by, wherever that is; a function in its place becomes a handler. */
export function answerOf(
  file: SourceFile,
  handlers: readonly SyntaxNode[],
  key: {
    readonly methods: readonly Method[]
    readonly path: string | undefined
    readonly framework: Framework
  },
  facts: FactWriter,
): Reference | undefined {
  const last = handlers.at(-1)
  const fn = last && answering(last)
  if (!fn) return undefined
  if (fn.kind !== 'Function') {
    const reference = referenceOf(file, fn)
    const isHere = reference?.module === '' && reference.names.length === 1
    return reference && (!isHere || reference.names[0] !== fn.name) ? reference : undefined
  }
  const own = nameOf(fn)
  if (own !== undefined && flavourByLook(file, fn)) return { module: '', names: own.split('.') }
  const name = `${key.methods.join('|')} ${key.path ?? ''}`
  addHandler(file, fn, name, flavourOf(key.framework, fn), handlers.slice(0, -1), facts)
  return { module: '', names: [name] }
}

type Flavour = 'pair' | 'fastify' | 'context' | 'next' | 'sveltekit' | 'nuxt'

/** Where nothing of the kind is written, no function is looked at. */
const LOOKS =
  /(?:\b(?:req|request)\b|\})[^()\n]*,\s*_?(?:res|response|reply)\b|\b(?:ctx|c|context)\s*:\s*\w*Context\b|\b(?:ctx|c)\s*(?:\)\s*)?=>/

function addHandler(
  file: SourceFile,
  fn: SyntaxNode,
  name: string,
  flavour: Flavour,
  checks: readonly SyntaxNode[],
  facts: FactWriter,
): void {
  const parts = new RequestParts(file)
  readChecks(checks, parts)
  if (/(?:^|\/)pages\/api\//.test(file.path)) {
    parts.inPath = new Set([...file.path.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map(it => it[1]!))
    parts.isForSeveral = methodsAnswered(file, fn).length > 1
  }
  const method = name.split('.').at(-1)!
  switch (flavour) {
    case 'next':
      readNextRoute(fn, method, parts)
      break
    case 'sveltekit':
      readSvelteKit(fn, method, parts)
      break
    case 'nuxt':
      readNuxt(fn, parts)
      break
    case 'context':
      readContext(fn, parts)
      break
    default:
      readPair(fn, parts, flavour === 'fastify')
  }
  parts.add(name, fn.child('name') ?? fn.child('parameters') ?? fn, facts)
}

/** Of `wrap(check, show)` and `[check, show]` the last. */
function answering(node: SyntaxNode): SyntaxNode | undefined {
  const it = node.unwrapped
  if (it.is('Function', 'Name', 'Member')) return it
  if (it.kind === 'List') return inLast(it.children('element'))
  return it.kind === 'Call'
    ? inLast(positional(it).filter(argument => !argument.is('String', 'Dictionary')))
    : undefined
}

function inLast(all: readonly SyntaxNode[]): SyntaxNode | undefined {
  const last = all.at(-1)
  return last && answering(last)
}

/** The name that a function, or what is made of it by a call around it, goes by at the top of its file. */
function nameOf(fn: SyntaxNode): string | undefined {
  const own = exportedNameOf(fn)
  if (own !== undefined) return own
  let it = fn
  while (it.role === 'argument' && it.parent?.kind === 'Call') it = it.parent
  if (it.row === fn.row || it.closest('Function')) return undefined
  // `app.get('/x', (req, res) => …)` stands for nothing by itself.
  if (it.parent?.is('Declarator', 'Assignment')) return assignedName(it.parent)
  return it.parent?.kind === 'Export' ? 'default' : undefined
}

function pathFlavour(path: string): Flavour | undefined {
  if (/(?:^|\/)route\.[cm]?[jt]sx?$/.test(path)) return 'next'
  if (/(?:^|\/)pages\/api(?:\/.+)?\.[jt]sx?$/.test(path)) return 'pair'
  if (/(?:^|\/)\+server\.[jt]s$/.test(path)) return 'sveltekit'
  return /(?:^|\/)server\/(?:api|routes)\/.+\.[cm]?[jt]s$/.test(path) ? 'nuxt' : undefined
}

const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|fallback)$/

function flavourByPath(flavour: Flavour | undefined, name: string, fn: SyntaxNode): Flavour | undefined {
  if (flavour === 'nuxt') {
    const { parent } = fn
    return parent?.kind === 'Call' && /^(?:define\w*Handler|\w*[eE]ventHandler)$/.test(calleeName(parent))
      ? flavour
      : undefined
  }
  return flavour && flavour !== 'pair' && METHOD.test(name) ? flavour : undefined
}

/** By the names and the types of its parameters. */
function flavourByLook(file: SourceFile, fn: SyntaxNode): Flavour | undefined {
  const parameters = parametersOf(fn)
  const [first, second] = parameters
  const [one, two] = [first, second].map(it => targetOf(it))
  if (
    second &&
    (/^_?res(?:ponse)?$/.test(two?.name ?? '') || /Response\b/.test(second.child('type')?.text ?? ''))
  )
    return one?.kind === 'ObjectPattern' ||
      /^_*req(?:uest)?$/.test(one?.name ?? '') ||
      /Request\b/.test(first?.child('type')?.text ?? '')
      ? 'pair'
      : undefined
  if (second && (two?.name === 'reply' || /FastifyReply/.test(second.child('type')?.text ?? '')))
    return 'fastify'
  const isContext = /^(?:ctx|c|context)$/.test(one?.name ?? '') && parameters.length <= 2
  if (!isContext || !/['"](?:hono|koa|@hono|@koa)\b/.test(file.tree.text)) return undefined
  return 'context'
}

function flavourOf(framework: Framework, fn: SyntaxNode): Flavour {
  if (framework === 'fastify') return 'fastify'
  if (framework === 'koa' || framework === 'hono') return 'context'
  // A router that nobody could name.
  return parametersOf(fn).length === 1 && /^(?:ctx|c)$/.test(targetOf(parametersOf(fn)[0])?.name ?? '')
    ? 'context'
    : 'pair'
}
