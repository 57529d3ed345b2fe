// One mistake between two files is told of once, by the rule that says most of it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RULES } from '../../server/src/rules/registry.generated.ts'
import { checkRelations } from '../../server/src/rules/relate.ts'
import { RuleSet } from '../../server/src/rules/rule-set.ts'
import { graphOf } from '../support/graph.ts'

const rules = new RuleSet(RULES.filter(it => it.relate && it.enabled !== false))

const SERVER = `
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class User(BaseModel):
    id: int
    user_name: str
    email: str
    age: int
    is_open: bool

class NewUser(BaseModel):
    user_name: str
    email: str
    age: int
    is_open: bool

@app.get("/api/users/{user_id}")
def user(user_id: int) -> User: ...

@app.post("/api/users")
def add(user: NewUser) -> User: ...
`

/** \`line rule\` of each finding. */
function check(what: string, text: string, ...expected: string[]): void {
  test(what, () => {
    const { relations } = graphOf({ 'server/main.py': SERVER, 'web/users.ts': text })
    const found = [...checkRelations(rules, relations)].flatMap(([, findings]) =>
      findings.map(
        it => `${text.slice(0, it.start).split('\n').length} ${it.rule.replace('contracts/', '')}`,
      ),
    )
    assert.deepEqual(found, expected)
  })
}

check(
  'a field of an answer in another case, declared and read',
  `import axios from 'axios'
interface User { id: number; userName: string; email: string; age: number; is_open: boolean }
export async function load(id: number) {
  const { data } = await axios.get<User>(\`/api/users/\${id}\`)
  return data.userName + data.email
}
`,
  '2 different-case',
)

check(
  'a misspelt field of an answer, declared and read',
  `import axios from 'axios'
interface User { id: number; user_name: string; emial: string; age: number; is_open: boolean }
export async function load(id: number) {
  const { data } = await axios.get<User>(\`/api/users/\${id}\`)
  return data.emial
}
`,
  '2 unknown-response-field',
)

check(
  'a field of a body in another case, declared and sent',
  `import axios from 'axios'
interface NewUser { userName: string; email: string; age: number; is_open: boolean }
export const add = (user: NewUser) => axios.post('/api/users', user)
`,
  '2 different-case',
)

check(
  'a field of a body in another case, written where it is sent',
  `import axios from 'axios'
export const add = (email: string) =>
  axios.post('/api/users', { userName: 'x', email, age: 3, is_open: true })
`,
  '3 missing-body-field',
)

check(
  'a field of a body of another type, declared and sent',
  `import axios from 'axios'
interface NewUser { user_name: string; email: string; age: boolean; is_open: number[] }
export const add = (user: NewUser) => axios.post('/api/users', user)
`,
  '2 different-type',
  '2 different-type',
)
