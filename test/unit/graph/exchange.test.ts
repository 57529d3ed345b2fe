// What calls send, and which fields of the answers are read.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exchangesOf } from '../../support/exchange-facts.ts'

function check(what: string, text: string, ...expected: string[]): void {
  test(what, () => assert.deepEqual(exchangesOf(text), expected))
}

check(
  'the body of fetch is what was made text of, and its answer is read by json()',
  `
export async function add(name: string) {
  const body = JSON.stringify({ name, age: 3, tags: ['new'], 'is-new': true, note: null })
  const response = await fetch('/api/users', { method: 'POST', body })
  if (!response.ok) throw new Error((await response.json()).detail)
  const user = await response.json()
  return user.id
}
`,
  'request 0, body {name: string, age: integer, tags: ["new"], is-new: boolean, note: null}, query none, answer json(), returned json().id, sees failure',
  'body name as name: string',
  'body age as age: integer',
  'body tags as tags: ["new"]',
  "body is-new as 'is-new': boolean",
  'body note as note: null',
  'reads ok?',
  'reads json().detail?',
  'reads json().id',
)

check(
  'axios takes the body as it is, and answers with data',
  `
import axios from 'axios'
interface User { name: string }
async function list(page: number, user: User) {
  const { data } = await axios.get<User[]>('/api/users', { params: { page } })
  data.map(it => it.name)
  axios.post('/api/users', user).then(({ data: { id, nick = '' } }) => show(id, nick))
  axios.delete('/api/users', { data: { ids: [1] } })
}
`,
  'request 0, body none, query {page: number}, answer data, expected [User]',
  'request 1, body #1: User, query none, answer data',
  'request 2, body {ids: [integer]}, query none, answer data',
  'query page as page: number',
  'body ids as ids: [integer]',
  'reads data',
  'reads data.[].name',
  'reads data',
  'reads data.id',
  'reads data.nick?',
)

check(
  'what is read of an answer through then, loops, elements and conditions',
  `
fetch('/api/things')
  .then(response => response.json())
  .then(data => {
    for (const it of data.items) show(it.title, it.owner?.name)
    if (data.error) return
    show(data.items[0].id, data['next'], data.count ?? 0)
    data.own = 1
    show(data.own)
  })
`,
  'request 0, body none, query none, answer json()',
  'reads json().items',
  'reads json().error?',
  'reads json().items',
  "reads json().next as 'next'",
  'reads json().count?',
  'reads json().items.[].title',
  'reads json().items.[].owner?',
  'reads json().items.[].id',
  'reads json().items.[].owner.name',
)

check(
  'what is put behind the question mark',
  `
fetch('/api/a?' + new URLSearchParams({ page: '1' }))
const params = new URLSearchParams()
params.set('q', text)
fetch(\`/api/b?\${params}\`)
fetch(\`/api/c?\${text}\`)
`,
  'request 0, body none, query {page: "1"}, answer json()',
  'request 1, body none, query {q?: ?}, answer json()',
  'request 2, body none, query none, answer json()',
  'query page as page: "1"',
  "query q as 'q': ?",
)

check(
  'fields that are added to an object, and objects that are put into others',
  `
const body = { name: 'a' }
if (isNew) body.tags = []
axios.post('/api/a', body)
const base = { page: 1 }
axios.post('/api/b', { ...base, size: 2 })
axios.post('/api/c', { ...unknown, size: 2 })
const handed = { name: 'a' }
complete(handed)
axios.post('/api/d', handed)
`,
  'request 0, body {name: "a", tags?: [?]}, query none, answer data',
  'request 1, body {page: integer, size: integer}, query none, answer data',
  'request 2, body {size: integer, …}, query none, answer data',
  'request 3, body {name: "a", …}, query none, answer data',
  'body name as name: "a"',
  'body tags as tags: [?]',
  'body page as page: integer',
  'body size as size: integer',
  'body size as size: integer',
  'body name as name: "a"',
)

check(
  'a function of the project hands on what it is given',
  `
const request = async (url, { body, ...options } = {}) => {
  const response = await fetch(url, { body: JSON.stringify(body), ...options })
  const json = await response.json()
  return json
}
const plain = (url, options) => fetch(url, options).then(it => it.json())
export const post = (url, data) => request(url, { method: 'POST', body: data })
const added = await post('/api/users', { name: 'x' })
show(added.id)
`,
  'request 0, body #1.body, query #1.query|#1.params, answer json(), returned json()',
  'request 1, body #1.body, query #1.query|#1.params, answer json(), returned json()',
  'forward 0, given ? {method: "POST", body: ?}, #0 is #0, #1.body is #1, returned itself',
  'forward 1, given string {name: "x"}',
  '1 method as method: "POST"',
  '1 body as body: ?',
  '1 name as name: "x"',
  'reads id',
)

check(
  'who nobody knows may take options',
  `
const { get, post } = useApi()
get('/things', { page: 1 })
get('/things', { params: { page: 1 } })
post('/things', { name: 'a' })
post('/things', { body: { name: 'a' }, headers })
`,
  'request 0, given string {page: integer}',
  'request 1, query {page: integer}, given string {params: {page: integer}}',
  'request 2, body {name: "a"}, query none, given string {name: "a"}',
  'request 3, query none, given string {body: {name: "a"}, headers: ?}',
  '1 page as page: integer',
  'query page as page: integer',
  '1 params.page as page: integer',
  '1 params as params: {page: integer}',
  'body name as name: "a"',
  '1 name as name: "a"',
  '1 body.name as name: "a"',
  '1 body as body: {name: "a"}',
  '1 headers as headers: ?',
)

check(
  'what is expected, by annotations and casts',
  `
interface User { id: number }
export async function one(): Promise<User> {
  const response = await fetch('/api/users/1')
  return response.json()
}
const two: User = await (await fetch('/api/users/2')).json()
const three = (await (await fetch('/api/users/3')).json()) as User
const four = await api.get<User>('/api/users/4')
const [five, six] = await Promise.all([$fetch('/api/5'), client.GET('/api/6', { params: { query: { page: 1 } } })])
show(five.name, six.data.name)
`,
  'request 0, body none, query none, answer json(), returned json(), expected User at json()',
  'request 1, body none, query none, answer json(), expected User at json()',
  'request 2, body none, query none, answer json(), expected User at json()',
  'request 3, body none, query none, given string, expected User',
  'request 4, body none, query none, answer itself',
  'request 5, body none, query {page: integer}, given string {params: {query: {page: integer}}}, answer data',
  'query page as page: integer',
  '1 params.query.page as page: integer',
  '1 params.query as query: {page: integer}',
  '1 params as params: {query: {page: integer}}',
  'reads name',
  'reads data',
  'reads data.name',
)
