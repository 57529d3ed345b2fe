// A field of data is renamed on both sides of the border, with its aliases respected.

import { MODEL, ORDERS, TYPED, UNTYPED } from '../../support/orders.ts'
import { renames } from '../../support/renames.ts'
import type { Files } from '../../support/workspace-view.ts'

const inModel = (text: string, model = MODEL): Files => ({
  ...ORDERS,
  'server/main.py': model.replace(text, `«»${text}`),
})
const inTyped = (text: string): Files => ({ ...ORDERS, 'web/orders.ts': TYPED.replace(text, `«»${text}`) })
const inUntyped = (text: string): Files => ({
  ...ORDERS,
  'web/legacy.js': UNTYPED.replace(text, `«»${text}`),
})

const BUYER = [
  'server/main.py:6 buyer: str',
  'web/legacy.js:4 return data[0].buyer',
  'web/orders.ts:10 return data.map(it => it.buyer)',
  'web/orders.ts:5 buyer: string',
]
renames('from a field of a model', inModel('customer: str'), 'buyer', BUYER)
renames('from its twin', inTyped('customer: string'), 'buyer', BUYER)
renames('from where it is read', inUntyped('customer'), 'buyer', BUYER)
renames(
  'from the name on the wire, where names in the code are another case',
  inTyped('unitPrice'),
  'netPrice',
  ['server/main.py:7 net_price: int', 'web/orders.ts:4 netPrice: number'],
)
renames('from the name in the code', inModel('unit_price'), 'net_price', [
  'server/main.py:7 net_price: int',
  'web/orders.ts:4 netPrice: number',
])
renames(
  'what no name in the code becomes',
  inTyped('unitPrice'),
  'Net-price',
  'no-case server/main.py:7 unit_price',
)
renames('what is there already', inTyped('unitPrice'), 'customer', 'taken server/main.py:6 customer')
renames('what is no name in the other language', inTyped('customer: string'), 'from', 'no-name')
renames('what only one side knows', inModel('secret'), 'hidden', 'nothing')
renames('a key of what is sent', inUntyped('note:'), 'remark', [
  'server/main.py:11 remark: str',
  "web/legacy.js:6 export const add = () => axios.post('/api/orders', { remark: 'soon' })",
])
renames(
  'a parameter: where its function uses it, only a reader can tell',
  inModel('page: int', MODEL.replace('list[Order]: ...', 'list[Order]:\n    return load(page)')),
  'number',
  [
    'server/main.py:16 def orders(number: int = 1) -> list[Order]:',
    "web/legacy.js:3 const { data } = await axios.get('/api/orders', { params: { number: 2 } })",
  ],
  ['server/main.py:17 page → number'],
)

const ALIASED = MODEL.replace('unit_price: int', 'unit_price: int = Field(0, alias="unitPrice")')
renames(
  'an alias changes, and the name in the code stays',
  { ...ORDERS, 'server/main.py': ALIASED, 'web/orders.ts': TYPED.replace('unitPrice', '«»unitPrice') },
  'price',
  ['server/main.py:7 unit_price: int = Field(0, alias="price")', 'web/orders.ts:4 price: number'],
)
renames(
  'the name in the code beside an alias is its language’s own',
  inModel('unit_price', ALIASED),
  'price',
  'nothing',
)
renames('from the alias itself', inModel('unitPrice"', ALIASED), 'price', [
  'server/main.py:7 unit_price: int = Field(0, alias="price")',
  'web/orders.ts:4 price: number',
])

renames(
  'a value keeps its name where a key is short for both',
  {
    ...ORDERS,
    'web/legacy.js': UNTYPED.replace("{ note: 'soon' }", '{ «»note }').replace('() =>', 'note =>'),
  },
  'remark',
  [
    'server/main.py:11 remark: str',
    "web/legacy.js:6 export const add = note => axios.post('/api/orders', { remark: note })",
  ],
)
renames(
  'what the text only looks like is asked about',
  {
    ...ORDERS,
    'web/orders.ts': TYPED.replace('customer: string', '«»customer: string'),
    'web/print.ts': `import type { Order } from './orders'
export const print = (order: Order) => console.log(order.customer, customer())
`,
    'web/other.ts': 'export const of = (person: Person) => person.customer\n',
    'server/mail.py': 'from server.main import Order\n\ndef mail(order: Order):\n    send(order.customer)\n',
  },
  'buyer',
  BUYER,
  ['server/mail.py:4 customer → buyer', 'web/print.ts:2 customer → buyer'],
)

const RUST = `use axum::{routing::get, Json, Router};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Book {
    pub page_count: i32,
    #[serde(rename = "writer")]
    pub author: String,
    pub title: String,
}

async fn book() -> Json<Book> { todo!() }

pub fn app() -> Router { Router::new().route("/api/book", get(book)) }
`
const PAGE = `interface Book {
  pageCount: number
  writer: string
  title: string
}
export const load = async (): Promise<Book> => (await fetch('/api/book')).json()
`
const inBook = (text: string): Files => ({
  'src/main.rs': RUST,
  'web/book.ts': PAGE.replace(text, `«»${text}`),
})
renames('serde makes another case of all names', inBook('pageCount'), 'pagesRead', [
  'src/main.rs:7 pub pages_read: i32,',
  'web/book.ts:2 pagesRead: number',
])
renames('serde gives another name to one', inBook('writer'), 'authorName', [
  'src/main.rs:8 #[serde(rename = "authorName")]',
  'web/book.ts:3 authorName: string',
])
renames('a word of Rust is no name of a field', inBook('title'), 'type', 'no-name')

renames(
  'a serializer takes its fields from a model, which would have to follow',
  {
    'shop/serializers.py': `from rest_framework import serializers

class OrderSerializer(serializers.Serializer):
    customer = serializers.CharField()
    total = serializers.IntegerField()
    note = serializers.CharField()
`,
    'shop/views.py': `from rest_framework import viewsets
from shop.serializers import OrderSerializer

class OrderViewSet(viewsets.ModelViewSet):
    serializer_class = OrderSerializer
`,
    'shop/urls.py': `from django.urls import include, path
from rest_framework.routers import DefaultRouter
from shop.views import OrderViewSet
router = DefaultRouter()
router.register("orders", OrderViewSet)
urlpatterns = [path("api/", include(router.urls))]
`,
    'web/orders.js': `export async function load(id) {
  const response = await fetch(\`/api/orders/\${id}/\`)
  const order = await response.json()
  return order.cust«»omer
}
`,
  },
  'buyer',
  'from-elsewhere shop/serializers.py:4 customer',
)
