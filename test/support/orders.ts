// Orders as both sides of a border know them: models of Python, an interface of TypeScript, and JavaScript without types.

import type { Files } from './workspace-view.ts'

export const MODEL = `from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

class Order(BaseModel):
    customer: str
    unit_price: int
    secret: str
    model_config = ConfigDict(alias_generator=to_camel)
class NewOrder(BaseModel):
    note: str

app = FastAPI()

@app.get("/api/orders")
def orders(page: int = 1) -> list[Order]: ...

@app.post("/api/orders")
def add(order: NewOrder) -> Order: ...
`

export const TYPED = `import axios from 'axios'

interface Order {
  unitPrice: number
  customer: string
}

export async function load() {
  const { data } = await axios.get<Order[]>('/api/orders')
  return data.map(it => it.customer)
}
`

export const UNTYPED = `import axios from 'axios'
export async function first() {
  const { data } = await axios.get('/api/orders', { params: { page: 2 } })
  return data[0].customer
}
export const add = () => axios.post('/api/orders', { note: 'soon' })
`

export const ORDERS: Files = {
  'server/main.py': MODEL,
  'web/orders.ts': TYPED,
  'web/legacy.js': UNTYPED,
}
