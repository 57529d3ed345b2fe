/** A variable that does not fit where it stands: another one of the function was probably meant. */

import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { howSureEn, howSureEs, type LearnedData } from '../support/learned.ts'

export default defineRule<LearnedData>({
  id: 'learned/wrong-variable',
  learned: 'variable',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [1025],
  concept: 'copy-and-paste',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},

  explain: {
    en: data => ({
      message: `\`${data.name}\` may be the wrong variable here: \`${data.instead}\` fits better`,
      why: howSureEn(data),
      remedy: `Read the line again with both names. If \`${data.instead}\` was meant, put it there; if \`${data.name}\` is right, say so: the finding will not come back.`,
      fix: `Put \`${data.instead}\` there`,
    }),
    es: data => ({
      message: `puede que \`${data.name}\` no sea la variable correcta aquí: \`${data.instead}\` encaja mejor`,
      why: howSureEs(data),
      remedy: `Vuelve a leer la línea con los dos nombres. Si querías escribir \`${data.instead}\`, ponla; si \`${data.name}\` es correcta, dilo y el aviso no volverá.`,
      fix: `Poner \`${data.instead}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = «x»
`,
        py`
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
`,
      ),
      fixes(
        js`
function relativeTo(context, text) {
  return text.split("|").map(part => {
    return «text».split("!").map(it => relative(context, it)).join("!")
  }).join("|")
}
`,
        js`
function relativeTo(context, text) {
  return text.split("|").map(part => {
    return part.split("!").map(it => relative(context, it)).join("!")
  }).join("|")
}
`,
      ),
      fixes(
        ts`
function area(width: number, height: number): number {
  return width * «width»
}
`,
        ts`
function area(width: number, height: number): number {
  return width * height
}
`,
      ),
      fixes(
        rs`
fn area(width: u32, height: u32) -> u32 {
    width * «width»
}
`,
        rs`
fn area(width: u32, height: u32) -> u32 {
    width * height
}
`,
      ),
    ],
    valid: [
      py`
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y
`,
      js`
function relativeTo(context, text) {
  return text.split("|").map(part => {
    return part.split("!").map(it => relative(context, it)).join("!")
  }).join("|")
}
`,
      ts`
function area(width: number, height: number): number {
  return width * height
}
`,
      rs`
fn area(width: u32, height: u32) -> u32 {
    width * height
}
`,
    ],
  },
})
