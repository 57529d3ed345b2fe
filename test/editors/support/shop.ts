// A shop of three languages, for tours that look at a workspace as a whole: pages in TypeScript ask a Python server, which computes
// prices in Rust and keeps its orders in a database.

export const SHOP = `//- .codeant.toml
//- api/main.py
from fastapi import FastAPI

from api import customers, orders, stock

app = FastAPI()
app.include_router(orders.router, prefix="/api/orders")
app.include_router(stock.router, prefix="/api/stock")
app.include_router(customers.router, prefix="/api/customers")
//- api/orders.py
from fastapi import APIRouter

from api.prices import total_of
from api.store import query

router = APIRouter()


@router.get("/")
def list_orders(city: str):
    return query("SELECT id, city FROM orders WHERE city = :city", city=city)


@router.get("/{order_id}")
def find_order(order_id: int):
    return query("SELECT id, city FROM orders WHERE id = :id", id=order_id)


@router.post("/{order_id}/pay")
def pay_order(order_id: int):
    return {"total": total_of(order_id)}
//- api/stock.py
from fastapi import APIRouter

from api.store import query

router = APIRouter()


@router.get("/{product_id}")
def stock_of(product_id: int):
    return query("SELECT amount FROM stock WHERE product_id = :id", id=product_id)
//- api/customers.py
from fastapi import APIRouter

from api.store import query

router = APIRouter()


@router.get("/{customer_id}")
def find_customer(customer_id: int):
    return query("SELECT name FROM customers WHERE id = :id", id=customer_id)
//- api/prices.py
import pricing

from api.store import query


def total_of(order_id: int) -> float:
    lines = query("SELECT price, amount FROM order_lines WHERE order_id = :id", id=order_id)
    return pricing.total([line["price"] * line["amount"] for line in lines], 10.0)
//- api/store.py
import os
import sqlite3


def query(sql: str, **values):
    with sqlite3.connect(os.environ["SHOP_DATABASE"]) as connection:
        return connection.execute(sql, values).fetchall()
//- api/reports.py
from api.store import query


def sum_of(lines, rates):
    total = 0
    for line in lines:
        if line.amount <= 0:
            raise ValueError("amount")
        price = line.price * line.amount
        total += price + price * rates.get(line.kind, 0)
    return round(total, 2)


def sum_of_month(entries, rates):
    total = 0
    for line in entries:
        if line.amount <= 0:
            raise ValueError("amount")
        price = line.price * line.amount
        total += price + price * rates.get(line.kind, 0)
    return round(total, 2)


def monthly():
    return query("SELECT city, count(*) FROM orders GROUP BY city")
//- migrations/001_orders.sql
CREATE TABLE orders (id INTEGER PRIMARY KEY, city TEXT NOT NULL);
CREATE TABLE order_lines (order_id INTEGER, price REAL, amount INTEGER);
//- migrations/002_stock.sql
CREATE TABLE stock (product_id INTEGER PRIMARY KEY, amount INTEGER);
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
//- pricing/Cargo.toml
[package]
name = "pricing"
version = "0.1.0"

[lib]
crate-type = ["cdylib"]

[dependencies]
pyo3 = "0.22"
//- pricing/src/lib.rs
use pyo3::prelude::*;

mod discount;

#[pyfunction]
fn total(lines: Vec<f64>, percent: f64) -> f64 {
    discount::reduce(lines.iter().sum(), percent)
}

#[pymodule]
fn pricing(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(total, module)?)?;
    Ok(())
}
//- pricing/src/discount.rs
pub fn reduce(amount: f64, percent: f64) -> f64 {
    amount * (1.0 - percent / 100.0)
}
//- web/src/http.ts
export async function read<T>(path: string): Promise<T> {
  const answer = await fetch(path)
  if (!answer.ok) throw new Error(path)
  return answer.json()
}
//- web/src/orders.ts
import { read } from './http'

export interface Order {
  id: number
  city: string
}

export const listOrders = (city: string) => read<Order[]>(\`/api/orders/?city=\${city}\`)

export const findOrder = (id: number) => read<Order>(\`/api/orders/\${id}\`)

export async function pay(id: number): Promise<number> {
  const answer = await fetch(\`/api/orders/\${id}/pay\`, { method: 'POST' })
  const { total } = await answer.json()
  return total
}
//- web/src/stock.ts
import { read } from './http'

export const stockOf = (product: number) => read<{ amount: number }[]>(\`/api/stock/\${product}\`)
//- web/src/customer.ts
import { read } from './http'

export const findCustomer = (id: number) => read<{ name: string }>(\`/api/customers/\${id}\`)
//- web/src/cart.ts
import { pay } from './orders'
import { stockOf } from './stock'

export async function checkOut(order: number, product: number): Promise<number> {
  const [stock] = await stockOf(product)
  if (stock === undefined || stock.amount === 0) throw new Error('sold out')
  return pay(order)
}

export function totalOf(lines: readonly Line[], rates: Map<string, number>): number {
  let total = 0
  for (const line of lines) {
    if (line.amount <= 0) throw new Error('amount')
    const price = line.price * line.amount
    total += price + price * (rates.get(line.kind) ?? 0)
  }
  return Math.round(total)
}

interface Line {
  amount: number
  price: number
  kind: string
}
//- web/src/main.ts
import { checkOut } from './cart'
import { findCustomer } from './customer'
import { listOrders } from './orders'

export async function show(city: string, customer: number): Promise<string> {
  const [orders, { name }] = await Promise.all([listOrders(city), findCustomer(customer)])
  return \`\${name}: \${orders.length}\`
}

export const buy = () => checkOut(1, 2)
`
