// Calls and assignments that send somebody to another page.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName, receiver } from '../../calls.ts'
import { calledName, fullName } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'

const PYTHON_REDIRECTS =
  /^((flask|quart|bottle|werkzeug\.utils)\.redirect|django\.shortcuts\.redirect|django\.http\.HttpResponse(Permanent)?Redirect|(fastapi|starlette)\.responses\.RedirectResponse|aiohttp\.web\.HTTP(Found|SeeOther)|pyramid\.httpexceptions\.HTTP(Found|SeeOther))$/

export function calledTarget(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const name = calledName(file, call)
  if (file.language === 'python') {
    if (PYTHON_REDIRECTS.test(name)) return argument(call, 0, /Response$/.test(name) ? 'url' : 'location')
    // Tornado: `self.redirect(…)`.
    return calleeName(call) === 'redirect' && receiver(call)?.name === 'self'
      ? argument(call, 0, 'url')
      : undefined
  }
  const method = calleeName(call)
  const object = receiver(call)
  if (method === 'redirect' || method === 'permanentRedirect' || method === 'location') {
    const isServer =
      /^next\/(navigation|server\.NextResponse)\./.test(name) ||
      /^(@remix-run\/\w+|react-router|react-router-dom)\.redirect$/.test(name) ||
      /^_?(res|resp|response|reply|ctx|c)$/.test(object?.name ?? '') ||
      name === 'Response.redirect'
    const args = call.children('argument')
    if (!isServer || (method === 'location' && !/^_?(res|response)$/.test(object?.name ?? '')))
      return undefined
    // Express takes the status first.
    return args.length > 1 && args[0]!.kind === 'Number' ? args[1] : args[0]
  }
  return object && (method === 'assign' || method === 'replace') && isLocation(file, object)
    ? argument(call, 0)
    : undefined
}

/** `location`, `window.location`, `location.href`. */
export function isLocation(file: SourceFile, node: SyntaxNode | undefined): boolean {
  if (!node?.is('Name', 'Member')) return false
  return (
    /^((window|document|self|top|parent|globalThis)\.)?location(\.href)?$/.test(fullName(file, node)) &&
    isGlobal(file, node)
  )
}

function isGlobal(file: SourceFile, node: SyntaxNode): boolean {
  let it = node
  while (it.kind === 'Member') {
    const object = it.child('object')
    if (!object) return false
    it = object
  }
  return file.isFree(it)
}
