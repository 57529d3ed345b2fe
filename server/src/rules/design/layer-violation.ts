/** A file imports one of a layer above its own, which `.codeant.toml` does not allow. */

import { isTest } from '../../semantics/provenance.ts'
import { at, beside, type Example, js, py, rs, toml, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

type Data = { readonly from: string; readonly to: string; readonly file: string }

/** Of an example: what draws, what computes, what everybody needs. */
const LAYERS = at(
  '.codeant.toml',
  toml`
[architecture]
layers = [
  { name = "pages", files = ["app/pages/", "src/pages/"] },
  { name = "services", files = ["app/services/", "src/services/"] },
  { name = "base", files = ["app/base/", "src/base/"] },
]
may = { base = ["services"] }
`,
)

export default defineRule<Data>({
  id: 'design/layer-violation',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'dependencies',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *layerBreach({ import: it, from, to }) {
      if (isTest(it.file)) return
      yield { at: it, data: { from: from.row.name, to: to.row.name, file: it.to }, related: [to.at] }
    },
  },

  explain: {
    en: ({ from, to, file }) => ({
      message: `${from} may not import ${to}: ${file} is of a layer above`,
      why: 'The layers of this project are declared from top to bottom in .codeant.toml, and what lies below is not to know what lies above: it could not be understood, tested or replaced without it.',
      remedy: `Move what is needed down into a layer that ${from} may import, hand it over as an argument, or allow it under \`may\` in .codeant.toml.`,
    }),
    es: ({ from, to, file }) => ({
      message: `${from} no puede importar ${to}: ${file} es de una capa superior`,
      why: 'Las capas de este proyecto se declaran de arriba abajo en .codeant.toml, y lo que está debajo no debe conocer lo que está encima: no se podría entender, probar ni sustituir por separado.',
      remedy: `Lleva lo necesario a una capa que ${from} pueda importar, pásalo como argumento o permítelo en \`may\`, en .codeant.toml.`,
    }),
  },

  examples: {
    invalid: [
      beside(
        [LAYERS, at('src/pages/cart.ts', ts`export const title = 'Cart'`)],
        at('src/services/orders.ts', ts`import { title } from «'../pages/cart'»`),
      ),
      beside(
        [LAYERS, at('src/pages/cart.js', js`export const title = 'Cart'`)],
        at('src/base/names.js', js`const { title } = require(«'../pages/cart'»)`),
      ),
      beside(
        [LAYERS, at('app/pages/cart.py', py`TITLE = "Cart"`)],
        at('app/services/orders.py', py`from «app.pages.cart» import TITLE`),
      ),
      beside(
        [
          LAYERS,
          at('src/pages/mod.rs', rs`pub const TITLE: &str = "Cart";`),
          at('src/lib.rs', rs`mod pages;`),
        ],
        at('src/services/orders.rs', rs`use «crate::pages::TITLE»;`),
      ),
    ],
    valid: [
      // Down, to its own layer, and up where that is allowed.
      downwards(
        at('src/pages/cart.ts', ts`import { total } from '../services/orders'`),
        'src/services/orders.ts',
        ts,
      ),
      downwards(at('src/pages/cart.js', js`import { menu } from './menu'`), 'src/pages/menu.js', js),
      downwards(
        at('app/base/names.py', py`from app.services.orders import total`),
        'app/services/orders.py',
        py,
      ),
      downwards(at('src/services/orders.rs', rs`use crate::base::names::NAME;`), 'src/base/names.rs', rs),
      // Of no layer.
      downwards(at('src/services/orders.ts', ts`import { log } from '../tools/log'`), 'src/tools/log.ts', ts),
    ],
  },
})

function downwards(example: Example, path: string, tag: typeof ts): Example {
  return beside([LAYERS, at(path, tag``)], example)
}
