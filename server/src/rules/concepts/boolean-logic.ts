// The concept page `boolean-logic`: conditions that cannot decide.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'boolean-logic',
  en: {
    title: 'Conditions that cannot decide',
    body: `
A condition is there to decide. If it is always true, or always false, one of the two ways through your
program does not exist.

\`\`\`py
if kind != "a" or kind != "b":
    raise ValueError(kind)
\`\`\`

\`\`\`js
if (name.indexOf('x')) {
  warn(name)
}
\`\`\`

The first condition is always true: no text is \`"a"\` and \`"b"\` at the same time, so at least one part
holds. *Neither a nor b* is written with \`and\`. The second one takes a position for an answer. \`indexOf\`
gives \`-1\` when there is nothing, and \`-1\` counts as true; it gives \`0\` for a match at the very
beginning, and \`0\` counts as false.

The usual causes are few: \`or\` where \`and\` was meant, a value that is not a yes or no, a function that
was named but not called (\`if (isReady)\`), or a part of the comparison that got lost: \`x == "a" or "b"\`.

Try two values, one for each outcome. If you cannot think of a value that makes the condition false, it
is not a condition. And say aloud what you want: "it is not one of these" becomes
\`kind not in ("a", "b")\`, which is harder to get wrong.
`,
  },
  es: {
    title: 'Condiciones que no deciden',
    body: `
Una condición existe para decidir. Si siempre es verdadera, o siempre falsa, uno de los dos caminos de
tu programa no existe.

\`\`\`py
if kind != "a" or kind != "b":
    raise ValueError(kind)
\`\`\`

\`\`\`js
if (name.indexOf('x')) {
  warn(name)
}
\`\`\`

La primera condición siempre es verdadera: ningún texto es \`"a"\` y \`"b"\` a la vez, así que al menos una
parte se cumple. *Ni a ni b* se escribe con \`and\`. La segunda confunde una posición con una respuesta.
\`indexOf\` da \`-1\` cuando no hay nada, y \`-1\` cuenta como verdadero; da \`0\` cuando la coincidencia está
justo al principio, y \`0\` cuenta como falso.

Las causas habituales son pocas: un \`or\` donde iba un \`and\`, un valor que no es un sí o un no, una
función que se nombra pero no se llama (\`if (isReady)\`), o una parte de la comparación que se perdió:
\`x == "a" or "b"\`.

Prueba con dos valores, uno para cada resultado. Si no se te ocurre ninguno que haga falsa la condición,
no es una condición. Y di en voz alta lo que quieres: «no es ninguno de estos» se convierte en
\`kind not in ("a", "b")\`, que es más difícil de escribir mal.
`,
  },
})
