/** A text that both sides of a border have to write alike, such as the name of a header, is another one on each. */

import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { type DifferingValues, differing } from '../support/value-twins.ts'

export default defineRule<DifferingValues<string>>({
  id: 'contracts/drifted-constant',
  severity: 'warning',
  languages: ['typescript', 'javascript', 'python'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *valueTwins(twins) {
      const match = differing<string>(twins, 'text')
      if (!match || !isContract(match.data.name)) return
      const { name, value, expected } = match.data
      // Names of headers are read in any case.
      if (/header/i.test(name) && value.toLowerCase() === expected.toLowerCase()) return
      if (!isOfMachine(value) && !isOfMachine(expected)) yield match
    },
  },

  explain: {
    en: ({ name, value, other, expected, file }) => ({
      message: `\`${name}\` is \`${value}\` here, and \`${other}\` is \`${expected}\` in ${file}`,
      why: 'The two carry one name in two languages, and programs find each other by what it says: what one side writes, the other does not find.',
      remedy: 'Write the same on both sides.',
    }),
    es: ({ name, value, other, expected, file }) => ({
      message: `\`${name}\` es aquí \`${value}\`, y \`${other}\` es \`${expected}\` en ${file}`,
      why: 'Llevan el mismo nombre en dos lenguajes, y los programas se encuentran por lo que dice: lo que un lado escribe, el otro no lo encuentra.',
      remedy: 'Escribe lo mismo en ambos lados.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [at('server/sessions.py', py`WORKSPACE_ID_HEADER = "X-Workspace-Id"`)],
        at('web/client.ts', ts`export const WORKSPACE_ID_HEADER = «'X-Workspace-ID-Token'»`),
      ),
      beside(
        [at('src/cookies.rs', rs`pub const REMEMBER_DEVICE_COOKIE: &str = "remember_device";`)],
        at('web/cookies.js', js`export const rememberDeviceCookie = «'rememberDevice'»`),
      ),
      beside(
        [at('engine/src/frames.rs', rs`pub const FRAME_BOUNDARY_MARKER: &str = "--frame";`)],
        at('app/frames.py', py`FRAME_BOUNDARY_MARKER = «"--frames"»`),
      ),
    ],
    valid: [
      beside(
        [at('server/sessions.py', py`WORKSPACE_ID_HEADER = "x-workspace-id"`)],
        at('web/client.ts', ts`export const WORKSPACE_ID_HEADER = 'X-Workspace-Id'`),
      ),
      // What people read, and where a program runs, may differ.
      beside(
        [at('server/texts.py', py`WELCOME_GUEST_TITLE = "Welcome, guest"`)],
        at('web/texts.js', js`export const WELCOME_GUEST_TITLE = 'Hello there'`),
      ),
      beside(
        [
          at('app/frames.py', py`FRAME_BOUNDARY_MARKER = "--frame"`),
          at('app/more.py', py`FRAME_BOUNDARY_MARKER = "=="`),
        ],
        at('web/frames.js', js`export const FRAME_BOUNDARY_MARKER = '--frames'`),
      ),
      at('app/alone.py', py`FRAME_BOUNDARY_MARKER = "--frame"`),
    ],
  },
})

/** What programs look for. */
const CONTRACT =
  /header|cookie|_?key$|prefix|suffix|delimiter|separator|marker|sentinel|boundary|topic|queue|channel|event|scope|format|token_?name|param|placeholder|namespace|audience|issuer|realm|signature|protocol|magic|_?name$|_?id$/i

function isContract(name: string): boolean {
  return (
    CONTRACT.test(name) &&
    !/title|label|message|text|description|default|example|test|css|class_?name/i.test(name)
  )
}

/** It depends on where a program runs, or is meant for people. */
function isOfMachine(text: string): boolean {
  return /:\/\/|localhost|127\.0\.0\.1|^[/~.]|^[\w.-]+:\d+$|\w [a-z]+ \w/.test(text)
}
