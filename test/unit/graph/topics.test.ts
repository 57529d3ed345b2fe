// Messages by name: who sends them and who waits for them, across languages.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseFile } from '../../../server/src/features/analyse-file.ts'
import { languageOf } from '../../../server/src/features/languages.ts'
import { Graph } from '../../../server/src/graph/graph.ts'
import { SYSTEMS } from '../../../server/src/graph/rows/topics.ts'
import { testEngine } from '../../support/engine.ts'

const engine = await testEngine([])

/** `socket chat: a.py → b.ts`, and `socket ? →` where somebody sends what nobody can tell. */
function topics(files: Readonly<Record<string, string>>): string[] {
  const graph = new Graph()
  for (const [path, text] of Object.entries(files)) {
    const { facts } = analyseFile(engine, path, languageOf(path)!, text)
    graph.set(path, facts ?? { rows: {}, places: {} })
  }
  const { topics } = graph.relations
  const named = topics.all.map(({ system, name, sends, receives }) => {
    const [from, to] = [sends, receives].map(it => it.map(({ file }) => file).join(', '))
    return `${system} ${name}: ${from} → ${to}`.replace('  ', ' ').trimEnd()
  })
  const open = SYSTEMS.flatMap(it => [
    ...(topics.isOpen(it, 'sends') ? [`${it} ? →`] : []),
    ...(topics.isOpen(it, 'receives') ? [`${it} → ?`] : []),
  ])
  return [...named, ...open]
}

function check(what: string, files: Readonly<Record<string, string>>, expected: readonly string[]): void {
  test(what, () => assert.deepEqual(topics(files), expected))
}

check(
  'sockets: rooms, constants of other files, names put together, what sockets say themselves',
  {
    'names.ts': `export const EVENTS = { join: 'room:join' }`,
    'web/a.ts': `
import { EVENTS } from '../names'
socket.on('connect', begin)
socket.emit(EVENTS.join, room)
this.$root.getSocket().emit('leave')
socket.on(\`room:\${id}\`, show)
`,
    'server.py': `
import socketio

@sio.on("room:join")
async def join(sid, room):
    await sio.emit("room:7", to=room)

@sio.event
async def leave(sid): ...

@sio.event
async def connect(sid): ...
`,
  },
  [
    'socket room:7: server.py → web/a.ts',
    'socket room:join: web/a.ts → server.py, web/a.ts',
    'socket leave: web/a.ts → server.py',
    'socket room:*: server.py, web/a.ts → web/a.ts, server.py',
  ],
)

check(
  'windows: Tauri, with a wrapper that is told the name, and Electron',
  {
    'src-tauri/src/main.rs': `
use tauri::Emitter;
fn tell(app: &AppHandle) {
    app.emit("scan-done", ()).ok();
    app.emit_to("main", "scan-failed", ()).ok();
}
`,
    'src/a.ts': `
import { listen } from '@tauri-apps/api/event'
const stop = await listen<string[]>('scan-done', show)
this.transport.listen('scan-failed', show)
`,
    'electron/main.js': `const { ipcMain } = require('electron')\nipcMain.handle('file:open', open)`,
    'electron/page.js': `ipcRenderer.invoke('file:open')\nipcRenderer.send(name)`,
  },
  [
    'electron file:open: electron/page.js → electron/main.js',
    'tauri scan-done: src-tauri/src/main.rs → src/a.ts',
    'tauri scan-failed: src-tauri/src/main.rs → src/a.ts',
    'electron ? →',
  ],
)

check(
  'brokers',
  {
    'a.py': `
import pika, redis
from kafka import KafkaConsumer
channel.basic_publish(exchange="", routing_key="mail")
redis_client.publish("news", text)
consumer = KafkaConsumer("orders")
`,
    'b.js': `
const amqp = require('amqplib')
channel.consume('mail', send)
const redis = require('redis')
subscriber.psubscribe('new*')
const { Kafka } = require('kafkajs')
await producer.send({ topic: 'orders', messages })
`,
    'c.rs': `
use rdkafka::producer::FutureRecord;
fn send() { let record = FutureRecord::to("orders"); consumer.subscribe(&["returns"]); }
`,
    'd.ts': `
import { Queue, Worker } from 'bullmq'
const queue = new Queue('mails')
new Worker('mails', work)
`,
  },
  [
    'redis news: a.py → b.js',
    'redis new*: a.py → b.js',
    'rabbitmq mail: a.py → b.js',
    'kafka orders: b.js, c.rs → a.py',
    'kafka returns: → c.rs',
    'bullmq mails: d.ts → d.ts',
  ],
)

check(
  'tasks of Celery by the names of their modules, groups of Channels by the names of methods',
  {
    'server/shop/tasks.py': `
from celery import shared_task

@shared_task
def clean(): ...

@app.task(name="report")
def render(): ...
`,
    'server/shop/ask.py': `
from celery import current_app
current_app.send_task("shop.tasks.clean")
current_app.send_task("report")
`,
    'server/chat.py': `
from channels.generic.websocket import WebsocketConsumer

class Chat(WebsocketConsumer):
    def chat_message(self, event): ...

def tell(layer):
    async_to_sync(layer.group_send)("all", {"type": "chat.message"})
`,
  },
  [
    'channels chat.message: server/chat.py → server/chat.py',
    'channels chat_message: server/chat.py → server/chat.py',
    'celery shop.tasks.clean: server/shop/ask.py → server/shop/tasks.py',
    'celery report: server/shop/ask.py → server/shop/tasks.py',
    'celery server.shop.tasks.clean: server/shop/ask.py → server/shop/tasks.py',
  ],
)
