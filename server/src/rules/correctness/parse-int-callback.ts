/** `map` passes the index as the second argument, and `parseInt` takes it for the base of the number. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/parse-int-callback',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [628],
  concept: 'iteration',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['map', 'flatMap', 'from'],

  check: {
    *Call(node, file) {
      const callback = callbackOf(node, file)
      if (!callback) return
      const name = callback.text
      if (!takesBase(file, callback) || holdsOne(node, file)) return
      yield {
        at: callback,
        data: { name },
        fix: { safety: 'safe', edits: () => [replace(callback, `text => ${name}(text, 10)`)] },
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` gets the index as its second argument and takes it for the base`,
      why: 'The callback is called with the element and its index. The first element is read in base 10 by luck, the second gives `NaN` since there is no base 1, the third is read as binary, and so on.',
      remedy: `Pass the base yourself with \`text => ${name}(text, 10)\`, or use \`Number\` where the whole text is a number.`,
      fix: `Call \`${name}\` with base 10`,
    }),
    es: ({ name }) => ({
      message: `\`${name}\` recibe el índice como segundo argumento y lo toma por la base`,
      why: 'La función se llama con el elemento y su índice. El primer elemento se lee en base 10 por casualidad, el segundo da `NaN` porque no existe la base 1, el tercero se lee como binario, y así sucesivamente.',
      remedy: `Pasa tú la base con \`text => ${name}(text, 10)\` o usa \`Number\` donde todo el texto sea un número.`,
      fix: `Llamar a \`${name}\` con base 10`,
    }),
  },

  examples: {
    invalid: [
      fixes(js`['10', '11'].map(«parseInt»)`, js`['10', '11'].map(text => parseInt(text, 10))`),
      fixes(
        ts`const sizes: number[] = line.split(',').map(«Number.parseInt»)`,
        ts`const sizes: number[] = line.split(',').map(text => Number.parseInt(text, 10))`,
      ),
      fixes(js`rows.flatMap(«parseInt»)`, js`rows.flatMap(text => parseInt(text, 10))`),
      fixes(js`Array.from(parts, «parseInt»)`, js`Array.from(parts, text => parseInt(text, 10))`),
      fixes(js`parts?.map(«parseInt», this)`, js`parts?.map(text => parseInt(text, 10), this)`),
      fixes(
        js`
        function toInt(text, radix = 10) { return parseInt(text, radix) }
        parts.map(«toInt»)
      `,
        js`
        function toInt(text, radix = 10) { return parseInt(text, radix) }
        parts.map(text => toInt(text, 10))
      `,
      ),
      ts`const toInt = (text: string, base?: number) => parseInt(text, base); parts.map(«toInt»)`,
    ],
    valid: [
      js`parts.map(Number)`,
      js`parts.map(parseFloat)`,
      js`parts.map(part => parseInt(part, 10))`,
      js`parts.map(part => parseInt(part))`,
      js`import parseInt from './parse.js'; parts.map(parseInt)`,
      js`function toInt(text, index) { return index } parts.map(toInt)`,
      js`Array.from(parts)`,
      js`Array.from(parseInt, f)`,
      js`Buffer.from(parts, parseInt)`,
      ts`parts.map(BigInt)`,
      // It holds one value or none, and its callback is given nothing else.
      ts`const size = Optional.ofNullable(row.get('size')).map(parseInt).orElse(null)`,
      ts`function f(size: Maybe<string>) { return size.map(parseInt) }`,
      js`const size = read(row).map(parseInt).getOrElse(0)`,
    ],
  },
})

/** What is called with an element and its index. */
function callbackOf(call: SyntaxNode, file: SourceFile): SyntaxNode | undefined {
  const object = receiver(call)
  if (!object) return undefined
  const all = call.children('argument')
  const isFrom = call.child('callee')?.child('property')?.name === 'from'
  if (isFrom && !(object.name === 'Array' && file.isFree(object))) return undefined
  const it = all[isFrom ? 1 : 0]
  return it?.is('Name', 'Member') && all.slice(0, isFrom ? 1 : 0).every(other => other.kind !== 'Spread')
    ? it
    : undefined
}

/** An option, a result or the like: `map` gives its callback the value alone. */
function holdsOne(call: SyntaxNode, file: SourceFile): boolean {
  for (let it: SyntaxNode | undefined = call; it?.is('Call', 'Member'); it = it.parent)
    if (it.kind === 'Member' && TAKES_OUT.test(it.child('property')?.name ?? '')) return true
  let head = receiver(call)
  while (head?.is('Call', 'Member')) {
    if (head.kind === 'Call' && HOLDER.test(calleeName(head))) return true
    head = head.child('callee') ?? head.child('object')
  }
  if (head?.kind !== 'Name') return false
  const type = file.binding(head)?.declaration.parent?.child('type')?.text ?? ''
  return HOLDER.test(head.name) || /^\W*(?:\w+\.)?(?:Option(?:al)?|Maybe|Result|Either)\s*</.test(type)
}

const HOLDER = /^(?:Option(?:al)?|Maybe|Some|Just|Result|Either|(?:of|from)Null(?:able|ish)?)$/

/** What takes the value out again, in whatever library. */
const TAKES_OUT =
  /^(?:orElse\w*|getOr\w+|unwrap\w*|orNull|orUndefined|to(?:Nullable|Undefined)|isPresent|ifPresent)$/

function takesBase(file: SourceFile, callback: SyntaxNode): boolean {
  if (callback.kind === 'Member') return file.qualifiedName(callback) === 'Number.parseInt'
  if (callback.name === 'parseInt') return file.isFree(callback)
  const binding = file.binding(callback)
  const definition =
    binding?.kind === 'function' ? binding.declaration.parent : binding && file.value(callback)
  if (definition?.kind !== 'Function') return false
  const second = definition.child('parameters')?.children('parameter')[1]
  const name = second?.is('Parameter', 'DefaultPattern') ? second.child('target') : second
  return name?.kind === 'Name' && /^(radix|base)$/.test(name.name)
}
