/** Code asks for a switch of a feature that nobody declares, while one that is called nearly the same is declared. */

import { at, beside, js, json, py, rs, ts, yaml } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearest } from '../support/near-names.ts'

type Data = { readonly key: string; readonly meant: string }

/** So often a key is asked for that is no slip. */
const OFTEN = 2

export default defineRule<Data>({
  id: 'contracts/misspelt-feature-flag',
  severity: 'warning',
  languages: ['typescript', 'javascript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *flag({ key, asks, declarations }, { flags }) {
      const [only, ...more] = asks
      if (!only || more.length > 0 || declarations.length > 0) return
      const known = [...flags.values()].filter(it => it.declarations.length > 0 || it.asks.length >= OFTEN)
      const meant = nearest(
        key,
        known.map(it => it.key),
      )
      const flag = meant === undefined ? undefined : flags.get(meant)
      // `checkout-v1` and `checkout-v2` are two.
      if (!flag || digitsOf(flag.key) !== digitsOf(key)) return
      const [other] = [...flag.declarations, ...flag.asks]
      yield { at: only, data: { key, meant: flag.key }, related: [other!] }
    },
  },

  explain: {
    en: ({ key, meant }) => ({
      message: `no feature is switched by \`${key}\`; \`${meant}\` is nearly the same`,
      why: 'Nothing fails when a key is not known: the feature takes its default for everybody, whatever is switched.',
      remedy: `Ask for \`${meant}\`, or declare \`${key}\` beside it.`,
    }),
    es: ({ key, meant }) => ({
      message: `ninguna función se activa con \`${key}\`; \`${meant}\` es casi igual`,
      why: 'Nada falla cuando no se conoce una clave: la función toma su valor por defecto para todos, se active lo que se active.',
      remedy: `Pregunta por \`${meant}\` o declara \`${key}\` a su lado.`,
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'config/feature-flags.json',
            json`
{
  "flags": {
    "new-checkout": { "enabled": true },
    "dark-mode": { "enabled": false }
  }
}
`,
          ),
        ],
        at(
          'web/checkout.ts',
          ts`
import { useUnleashContext } from '@unleash/proxy-client-react'
export const isNew = () => unleash.isEnabled(«'new-chekout'»)
`,
        ),
      ),
      // Asked for elsewhere, again and again.
      beside(
        [
          at('web/a.ts', ts`export const a = () => posthog.isFeatureEnabled('beta_reports')`),
          at('web/b.ts', ts`export const b = () => posthog.isFeatureEnabled('beta_reports')`),
        ],
        at(
          'server/reports.py',
          py`
from posthog import Posthog

def may_see(user):
    return client.feature_enabled(«"beta_report"», user.id)
`,
        ),
      ),
      beside(
        [at('flags.yaml', yaml`fast-search: true`)],
        at(
          'src/search.rs',
          rs`fn fast(client: &Client) -> bool { client.bool_variation(&context(), «"fast-serach"», false) }`,
        ),
      ),
      beside(
        [at('shared/flags.ts', ts`export type FeatureFlag = 'inline-editor' | 'team-roles'`)],
        at('web/editor.js', js`const isInline = flags.isFeatureEnabled(«'inline-editer'»)`),
      ),
    ],
    valid: [
      beside(
        [at('flags.yaml', yaml`fast-search: true`)],
        at(
          'src/search.rs',
          rs`fn fast(client: &Client) -> bool { client.bool_variation(&context(), "fast-search", false) }`,
        ),
      ),
      // One of a row.
      beside(
        [at('flags.json', json`{ "checkout-v1": true }`)],
        at('web/checkout.js', js`const isNew = flags.isFeatureEnabled('checkout-v2')`),
      ),
      // Nobody knows what the service has.
      at('web/checkout.ts', ts`export const isNew = () => posthog.isFeatureEnabled('new-checkout')`),
      at(
        'server/reports.py',
        py`
def may_see(user):
    return client.feature_enabled("beta_report", user.id)
`,
      ),
    ],
  },
})

function digitsOf(key: string): string {
  return key.replace(/\D+/g, ' ').trim()
}
