// What is told of a place that is tied to others: a call, who answers it; a route, its whole path and who calls it.

import type { Locale } from '@codeant/shared/locale.ts'
import type { At, Route } from '../graph/routes.ts'
import type { Framework } from '../graph/rows/routes.ts'
import { isTest } from '../semantics/provenance.ts'
import { endsAt, placesOf } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'

export interface TieHover {
  readonly at: At
  readonly markdown: string
}

/** `link` names a place in Markdown: `[web/users.ts:3](…)`. */
export function tieHover(
  view: WorkspaceView,
  path: string,
  offset: number,
  locale: Locale,
  link: (at: At) => string,
): TieHover | undefined {
  const ends = endsAt(view, path, offset)
  const [first] = ends
  if (!first) return undefined
  const say = WORDS[locale]
  const routes = [...new Set(ends.map(it => it.tie.about.route))]
  const lines = routes.slice(0, MOST_ROUTES).map(it => describeRoute(it, say, link))
  if (routes.length > MOST_ROUTES) lines.push(say.more(routes.length - MOST_ROUTES))
  if (first.side === 'declared') lines.push(callers(placesOf(ends, 'used'), say, link))
  return { at: first.at, markdown: lines.join('\n\n') }
}

/** More would not be read. */
const MOST_ROUTES = 4
const MOST_CALLERS = 8

function describeRoute(route: Route, say: Words, link: (at: At) => string): string {
  const { methods, path, handler, framework } = route
  const asked = `**${methods.map(it => (it === '*' ? say.any : it)).join(' · ')}** \`${path.replace(/^\{\}/, '…')}\``
  const by = handler === '' ? say.place(link(route)) : say.handler(handler, link(route))
  return `${asked}  \n${FRAMEWORK_NAMES[framework]}, ${by}`
}

/** Those of the product before those of its tests. */
function callers(calls: readonly At[], say: Words, link: (at: At) => string): string {
  const sorted = [...calls].sort((a, b) => Number(isTest(a.file)) - Number(isTest(b.file)))
  const shown = sorted.slice(0, MOST_CALLERS).map(it => `- ${link(it)}`)
  if (sorted.length > MOST_CALLERS) shown.push(`- ${say.more(sorted.length - MOST_CALLERS)}`)
  return [say.calls(calls.length), ...shown].join('\n')
}

const FRAMEWORK_NAMES: Readonly<Record<Framework, string>> = {
  fastapi: 'FastAPI',
  flask: 'Flask',
  django: 'Django',
  express: 'Express',
  fastify: 'Fastify',
  koa: 'Koa',
  hono: 'Hono',
  nestjs: 'NestJS',
  nextjs: 'Next.js',
  sveltekit: 'SvelteKit',
  nuxt: 'Nuxt',
  axum: 'axum',
  actix: 'actix-web',
  rocket: 'Rocket',
  openapi: 'OpenAPI',
}

interface Words {
  readonly any: string
  readonly handler: (name: string, place: string) => string
  readonly place: (place: string) => string
  readonly calls: (count: number) => string
  readonly more: (count: number) => string
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    any: 'any method',
    handler: (name, place) => `answered by \`${name}\` in ${place}`,
    place: place => `answered in ${place}`,
    calls: count => (count === 1 ? 'Called from:' : `Called from ${count} places:`),
    more: count => `and ${count} more`,
  },
  es: {
    any: 'cualquier método',
    handler: (name, place) => `responde \`${name}\` en ${place}`,
    place: place => `responde ${place}`,
    calls: count => (count === 1 ? 'Se llama desde:' : `Se llama desde ${count} sitios:`),
    more: count => `y ${count} más`,
  },
}
