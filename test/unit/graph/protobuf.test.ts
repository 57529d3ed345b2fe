// Protobuf: what `.proto` files declare, and what code takes of it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProto } from '../../../server/src/graph/protobuf/document.ts'
import { graphOf } from '../../support/graph.ts'

/** `message A: id string; service S: Show A > B`; `-` for what is no one value of one type. */
function declares(text: string, expected: string): void {
  test(text, () => {
    const { package: name, types, extensions } = readProto(text)
    const shown = types.map(({ kind, name: type, members, oneofs }) => {
      const all = members.map(
        it =>
          `${it.name}${kind === 'enum' ? '' : ` ${it.type || '-'}`}${kind === 'service' ? ` > ${it.answer || '-'}` : ''}`,
      )
      return `${kind} ${type}: ${[...all, ...oneofs.map(it => `(${it})`)].join(', ')}`.trim()
    })
    const head = [...(name ? [`package ${name}`] : []), ...extensions.map(it => `extension ${it}`)]
    assert.equal([...head, ...shown].join('; '), expected)
  })
}

declares('syntax = "proto3"; package a.b;\nmessage A { string id = 1; }', 'package a.b; message A: id string')
declares(
  'message A { repeated B b = 1 [packed = true]; map<string, C> c = 2; optional .x.D d = 3; reserved 4, 5; reserved "e"; }',
  'message A: b -, c -, d .x.D',
)
declares(
  'message A { oneof kind { B b = 1; C c = 2; } message D { enum E { F = 0; G = 1 [deprecated = true]; } E e = 1; } D d = 3; }',
  'message A: b B, c C, d D, (kind); message A.D: e E; enum A.D.E: F, G',
)
declares(
  'service S { option x = "y"; rpc Show (A) returns (.p.B); rpc Watch (A) returns (stream B) { option (http) = { get: "/a" }; } rpc Push(stream A) returns (B) {} }',
  'service S: Show A > .p.B, Watch A > -, Push - > B',
)
declares(
  'option java_package = "x"; // message N { }\n/* enum M { } */ extend google.Options { string tag = 7; } message A { option o = 1; extensions 100 to max; extend B { int32 c = 1; } }',
  'extension tag; message A:',
)
// Names that mean something elsewhere, and text that is being typed.
declares(
  'message A { string message = 1; bool service = 2; enum = 3 }',
  'message A: message string, service bool',
)
declares('message A { string id = 1; message B { string', 'message A: id string; message A.B:')
declares('} } message A { B b = 1; }', 'message A: b B')
declares('hello { world', '')

test('does not fail on any prefix', () => {
  const text =
    'package a; message A { oneof b { C c = 1 [d = {e: 1}]; } map<string, F> g = 2; } enum H { I = 0; } service S { rpc J (stream K) returns (L) { option (m) = { n: "o" }; } }'
  for (let end = 0; end <= text.length; end++) readProto(text.slice(0, end))
})

const SHOP = `package shop;
service Orders { rpc Show (OrderRequest) returns (Order); rpc Watch (OrderRequest) returns (stream Order); }
message OrderRequest { string order_id = 1; }
message Order { enum State { OPEN = 0; } oneof kind { Line first_line = 1; } State state = 2; repeated Line lines = 3; message Line { int32 count = 1; } }`

/** `Order.lines` for each name that is taken; `!` where there is none. What nobody can tell is left out. */
function takes(what: string, files: Readonly<Record<string, string>>, expected: string): void {
  test(what, () => {
    const { protoUses } = graphOf({ 'protos/shop.proto': SHOP, ...files }).relations
    assert.equal(protoUses.map(it => `${it.owner}.${it.name}${it.isMissing ? '!' : ''}`).join(' '), expected)
  })
}

takes(
  'fields of fields of what a parameter is declared as',
  {
    'a.py':
      'from protos.shop_pb2 import Order\ndef f(it: Order, other: "Order"):\n    return it.first_line.count, it.first_line.size, it.lines[0].size, other.x, it.kind, it.SerializeToString()',
  },
  'shop.proto.Order Order.Line.count Order.first_line Order.Line.size! Order.first_line Order.lines',
)
takes(
  'a stub that a class keeps, and what it answers',
  {
    'a.py':
      'import shop_pb2_grpc as g\nclass A:\n    def __init__(self, c):\n        self.stub = g.OrdersStub(c)\n    def b(self, r):\n        order = self.stub.Show(r, timeout=3)\n        self.stub.Drop(r)\n        for it in self.stub.Watch(r): it.x\n        return order.total',
  },
  'shop.proto.OrdersStub Orders.Show Orders.Drop! Orders.Watch Order.total!',
)
takes(
  'a name that is given something else is not followed',
  {
    'a.py':
      'import shop_pb2 as p\ndef f(it: p.Order):\n    it = g(it)\n    return it.x\nm = p.Order()\nm = 7\nm.y',
  },
  'shop.proto.Order shop.proto.Order',
)
takes(
  'values of enumerations, and types in types',
  {
    'a.py':
      'import shop_pb2 as p\np.Order.OPEN, p.Order.Line(), p.Order.State.Name(0), p.Order.SHUT, p.Order.STATE_FIELD_NUMBER',
  },
  'Order.OPEN shop.proto.Order Order.Line shop.proto.Order Order.State shop.proto.Order Order.SHUT! shop.proto.Order shop.proto.Order',
)
takes(
  'the generated modules themselves and tests are not asked',
  { 'shop_pb2.py': 'import other_pb2\nother_pb2.X', 'tests/test_a.py': 'import shop_pb2\nshop_pb2.X' },
  '',
)
takes(
  'camel case is for scripts alone',
  {
    'a.py': 'import shop_pb2\nshop_pb2.OrderRequest(orderId=1)',
    'b.ts':
      "import * as grpc from '@grpc/grpc-js'\nclass B { orders = new OrdersClient(a)\n f() { this.orders.show({ orderId: 1, order_id: 2, id: 3, ...rest }); this.orders.close() } }",
  },
  'OrderRequest.orderId! shop.proto.OrderRequest Orders.show OrderRequest.orderId OrderRequest.order_id OrderRequest.id!',
)
takes(
  'clients of other things are no clients of services',
  { 'b.ts': "import '@grpc/grpc-js'\nconst db = new DatabaseClient(url)\ndb.show({ id: 1 })" },
  '',
)
