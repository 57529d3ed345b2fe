// The concept page `boundaries`: the first, the last and the empty.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'boundaries',
  en: {
    title: 'The first, the last and the empty',
    body: `
Code that works in the middle often breaks at the edge: the first element, the last one, none at all,
zero. That is where most slips by one are, and where tests look least.

\`\`\`py
for i in range(len(items) + 1):
    show(items[i])
\`\`\`

\`\`\`rust
fn average(values: &[u32]) -> u32 {
    let total: u32 = values.iter().sum();
    total / values.len() as u32
}
\`\`\`

In its last round the loop asks for an element one behind the end. The Rust function divides by zero
when the list is empty, and stops the program.

A few habits help. Count positions from 0 to the length, the length itself excluded:
\`range(len(items))\`, \`i < items.length\`, \`0..items.len()\`. Better still, do not count: go through the
elements themselves, and let \`zip\` or \`windows(2)\` make the pairs. Before you divide, ask what happens
with zero. A length is never negative, so \`len(items) >= 0\` says nothing. And a range that runs down
needs a negative step, or it is empty.

When you finish a loop, try three inputs in your head: nothing, one element, two elements. Nearly every
mistake of this kind shows itself in one of them.
`,
  },
  es: {
    title: 'El primero, el último y el vacío',
    body: `
El código que funciona en el centro se rompe a menudo en el borde: el primer elemento, el último,
ninguno, el cero. Ahí están casi todos los errores de uno más o uno menos, y ahí es donde menos miran
las pruebas.

\`\`\`py
for i in range(len(items) + 1):
    show(items[i])
\`\`\`

\`\`\`rust
fn average(values: &[u32]) -> u32 {
    let total: u32 = values.iter().sum();
    total / values.len() as u32
}
\`\`\`

En su última vuelta, el bucle pide un elemento que ya está detrás del final. La función de Rust divide
entre cero cuando la lista está vacía, y el programa se detiene.

Ayudan unas pocas costumbres. Cuenta las posiciones desde 0 hasta la longitud, sin incluirla:
\`range(len(items))\`, \`i < items.length\`, \`0..items.len()\`. Mejor aún, no cuentes: recorre los propios
elementos y deja que \`zip\` o \`windows(2)\` formen las parejas. Antes de dividir, piensa qué pasa con el
cero. Una longitud nunca es negativa, así que \`len(items) >= 0\` no dice nada. Y un rango que baja
necesita un paso negativo; si no, está vacío.

Cuando termines un bucle, prueba mentalmente tres entradas: ninguna, un elemento, dos elementos. Casi
todos los errores de este tipo se ven en alguna de ellas.
`,
  },
})
