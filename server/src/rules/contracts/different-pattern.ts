/** A pattern that both sides of a border check the same thing with is another one on each. */

import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { type DifferingValues, differing } from '../support/value-twins.ts'

export default defineRule<DifferingValues<string>>({
  id: 'contracts/different-pattern',
  severity: 'info',
  languages: ['typescript', 'javascript', 'python'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *valueTwins(twins) {
      const match = differing<string>(twins, 'pattern')
      if (match && !OF_MANY.test(match.data.name)) yield match
    },
  },

  explain: {
    en: ({ name, value, other, expected, file }) => ({
      message: `\`${name}\` accepts \`${value}\` here, and \`${other}\` in ${file} accepts \`${expected}\``,
      why: 'The two carry one name in two languages, so they check the same thing: what one side accepts, the other may refuse.',
      remedy: 'Make both accept the same, or say in the names why they differ.',
    }),
    es: ({ name, value, other, expected, file }) => ({
      message: `\`${name}\` acepta aquí \`${value}\`, y \`${other}\`, en ${file}, acepta \`${expected}\``,
      why: 'Llevan el mismo nombre en dos lenguajes, así que comprueban lo mismo: lo que un lado acepta, el otro puede rechazarlo.',
      remedy: 'Haz que ambos acepten lo mismo o indica en los nombres por qué difieren.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'server/users.py',
            py`
import re
USERNAME_PATTERN = re.compile(r"^[a-z][a-z0-9_]{2,31}$")
`,
          ),
        ],
        at('web/users.ts', ts`export const USERNAME_PATTERN = «/^[a-z][a-z0-9_-]{2,31}$/»`),
      ),
      beside(
        [
          at(
            'src/slugs.rs',
            rs`
static TEAM_SLUG_RE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[a-z-]+$").unwrap());
`,
          ),
        ],
        at('web/slugs.js', js`const teamSlugRe = «new RegExp('^[a-z0-9-]+$')»`),
      ),
      beside(
        [at('engine/src/keys.rs', rs`const LICENSE_KEY_REGEX: &str = r"^[A-Z0-9]{20}$";`)],
        at('app/keys.py', py`LICENSE_KEY_REGEX = «r"^[A-Z0-9]{24}$"»`),
      ),
    ],
    valid: [
      at('app/keys.py', py`LICENSE_KEY_REGEX = r"^[A-Z0-9]{24}$"`),
      beside(
        [
          at(
            'server/users.py',
            py`
import re
USERNAME_PATTERN = re.compile(r"\A(?P<first>[a-z])[a-z0-9_/]*\Z", re.IGNORECASE)
`,
          ),
        ],
        at('web/users.ts', ts`export const USERNAME_PATTERN = /^(?<first>[a-z])[a-z0-9_\/]*$/i`),
      ),
      // Everybody has one of those, as strict as it needs to be.
      beside(
        [
          at(
            'server/users.py',
            py`
import re
EMAIL_RE = re.compile(r"[^@]+@[^@]+")
`,
          ),
        ],
        at('web/users.js', js`const EMAIL_RE = /^\S+@\S+$/`),
      ),
    ],
  },
})

/** Everybody has one of these, and they need not be the same. */
const OF_MANY =
  /^(?:valid_?)?(?:e?mail|ur[li]|link|phone|ip|ipv[46]|uuid|numbers?|digits?|date|time|html|(?:white)?spaces?|words?|domain|host(?:name)?|hex|colou?r|id|name|key|path|token|version)_?(?:re|regexp?|pattern)$/i
