// The concept page `data-structures`: the right container.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'data-structures',
  en: {
    title: 'The right container',
    body: `
A list, a set, a dictionary and a generator can hold the same elements. They differ in what they do fast
and in what they keep in memory. Most slow code has not too many lines, but the wrong container.

\`\`\`py
if any([order.is_late() for order in orders]):
    warn()
\`\`\`

\`\`\`js
const fresh = incoming.filter(it => !known.includes(it))
\`\`\`

The brackets build a list of all answers before \`any\` looks at the first one. With a million orders, a
million answers are computed and kept, even if the first order is late. Without the brackets, elements
come one at a time and the search stops at the first hit.

\`known.includes\` looks at one element after the other, and does so for every incoming one. Ten thousand
times ten thousand are a hundred million steps. With \`const seen = new Set(known)\` and \`seen.has(it)\`,
each question takes one step.

Choose by the question that you ask most:

- In order, by position: a list.
- "Is it in there?": a set.
- "What belongs to this key?": a dictionary or a \`Map\`.
- Once through, from front to back: a generator, or an iterator in Rust.

For twenty elements it makes no difference. Then take what reads best.
`,
  },
  es: {
    title: 'El recipiente adecuado',
    body: `
Una lista, un conjunto, un diccionario y un generador pueden contener los mismos elementos. Se
diferencian en qué hacen deprisa y en qué guardan en memoria. El código lento no suele tener demasiadas
líneas, sino el recipiente equivocado.

\`\`\`py
if any([order.is_late() for order in orders]):
    warn()
\`\`\`

\`\`\`js
const fresh = incoming.filter(it => !known.includes(it))
\`\`\`

Los corchetes construyen una lista con todas las respuestas antes de que \`any\` mire la primera. Con un
millón de pedidos se calculan y se guardan un millón de respuestas, aunque el primero ya llegue tarde.
Sin los corchetes, los elementos llegan de uno en uno y la búsqueda se detiene en el primer acierto.

\`known.includes\` mira un elemento tras otro, y lo hace para cada uno de los que llegan. Diez mil por
diez mil son cien millones de pasos. Con \`const seen = new Set(known)\` y \`seen.has(it)\`, cada pregunta
cuesta un paso.

Elige según la pregunta que más haces:

- En orden, por posición: una lista.
- «¿Está dentro?»: un conjunto.
- «¿Qué corresponde a esta clave?»: un diccionario o un \`Map\`.
- Una sola pasada, de principio a fin: un generador, o un iterador en Rust.

Con veinte elementos da lo mismo. Entonces usa lo que mejor se lea.
`,
  },
})
