/** Code reads a variable of the environment that nobody sets, while one that is called nearly the same is set and never read. */

import { at, beside, js, py, rs, text, ts, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isSet, isWellKnown, meantVariable, productReads } from '../support/environment-keys.ts'

type Data = { readonly key: string; readonly meant: string }

export default defineRule<Data>({
  id: 'contracts/misspelt-environment-key',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *variable(variable, { environment }) {
      if (isSet(variable) || isWellKnown(variable.name)) return
      const reads = productReads(variable)
      const meant = reads.length > 0 ? meantVariable(variable, environment) : undefined
      if (!meant) return
      const [setting] = meant.settings
      for (const it of reads)
        yield { at: it, data: { key: it.key, meant: setting!.key }, related: [setting!] }
    },
  },

  explain: {
    en: ({ key, meant }) => ({
      message: `\`${key}\` is set nowhere; \`${meant}\` is, and nobody reads it`,
      why: 'The two names are nearly the same: whoever sets the one that the project names will find that the program does not see it.',
      remedy: `Read \`${meant}\`, or correct the name where it is set.`,
    }),
    es: ({ key, meant }) => ({
      message: `\`${key}\` no se define en ninguna parte; \`${meant}\` sí, y nadie la lee`,
      why: 'Los dos nombres son casi iguales: quien defina la variable que el proyecto anuncia verá que el programa no se entera.',
      remedy: `Lee \`${meant}\` o corrige el nombre allí donde se define.`,
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            '.env.example',
            text`
SMTP_HOST=
SMTP_PASSWORD=
`,
          ),
        ],
        at(
          'server/mail.py',
          py`
import os

host = os.environ["SMTP_HOST"]
password = os.environ.get(«"SMTP_PASWORD"»)
`,
        ),
      ),
      beside(
        [at('web/.env.example', text`VITE_API_ROOT=http://localhost:8000`)],
        at('web/src/api.ts', ts`export const root = «import.meta.env.API_ROOT»`),
      ),
      beside(
        [at('.env.sample', text`QUEUE_WORKERS=4`)],
        at(
          'src/main.rs',
          rs`
fn workers() -> usize {
    std::env::var(«"QUEUE_WORKRES"»).unwrap().parse().unwrap()
}
`,
        ),
      ),
      beside(
        [
          at(
            'compose.yaml',
            yaml`
services:
  worker:
    environment:
      - STORAGE_BUCKET=files
`,
          ),
        ],
        at('worker/storage.js', js`export const bucket = «process.env.STORAGE_BUKCET»`),
      ),
      // Its last word is short, but the others say which one it is.
      beside(
        [at('.env.example', text`SIGN_IN_ID=`)],
        at('web/sign-in.js', js`export const id = «process.env.SIGN_IN_IDD»`),
      ),
    ],
    valid: [
      at('web/a.ts', ts`export const root = import.meta.env.API_ROOT`),
      // Others read it too: it is no mistake.
      beside(
        [
          at('.env.example', text`MAIL_SENDER=`),
          at('worker/mail.js', js`export const sender = process.env.MAIL_SENDER`),
        ],
        at('worker/other.js', js`export const sender = process.env.MAIL_SENDERS`),
      ),
      // Numbered on purpose.
      beside(
        [at('.env.example', text`SHARD_URL_1=`)],
        at(
          'src/shards.rs',
          rs`
fn second() -> Option<String> {
    std::env::var("SHARD_URL_2").ok()
}
`,
        ),
      ),
      // Both exist.
      beside(
        [
          at(
            '.env.example',
            text`
MAIL_USER=
MAIL_USERS=
`,
          ),
        ],
        at(
          'server/mail.py',
          py`
import os

user = os.environ["MAIL_USER"]
`,
        ),
      ),
      // Another variable, not another spelling.
      beside(
        [at('.env.example', text`CACHE_HOST=`)],
        at(
          'server/cache.py',
          py`
import os

port = os.getenv("CACHE_PORT")
`,
        ),
      ),
    ],
  },
})
