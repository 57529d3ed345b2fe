/** Files that import each other in a circle when they are loaded are one file in pieces: none can be had without the others. */

import type { Import } from '../../graph/imports.ts'
import { isSpecimen, isTest } from '../../semantics/provenance.ts'
import { at, beside, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

/** `files` all lead to each other: more than the circle has where circles share files. */
type Data = { readonly circle: string; readonly files: number; readonly isFragile: boolean }

export default defineRule<Data>({
  id: 'design/import-cycle',
  severity: 'info',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [1047],
  concept: 'dependencies',
  impact: { likelihood: 'low', cost: 'hours' },

  check: {},
  relate: {
    *importCycle({ imports, size, isFragile }) {
      if (imports.some(it => isTest(it.file) || isSpecimen(it.file))) return
      if (!isFragile && isFront(imports)) return
      const [first, ...others] = imports as [Import, ...Import[]]
      yield { at: first, data: { circle: shown(imports), files: size, isFragile }, related: others }
    },
  },

  explain: {
    en: ({ circle, files, isFragile }) => ({
      message: `Files import each other in a circle: ${circle}`,
      why: `${
        isFragile
          ? 'One of them needs another at once, which works only as long as the right file is loaded first: a new import elsewhere may break it.'
          : 'None of them can be understood, tested or moved without the others.'
      }${files > 2 ? ` ${files} files are knotted together like this.` : ''}`,
      remedy:
        'Move what both sides need into a file that knows neither, hand it over as an argument, or import only the type.',
    }),
    es: ({ circle, files, isFragile }) => ({
      message: `Unos archivos se importan en círculo: ${circle}`,
      why: `${
        isFragile
          ? 'Uno de ellos necesita a otro de inmediato, y eso solo funciona mientras se cargue primero el archivo adecuado: un nuevo import en otro lugar puede romperlo.'
          : 'Ninguno se puede entender, probar ni mover sin los demás.'
      }${files > 2 ? ` Hay ${files} archivos enredados de esta forma.` : ''}`,
      remedy:
        'Lleva lo que ambos lados necesitan a un archivo que no conozca a ninguno, pásalo como argumento o importa solo el tipo.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [at('shop/customers.py', py`from shop.orders import Order, Status, total`)],
        at('shop/orders.py', py`from «shop.customers» import Customer`),
      ),
      beside(
        [
          at(
            'src/price.ts',
            ts`
import { rate, round } from './tax'
export const price = (it: number) => round(it * rate)
`,
          ),
          at(
            'src/tax.ts',
            ts`
import { currency, country } from './cart'
export const rate = currency + country
`,
          ),
        ],
        at(
          'src/cart.ts',
          ts`
import { price } from «'./price'»
export const total = (all: number[]) => all.map(price)
`,
        ),
      ),
      beside(
        [
          at(
            'src/query.js',
            js`
import { Result, Failure } from './result'
export const run = () => new Result(Failure)
`,
          ),
        ],
        at(
          'src/result.js',
          js`
import { run } from «'./query'»
export class Result { again() { return run() } }
`,
        ),
      ),
    ],
    valid: [
      // An index that puts its parts together, which ask for it once they run.
      beside(
        [
          at(
            'shop/index.js',
            js`
const orders = require('./orders')
module.exports = { orders, rate: 2 }
`,
          ),
        ],
        at(
          'shop/orders.js',
          js`
const shop = require('.')
exports.total = it => it * shop.rate
`,
        ),
      ),
      // Needed only when it runs, and only for types.
      beside(
        [
          at(
            'shop/customers.py',
            py`
def last():
    from shop.orders import Order
`,
          ),
        ],
        at('shop/orders.py', py`from shop.customers import last`),
      ),
      beside(
        [
          at(
            'shop/customers.py',
            py`
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from shop.orders import Order
`,
          ),
        ],
        at('shop/orders.py', py`from shop.customers import Customer`),
      ),
      // Both say that they need each other, and a framework asks for them later.
      beside(
        [
          at(
            'src/orders.module.ts',
            ts`
import { UsersModule } from './users.module'
@Module({ imports: [forwardRef(() => UsersModule)] })
export class OrdersModule {}
`,
          ),
        ],
        at(
          'src/users.module.ts',
          ts`
import { OrdersModule } from './orders.module'
@Module({ imports: [forwardRef(() => OrdersModule)] })
export class UsersModule {}
`,
        ),
      ),
      // Annotations are only read by checkers then.
      beside(
        [
          at(
            'shop/customers.py',
            py`
from __future__ import annotations
from shop.orders import Order
def last(of: list[Order]) -> Order: return of[-1]
`,
          ),
        ],
        at('shop/orders.py', py`from shop.customers import last`),
      ),
      // What a package says of itself is there before anything else.
      beside(
        [
          at(
            'shop/__init__.py',
            py`
__version__ = '1.2'
from shop.client import Client
`,
          ),
        ],
        at(
          'shop/client.py',
          py`
from shop import __version__
class Client:
    agent = __version__
`,
        ),
      ),
      beside(
        [
          at(
            'src/tax.ts',
            ts`
import type { Cart } from './cart'
export const rate = (it: Cart) => it.rate
`,
          ),
        ],
        at(
          'src/cart.ts',
          ts`
import { rate } from './tax'
export interface Cart { rate: number }
rate
`,
        ),
      ),
      beside(
        [
          at(
            'src/page.js',
            js`
import { routes } from './routes'
export default routes
`,
          ),
        ],
        at('src/routes.js', js`export const routes = [() => import('./page')]`),
      ),
    ],
  },
})

/** A file and the one that stands for its folder: whoever asks for the part gets the whole. */
function isFront(imports: readonly Import[]): boolean {
  if (imports.length !== 2) return false
  return imports.some(
    ({ file, to }) => /(?:^|\/)index\.\w+$/.test(to) && file.startsWith(to.slice(0, to.lastIndexOf('/') + 1)),
  )
}

/** `auth.js → axios.js → auth.js`, without the folders that all of them lie in; a long one in the middle shortened. */
function shown(imports: readonly Import[]): string {
  const files = imports.map(it => it.file.split('/'))
  const [first] = files as [string[], ...string[][]]
  let common = 0
  while (
    common < first.length - 1 &&
    files.every(it => common < it.length - 1 && it[common] === first[common])
  )
    common++
  const names = files.map(it => it.slice(common).join('/'))
  const middle = names.length > MOST ? [...names.slice(0, MOST - 1), '…'] : names
  return [...middle, names[0]].join(' → ')
}

const MOST = 6
