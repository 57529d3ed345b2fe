// What a text in the code is called: the name, the key, the parameter or the function that it is given to.

import { calleeName, keyText } from '../../semantics/calls.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/**
 * `apiKey` for the text in `apiKey = '…'`, `{ apiKey: '…' }`, `f(apiKey='…')`, `env.API_KEY || '…'`, `getenv('API_KEY', '…')`
 * and `API_KEY = [b'…']`; the name of the function for a plain argument; empty where nothing names it.
 */
export function givenName(text: SyntaxNode): string {
  let child = text
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const { parent } = child
    if (!parent) return ''
    const found = nameBeside(child, parent)
    if (found !== undefined) return found
    child = parent
  }
  return ''
}

/** Deeper than this, a name says more about the structure than about the text. */
const MOST_STEPS = 6

/** Undefined when what is around has no name to give, and what is around that may. */
function nameBeside(child: SyntaxNode, parent: SyntaxNode): string | undefined {
  switch (parent.kind) {
    case 'Declarator':
    case 'Assignment':
    case 'AugmentedAssignment':
    case 'NamedExpression':
    case 'Parameter':
    case 'DefaultPattern':
      return nameOf(parent.child('target') ?? parent.child('left'))
    case 'Pair':
      return child.role === 'key' ? '' : nameOf(parent.child('key'))
    case 'KeywordArgument':
      return nameOf(parent.child('label'))
    case 'Field':
    case 'EnumMember':
    case 'JsxAttribute':
      return nameOf(parent.child('name'))
    case 'Comparison':
    case 'Logical':
    case 'Case':
      return nameOf(child.role === 'right' ? parent.child('left') : parent.child('right')) || undefined
    case 'Call':
    case 'New':
      return nameInCall(child, parent)
    case 'Block':
    case 'Module':
    case 'Class':
    case 'ExpressionStatement':
    case 'Index':
      return ''
    case 'Function':
      return nameOf(parent.child('name'))
    default:
      return undefined
  }
}

/** Wrappers such as `'…'.encode()` and `String::from('…')` have no name of their own; a key before the text has one. */
function nameInCall(child: SyntaxNode, call: SyntaxNode): string | undefined {
  if (child.role === 'callee') return undefined
  const callee = calleeName(call)
  const before = child.previous
  if (child.role === 'argument' && before?.role === 'argument' && before.kind === 'String')
    return IS_NAME.test(keyText(before)) ? keyText(before) : ''
  return TRANSPARENT.test(callee) ? undefined : callee
}

const TRANSPARENT = /^(from|new|String|Some|Ok|str|bytes|bytearray|into|unhexlify|fromhex|b64decode)$/

function nameOf(node: SyntaxNode | undefined): string {
  if (!node) return ''
  if (node.kind === 'Member') return node.child('property')?.name ?? ''
  if (node.kind === 'Index') return keyText(node.child('index'))
  const text = node.kind === 'String' ? keyText(node) : node.text
  return IS_NAME.test(text) ? text : ''
}

/** `Content-Type` and `app.secret` are names; `user, password` and `${x}` are not. */
const IS_NAME = /^[\w$.@/ -]{1,80}$/
