/** A record that takes every field that a request brings takes those, too, that nobody meant to be changed. */

import { argument, calleeName, receiver } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { sourceText, untrusted } from '../../semantics/taint/untrusted.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/mass-assignment',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [915],
  concept: 'untrusted-data',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: ['create', 'bulkCreate', 'insertOne', 'insert', 'build', 'assign', 'update', 'filter_by'],

  check: {
    *Call(node, file) {
      if (file.isTest) return
      for (const given of fieldsGiven(file, node)) {
        const it = file.value(given)
        // The whole body, and not a field of it.
        if (!it.is('Member', 'Call', 'Await', 'Name')) continue
        const source = untrusted(file, given, { origins: ['request'] })
        if (source?.part !== 'body' || source.path.length > 1 || source.shape) continue
        yield {
          at: given,
          data: { value: sourceText(source) },
          ...(given.contains(source.at) ? {} : { related: [source.at] }),
        }
        return
      }
    },
  },

  explain: {
    en: ({ value }) => ({
      message: `Every field of \`${value}\` is written into the record`,
      why: 'Whoever sends the request chooses the names of the fields as well: `isAdmin`, `price`, `ownerId` are taken like the others.',
      remedy: 'Name the fields that may be set, or read the body through a schema that lists them.',
    }),
    es: ({ value }) => ({
      message: `Todos los campos de \`${value}\` se escriben en el registro`,
      why: 'Quien envía la petición también elige los nombres de los campos: `isAdmin`, `price` u `ownerId` se aceptan como los demás.',
      remedy: 'Nombra los campos que se pueden fijar o lee el cuerpo con un esquema que los enumere.',
    }),
  },

  examples: {
    invalid: [
      js`app.post('/users', async (req, res) => res.json(await User.create(«req.body»)))`,
      js`app.put('/users/:id', async (req, res) => { const user = await find(req.params.id); Object.assign(user, «req.body»); user.save() })`,
      ts`app.patch('/me', async (req: Request, res: Response) => { const changes = req.body; await db.collection('users').insertOne(«changes») })`,
      py`
        from flask import request
        def create():
            return User.objects.create(**«request.get_json()»)
      `,
    ],
    valid: [
      js`app.post('/users', async (req, res) => res.json(await User.create({ name: req.body.name })))`,
      js`app.post('/users', (req, res) => { const all = Object.assign({}, req.body); validate(all) })`,
      js`app.post('/users', async (req, res) => res.json(await User.create(schema.parse(req.body))))`,
      ts`app.post('/hash', (req: Request, res: Response) => createHmac('sha256', key).update(req.body))`,
      py`
        from flask import request
        def create():
            data = request.get_json()
            return User.objects.create(name=data["name"])
      `,
    ],
  },
})

const STORE = /^[A-Z]\w*$/

function fieldsGiven(file: SourceFile, call: SyntaxNode): SyntaxNode[] {
  const name = calleeName(call)
  const object = receiver(call)
  if (!object) return []
  if (file.language === 'python') {
    if (!/^(create|insert|update)$/.test(name) || !/\.objects$/.test(object.text)) return []
    return call.children('argument').flatMap(it => (it.kind === 'Spread' ? (it.child('value') ?? []) : []))
  }
  const first = argument(call, 0)
  if (!first) return []
  if (name === 'assign') {
    // `Object.assign({}, …)` is a copy.
    const isCopy = calledName(file, call) !== 'Object.assign' || first.is('Dictionary', 'New', 'Call')
    return isCopy ? [] : call.children('argument').slice(1)
  }
  const isModel =
    object.kind === 'Name' && STORE.test(object.name) && /^(create|bulkCreate|build)$/.test(name)
  const isStored =
    /^insert(One)?$/.test(name) &&
    object.kind === 'Call' &&
    /^(collection|into|insertInto)$/.test(calleeName(object))
  return (isModel && !/^(Object|Reflect|Promise|Array)$/.test(object.name)) || isStored ? [first] : []
}
