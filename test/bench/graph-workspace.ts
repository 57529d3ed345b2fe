// A workspace of any size whose parts call each other across languages: what the graph is measured on. The same number gives the
// same files anywhere.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface GraphWorkspace {
  readonly files: number
  readonly lines: number
  /** Declares the route that `caller` calls. */
  readonly server: string
  readonly caller: string
}

/** Of twenty files, so many are of each sort. */
const SORTS: readonly (readonly [sort: Sort, share: number])[] = [
  ['router', 5],
  ['client', 8],
  ['plain', 4],
  ['axum', 1],
  ['express', 2],
]

type Sort = 'router' | 'client' | 'plain' | 'axum' | 'express'

/** Writes `count` files below `folder`. */
export function writeWorkspace(folder: string, count: number): GraphWorkspace {
  const cycle = SORTS.flatMap(([sort, share]) => Array<Sort>(share).fill(sort))
  let lines = 0
  const routers: string[] = []
  const write = (path: string, text: string) => {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
    lines += text.split('\n').length - 1
  }
  for (let i = 0; i < count - 2; i++) {
    const area = `area${String(Math.floor(i / 100)).padStart(3, '0')}`
    const topic = `topic${i - (i % cycle.length)}`
    switch (cycle[i % cycle.length]!) {
      case 'router':
        routers.push(`server.${area}.router${i}`)
        write(`server/${area}/router${i}.py`, router(`/${topic}-${i % cycle.length}`, i))
        break
      case 'client':
        write(`web/src/${area}/client${i}.ts`, client(`/api/${topic}-${i % 5}`, i))
        break
      case 'plain':
        write(`web/src/${area}/view${i}.ts`, plain(i))
        break
      case 'axum':
        write(`worker/src/jobs${i}.rs`, axum(`/jobs/${topic}`, i))
        break
      case 'express':
        write(`gateway/${area}/proxy${i}.js`, express(`/gateway/${topic}-${i % 2}`, i))
    }
  }
  write('server/main.py', main(routers))
  write('web/src/api.ts', API)
  return {
    files: count,
    lines,
    server: `server/area000/router0.py`,
    caller: `web/src/area000/client5.ts`,
  }
}

const main = (routers: readonly string[]) => `from fastapi import FastAPI
${routers.map((it, i) => `from ${it} import router as router${i}`).join('\n')}

app = FastAPI()
${routers.map((_, i) => `app.include_router(router${i}, prefix="/api")`).join('\n')}
`

const API = `export async function request<T>(path: string, options: RequestInit = {}): Promise<T> {
  const response = await fetch(path, { credentials: 'include', ...options })
  if (!response.ok) throw new Error(response.statusText)
  return response.json() as Promise<T>
}
`

const router = (prefix: string, i: number) => `from fastapi import APIRouter, HTTPException
from pydantic import BaseModel

router = APIRouter(prefix="${prefix}")


class Record${i}(BaseModel):
    id: int
    name: str
    amount: float = 0
    tags: list[str] = []


@router.get("/")
def list_records(limit: int = 20, offset: int = 0) -> list[Record${i}]:
    found = [it for it in STORE.values() if it.amount >= 0]
    return found[offset : offset + limit]


@router.get("/{record_id}")
def read_record(record_id: int) -> Record${i}:
    record = STORE.get(record_id)
    if record is None:
        raise HTTPException(404, "no such record")
    return record


@router.post("/")
def add_record(record: Record${i}) -> Record${i}:
    if record.id in STORE:
        raise HTTPException(409, "it is there already")
    STORE[record.id] = record
    return record


@router.put("/{record_id}")
def change_record(record_id: int, record: Record${i}) -> Record${i}:
    total = 0.0
    for other in STORE.values():
        if other.id != record_id:
            total += other.amount
    if total + record.amount > ${1000 + i}:
        raise HTTPException(422, "too much")
    STORE[record_id] = record
    return record


STORE: dict[int, Record${i}] = {}
`

const client = (base: string, i: number) => `import { request } from '../api'

export interface Record${i} {
  id: number
  name: string
  amount: number
  tags: string[]
}

export function list(limit = 20): Promise<Record${i}[]> {
  return request<Record${i}[]>(\`${base}/?limit=\${limit}\`)
}

export function read(id: number): Promise<Record${i}> {
  return request<Record${i}>(\`${base}/\${id}\`)
}

export function add(record: Record${i}): Promise<Record${i}> {
  return request<Record${i}>('${base}/', { method: 'POST', body: JSON.stringify(record) })
}

export async function raise(id: number, by: number): Promise<Record${i}> {
  const record = await read(id)
  const amount = record.amount + by
  if (amount > ${900 + i}) throw new RangeError('too much')
  return request<Record${i}>(\`${base}/\${id}\`, {
    method: 'PUT',
    body: JSON.stringify({ ...record, amount }),
  })
}

export function summary(records: readonly Record${i}[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const { tags, amount } of records) {
    for (const tag of tags) totals.set(tag, (totals.get(tag) ?? 0) + amount)
  }
  return totals
}
`

const plain = (i: number) => `export interface View${i} {
  readonly width: number
  readonly rows: readonly string[]
}

export function render({ width, rows }: View${i}): string {
  const lines: string[] = []
  for (const [index, row] of rows.entries()) {
    const number = String(index + 1).padStart(4, ' ')
    lines.push(row.length > width ? \`\${number} \${row.slice(0, width - 1)}…\` : \`\${number} \${row}\`)
  }
  return lines.join('\\n')
}

export class Pager${i} {
  #page = 0
  constructor(private readonly views: readonly View${i}[]) {}

  get current(): View${i} | undefined {
    return this.views[this.#page]
  }

  next(): boolean {
    if (this.#page + 1 >= this.views.length) return false
    this.#page++
    return true
  }
}
`

const axum = (base: string, i: number) => `use axum::{extract::Path, routing::{get, post}, Json, Router};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Job${i} {
    pub job_id: u64,
    pub queue_name: String,
    pub attempts: u32,
}

pub fn router() -> Router {
    Router::new()
        .route("${base}", get(list_jobs).post(add_job))
        .route("${base}/{id}/retry", post(retry_job))
}

async fn list_jobs() -> Json<Vec<Job${i}>> {
    Json(Vec::new())
}

async fn add_job(Json(job): Json<Job${i}>) -> Json<Job${i}> {
    Json(Job${i} { attempts: job.attempts + 1, ..job })
}

async fn retry_job(Path(id): Path<u64>) -> Json<Job${i}> {
    let name = format!("queue-{}", id % ${7 + (i % 5)});
    Json(Job${i} { job_id: id, queue_name: name, attempts: 0 })
}
`

const express = (base: string, i: number) => `const express = require('express')

const router = express.Router()
const seen = new Map()

router.get('${base}', (request, response) => {
  const limit = Number(request.query.limit ?? ${10 + (i % 7)})
  response.json([...seen.values()].slice(0, limit))
})

router.post('${base}', (request, response) => {
  const { id, name } = request.body
  if (seen.has(id)) return response.status(409).json({ error: 'it is there already' })
  seen.set(id, { id, name })
  response.status(201).json({ id, name })
})

module.exports = router
`
