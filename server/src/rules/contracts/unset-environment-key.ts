/** Code cannot do without a variable of the environment that nobody sets and no example offers, though the others are all there. */

import { at, beside, js, py, rs, text, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { meantVariable } from '../support/environment-keys.ts'
import { isForgotten } from '../support/forgotten-variables.ts'

type Data = { readonly key: string; readonly example: string }

export default defineRule<Data>({
  id: 'contracts/unset-environment-key',
  severity: 'info',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *variable(variable, { environment }) {
      const forgotten = isForgotten(variable, environment)
      if (!forgotten || meantVariable(variable, environment)) return
      const { reads, beside } = forgotten
      for (const it of reads) yield { at: it, data: { key: it.key, example: beside.file }, related: [beside] }
    },
  },

  explain: {
    en: ({ key, example }) => ({
      message: `\`${key}\` must be set, and no settings name it, \`${example}\` included`,
      why: 'The code has no default for it, so whoever follows the example to the letter gets a program that stops here.',
      remedy: `Add \`${key}\` to \`${example}\`, or give it a default.`,
    }),
    es: ({ key, example }) => ({
      message: `\`${key}\` es obligatoria y ninguna configuración la nombra, tampoco \`${example}\``,
      why: 'El código no tiene un valor por defecto, así que quien siga el ejemplo al pie de la letra obtendrá un programa que se detiene aquí.',
      remedy: `Añade \`${key}\` a \`${example}\` o dale un valor por defecto.`,
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            '.env.example',
            text`
DATABASE_DSN=
QUEUE_DSN=
SIGNING_SALT=
`,
          ),
        ],
        at(
          'server/settings.py',
          py`
import os

DATABASE = os.environ["DATABASE_DSN"]
QUEUE = os.environ["QUEUE_DSN"]
SALT = os.environ["SIGNING_SALT"]
BUCKET = os.environ[«"FILE_BUCKET"»]
`,
        ),
      ),
      beside(
        [
          at(
            '.env.example',
            text`
DATABASE_DSN=
QUEUE_DSN=
SIGNING_SALT=
`,
          ),
        ],
        at(
          'server/settings.ts',
          ts`
export const database = process.env.DATABASE_DSN!
export const queue = process.env.QUEUE_DSN!
export const salt = process.env.SIGNING_SALT!
export const bucket = «process.env.FILE_BUCKET»!
`,
        ),
      ),
      beside(
        [
          at(
            '.env.sample',
            text`
DATABASE_DSN=
QUEUE_DSN=
SIGNING_SALT=
`,
          ),
        ],
        at(
          'server/settings.js',
          js`
import { z } from 'zod'
export const settings = z
  .object({ DATABASE_DSN: z.string(), QUEUE_DSN: z.string(), SIGNING_SALT: z.string(), «FILE_BUCKET»: z.string() })
  .parse(process.env)
`,
        ),
      ),
      beside(
        [
          at(
            '.env.sample',
            text`
DATABASE_DSN=
QUEUE_DSN=
SIGNING_SALT=
`,
          ),
        ],
        at(
          'src/settings.rs',
          rs`
use std::env;

fn settings() -> Settings {
    Settings {
        database: env::var("DATABASE_DSN").unwrap(),
        queue: env::var("QUEUE_DSN").unwrap(),
        salt: env::var("SIGNING_SALT").unwrap(),
        bucket: env::var(«"FILE_BUCKET"»).unwrap(),
    }
}
`,
        ),
      ),
    ],
    valid: [
      // Nobody keeps an example here.
      at(
        'server/a.py',
        py`
import os

BUCKET = os.environ["FILE_BUCKET"]
`,
      ),
      at('server/a.js', js`export const bucket = process.env.FILE_BUCKET`),
      // It can do without.
      beside(
        [
          at(
            '.env.example',
            text`
DATABASE_DSN=
QUEUE_DSN=
SIGNING_SALT=
`,
          ),
        ],
        at(
          'server/settings.ts',
          ts`
export const database = process.env.DATABASE_DSN!
export const queue = process.env.QUEUE_DSN!
export const salt = process.env.SIGNING_SALT!
export const bucket = process.env.FILE_BUCKET ?? 'files'
`,
        ),
      ),
      at(
        'src/a.rs',
        rs`
fn bucket() -> Option<String> {
    std::env::var("FILE_BUCKET").ok()
}
`,
      ),
    ],
  },
})
