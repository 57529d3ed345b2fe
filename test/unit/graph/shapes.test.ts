// What data and handlers are when several files tell of them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphOf } from '../../support/graph.ts'
import { handlerLines, shapeLines, shown } from '../../support/resolved-data.ts'

function check(what: string, files: Readonly<Record<string, string>>, expected: readonly string[]): void {
  test(what, () => {
    const graph = graphOf(files)
    const shapes = Object.keys(files).flatMap(path => shapeLines(graph, path))
    assert.deepEqual([...shapes, ...handlerLines(graph)], expected)
  })
}

check(
  'names on the wire are made by a base of another file',
  {
    'app/base.py': `
from pydantic import BaseModel, ConfigDict
from humps import camelize
class Base(BaseModel):
    model_config = ConfigDict(alias_generator=camelize, populate_by_name=True)
    created_at: datetime | None = None
`,
    'app/users.py': `
from .base import Base
class Address(Base):
    street_name: str
class User(Base):
    user_id: int
    e_mail: str = Field(alias="email")
    home_address: Address
class Admin(User):
    user_id: str
`,
  },
  [
    'Base { createdAt/created_at=: string | null }',
    'Address { createdAt/created_at=: string | null, streetName/street_name: string }',
    'User { createdAt/created_at=: string | null, userId/user_id: integer, email/e_mail: string, homeAddress/home_address: Address }',
    'Admin { createdAt/created_at=: string | null, userId/user_id: string, email/e_mail: string, homeAddress/home_address: Address }',
  ],
)

check(
  'what is declared elsewhere decides between body and query',
  {
    'app/models.py': `
from enum import Enum
from pydantic import BaseModel
class Role(str, Enum):
    ADMIN = "admin"
    GUEST = "guest"
class Page(BaseModel):
    page: int = 1
    per_page: int
class UserIn(BaseModel):
    name: str
    role: Role = Role.GUEST
`,
    'app/deps.py': `
from fastapi import Depends, Header
def token(x_token: str = Header()): ...
def tenant(region: str, token = Depends(token)): ...
Tenant = Annotated[str, Depends(tenant)]
Limit = Annotated[int, Query(le=100)]
`,
    'app/main.py': `
from fastapi import FastAPI, Depends, HTTPException, status
from .models import Page, Role, UserIn
from .deps import Limit, Tenant, tenant
from .gone import Gone, lost
app = FastAPI()
@app.post("/users/{group}", status_code=201)
def add(group: str, user: UserIn, role: Role, tenant = Depends(tenant)) -> UserIn:
    if not user: raise HTTPException(status.HTTP_404_NOT_FOUND)
@app.get("/users")
def users(page: Page = Depends(), q: str | None = None): return {"users": [], "total": len(q)}
@app.put("/by-type")
def change(user: UserIn, tenant: Tenant, limit: Limit = 10): ...
@app.put("/gone")
def put(gone: Gone, it = Depends(lost)): ...
`,
  },
  [
    'Role: admin|guest',
    'Page { page=: integer, per_page: integer }',
    'UserIn { name: string, role=: Role }',
    'Limit: integer',
    'POST /users/{group} add(path group: string, query role: Role, query region: string, header x-token: string, body UserIn) → UserIn 201 404',
    'GET /users users(query q?: string | null, query page?: integer, query per_page: integer) → { users: [?], total: integer } 200',
    'PUT /by-type change(query region: string, header x-token: string, query limit?: Limit, body UserIn) 200',
    'PUT /gone put(body ?, …) 200',
  ],
)

check(
  'circles end, and nobody knows how a missing base calls its fields',
  {
    'a.py': `
from pydantic import BaseModel
from .b import B
from .gone import Gone
class A(B):
    me: "A"
class C(Missing, BaseModel): x: int
class D(Gone): y: int
`,
    'b.py': `
from .a import A
class B(A):
    you: list["B"]
`,
  },
  ['A { you: [B], me: A }', 'C { x: integer, … }', 'D: ?', 'B { me: A, you: [B] }'],
)

test('what a generic shape is given is known to who reads it', () => {
  const graph = graphOf({
    'app/page.py': `
from typing import Generic, TypeVar
from pydantic import BaseModel
T = TypeVar("T")
class Page(BaseModel, Generic[T]):
    items: list[T]
    first: T | None = None
`,
    'app/users.py': `
from .page import Page
from pydantic import BaseModel
class User(BaseModel):
    id: int
class Users(BaseModel):
    page: Page[User]
`,
  })
  const { shapes } = graph.relations
  const users = shapes.fieldsOf({ kind: 'shape', of: { module: '', names: ['Users'] } }, 'app/users.py')
  const [page] = users!.fields
  const inner = shapes.fieldsOf(page!.type, page!.at.file)!.fields
  assert.deepEqual(
    inner.map(it => `${it.name}: ${shown(it.type)}`),
    ['items: [User]', 'first: User | null'],
  )
})
