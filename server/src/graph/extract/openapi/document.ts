// Routes as documents of OpenAPI and Swagger describe them.

import { isSpecimen, isTest } from '../../../semantics/provenance.ts'
import type { FactWriter } from '../../facts.ts'
import { joinPaths } from '../../path-pattern.ts'
import { keysOfJson, keysOfYaml } from './keys.ts'

/** Files that this reads, when they say at their beginning what they are. */
export const DESCRIPTION_FILE = /\.(json|ya?ml)$/

export function extractDescription(path: string, text: string, facts: FactWriter): void {
  const isJson = path.endsWith('.json')
  if (
    isTest(path.replace(SPECIFICATION, '')) ||
    isSpecimen(path) ||
    !(isJson ? isJsonDescription(text) : SAYS_YAML.test(text.slice(0, HEAD)))
  )
    return
  const routes: { readonly method: string; readonly path: string; readonly at: Place }[] = []
  let base = ''
  for (const { path: keys, value, start, end } of isJson ? keysOfJson(text) : keysOfYaml(text)) {
    const [first, second, third] = keys
    if (keys.length === 1 && first === 'basePath') base = value
    if (first === 'servers' && second === '0' && third === 'url') base = value
    if (keys.length !== 3 || first !== 'paths' || !second?.startsWith('/') || third === undefined) continue
    if (METHOD.test(third)) routes.push({ method: third.toUpperCase(), path: second, at: { start, end } })
    else if (third === '$ref') routes.push({ method: '*', path: second, at: { start, end } })
  }
  // A server is a path, or a whole address with one, of which a part may be told by a variable.
  const before = /^(?:https?:\/\/[^/]*|\{\w+\})?(\/[^{}]*)?$/.exec(base)?.[1] ?? ''
  for (const { method, path: own, at } of routes)
    facts.add('describedRoute', { method, path: joinPaths(before, own) }, at)
}

interface Place {
  readonly start: number
  readonly end: number
}

/** Programs that write such documents sort their keys as they like. */
function isJsonDescription(text: string): boolean {
  return text.includes('"paths"') && SAYS_JSON.test(text)
}

/** `api-spec.json` and `spec/api.yaml` are no tests here. */
const SPECIFICATION = /[-.]spec(?=\.\w+$)|(?<=^|\/)specs?\//

const HEAD = 2000
const SAYS_JSON = /"(?:openapi|swagger)"\s*:\s*"\d/
const SAYS_YAML = /^["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/m
const METHOD = /^(get|post|put|patch|delete|head|options)$/
