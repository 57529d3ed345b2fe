// The concept page `waiting-for-results`: a promise is not the result.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'waiting-for-results',
  en: {
    title: 'A promise is not the result',
    body: `
An async function does not give you its result. It gives you a promise, a coroutine or a future: a
receipt for a result that comes later. You get the result only when you wait for it.

\`\`\`py
async def register(user):
    save(user)
    return "ok"

async def save(user):
    await db.insert(user)
\`\`\`

\`\`\`ts
async function sendAll(orders: Order[]) {
  orders.forEach(async order => {
    await send(order)
  })
  console.log('all sent')
}
\`\`\`

In Python, \`save(user)\` without \`await\` does nothing at all: the coroutine is made and thrown away. A
Rust future that nobody awaits does not run either. In the second example \`forEach\` calls the function
and ignores the promises. "all sent" is printed before anything was sent, and an error has nobody who
catches it.

Whenever you call something async, decide: do I need it now, later, or in parallel?

- Now: \`await\` it.
- All of a list, in order: a \`for\` loop with \`await\` in it.
- All of a list, at the same time: \`Promise.all(orders.map(send))\`, or \`asyncio.gather\` in Python.

If nobody should wait, say so visibly, and handle its error there.
`,
  },
  es: {
    title: 'Una promesa no es el resultado',
    body: `
Una función asíncrona no te da su resultado. Te da una promesa, una corrutina o un futuro: un resguardo
para un resultado que llegará después. Solo lo tienes cuando lo esperas.

\`\`\`py
async def register(user):
    save(user)
    return "ok"

async def save(user):
    await db.insert(user)
\`\`\`

\`\`\`ts
async function sendAll(orders: Order[]) {
  orders.forEach(async order => {
    await send(order)
  })
  console.log('all sent')
}
\`\`\`

En Python, \`save(user)\` sin \`await\` no hace absolutamente nada: la corrutina se crea y se tira. Un
futuro de Rust que nadie espera tampoco se ejecuta. En el segundo ejemplo, \`forEach\` llama a la función
y no mira las promesas. El mensaje final se imprime antes de haber enviado nada, y si hay un error, no
hay nadie para capturarlo.

Cada vez que llames a algo asíncrono, decide: ¿lo necesito ahora, después o en paralelo?

- Ahora: ponle \`await\`.
- Toda una lista, en orden: un bucle \`for\` con \`await\` dentro.
- Toda una lista, a la vez: \`Promise.all(orders.map(send))\`, o \`asyncio.gather\` en Python.

Si nadie tiene que esperar, haz que se vea y trata el error ahí mismo.
`,
  },
})
