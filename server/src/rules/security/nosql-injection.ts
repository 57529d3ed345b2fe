/** A database of documents takes conditions as objects, and a request can bring an object where a text was meant. */

import { calleeName } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import { guessType } from '../../semantics/guess-type.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { DOCUMENT_CALLEES, documentQuery, isDocumentStore } from '../../semantics/taint/sinks/documents.ts'
import { type Source, sourceText, untrusted } from '../../semantics/taint/untrusted.ts'
import { isHole, isPutTogether, piecesOf } from '../../semantics/text-pieces.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { importsAny } from '../support/imports.ts'

type Data = { readonly value: string; readonly isCode: boolean }

export default defineRule<Data>({
  id: 'security/nosql-injection',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [943],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: DOCUMENT_CALLEES,

  check: {
    *Call(node, file) {
      if (file.isTest) return
      const { code, values } = documentQuery(file, node)
      for (const text of code) {
        const value = file.constant(text) ? undefined : runAsCode(file, text)
        if (value !== undefined) yield { at: text, data: { value, isCode: true } }
      }
      if (values.length === 0 || !isAsked(file, node)) return
      for (const value of values) {
        if (isText(file, value)) continue
        const source = untrusted(file, value, { origins: ['request'], except: OTHERS })
        if (!source || !mayBeObject(file, source)) continue
        yield {
          at: value,
          data: { value: sourceText(source), isCode: false },
          ...(value.contains(source.at) ? {} : { related: [source.at] }),
        }
        return
      }
    },
  },

  explain: {
    en: ({ value, isCode }) => ({
      message: isCode
        ? `\`${value}\` is run as code by the database`
        : `\`${value}\` can be a condition instead of a value`,
      why: isCode
        ? '`$where` is JavaScript: a quote in the value ends it, and what follows runs in the database.'
        : 'A request can bring the object `{ "$ne": null }` in place of a text, which is true for every document: a login then needs no password.',
      remedy: isCode
        ? 'Compare the field with the value, without `$where`.'
        : 'Make it a text first (`String(value)`, `str(value)`), check its type or its schema, or write `{ $eq: value }`.',
    }),
    es: ({ value, isCode }) => ({
      message: isCode
        ? `la base de datos ejecuta \`${value}\` como código`
        : `\`${value}\` puede ser una condición en lugar de un valor`,
      why: isCode
        ? '`$where` es JavaScript: una comilla en el valor lo cierra, y lo que sigue se ejecuta en la base de datos.'
        : 'Una petición puede traer el objeto `{ "$ne": null }` en lugar de un texto, y eso se cumple en todos los documentos: un acceso ya no necesita contraseña.',
      remedy: isCode
        ? 'Compara el campo con el valor, sin `$where`.'
        : 'Conviértelo antes en texto (`String(value)`, `str(value)`), comprueba su tipo o su esquema, o escribe `{ $eq: value }`.',
    }),
  },

  examples: {
    invalid: [
      js`
        const { MongoClient } = require('mongodb')
        app.post('/login', async (req, res) => {
          const user = await db.collection('users').findOne({ name: «req.body.name», password: hash(req.body.password) })
        })
      `,
      js`
        app.get('/orders', (req, res) => orders.find({ $where: «\`this.id === '\${req.params.id}'\`» }))
      `,
      js`
        const byOwner = (owner, count) => notes.find({ $where: «\`this.owner === '\${owner}' && this.count > \${Number(count)}\`» })
      `,
      ts`
        import { Collection } from 'mongodb'
        app.delete('/note', async (req: Request, res: Response) => {
          const { id } = req.body
          await notesCollection.deleteOne({ id: «id» })
        })
      `,
      py`
        from pymongo import MongoClient
        from flask import request
        def login():
            return db.users.find_one({"name": «request.json["name"]», "password": digest})
      `,
      py`
        from flask import request
        def orders(): return db.orders.find({"$where": «"this.owner == '" + request.args["owner"] + "'"»})
      `,
    ],
    valid: [
      js`
        const { MongoClient } = require('mongodb')
        app.post('/login', (req, res) => db.collection('users').findOne({ name: String(req.body.name) }))
        app.get('/user/:id', (req, res) => db.collection('users').findOne({ name: req.params.id }))
      `,
      js`
        const { MongoClient } = require('mongodb')
        app.post('/login', (req, res) => {
          if (typeof req.body.name !== 'string') return res.sendStatus(400)
          db.collection('users').findOne({ name: { $eq: req.body.name } })
        })
      `,
      js`app.post('/login', (req, res) => User.findOne({ where: { name: req.body.name } }))`,
      js`const many = count => notes.find({ $where: \`this.count > \${Number(count)}\` })`,
      ts`app.get('/user', (req: Request, res: Response) => res.json(users.find({ name: req.query.name })))`,
      py`
        from pymongo import MongoClient
        from flask import request
        def login(): return db.users.find_one({"name": request.form["name"]})
      `,
    ],
  },
})

/** Parts of a request that hold nothing but text. */
const OTHERS = ['headers', 'cookies', 'route', 'segment', 'url', 'path', 'file'] as const

/** What is put into the text of `$where`: nobody needs a value there, so that only numbers are let pass. */
function runAsCode(file: SourceFile, text: SyntaxNode): string | undefined {
  const pieces = piecesOf(file, text)
  const source = untrusted(file, text, { origins: ['request'] })
  if (source) return sourceText(source)
  const hole = isPutTogether(pieces) ? pieces.filter(isHole).find(it => !isNumber(file, it.node)) : undefined
  return hole && excerpt(hole.node, 60)
}

function isNumber(file: SourceFile, node: SyntaxNode): boolean {
  const it = file.value(node)
  if (guessType(file, it) === 'number' || file.constant(it)) return true
  return it.kind === 'Call' && /^(Number|parseInt|parseFloat|int|float|ObjectId)$/.test(calleeName(it))
}

/** `String(value)`, `` `${value}` ``, `value.trim()`: whatever came, it is a text now. */
function isText(file: SourceFile, node: SyntaxNode): boolean {
  const it = file.value(node)
  if (it.kind === 'Call') return !/^(get|get_json|json)$/.test(calleeName(it))
  return !it.is('Member', 'Name', 'Index', 'Await', 'Cast', 'NonNull')
}

function isAsked(file: SourceFile, call: SyntaxNode): boolean {
  return importsAny(file, STORES) && (isDocumentStore(file, call) || /[a-z]One|_one/.test(calleeName(call)))
}

/** Mongoose turns values into the types of its schema, which takes most texts. */
const STORES = /['"](mongodb|mongojs|monk|connect-mongo)['"]|\b(pymongo|motor)\b/

/** JSON can hold objects, and so can the query string as Express reads it; a form of Python's holds texts. */
function mayBeObject(file: SourceFile, { part, at, path }: Source): boolean {
  if (file.language !== 'python') return part === 'body' || part === 'query'
  return part === 'body' && (/json/i.test(at.text) || path.some(it => /json/i.test(it)))
}
