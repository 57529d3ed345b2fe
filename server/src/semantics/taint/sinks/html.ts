// What becomes HTML in a page as it is.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName, property, receiver } from '../../calls.ts'
import { importsAny } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'

/** Functions of Python that say that a text is HTML already. */
export const MARKUP =
  /^((markupsafe|flask|jinja2)\.Markup|django\.utils\.safestring\.(mark_safe|SafeString|SafeText)|django\.utils\.html\.mark_safe)$/

/** `element.innerHTML = <html>` */
export function assignedHtml(assignment: SyntaxNode): SyntaxNode | undefined {
  const target = assignment.child('target')
  const isHtml =
    target?.kind === 'Member' && /^(innerHTML|outerHTML|srcdoc)$/.test(target.child('property')?.name ?? '')
  return isHtml ? assignment.child('value') : undefined
}

/** `document.write(<html>)`, `element.insertAdjacentHTML('beforeend', <html>)`, `$('#a').html(<html>)` */
export function writtenHtml(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const object = receiver(call)
  if (!object) return undefined
  const first = argument(call, 0)
  switch (calleeName(call)) {
    case 'insertAdjacentHTML':
      return argument(call, 1)
    case 'createContextualFragment':
      return first
    case 'write':
    case 'writeln':
      return object.name === 'document' && file.isFree(object) ? first : undefined
    case 'html':
      return object.kind === 'Call' &&
        /^(\$|jQuery|angular\.element)$/.test(object.child('callee')?.text ?? '')
        ? first
        : undefined
    default:
      return undefined
  }
}

/** `dangerouslySetInnerHTML={{ __html: <html> }}` */
export function attributeHtml(file: SourceFile, attribute: SyntaxNode): SyntaxNode | undefined {
  if (attribute.child('key')?.text !== 'dangerouslySetInnerHTML') return undefined
  const object = attribute.child('value')?.child('value')
  return property(object && file.value(object), '__html')
}

/** What a function under Flask's `@app.route(…)` returns as text is HTML. */
export function routeHtml(file: SourceFile, node: SyntaxNode): SyntaxNode | undefined {
  const html = node.child('value')
  if (file.language !== 'python' || !html?.is('Template', 'Binary', 'Call', 'Name', 'Concatenation'))
    return undefined
  const decorated = node.function?.parent
  if (decorated?.kind !== 'Decorated') return undefined
  const isRoute = decorated.children('decorator').some(it => {
    const call = it.child('value')
    return call?.kind === 'Call' && calleeName(call) === 'route'
  })
  return isRoute && importsAny(file, /\b(flask|quart|bottle)\b/) ? html : undefined
}
