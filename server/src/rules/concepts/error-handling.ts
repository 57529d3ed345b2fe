// The concept page `error-handling`: errors that must not get lost.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'error-handling',
  en: {
    title: 'Errors that must not get lost',
    body: `
An error is a message: something did not work, here is what, here is where. Code that handles errors has
one duty. The message must reach somebody who can do something about it.

\`\`\`py
try:
    save(order)
except Exception:
    pass
\`\`\`

\`\`\`ts
if (!user) {
  throw 'no such user'
}
\`\`\`

The first example throws the message away. The order is not saved, nobody hears of it, and the search
begins days later in another place. The second one throws a text. It carries no stack, so nobody learns
where it came from, and a handler that reads \`error.message\` gets \`undefined\`.

There are quieter ways: a \`return\` in \`finally\` cancels the error that is on its way, \`ValueError(...)\`
without \`raise\` only makes an object, and a broad handler above a precise one keeps it from ever
running.

Catch an error only where you know what to do: try again, use another value, tell the user. Catch the
one that you expect, not all of them. If you cannot do anything, let it pass. When you really want to
ignore one, say so in a line that names the error and the reason.
`,
  },
  es: {
    title: 'Errores que no deben perderse',
    body: `
Un error es un mensaje: algo no ha funcionado, qué ha sido y dónde. El código que trata errores tiene
una sola obligación: que el mensaje llegue a quien pueda hacer algo.

\`\`\`py
try:
    save(order)
except Exception:
    pass
\`\`\`

\`\`\`ts
if (!user) {
  throw 'no such user'
}
\`\`\`

El primer ejemplo tira el mensaje a la basura. El pedido no se guarda, nadie se entera, y la búsqueda
empieza días después y en otro sitio. El segundo lanza un texto. No lleva traza, así que nadie sabe de
dónde salió, y quien lea \`error.message\` recibe \`undefined\`.

Hay formas más discretas: un \`return\` en \`finally\` anula el error que venía de camino, \`ValueError(...)\`
sin \`raise\` solo crea un objeto, y un manejador general colocado encima de uno concreto impide que este
llegue a ejecutarse.

Captura un error solo donde sepas qué hacer: reintentar, usar otro valor, avisar al usuario. Captura el
que esperas, no todos. Si no puedes hacer nada, déjalo pasar. Y cuando de verdad quieras ignorarlo,
escríbelo en una línea que diga qué error es y por qué.
`,
  },
})
