// The concept page `closures`: functions that remember variables.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'closures',
  en: {
    title: 'Functions that remember variables',
    body: `
A function that is made inside another one can use the variables around it. That is a closure. It
remembers the *variable*, not the value that the variable had at that moment.

\`\`\`py
buttons = []
for name in ["save", "open"]:
    buttons.append(lambda: print(name))
buttons[0]()
\`\`\`

\`\`\`js
for (var i = 0; i < 3; i++) {
  setTimeout(() => console.log(i), 100)
}
\`\`\`

The first program prints \`open\`, the second one prints \`3\` three times. When the functions run, the loop
is over, and there is only one \`name\` and one \`i\`, with their last value.

What you need is one variable for each round:

- JavaScript and TypeScript: \`let\` or \`const\` in the loop makes a new one each time. This is one more
  reason to never write \`var\`.
- Python: give the value as a default, \`lambda name=name: print(name)\`, or let a function make the
  function.

A function that is called at once, inside the same round, does no harm. The danger comes with *later*: a
timer, an event, a list of callbacks. Whenever you write a function in a loop, ask when it will be
called, and what its variables will hold by then.
`,
  },
  es: {
    title: 'Funciones que recuerdan variables',
    body: `
Una función creada dentro de otra puede usar las variables que la rodean. Eso es una clausura. Recuerda
la *variable*, no el valor que la variable tenía en ese momento.

\`\`\`py
buttons = []
for name in ["save", "open"]:
    buttons.append(lambda: print(name))
buttons[0]()
\`\`\`

\`\`\`js
for (var i = 0; i < 3; i++) {
  setTimeout(() => console.log(i), 100)
}
\`\`\`

El primer programa imprime \`open\`; el segundo imprime \`3\` tres veces. Cuando las funciones se ejecutan,
el bucle ya ha terminado, y solo hay un \`name\` y un \`i\`, con su último valor.

Lo que necesitas es una variable por vuelta:

- JavaScript y TypeScript: \`let\` o \`const\` en el bucle crea una nueva cada vez. Es una razón más para no
  escribir nunca \`var\`.
- Python: pasa el valor por defecto, \`lambda name=name: print(name)\`, o deja que otra función cree la
  función.

Una función que se llama enseguida, en la misma vuelta, no hace daño. El peligro viene con el *después*:
un temporizador, un evento, una lista de funciones pendientes. Cada vez que escribas una función dentro
de un bucle, piensa cuándo se llamará y qué tendrán entonces sus variables.
`,
  },
})
