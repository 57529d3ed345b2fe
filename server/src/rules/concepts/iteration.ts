// The concept page `iteration`: going through a collection.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'iteration',
  en: {
    title: 'Going through a collection',
    body: `
A loop over a collection keeps a place in it, like a finger on a list. And it hands something to your
code in each round. Mistakes come from moving the list under the finger, or from not knowing what is
handed over.

\`\`\`py
for user in users:
    if user.expired:
        users.remove(user)
\`\`\`

\`\`\`js
const numbers = ['10', '20', '30'].map(parseInt)
\`\`\`

When an element is removed, all that follow move up by one. The finger goes on to the next place, and
the element that moved there is skipped: of two expired users side by side, one stays. A dictionary or a
set raises an error instead.

\`map\` calls its function with three arguments: the element, its index and the whole list. \`parseInt\`
takes the second one for the base of the number, so the result is \`[10, NaN, NaN]\`.

Do not change what you are going through. Build a new list of what should stay:
\`users = [it for it in users if not it.expired]\`, or \`filter\` in JavaScript. Or go through a copy:
\`for user in list(users)\`. Rust does not compile the first example at all.

And hand over a function of your own when you are not sure what is passed:
\`map(text => parseInt(text, 10))\` says it plainly.
`,
  },
  es: {
    title: 'Recorrer una colección',
    body: `
Un bucle sobre una colección guarda una posición, como un dedo sobre una lista. Y en cada vuelta le
entrega algo a tu código. Los errores vienen de mover la lista bajo el dedo o de no saber qué se
entrega.

\`\`\`py
for user in users:
    if user.expired:
        users.remove(user)
\`\`\`

\`\`\`js
const numbers = ['10', '20', '30'].map(parseInt)
\`\`\`

Cuando quitas un elemento, todos los siguientes avanzan un puesto. El dedo pasa al puesto siguiente y se
salta el elemento que acaba de moverse: de dos usuarios caducados seguidos, uno se queda. Un diccionario
o un conjunto, en cambio, dan un error.

\`map\` llama a su función con tres argumentos: el elemento, su índice y la lista entera. \`parseInt\` toma
el segundo por la base del número, y el resultado es \`[10, NaN, NaN]\`.

No cambies lo que estás recorriendo. Construye una lista nueva con lo que debe quedar:
\`users = [it for it in users if not it.expired]\`, o \`filter\` en JavaScript. O recorre una copia:
\`for user in list(users)\`. Rust ni siquiera compila el primer ejemplo.

Y pasa una función tuya cuando no tengas claro qué se entrega: \`map(text => parseInt(text, 10))\` lo dice
sin rodeos.
`,
  },
})
