/** React tells hooks apart by the order in which they are called: one that is sometimes left out shifts all behind it. */

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { jsx, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isCommented } from '../support/deliberate.ts'
import { isComponentOrHook } from '../support/react.ts'

const HOOKS = [
  ...['useState', 'useReducer', 'useEffect', 'useLayoutEffect', 'useInsertionEffect', 'useContext', 'useRef'],
  ...['useMemo', 'useCallback', 'useImperativeHandle', 'useDebugValue', 'useTransition', 'useDeferredValue'],
  ...['useId', 'useSyncExternalStore', 'useOptimistic', 'useActionState'],
]

export default defineRule({
  id: 'correctness/conditional-hook',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [696],
  concept: 'control-flow',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: HOOKS,

  check: {
    *Call(node, file) {
      const home = node.function
      if (!home || !isOfReact(node, file)) return
      if (isComponentOrHook(home)) {
        const around = reasonWithin(node, home, file)
        if (around) yield found(node, around)
      } else if (home.role === 'argument' && isInsideOfHook(home)) yield found(node, 'callback')
    },
  },

  explain: {
    en: ({ hook, where }) => ({
      message: `\`${hook}\` is ${{ condition: 'called only under a condition', loop: 'called in a loop', return: 'left out when the function returns before it', callback: 'called inside of another hook' }[where]}`,
      why: 'React knows hooks by their place in the order of calls, which must be the same each time. When one is left out, the ones behind it get the state of others, and React stops with an error.',
      remedy: 'Call it at the top of the function, always, and ask the condition inside of it or behind it.',
    }),
    es: ({ hook, where }) => ({
      message: `\`${hook}\` ${{ condition: 'solo se llama bajo una condición', loop: 'se llama en un bucle', return: 'se omite cuando la función devuelve antes', callback: 'se llama dentro de otro hook' }[where]}`,
      why: 'React reconoce los hooks por su lugar en el orden de llamadas, que debe ser siempre el mismo. Si se omite uno, los siguientes reciben el estado de otros y React se detiene con un error.',
      remedy: 'Llámalo al principio de la función, siempre, y pregunta la condición dentro o después.',
    }),
  },

  examples: {
    invalid: [
      jsx`
        import { useState, useEffect } from 'react'
        function Menu({ open }) {
          if (open) {
            «useEffect»(() => focus())
          }
          return <nav />
        }
      `,
      jsx`
        import * as React from 'react'
        const Row = ({ row }) => {
          if (!row) return null
          const [open, setOpen] = «React.useState»(false)
          return <li onClick={() => setOpen(!open)}>{row.name}</li>
        }
      `,
      tsx`
        import { useMemo, useEffect } from 'react'
        export function useRows(rows: Row[]) {
          for (const row of rows) «useMemo»(() => weigh(row), [row])
          useEffect(() => { const id = «useMemo»(() => 1, []); show(id) })
        }
      `,
      tsx`
        import { useEffect } from 'react'
        import { settings } from './settings'
        let isReady = false
        function Map({ at }: Props) {
          // TODO: a hook must not come after this
          if (settings.isQuiet || !isReady) return null
          «useEffect»(() => draw(at), [at])
          return <canvas onLoad={() => { isReady = true }} />
        }
      `,
      tsx`
        import { useRef } from 'react'
        function Box({ fixed }: Props) {
          const ref = fixed && «useRef»(null)
          return <div ref={ref} />
        }
      `,
    ],
    valid: [
      jsx`
        import { useEffect } from 'react'
        function Menu({ open }) {
          useEffect(() => { if (open) focus() }, [open])
          if (!open) return null
          return <nav />
        }
      `,
      jsx`import { useEffect } from 'react'; function Menu() { if (__DEV__) { useEffect(() => check()) } return <nav /> }`,
      jsx`
        import { useState } from './store'
        function Menu({ open }) { if (open) useState(1); return <nav /> }
      `,
      tsx`
        import { useState } from 'react'
        function Row({ id }: Props) {
          const save = () => { if (!id) return; store(id) }
          const [open] = useState(id ? true : false)
          return <li onClick={save}>{open}</li>
        }
      `,
      // Somebody knows what hooks demand, and says why it is met.
      tsx`
        import { useState } from 'react'
        function Title({ own }: Props) {
          // The page is loaded anew when this changes, so a return before the hooks does no harm.
          if (own) return <h1>{own}</h1>
          const [open, setOpen] = useState(false)
          return <h1 onClick={() => setOpen(!open)} />
        }
      `,
      tsx`
        import { useEffect } from 'react'
        import { isServer } from './where'
        const hasWindow = typeof window !== 'undefined'
        function Map({ at }: Props) {
          if (isServer || !hasWindow || typeof document === 'undefined') return null
          useEffect(() => draw(at), [at])
          return <canvas />
        }
      `,
      tsx`
        import { useContext } from 'react'
        function make(kind: string) { if (kind === 'a') { return function Row() { return useContext(A) } } return Other }
      `,
    ],
  },
})

function found(call: SyntaxNode, where: 'condition' | 'loop' | 'return' | 'callback') {
  return { at: call.child('callee')!, data: { hook: calleeName(call), where } }
}

/** React's own: other libraries have hooks that may be called anywhere. */
function isOfReact(call: SyntaxNode, file: SourceFile): boolean {
  const callee = call.child('callee')
  const plain = callee?.kind === 'GenericType' ? callee.child('callee') : callee
  return plain !== undefined && /^(react|preact\/hooks)\./.test(file.qualifiedName(plain) || '')
}

/** What keeps the call from being made each time. */
function reasonWithin(
  call: SyntaxNode,
  home: SyntaxNode,
  file: SourceFile,
): 'condition' | 'loop' | 'return' | undefined {
  let child = call
  for (const it of call.ancestors()) {
    if (it.row === home.row) return undefined
    switch (it.kind) {
      case 'If':
      case 'Conditional':
        if (child.role !== 'condition' && !isSettled(it, file)) return 'condition'
        break
      case 'Logical':
        if (child.role === 'right') return 'condition'
        break
      case 'Case':
      case 'DefaultCase':
        return 'condition'
      case 'For':
      case 'ForEach':
      case 'While':
      case 'DoWhile':
        if (child.role === 'body') return 'loop'
        break
      case 'Block':
        if (it.parent?.row === home.row && mayReturnBefore(it, child, file)) return 'return'
        break
      default:
    }
    child = it
  }
  return undefined
}

/** The condition is always the same, as everybody sees, or as somebody says who knows what hooks demand. */
function isSettled(condition: SyntaxNode, file: SourceFile): boolean {
  return isFixed(condition.child('condition'), file) || isCommented(condition, SPEAKS_OF_HOOKS)
}

const SPEAKS_OF_HOOKS = /^(?!.*\b(?:todo|fixme|bug|broken)\b).*\bhooks?\b/is

/** The same for as long as the program runs: `__DEV__`, `process.env.NODE_ENV !== 'production'`, `!isBrowser` of the module. */
function isFixed(condition: SyntaxNode | undefined, file: SourceFile): boolean {
  if (!condition) return false
  if (/^!?[A-Z_]+$|\bprocess\.env\.|\bimport\.meta\.env\b/.test(condition.text)) return true
  if (condition.is(...ASKS) || condition.has(...ASKS)) return false
  for (const it of condition.is('Name') ? [condition] : condition.descendants('Name')) {
    const binding = file.binding(it)
    if (!binding && it.parent?.operator === 'typeof') continue
    if (!binding?.isModuleLevel || binding.writeCount !== 1) return false
  }
  return true
}

/** What gives another answer tomorrow, perhaps. */
const ASKS = ['Member', 'Index', 'Call', 'New', 'Await'] as const

/** Some statement in front returns from the function, perhaps. */
function mayReturnBefore(body: SyntaxNode, statement: SyntaxNode, file: SourceFile): boolean {
  for (const it of body.children('statement')) {
    if (it.row >= statement.row) return false
    if (!it.is('If', 'Switch') || isSettled(it, file)) continue
    for (const _ of it.ownDescendants('Return')) return true
  }
  return false
}

/** The callback of a hook: it runs later, or not at all. */
function isInsideOfHook(callback: SyntaxNode): boolean {
  const call = callback.parent
  return (
    call?.kind === 'Call' && /^use(Effect|LayoutEffect|Memo|Callback|State|Reducer)$/.test(calleeName(call))
  )
}
