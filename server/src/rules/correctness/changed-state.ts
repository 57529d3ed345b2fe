/** React draws again when it is given another value; the same array with more in it is the same value. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { jsx, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isStateValue, statePair } from '../support/react.ts'

const CHANGES = ['push', 'unshift', 'pop', 'shift', 'splice', 'sort', 'reverse', 'fill']

export default defineRule({
  id: 'correctness/changed-state',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  cwe: [471],
  concept: 'shared-state',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: CHANGES,

  check: {
    *Call(node, file) {
      const object = receiver(node)
      if (!object || !isState(object, file)) return
      yield { at: node, data: { change: excerpt(node), state: object.text } }
    },
    *Assignment(node, file) {
      const target = node.child('target')
      if (!target?.is('Member', 'Index') || file.language === 'python' || file.language === 'rust') return
      let object: SyntaxNode | undefined = target
      while (object?.is('Member', 'Index')) object = object.child('object')
      if (object?.kind !== 'Name' || target.child('property')?.name === 'current' || !isState(object, file))
        return
      yield { at: target, data: { change: excerpt(target), state: object.text } }
    },
  },

  explain: {
    en: ({ change, state }) => ({
      message: `\`${change}\` changes the state \`${state}\` itself`,
      why: 'React compares the value it had with the one it is given. This one is the same object, so nothing is drawn again, and what was remembered for the last drawing has changed behind its back.',
      remedy: 'Make a copy with the change in it, and give that to the function that sets the state.',
    }),
    es: ({ change, state }) => ({
      message: `\`${change}\` cambia el propio estado \`${state}\``,
      why: 'React compara el valor que tenía con el que recibe. Este es el mismo objeto, así que no se redibuja nada, y lo que se recordaba del último dibujo ha cambiado a sus espaldas.',
      remedy: 'Haz una copia que contenga el cambio y pásala a la función que fija el estado.',
    }),
  },

  examples: {
    invalid: [
      jsx`
        import { useState } from 'react'
        function List() {
          const [rows, setRows] = useState([])
          const add = row => { «rows.push(row)»; setRows(rows) }
          return <b onClick={add} />
        }
      `,
      jsx`
        import { useState } from 'react'
        function Form() {
          const [user, setUser] = useState({ name: '' })
          return <input onChange={e => { «user.name» = e.target.value; setUser(user) }} />
        }
      `,
      tsx`
        import React from 'react'
        function List() {
          const [rows] = React.useState<string[]>([])
          return <ul>{«rows.sort()»}</ul>
        }
      `,
      tsx`
        import { useState } from 'react'
        function Board() {
          const [cells, setCells] = useState<number[][]>([])
          const mark = (y: number) => { «cells[y][0]» = 1; setCells(cells) }
          return <b onClick={() => mark(1)} />
        }
      `,
    ],
    valid: [
      jsx`
        import { useState } from 'react'
        function List() {
          const [rows, setRows] = useState([])
          const add = row => { const next = [...rows]; next.push(row); setRows(next) }
          return <b onClick={add}>{[...rows].sort()}</b>
        }
      `,
      jsx`const rows = []; rows.push(1); const [all] = useRows(); all.push(2)`,
      tsx`
        import { useState } from 'react'
        function Timer() {
          const [ref] = useState({ current: 0 })
          ref.current = 1
          const [queue] = useState(() => new Queue())
          queue.push(1)
          return <b />
        }
      `,
      tsx`
        import { useState } from 'react'
        function List() {
          const [rows, setRows] = useState<string[]>([])
          const f = (rows: string[]) => rows.push('a')
          return <b onClick={() => setRows(rows.concat('b'))} />
        }
      `,
    ],
  },
})

/** The array or object that `useState` gives; what it keeps of other makers may be there to be changed. */
function isState(object: SyntaxNode, file: SourceFile): boolean {
  if (object.kind !== 'Name' || !isStateValue(file, object)) return false
  const pair = statePair(file, object)
  const callee = pair?.call.child('callee')
  const plain = callee?.kind === 'GenericType' ? callee.child('callee') : callee
  if (!plain || !/^(react|preact\/hooks)\./.test(file.qualifiedName(plain))) return false
  const initial = pair?.call.child('argument')
  const type = callee?.kind === 'GenericType' ? callee.text : ''
  return initial
    ? initial.is('List', 'Dictionary')
    : /\[\]>$/.test(type) && calleeName(pair!.call) === 'useState'
}
