// The concept page `operator-precedence`: which operator goes first.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'operator-precedence',
  en: {
    title: 'Which operator goes first',
    body: `
When one line holds several operators, the language decides which of them goes first. It follows a
table, not your intention and not your spaces.

\`\`\`py
if flags & MASK != 0:
    enable()
\`\`\`

\`\`\`ts
if (!key in cache) {
  load(key)
}
\`\`\`

In Python, \`&\` binds more tightly than \`!=\`, so the first line is right. The same line in JavaScript or
TypeScript means \`flags & (MASK !== 0)\`, which is something else. The second example negates \`key\` first
and then looks for \`false\` in the cache: the value is never loaded.

Some pairs of signs are read differently than they look: \`total =+ 1\` assigns plus one. And \`0 < n < 10\`
is two comparisons in Python, while JavaScript compares the answer of the first one, true or false, with
10.

You need not learn the table. You need to know three groups: arithmetic comes first, then comparisons,
then \`and\` and \`or\`. For everything else write parentheses, even where they change nothing. They cost
two characters, and the next reader, who may come from another language, need not look anything up.
`,
  },
  es: {
    title: 'Qué operador va primero',
    body: `
Cuando una línea tiene varios operadores, el lenguaje decide cuál va primero. Sigue una tabla; no sigue
tu intención ni los espacios que pongas.

\`\`\`py
if flags & MASK != 0:
    enable()
\`\`\`

\`\`\`ts
if (!key in cache) {
  load(key)
}
\`\`\`

En Python, \`&\` une con más fuerza que \`!=\`, así que la primera línea es correcta. Esa misma línea en
JavaScript o TypeScript significa \`flags & (MASK !== 0)\`, que es otra cosa. El segundo ejemplo primero
niega \`key\` y después busca \`false\` en la caché: el valor no se carga nunca.

Algunas parejas de signos no se leen como parecen: \`total =+ 1\` asigna más uno. Y \`0 < n < 10\` son dos
comparaciones en Python, mientras que JavaScript compara la respuesta de la primera, verdadero o falso,
con 10.

No hace falta que te aprendas la tabla. Basta con tres grupos: primero la aritmética, después las
comparaciones y al final \`and\` y \`or\`. Para todo lo demás pon paréntesis, aunque no cambien nada.
Cuestan dos caracteres, y quien lo lea después, que quizá venga de otro lenguaje, no tendrá que
consultar nada.
`,
  },
})
