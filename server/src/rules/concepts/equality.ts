// The concept page `equality`: what "equal" means.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'equality',
  en: {
    title: 'What "equal" means',
    body: `
"Are these two equal?" is not one question. It may mean *the same value*, *the same object*, or *the
same after a conversion*. Each language has an operator for each meaning, and they look alike.

\`\`\`py
if mode is "fast":
    skip_checks()
\`\`\`

\`\`\`ts
if (input.value == 0) {
  reset()
}
\`\`\`

\`is\` asks whether both sides are one object in memory. Two texts with the same letters may be one object
or two; that depends on how Python stored them. The test passes on your machine and fails on another.
Write \`==\`.

\`==\` in JavaScript converts before it compares, so an empty text equals \`0\`. Write \`===\`, and convert
yourself where you want a conversion.

A single \`=\` does not compare at all: it assigns. And \`typeof x\` gives one of eight fixed words, so a
misspelt one is never equal to it.

Say the question in words before you choose the operator. If the answer is "the same value", use the
plain value comparison of your language: \`==\` in Python and Rust, \`===\` in TypeScript and JavaScript.
Keep identity for \`None\` and for objects that really must be one and the same.
`,
  },
  es: {
    title: 'Qué quiere decir «igual»',
    body: `
«¿Son iguales?» no es una sola pregunta. Puede querer decir *el mismo valor*, *el mismo objeto* o *lo
mismo después de convertirlo*. Cada lenguaje tiene un operador para cada cosa, y todos se parecen.

\`\`\`py
if mode is "fast":
    skip_checks()
\`\`\`

\`\`\`ts
if (input.value == 0) {
  reset()
}
\`\`\`

\`is\` pregunta si los dos lados son un único objeto en memoria. Dos textos con las mismas letras pueden
ser uno o dos objetos, según cómo los haya guardado Python. La prueba pasa en tu equipo y falla en otro.
Escribe \`==\`.

El \`==\` de JavaScript convierte antes de comparar, así que un texto vacío es igual a \`0\`. Escribe \`===\`
y haz tú la conversión cuando la quieras.

Un solo \`=\` no compara nada: asigna. Y \`typeof x\` devuelve una de ocho palabras fijas, de modo que nunca
será igual a una mal escrita.

Formula la pregunta con palabras antes de elegir el operador. Si la respuesta es «el mismo valor», usa
la comparación por valor de tu lenguaje: \`==\` en Python y Rust, \`===\` en TypeScript y JavaScript.
Reserva la identidad para \`None\` y para los objetos que de verdad deben ser el mismo.
`,
  },
})
