/** Writing below a key that a request chooses can reach `__proto__`, and with it every object of the program. */

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { type Source, sourceText, untrusted } from '../../semantics/taint/untrusted.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/prototype-pollution',
  severity: 'error',
  languages: ['typescript', 'javascript'],
  cwe: [1321],
  concept: 'untrusted-data',
  impact: { likelihood: 'low', cost: 'days' },

  check: {
    Assignment(node, file) {
      const target = node.child('target')
      if (!target?.is('Index', 'Member')) return undefined
      const outer = target.child('object')?.unwrapped
      return outer?.is('Index', 'Name') ? pollution(node, target, outer, file) : undefined
    },
  },

  explain: {
    en: ({ key }) => ({
      message: `\`${key}\` decides which object is written to`,
      why: 'With the key `__proto__` the write lands on the prototype of all objects, and every object of the program suddenly has the property.',
      remedy: 'Keep such entries in a `Map`, or refuse keys that are not on a list.',
    }),
    es: ({ key }) => ({
      message: `\`${key}\` decide en qué objeto se escribe`,
      why: 'Con la clave `__proto__` se escribe en el prototipo de todos los objetos, y de pronto todos los objetos del programa tienen esa propiedad.',
      remedy: 'Guarda esas entradas en un `Map` o rechaza las claves que no estén en una lista.',
    }),
  },

  examples: {
    invalid: [
      js`
        const settings = {}
        app.post('/settings', (req, res) => {
          settings[«req.body.section»][req.body.name] = req.body.value
        })
      `,
      js`
        app.get('/rooms', (req, res) => {
          const room = rooms[«req.query.room»]
          room[req.query.field] = req.query.value
        })
      `,
      ts`
        app.put('/users/:id', (req: Request) => {
          const { id, key } = req.params
          users[«id»][key] = req.body
        })
      `,
    ],
    valid: [
      js`app.post('/', (req) => { settings[req.body.name] = req.body.value })`,
      js`app.post('/', (req) => { sessions[req.body.id].seen = Date.now() })`,
      js`app.post('/', (req) => { const rooms = new Map(); rooms.get(req.body.room)[req.body.name] = 1 })`,
      js`
        app.post('/', (req) => {
          if (!SECTIONS.includes(req.body.section)) return
          settings[req.body.section][req.body.name] = req.body.value
        })
      `,
      js`
        const settings = Object.create(null)
        app.post('/', (req) => { settings[req.body.section][req.body.name] = 1 })
      `,
      js`const set = (object, key, name, value) => { object[key][name] = value }`,
      ts`
        app.post('/', (req: Request) => {
          const index = Number(req.body.index)
          rows[index][req.body.name] = req.body.value
        })
      `,
      ts`app.post('/', (req: Request) => { req.session[req.body.id] = 1; rows[req.body.id][0] = 1 })`,
    ],
  },
})

/** Two keys are needed: one that leads to the prototype, and one that says what to write there. */
function* pollution(node: SyntaxNode, target: SyntaxNode, outer: SyntaxNode, file: SourceFile) {
  if (target.kind !== 'Index' || file.isTest) return
  const middle = file.value(outer)
  if (middle.kind !== 'Index') return
  const inner = middle.child('index')
  const last = target.child('index')
  if (!inner || !last || file.constant(inner) || file.constant(last)) return
  if (hasNoPrototype(file, middle.child('object'))) return
  const source = keySource(file, inner)
  if (!source || !keySource(file, last)) return
  yield {
    at: inner,
    data: { key: sourceText(source) },
    ...(node.contains(source.at) ? {} : { related: [source.at] }),
  }
}

function keySource(file: SourceFile, key: SyntaxNode): Source | undefined {
  return untrusted(file, key, { origins: ['request', 'page'], except: ['headers', 'cookies', 'url', 'file'] })
}

/** `Object.create(null)` */
function hasNoPrototype(file: SourceFile, object: SyntaxNode | undefined): boolean {
  const made = object && file.value(object)
  return made?.kind === 'Call' && calleeName(made) === 'create'
}
