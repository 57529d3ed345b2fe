/** An effect that is async, or that sets state each time it runs without saying when it has to. */

import { calleeName } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { jsx, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isAsync } from '../support/async.ts'
import { isStateSetter, statePair } from '../support/react.ts'

export default defineRule({
  id: 'correctness/effect-callback',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [835],
  concept: 'waiting-for-results',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['useEffect', 'useLayoutEffect'],

  check: {
    *Call(node, file) {
      const [effect, when] = node.children('argument')
      const callee = node.child('callee')
      if (effect?.kind !== 'Function' || !callee || !/^react\./.test(file.qualifiedName(callee))) return
      const name = calleeName(node)
      if (isAsync(effect)) {
        const keyword = effect.children().find(it => it.kind === 'Keyword' && it.text === 'async')
        yield { at: keyword ?? effect, data: data(name, '', 'async') }
      }
      const call = endlessSetting(effect, when, file)
      if (call) yield { at: call, data: data(name, excerpt(call), 'endless') }
    },
  },

  explain: {
    en: ({ name, call, how }) => ({
      message:
        how === 'async'
          ? `\`${name}\` gets a promise where it expects a function that cleans up`
          : `\`${call}\` starts the effect again, which calls it again`,
      why:
        how === 'async'
          ? 'What an effect gives back is called when the component goes. An async function gives back a promise: nothing is cleaned up, an error in it is lost, and an answer that comes late is still shown.'
          : 'Setting state draws the component again. This effect runs after each drawing and sets something new each time, so it never comes to rest.',
      remedy:
        how === 'async'
          ? 'Declare an async function inside of the effect and call it there.'
          : 'Name in a second argument what the effect depends on, or set the state only under a condition.',
    }),
    es: ({ name, call, how }) => ({
      message:
        how === 'async'
          ? `\`${name}\` recibe una promesa donde espera una función de limpieza`
          : `\`${call}\` vuelve a lanzar el efecto, que la llama otra vez`,
      why:
        how === 'async'
          ? 'Lo que devuelve un efecto se llama cuando el componente desaparece. Una función asíncrona devuelve una promesa: no se limpia nada, se pierden sus errores y una respuesta que llega tarde se muestra igual.'
          : 'Fijar el estado redibuja el componente. Este efecto se ejecuta tras cada dibujo y fija algo nuevo cada vez, así que nunca para.',
      remedy:
        how === 'async'
          ? 'Declara una función asíncrona dentro del efecto y llámala ahí.'
          : 'Di en un segundo argumento de qué depende el efecto, o fija el estado solo bajo una condición.',
    }),
  },

  examples: {
    invalid: [
      jsx`
        import { useEffect, useState } from 'react'
        function User({ id }) {
          const [user, setUser] = useState(null)
          useEffect(«async» () => { setUser(await load(id)) }, [id])
          return <b>{user?.name}</b>
        }
      `,
      jsx`
        import { useEffect, useState } from 'react'
        function List({ rows }) {
          const [shown, setShown] = useState([])
          useEffect(() => { «setShown(rows.filter(row => row.ok))» })
          return <b>{shown.length}</b>
        }
      `,
      tsx`
        import { useEffect, useState } from 'react'
        function Counter() {
          const [n, setN] = useState(0)
          useEffect(() => { «setN(n + 1)» }, [n])
          return <b>{n}</b>
        }
      `,
      tsx`
        import * as React from 'react'
        const Page = () => { React.useLayoutEffect(«async» () => { await load() }, []); return <b /> }
      `,
    ],
    valid: [
      jsx`
        import { useEffect, useState } from 'react'
        function User({ id }) {
          const [user, setUser] = useState(null)
          useEffect(() => { load(id).then(setUser) }, [id])
          return <b>{user?.name}</b>
        }
      `,
      jsx`
        import { useEffect, useState } from 'react'
        function List({ rows }) {
          const [ready, setReady] = useState(false)
          useEffect(() => { setReady(true) })
          return <b>{ready}</b>
        }
      `,
      tsx`
        import { useEffect, useState } from 'react'
        function Counter() {
          const [n, setN] = useState(0)
          useEffect(() => { if (n < 3) setN(n + 1) }, [n])
          return <b>{n}</b>
        }
      `,
      tsx`useEffect(async () => { await load() }, [])`,
    ],
  },
})

function data(name: string, call: string, how: 'async' | 'endless') {
  return { name, call, how }
}

/** A call at the top of the effect that sets something new, in an effect that runs when exactly that has changed. */
function endlessSetting(
  effect: SyntaxNode,
  when: SyntaxNode | undefined,
  file: SourceFile,
): SyntaxNode | undefined {
  const body = effect.child('body')
  const statements = body?.kind === 'Block' ? body.children('statement') : []
  for (const it of statements) {
    if (it.is('If', 'Switch', 'Try')) return undefined
    const call = it.kind === 'ExpressionStatement' ? it.child('value') : undefined
    const setter = call?.kind === 'Call' ? call.child('callee') : undefined
    const value = call?.child('argument')
    if (!call || !value || !isStateSetter(file, setter)) continue
    if (!when ? isNew(value) : when.kind === 'List' && addsToItself(value, setter!, when, file)) return call
  }
  return undefined
}

/** Not the same as the one before, however alike. */
function isNew(value: SyntaxNode): boolean {
  if (value.is('List', 'Dictionary', 'New')) return true
  return value.kind === 'Call' && /^(map|filter|slice|concat|flat|toSorted)$/.test(calleeName(value))
}

/** `setN(n + 1)` with `[n]` */
function addsToItself(value: SyntaxNode, setter: SyntaxNode, when: SyntaxNode, file: SourceFile): boolean {
  const state = statePair(file, setter)?.pattern.children('element')[0]
  if (state?.kind !== 'Name') return false
  const depends = when.children('element').some(it => it.kind === 'Name' && it.name === state.name)
  const isSum = value.kind === 'Binary' && /^[+-]$/.test(value.operator)
  const isMore = value.kind === 'List' || value.kind === 'Dictionary'
  return depends && (isSum || isMore) && value.mentions(state.name) && (!isMore || value.has('Spread'))
}
