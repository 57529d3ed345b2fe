/** Code waits for a message that nobody in the workspace sends, though both sides of the others are here. */

import { at, beside, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { oneSided } from '../support/open-messages.ts'

/** `meant` is empty where nobody can tell. */
type Data = { readonly name: string; readonly meant: string }

export default defineRule<Data>({
  id: 'contracts/unpublished-topic',
  severity: 'hint',
  languages: ['typescript', 'javascript', 'python'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *topic(topic, { topics }) {
      const found = oneSided(topic, topics, 'sends')
      if (!found) return
      const { places, meant } = found
      for (const it of places)
        yield {
          at: it,
          data: { name: topic.name, meant: meant?.name ?? '' },
          ...(meant && { related: meant.sends.slice(0, 3) }),
        }
    },
  },

  explain: {
    en: ({ name, meant }) => ({
      message: `nobody sends \`${name}\`${meant ? `; somebody sends \`${meant}\`` : ''}`,
      why: 'Both sides of the other messages are in this workspace. What is written here to be done on this one never runs.',
      remedy: meant
        ? `Call it \`${meant}\` on both sides.`
        : 'Send it where it happens, correct its name, or delete this code.',
    }),
    es: ({ name, meant }) => ({
      message: `nadie envía \`${name}\`${meant ? `; sí se envía \`${meant}\`` : ''}`,
      why: 'Los dos lados de los demás mensajes están en este espacio de trabajo. Lo que aquí se hace al recibirlo no se ejecuta nunca.',
      remedy: meant
        ? `Usa \`${meant}\` en ambos lados.`
        : 'Envíalo donde ocurra, corrige su nombre o borra este código.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'web/chat.ts',
            ts`
socket.emit('room:join', room)
socket.emit('room:leave', room)
socket.emit('message:add', text)
`,
          ),
        ],
        at(
          'server/chat.js',
          js`
io.on('connection', socket => {
  socket.on('room:join', join)
  socket.on('room:leave', leave)
  socket.on('message:add', add)
  socket.on(«'message:edit'», edit)
})
`,
        ),
      ),
      beside(
        [
          at(
            'server/jobs.py',
            py`
import socketio

async def run(sio, job):
    await sio.emit("job:begun", job.id)
    await sio.emit("job:done", job.id)
    await sio.emit("job:failed", job.id)
`,
          ),
        ],
        at(
          'web/jobs.ts',
          ts`
socket.on('job:begun', begin)
socket.on('job:done', end)
socket.on('job:failed', fail)
socket.on(«'job:cancelled'», cancel)
`,
        ),
      ),
      beside(
        [
          at(
            'web/chat.js',
            js`
socket.emit('room:join', room)
socket.emit('room:leave', room)
socket.emit('message:add', text)
`,
          ),
        ],
        at(
          'server/chat.py',
          py`
import socketio

@sio.on("room:join")
async def join(sid, room): ...

@sio.on("room:leave")
async def leave(sid, room): ...

@sio.on("message:add")
async def add(sid, text): ...

@sio.on(«"message:ad"»)
async def repeat(sid, text): ...
`,
        ),
      ),
    ],
    valid: [
      // The other side is somewhere else.
      at('web/a.ts', ts`socket.on('room:join', join)`),
      at('web/b.js', js`socket.on('room:join', join)`),
      at(
        'server/a.py',
        py`
import socketio

@sio.on("room:join")
async def join(sid, room): ...
`,
      ),
    ],
  },
})
