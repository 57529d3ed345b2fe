/** JavaScript shifts whole numbers of 32 bits: a shift by 32 or more starts again from nothing. */

import { excerpt } from '../../semantics/excerpt.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/shift-overflow',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [190, 1335],
  concept: 'boundaries',
  impact: { likelihood: 'high', cost: 'days' },

  check: {
    *Binary(node, file) {
      const { operator } = node
      const left = node.child('left')
      const right = node.child('right')
      if (!left || !right || !/^(<<|>>>?)$/.test(operator) || file.language === 'python') return
      if (/\d+n\b|BigInt/.test(node.text)) return
      const distance = file.constant(right)
      if (distance?.kind !== 'number') return
      // AssemblyScript, which looks the same, has numbers of 64 bits.
      for (const _ of file.root.named('u64', 'any')) return
      const size = distance.value
      if (size < 32) return
      const power = operator === '<<' && isFactor(left) ? `${left.text} * 2 ** ${right.text}` : undefined
      yield {
        at: node,
        data: { shift: excerpt(node), operator, real: size % 32 },
        ...(power && { fix: { safety: 'unsafe' as const, edits: () => [replace(node, power)] } }),
      }
    },
  },

  explain: {
    en: ({ shift, operator, real }) => ({
      message: `\`${shift}\` does not fit into 32 bits`,
      why: `Numbers become whole numbers of 32 bits before they are shifted, and only five bits of the distance count: this shifts by ${real}, and what goes over the edge is lost.`,
      remedy:
        operator === '<<'
          ? 'Multiply by a power of two, or use `BigInt`.'
          : 'Divide by a power of two and round, or use `BigInt`.',
      fix: 'Multiply by a power of two',
    }),
    es: ({ shift, operator, real }) => ({
      message: `\`${shift}\` no cabe en 32 bits`,
      why: `Los números se convierten en enteros de 32 bits antes de desplazarlos, y de la distancia solo cuentan cinco bits: esto desplaza ${real}, y lo que pasa del borde se pierde.`,
      remedy:
        operator === '<<'
          ? 'Multiplica por una potencia de dos, o usa `BigInt`.'
          : 'Divide entre una potencia de dos y redondea, o usa `BigInt`.',
      fix: 'Multiplicar por una potencia de dos',
    }),
  },

  examples: {
    invalid: [
      fixes(js`const limit = «1 << 40»`, js`const limit = 1 * 2 ** 40`),
      js`const high = «value >> 32»`,
      fixes(ts`const size: number = «n << 32»`, ts`const size: number = n * 2 ** 32`),
      ts`const high = «Number(id) >>> 32»`,
      js`const a = «x.y >>> 64»`,
    ],
    valid: [
      js`const limit = 1 << 31; const alpha = 255 << 24`,
      js`const high = value >> 16`,
      js`const big = 1n << 40n`,
      ts`const mask = (1 << bits) - 1`,
      ts`const high = Number(BigInt(id) >> BigInt(32))`,
    ],
  },
})

/** Stands in front of a `*` as it is. */
function isFactor(node: SyntaxNode): boolean {
  return (
    node.is('Name', 'Number', 'Member', 'Call', 'Index', 'Parenthesized') &&
    !/^(Binary|Unary)$/.test(node.parent?.parent?.kind ?? '')
  )
}
