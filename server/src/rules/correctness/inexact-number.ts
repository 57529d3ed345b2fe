/** A number with more digits than a number of JavaScript holds is another number. */

import { js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/inexact-number',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  cwe: [1339],
  concept: 'floating-point',
  impact: { likelihood: 'medium', cost: 'days' },

  check: {
    *Number(node, file) {
      const { grammar } = node.tree
      if (grammar === 'python' || grammar === 'rust') return
      const { text } = node
      // Sixteen digits is where it begins.
      if (text.length < 16 || !/^(0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|[\d_]+)$/.test(text)) return
      const plain = text.replaceAll('_', '')
      if (/^0\d/.test(plain)) return
      // As large as can be: nobody minds that it is a little more.
      if (/^9+$/.test(plain)) return
      const exact = BigInt(plain)
      const real = BigInt(Number(plain))
      if (exact === real || Number(plain) > 2 ** 64 || String(Number(plain)) === plain) return
      // Tests try what happens; in AssemblyScript, which looks the same, there are numbers of 64 bits.
      if (file.isTest) return
      for (const _ of file.root.named('u64', 'any')) return
      yield { at: node, data: { written: text, real: real.toString() } }
    },
  },

  explain: {
    en: ({ written, real }) => ({
      message: `\`${written}\` cannot be held exactly and becomes ${real}`,
      why: 'A number has room for 53 bits. Beyond that whole numbers are rounded to the next one that fits, without a word: an identifier then belongs to somebody else.',
      remedy: 'Write an `n` behind it for a `BigInt`, or keep it as a text.',
    }),
    es: ({ written, real }) => ({
      message: `\`${written}\` no cabe con exactitud y se convierte en ${real}`,
      why: 'Un número tiene sitio para 53 bits. Más allá, los enteros se redondean al siguiente que cabe, sin avisar: un identificador pasa a ser el de otro.',
      remedy: 'Ponle una `n` detrás para que sea un `BigInt`, o guárdalo como texto.',
    }),
  },

  examples: {
    invalid: [
      js`const guild = «9007199254740993»`,
      js`const mask = «0x1fffffffffffff01»`,
      ts`const id: number = «812345678901234567»`,
      ts`const big = «12_345_678_901_234_567»`,
    ],
    valid: [
      js`const max = 9007199254740992; const at = 1714488530686000000; const top = 9999999999999999`,
      js`const guild = 9007199254740993n; const text = '9007199254740993'`,
      ts`const round = 1000000000000000000`,
      ts`const huge = 1e300; const pi = 3.14159265358979323846`,
    ],
  },
})
