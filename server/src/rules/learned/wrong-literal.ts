/** A number or a truth value that does not fit where it stands. */

import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { howSureEn, howSureEs, type LearnedData } from '../support/learned.ts'

export default defineRule<LearnedData>({
  id: 'learned/wrong-literal',
  learned: 'literal',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [193],
  concept: 'boundaries',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},

  explain: {
    en: data => ({
      message: `\`${data.name}\` may be the wrong value here: \`${data.instead}\` fits better`,
      why: howSureEn(data),
      remedy: `Ask what the value means here. If \`${data.instead}\` was meant, put it there; if \`${data.name}\` is right, say so: the finding will not come back.`,
      fix: `Put \`${data.instead}\` there`,
    }),
    es: data => ({
      message: `puede que \`${data.name}\` no sea el valor correcto aquí: \`${data.instead}\` encaja mejor`,
      why: howSureEs(data),
      remedy: `Pregúntate qué significa el valor aquí. Si querías escribir \`${data.instead}\`, ponlo; si \`${data.name}\` es correcto, dilo y el aviso no volverá.`,
      fix: `Poner \`${data.instead}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
def enable(self):
    self.enabled = «False»
`,
        py`
def enable(self):
    self.enabled = True
`,
      ),
      fixes(
        js`
function last(items) {
  return items[items.length - «0»]
}
`,
        js`
function last(items) {
  return items[items.length - 1]
}
`,
      ),
      fixes(
        ts`
function isEmpty(items: string[]): boolean {
  return items.length === «1»
}
`,
        ts`
function isEmpty(items: string[]): boolean {
  return items.length === 0
}
`,
      ),
    ],
    valid: [
      py`
def enable(self):
    self.enabled = True
`,
      js`
function last(items) {
  return items[items.length - 1]
}
`,
      ts`
function isEmpty(items: string[]): boolean {
  return items.length === 0
}
`,
    ],
  },
})
