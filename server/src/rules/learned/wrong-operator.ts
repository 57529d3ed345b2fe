/** An operator that does not fit: its neighbour was probably meant. */

import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { howSureEn, howSureEs, type LearnedData } from '../support/learned.ts'

export default defineRule<LearnedData>({
  id: 'learned/wrong-operator',
  learned: 'operator',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [480],
  concept: 'boundaries',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},

  explain: {
    en: data => ({
      message: `\`${data.name}\` may be the wrong operator here: \`${data.instead}\` fits better`,
      why: howSureEn(data),
      remedy: `Think through one case on each side of the border. If \`${data.instead}\` was meant, put it there; if \`${data.name}\` is right, say so: the finding will not come back.`,
      fix: `Put \`${data.instead}\` there`,
    }),
    es: data => ({
      message: `puede que \`${data.name}\` no sea el operador correcto aquí: \`${data.instead}\` encaja mejor`,
      why: howSureEs(data),
      remedy: `Piensa en un caso a cada lado del límite. Si querías escribir \`${data.instead}\`, ponlo; si \`${data.name}\` es correcto, dilo y el aviso no volverá.`,
      fix: `Poner \`${data.instead}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
def advance(self, steps):
    for _ in range(steps):
        self.position «-=» 1
    return self.position
`,
        py`
def advance(self, steps):
    for _ in range(steps):
        self.position += 1
    return self.position
`,
      ),
      fixes(
        js`
function total(items) {
  let sum = 0
  for (const item of items) sum «-=» item.price
  return sum
}
`,
        js`
function total(items) {
  let sum = 0
  for (const item of items) sum += item.price
  return sum
}
`,
      ),
      fixes(
        ts`
function indexOf(items: string[], wanted: string): number {
  for (let i = 0; i «<=» items.length; i++) {
    if (items[i] === wanted) return i
  }
  return -1
}
`,
        ts`
function indexOf(items: string[], wanted: string): number {
  for (let i = 0; i < items.length; i++) {
    if (items[i] === wanted) return i
  }
  return -1
}
`,
      ),
      fixes(
        rs`
fn sum(items: &[u32]) -> u32 {
    let mut total = 0;
    for item in items {
        total «-=» item;
    }
    total
}
`,
        rs`
fn sum(items: &[u32]) -> u32 {
    let mut total = 0;
    for item in items {
        total += item;
    }
    total
}
`,
      ),
    ],
    valid: [
      py`
def advance(self, steps):
    for _ in range(steps):
        self.position += 1
    return self.position
`,
      js`
function total(items) {
  let sum = 0
  for (const item of items) sum += item.price
  return sum
}
`,
      ts`
function indexOf(items: string[], wanted: string): number {
  for (let i = 0; i < items.length; i++) {
    if (items[i] === wanted) return i
  }
  return -1
}
`,
      rs`
fn sum(items: &[u32]) -> u32 {
    let mut total = 0;
    for item in items {
        total += item;
    }
    total
}
`,
    ],
  },
})
