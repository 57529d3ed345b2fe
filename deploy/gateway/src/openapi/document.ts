// The description of the endpoint as OpenAPI 3.1: made of what the routes themselves are held to, so that it cannot say anything else.

import type { DescribedRoute } from '../plugins/described.ts'
import { errorSchemas, operationOf } from './operation.ts'

export interface OpenApiDocument {
  readonly openapi: '3.1.1'
  readonly info: { readonly title: string; readonly version: string; readonly [more: string]: unknown }
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>
  readonly [more: string]: unknown
}

/** What a tag stands for; a route with another one has to be told of here. */
const TAGS: Readonly<Record<string, string>> = {
  inference: 'The Open Inference Protocol v2, passed on to the engine that stands behind.',
  chat: 'OpenAI’s chat completions, passed on to the engine that writes text, where there is one.',
  analysis: 'Files in, findings out, by the very engine of the command line.',
  batch: 'Many projects at once, analysed when there is time, with progress.',
  functions:
    'Functions of the team’s projects, found by what they do: points, and the code only where the team wants it.',
  graphql: 'The same data over GraphQL, held to a depth and a cost.',
  models: 'Which models answer here, what they are for, and which one a question goes to.',
  keys: 'Keys of the caller’s own tenant.',
  identity: 'Who one is: logins, tokens, sessions, devices.',
  teams: 'Who belongs to the caller’s own team, and who is invited.',
  history: 'What a tenant did and used.',
  operation: 'What keeps the endpoint going: what it has in memory, what it logs.',
  health: 'Whether the endpoint lives, and whether it wants requests.',
  description: 'The endpoint about itself.',
}

export function openApiDocument(routes: readonly DescribedRoute[], version: string): OpenApiDocument {
  const paths: Record<string, Record<string, object>> = {}
  for (const it of routes) (paths[pathOf(it.url)] ??= {})[it.method.toLowerCase()] = operationOf(it)
  const used = new Set(routes.flatMap(it => it.schema.tags ?? []))
  return {
    openapi: '3.1.1',
    info: {
      title: 'CodeAnt endpoint',
      version,
      summary: 'The team’s own inference endpoint.',
      description:
        'Encoders over the Open Inference Protocol v2, text over OpenAI’s chat completions, and analyses that are byte for byte' +
        ' those of the command line. Every answer carries `x-request-id`; a route that will go says so in `Deprecation` and `Sunset`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...used].map(name => ({ name, ...(TAGS[name] && { description: TAGS[name] }) })),
    security: [{ bearer: [] }, { key: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API key or an access token.' },
        key: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
      schemas: errorSchemas(),
    },
  }
}

/** `/v2/models/:model` → `/v2/models/{model}` */
function pathOf(url: string): string {
  return url.replace(/:(\w+)/g, '{$1}')
}
