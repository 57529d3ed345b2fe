/** A call that should probably be awaited, or one that is awaited for nothing. */

import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { howSureEn, howSureEs, type LearnedData } from '../support/learned.ts'

export default defineRule<LearnedData>({
  id: 'learned/wrong-await',
  learned: 'await',
  severity: 'hint',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [362],
  concept: 'waiting-for-results',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},

  explain: {
    en: data => ({
      message: `\`${data.name}\` looks wrong in this async function: \`${data.instead}\` fits better`,
      why: howSureEn(data),
      remedy: `Look up whether the function is asynchronous. If \`${data.instead}\` was meant, put it there; if the call is right, say so: the finding will not come back.`,
      fix: `Write \`${data.instead}\``,
    }),
    es: data => ({
      message: `\`${data.name}\` no parece correcto en esta función asíncrona: \`${data.instead}\` encaja mejor`,
      why: howSureEs(data),
      remedy: `Mira si la función llamada es asíncrona. Si querías escribir \`${data.instead}\`, ponlo; si la llamada es correcta, dilo y el aviso no volverá.`,
      fix: `Escribir \`${data.instead}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
async def load(session, url):
    response = «session.get(url)»
    return await response.json()
`,
        py`
async def load(session, url):
    response = await session.get(url)
    return await response.json()
`,
      ),
      fixes(
        js`
async function load(url) {
  const response = «fetch(url)»
  return response.json()
}
`,
        js`
async function load(url) {
  const response = await fetch(url)
  return response.json()
}
`,
      ),
      fixes(
        ts`
async function load(url: string) {
  const response = «fetch(url)»
  if (!response.ok) throw new Error(response.statusText)
  return response.json()
}
`,
        ts`
async function load(url: string) {
  const response = await fetch(url)
  if (!response.ok) throw new Error(response.statusText)
  return response.json()
}
`,
      ),
    ],
    valid: [
      py`
async def load(session, url):
    response = await session.get(url)
    return await response.json()
`,
      js`
async function load(url) {
  const response = await fetch(url)
  return response.json()
}
`,
      ts`
async function load(url: string) {
  const response = await fetch(url)
  if (!response.ok) throw new Error(response.statusText)
  return response.json()
}
`,
    ],
  },
})
