// The concept page `control-flow`: the way through the code.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'control-flow',
  en: {
    title: 'The way through the code',
    body: `
Lines do not run in the order in which they stand. Branches skip them, loops repeat them, \`return\` and
\`break\` leave. Control flow is the set of all ways that are possible, and a bug is often a way that
nobody had in mind.

\`\`\`py
def countdown(n):
    while n > 0:
        print(n)
\`\`\`

\`\`\`js
switch (status) {
  case 'paid':
    ship(order)
  case 'open':
    remind(customer)
}
\`\`\`

Nothing in the loop changes \`n\`, so it never ends. A recursion without a case that stops has the same
fault. In the \`switch\`, a paid order is shipped and then runs on into the next case: the customer who
paid gets a reminder.

Follow the code with a finger for one concrete value. For a loop ask: *what changes in each round, and
when does it end?* For a recursion: *which call does not call itself again?* For a \`switch\`: *where does
each case leave?*

If two cases really share their code, say so in a comment such as \`// falls through\`. Otherwise end each
of them with \`break\` or \`return\`. In Rust and with Python's \`match\` there is nothing to forget: cases
never run on.
`,
  },
  es: {
    title: 'El camino por el código',
    body: `
Las líneas no se ejecutan en el orden en que están escritas. Las ramas se las saltan, los bucles las
repiten, \`return\` y \`break\` salen. El flujo de control es el conjunto de los caminos posibles, y un
fallo es muchas veces un camino en el que nadie pensó.

\`\`\`py
def countdown(n):
    while n > 0:
        print(n)
\`\`\`

\`\`\`js
switch (status) {
  case 'paid':
    ship(order)
  case 'open':
    remind(customer)
}
\`\`\`

Nada en el bucle cambia \`n\`, así que no acaba nunca. Una recursión sin un caso que la detenga tiene el
mismo defecto. En el \`switch\`, el pedido pagado se envía y después la ejecución sigue en el caso
siguiente: quien pagó recibe un aviso de pago.

Sigue el código con el dedo para un valor concreto. En un bucle pregunta: *¿qué cambia en cada vuelta y
cuándo termina?* En una recursión: *¿qué llamada ya no se llama a sí misma?* En un \`switch\`: *¿por dónde
sale cada caso?*

Si dos casos comparten de verdad el código, dilo con un comentario como \`// falls through\`. Si no,
termina cada uno con \`break\` o \`return\`. En Rust y en el \`match\` de Python no hay nada que olvidar: los
casos nunca continúan en el siguiente.
`,
  },
})
