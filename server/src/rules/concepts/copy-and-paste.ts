// The concept page `copy-and-paste`: the half-changed copy.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'copy-and-paste',
  en: {
    title: 'The half-changed copy',
    body: `
Much code begins as a copy of the lines above it. You paste, then you change what is different. Sooner
or later you change three of the four places.

\`\`\`py
if user.name == other.name and user.email == user.email:
    merge(user, other)
\`\`\`

\`\`\`js
const colours = {
  error: 'red',
  warning: 'orange',
  error: 'blue',
}
\`\`\`

The first condition compares a value with itself, so it is always true and half of the check is gone. In
the second example the last \`error\` wins and the first one disappears without a word. Two branches that
do the same, or an \`else if\` that tests what was already tested, come about in the same way.

These mistakes are hard to see. Your eyes read the pattern, not the letters: the line looks like its
neighbour, so it must be right.

When you find one, do not just delete the repetition. Ask which word should have been changed; nearly
always there is one. And when you copy a line for the third time, put the part that changes into a list
or a parameter, so that there is nothing left to forget.
`,
  },
  es: {
    title: 'La copia a medio cambiar',
    body: `
Mucho código nace como copia de las líneas de arriba. Pegas y luego cambias lo que es distinto. Tarde o
temprano cambias tres de los cuatro sitios.

\`\`\`py
if user.name == other.name and user.email == user.email:
    merge(user, other)
\`\`\`

\`\`\`js
const colours = {
  error: 'red',
  warning: 'orange',
  error: 'blue',
}
\`\`\`

La primera condición compara un valor consigo mismo: siempre es verdadera y media comprobación se ha
perdido. En el segundo ejemplo gana el último \`error\`, y el primero desaparece sin avisar. Dos ramas que
hacen lo mismo, o un \`else if\` que vuelve a preguntar lo ya preguntado, aparecen por el mismo camino.

Son errores difíciles de ver. La vista lee el patrón y no las letras: la línea se parece a su vecina,
así que la damos por buena.

Cuando encuentres uno, no te limites a borrar la repetición. Pregúntate qué palabra había que cambiar;
casi siempre hay una. Y cuando copies una línea por tercera vez, lleva lo que cambia a una lista o a un
parámetro. Así no queda nada que se pueda olvidar.
`,
  },
})
