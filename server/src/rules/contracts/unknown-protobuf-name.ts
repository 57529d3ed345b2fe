/** Code takes a message, a field or a method of protobuf that the `.proto` file does not declare. */

import { at, beside, js, py, text, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { nearestName } from '../support/nearest-name.ts'

/** `meant` is empty where nobody can tell. */
type Data = {
  readonly kind: 'type' | 'field' | 'method' | 'value'
  readonly name: string
  readonly owner: string
  readonly meant: string
}

const ORDERS = at(
  'protos/orders.proto',
  text`
syntax = "proto3";
package shop;

service Orders {
  rpc ShowOrder (OrderRequest) returns (Order);
}
message OrderRequest {
  string order_id = 1;
}
message Order {
  enum State { OPEN = 0; PAID = 1; }
  string order_id = 1;
  State state = 2;
  repeated Line lines = 3;
  message Line { int32 count = 1; }
}
`,
)

export default defineRule<Data>({
  id: 'contracts/unknown-protobuf-name',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *protoUse(use) {
      if (!use.isMissing) return
      const { kind, name, owner, ownerAt, known } = use
      const meant = nearestName(name, known.keys())
      const other = (meant && known.get(meant)) || (ownerAt ?? known.values().next().value)
      yield { at: use, data: { kind, name, owner, meant: meant ?? '' }, ...(other && { related: [other] }) }
    },
  },

  explain: {
    en: ({ kind, name, owner, meant }) => ({
      message: `\`${owner}\` has no ${EN[kind]} \`${name}\`${meant ? `; there is \`${meant}\`` : ''}`,
      why: 'What protoc writes has exactly what the `.proto` file declares: this fails when it runs.',
      remedy: meant ? `Use \`${meant}\`.` : 'Correct the name, or declare it in the `.proto` file.',
    }),
    es: ({ kind, name, owner, meant }) => ({
      message: `\`${owner}\` no tiene ${ES[kind]} \`${name}\`${meant ? `; sí tiene \`${meant}\`` : ''}`,
      why: 'Lo que genera protoc tiene exactamente lo que declara el archivo `.proto`: esto fallará al ejecutarse.',
      remedy: meant ? `Usa \`${meant}\`.` : 'Corrige el nombre o decláralo en el archivo `.proto`.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [ORDERS],
        at(
          'client/show.py',
          py`
import orders_pb2
import orders_pb2_grpc

def show(channel, number):
    stub = orders_pb2_grpc.OrdersStub(channel)
    order = stub.ShowOrder(orders_pb2.OrderRequest(«id»=number))
    stub.«ShowOrders»(orders_pb2.«OrdersRequest»())
    return order.«status» == orders_pb2.Order.«PAYED», order.state
`,
        ),
      ),
      beside(
        [ORDERS],
        at(
          'server/orders.py',
          py`
from protos import orders_pb2, orders_pb2_grpc
from protos.orders_pb2 import «OrderReply», Order as OrderMessage

class Orders(orders_pb2_grpc.OrdersServicer):
    def ShowOrder(self, request, context):
        return OrderMessage(order_id=request.«orderId», «total»=1)

def paid(order: OrderMessage) -> bool:
    return order.state == 1 and order.«paid_at» is not None
`,
        ),
      ),
      beside(
        [ORDERS],
        at(
          'web/orders.ts',
          ts`
import { credentials } from '@grpc/grpc-js'
import { OrdersClient } from './generated/orders'

const orders = new OrdersClient('localhost:50051', credentials.createInsecure())
export const show = (id: string) => orders.showOrder({ «id» })
export const drop = (orderId: string) => orders.«dropOrder»({ orderId })
`,
        ),
      ),
      beside(
        [ORDERS],
        at(
          'server/orders.js',
          js`
const grpc = require('@grpc/grpc-js')
const loader = require('@grpc/proto-loader')
const { shop } = grpc.loadPackageDefinition(loader.loadSync('protos/orders.proto'))

const server = new grpc.Server()
server.addService(shop.Orders.service, { «showOrders»: (call, answer) => answer(null, {}) })
`,
        ),
      ),
    ],
    valid: [
      beside(
        [ORDERS],
        at(
          'client/show.py',
          py`
import orders_pb2
import orders_pb2_grpc

def show(channel, number):
    stub = orders_pb2_grpc.OrdersStub(channel)
    order = stub.ShowOrder(orders_pb2.OrderRequest(order_id=number))
    known = orders_pb2.Order(state=orders_pb2.Order.PAID, lines=[orders_pb2.Order.Line(count=1)])
    known.MergeFrom(order)
    return known.lines[0].count, known.HasField("state"), orders_pb2.Order.State.Name(1)
`,
        ),
      ),
      // A package of somebody else has a module of the same name.
      beside(
        [ORDERS],
        at(
          'client/other.py',
          py`from vendor_orders.v1 import orders_pb2
from vendor_orders.v1.orders_pb2 import Shipment

shipment = orders_pb2.Shipment(number=7)`,
        ),
      ),
      beside(
        [ORDERS],
        at(
          'web/orders.ts',
          ts`
import { createClient } from '@connectrpc/connect'
import { Orders } from './generated/orders_pb'

const orders = createClient(Orders, transport)
export const show = (orderId: string) => orders.showOrder({ orderId })
`,
        ),
      ),
      beside(
        [ORDERS],
        at(
          'server/orders.js',
          js`
const grpc = require('@grpc/grpc-js')
const loader = require('@grpc/proto-loader')
const { shop } = grpc.loadPackageDefinition(loader.loadSync('protos/orders.proto'))

const client = new shop.Orders('localhost:50051', grpc.credentials.createInsecure())
client.ShowOrder({ order_id: '7' }, (error, order) => client.close())
`,
        ),
      ),
    ],
  },
})

const EN = { type: 'declaration', field: 'field', method: 'method', value: 'member' } as const
const ES = { type: 'la declaración', field: 'el campo', method: 'el método', value: 'el miembro' } as const
