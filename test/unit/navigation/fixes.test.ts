// Fixes of what a call and its route disagree about, as the lines that they change.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOf } from '../../../server/src/features/languages.ts'
import { type Sources, workspaceFixes } from '../../../server/src/features/workspace-fixes.ts'
import { checkRelations } from '../../../server/src/rules/relate.ts'
import { applyEdits } from '../../../server/src/text/document.ts'
import { testEngine } from '../../support/engine.ts'
import { type Files, marked } from '../../support/workspace-view.ts'

const engine = await testEngine()

const SERVER = `from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()

class NewUser(BaseModel):
    full_name: str
    email: str

class User(BaseModel):
    id: int
    full_name: str
    email: str

@app.post("/api/users", response_model=User)
def add(user: NewUser): ...

@app.get("/api/users/{user_id}", response_model=User)
def find_user(user_id: int): ...
`

/** All first fixes of the page that hold, each made by itself. */
function check(what: string, page: string, expected: readonly string[]): void {
  test(what, () => {
    const files: Files = { 'server/main.py': SERVER, 'web/users.ts': page }
    const { graph, texts } = marked(files)
    const sources: Sources = {
      graph,
      source: path => ({ path, language: languageOf(path)!, text: texts.get(path)! }),
    }
    const found = checkRelations(engine.rules, graph.relations).get('web/users.ts') ?? []
    const lines = found.flatMap(finding => {
      const [fix] = workspaceFixes(engine, sources, 'web/users.ts', finding)
      if (!fix) return []
      const after = applyEdits(page, fix.edits.get('web/users.ts') ?? []).split('\n')
      return after.filter((line, i) => line !== page.split('\n')[i]).map(it => it.trim())
    })
    assert.deepEqual(lines, expected)
  })
}

check(
  'a field that is sent: a variable of that name keeps it',
  `export async function add(fullname: string, email: string) {
  await fetch('/api/users', { method: 'POST', body: JSON.stringify({ fullname, email }) })
}`,
  ["await fetch('/api/users', { method: 'POST', body: JSON.stringify({ full_name: fullname, email }) })"],
)
check(
  'a field that is read',
  `export async function show(id: string) {
  const answer = await fetch(\`/api/users/\${id}\`)
  const user = await answer.json()
  return user.fullName
}`,
  ['return user.full_name'],
)
