/** A task is asked for by a name that no task of the workspace has, or a message to a group has a type that no consumer handles. */

import { at, beside, py } from '../example.ts'
import { defineRule } from '../rule.ts'
import { unknownTask } from '../support/unknown-tasks.ts'

/** `meant` is empty where nobody can tell. */
type Data = { readonly name: string; readonly meant: string; readonly isType: boolean }

export default defineRule<Data>({
  id: 'contracts/unknown-task',
  severity: 'warning',
  languages: ['python'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *topic(topic, { topics }) {
      const found = unknownTask(topic, topics)
      if (!found) return
      const { places, meant } = found
      for (const it of places)
        yield {
          at: it,
          data: { name: topic.name, meant: meant?.name ?? '', isType: topic.system === 'channels' },
          ...(meant && { related: meant.receives.slice(0, 1) }),
        }
    },
  },

  explain: {
    en: ({ name, meant, isType }) => ({
      message: isType
        ? `no consumer has a method for messages of type \`${name}\`${meant ? `; there is \`${meant}\`` : ''}`
        : `no task is called \`${name}\`${meant ? `; there is \`${meant}\`` : ''}`,
      why: isType
        ? 'Channels looks for a method of that name when the message arrives, and closes the connection with an error where there is none.'
        : 'Whoever asks hears nothing: the worker logs that the task is not registered and throws the message away, so the work is never done.',
      remedy: meant ? `Write \`${meant}\`.` : 'Correct the name, or add what it should reach.',
    }),
    es: ({ name, meant, isType }) => ({
      message: isType
        ? `ningún consumidor tiene un método para los mensajes de tipo \`${name}\`${meant ? `; existe \`${meant}\`` : ''}`
        : `ninguna tarea se llama \`${name}\`${meant ? `; existe \`${meant}\`` : ''}`,
      why: isType
        ? 'Channels busca un método con ese nombre cuando llega el mensaje y, si no lo hay, cierra la conexión con un error.'
        : 'Quien la pide no se entera: el worker anota que la tarea no está registrada y descarta el mensaje, así que el trabajo nunca se hace.',
      remedy: meant ? `Escribe \`${meant}\`.` : 'Corrige el nombre o añade lo que deba alcanzar.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'shop/tasks.py',
            py`
from celery import shared_task

@shared_task
def send_invoices(): ...

@shared_task
def clean_carts(): ...
`,
          ),
        ],
        at(
          'shop/settings.py',
          py`
CELERY_BEAT_SCHEDULE = {
    "invoices": {"task": "shop.tasks.send_invoices", "schedule": 60},
    "carts": {"task": «"shop.tasks.clear_carts"», "schedule": 3600},
}
`,
        ),
      ),
      beside(
        [
          at(
            'chat/consumers.py',
            py`
from channels.generic.websocket import AsyncJsonWebsocketConsumer

class Chat(AsyncJsonWebsocketConsumer):
    async def chat_message(self, event): ...
`,
          ),
          at(
            'chat/greet.py',
            py`
def greet(layer, room):
    layer.group_send(room, {"type": "chat.message", "text": "hello"})
`,
          ),
        ],
        at(
          'chat/leave.py',
          py`
def leave(layer, room):
    layer.group_send(room, {"type": «"chat.mesage"», "text": "bye"})
`,
        ),
      ),
    ],
    valid: [
      beside(
        [
          at(
            'server/shop/tasks.py',
            py`
from celery import shared_task

@shared_task
def send_invoices(): ...

@shared_task(name="carts.clean")
def clean_carts(): ...
`,
          ),
        ],
        at(
          'server/shop/settings.py',
          py`
CELERY_BEAT_SCHEDULE = {
    "invoices": {"task": "shop.tasks.send_invoices", "schedule": 60},
    "carts": {"task": "carts.clean", "schedule": 3600},
}
`,
        ),
      ),
      // Another program has it.
      at(
        'web/ask.py',
        py`
def ask(celery):
    celery.send_task("reports.render")
`,
      ),
    ],
  },
})
