// How the routers of JavaScript's frameworks are made: `express()`, `new Router({ prefix })`, `new Hono().basePath('/api')`.

import { calleeName, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Framework } from '../../rows/routes.ts'
import { unpeeled } from './script-router-names.ts'

/** Where a router comes from. */
export interface Origin {
  readonly framework: Framework
  /** An application, which may stand on its own. */
  readonly isApplication: boolean
  /** What says the prefix, where something does. */
  readonly prefix: SyntaxNode | undefined
}

/** A file without any of these makes no router. */
export const USES_LIBRARY =
  /['"](?:express\b[\w/-]*|polka|restify|json-server|router|koa|koa-router|@koa\/router|koa-tree-router|hono\b[\w/-]*|@hono\/zod-openapi|(?:\.\.?\/)*fastify(?:\.js)?|@feathersjs\/express)['"]/

interface Maker {
  readonly framework: Framework
  readonly isApplication: boolean
}

const MAKERS: readonly (readonly [RegExp, Maker])[] = [
  [
    /^(?:express|polka|restify\.createServer|json-server\.create)$/,
    { framework: 'express', isApplication: true },
  ],
  [
    /^(?:express\.Router|express-promise-router|router|json-server\.router)$/,
    { framework: 'express', isApplication: false },
  ],
  [/^koa$/, { framework: 'koa', isApplication: true }],
  [/^(?:koa-router|@koa\/router|koa-tree-router)(?:\.Router)?$/, { framework: 'koa', isApplication: false }],
  [
    /^(?:hono(?:\/(?:tiny|quick))?\.Hono|@hono\/zod-openapi\.OpenAPIHono)$/,
    { framework: 'hono', isApplication: true },
  ],
  [
    /^(?:(?:\.\.?\/)*fastify(?:\.js)?)(?:\.(?:fastify|Fastify))?$/,
    { framework: 'fastify', isApplication: true },
  ],
]

/** Undefined for calls that make no router. */
export function originOf(file: SourceFile, call: SyntaxNode): Origin | undefined {
  const callee = call.child('callee')
  if (!callee?.is('Name', 'Member', 'Call', 'Parenthesized')) return undefined
  const name = file.qualifiedName(callee).replace(/\.default(?=\.|$)/, '')
  if (name === '') return undefined
  const maker = MAKERS.find(([pattern]) => pattern.test(name))?.[1]
  return maker && { ...maker, prefix: prefixOf(file, call, maker.framework) }
}

function prefixOf(file: SourceFile, call: SyntaxNode, framework: Framework): SyntaxNode | undefined {
  if (framework === 'koa') {
    const [options] = positional(call)
    return options && property(file.value(options), 'prefix')
  }
  if (framework !== 'hono') return undefined
  const member = unpeeled(call).parent
  const next = member?.kind === 'Member' ? member.parent : undefined
  return next?.kind === 'Call' && calleeName(next) === 'basePath' ? positional(next)[0] : undefined
}
