/** A message is sent under a name that nobody in the workspace waits for, though both sides of the others are here. */

import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { oneSided } from '../support/open-messages.ts'

/** `meant` is empty where nobody can tell. */
type Data = { readonly name: string; readonly meant: string }

export default defineRule<Data>({
  id: 'contracts/unconsumed-topic',
  severity: 'info',
  languages: ['typescript', 'javascript', 'python', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *topic(topic, { topics }) {
      const found = oneSided(topic, topics, 'receives')
      if (!found) return
      const { places, meant } = found
      for (const it of places)
        yield {
          at: it,
          data: { name: topic.name, meant: meant?.name ?? '' },
          ...(meant && { related: meant.receives.slice(0, 3) }),
        }
    },
  },

  explain: {
    en: ({ name, meant }) => ({
      message: `nobody waits for \`${name}\`${meant ? `; somebody waits for \`${meant}\`` : ''}`,
      why: 'Both sides of the other messages are in this workspace. This one is sent and lost without an error.',
      remedy: meant
        ? `Call it \`${meant}\` on both sides.`
        : 'Add what should receive it, correct its name, or stop sending it.',
    }),
    es: ({ name, meant }) => ({
      message: `nadie espera \`${name}\`${meant ? `; sí se espera \`${meant}\`` : ''}`,
      why: 'Los dos lados de los demás mensajes están en este espacio de trabajo. Este se envía y se pierde sin ningún error.',
      remedy: meant
        ? `Usa \`${meant}\` en ambos lados.`
        : 'Añade quien deba recibirlo, corrige su nombre o deja de enviarlo.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'server/chat.js',
            js`
io.on('connection', socket => {
  socket.on('room:join', join)
  socket.on('room:leave', leave)
  socket.on('message:add', add)
  socket.on('message:remove', remove)
})
`,
          ),
        ],
        at(
          'web/chat.ts',
          ts`
socket.emit('room:join', room)
socket.emit('room:leave', room)
socket.emit('message:add', text)
socket.emit(«'message:delete'», id)
`,
        ),
      ),
      beside(
        [
          at(
            'server/chat.py',
            py`
import socketio

@sio.on("room:join")
async def join(sid, room): ...

@sio.on("room:leave")
async def leave(sid, room): ...

@sio.event
async def add_message(sid, text): ...
`,
          ),
        ],
        at(
          'web/chat.js',
          js`
socket.emit('room:join', room)
socket.emit('room:leave', room)
socket.emit('add_message', text)
socket.emit(«'remove_message'», id)
`,
        ),
      ),
      beside(
        [
          at(
            'web/jobs.js',
            js`
socket.on('job:begun', begin)
socket.on('job:done', end)
socket.on('job:failed', fail)
socket.on('job:progres', show)
`,
          ),
        ],
        at(
          'server/jobs.py',
          py`
import socketio

async def run(sio, job):
    await sio.emit("job:begun", job.id)
    await sio.emit(«"job:progress"», job.share)
    await sio.emit("job:done", job.id)
    await sio.emit("job:failed", job.id)
`,
        ),
      ),
      beside(
        [
          at(
            'src/window.ts',
            ts`
import { listen } from '@tauri-apps/api/event'

listen('scan-begun', begin)
listen('scan-done', end)
listen('scan-failed', fail)
`,
          ),
        ],
        at(
          'src-tauri/src/scan.rs',
          rs`
use tauri::Emitter;

fn scan(app: &AppHandle) {
    app.emit("scan-begun", ()).ok();
    app.emit(«"scan-progress"», 1).ok();
    app.emit("scan-done", ()).ok();
    app.emit("scan-failed", ()).ok();
}
`,
        ),
      ),
    ],
    valid: [
      // The other side is somewhere else.
      at('web/a.ts', ts`socket.emit('room:join', room)`),
      at('web/b.js', js`socket.emit('room:join', room)`),
      at(
        'server/a.py',
        py`
import socketio

async def tell(sio):
    await sio.emit("room:join")
`,
      ),
      at(
        'src/a.rs',
        rs`
use tauri::Emitter;

fn scan(app: &AppHandle) {
    app.emit("scan-begun", ()).ok();
}
`,
      ),
      // Whoever waits chooses the name at run time.
      beside(
        [
          at(
            'server/chat.js',
            js`
socket.on('room:join', join)
socket.on('room:leave', leave)
socket.on('message:add', add)
for (const [name, answer] of plugins) socket.on(name, answer)
`,
          ),
        ],
        at(
          'web/chat.ts',
          ts`
socket.emit('room:join', room)
socket.emit('room:leave', room)
socket.emit('message:add', text)
socket.emit('message:delete', id)
`,
        ),
      ),
    ],
  },
})
