// The concept page `return-values`: results that nobody takes.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'return-values',
  en: {
    title: 'Results that nobody takes',
    body: `
Many functions change nothing. They give you a new value, and the value is all that they do. If you do
not take it, the call was for nothing.

\`\`\`py
def clean(line):
    line.strip()
    return line
\`\`\`

\`\`\`ts
const names = users.map(user => {
  user.name.trim()
})
\`\`\`

Texts never change, in none of our four languages: \`strip\` and \`trim\` give a new one. So the first
function returns its line with all its blanks. In the second example the braces make a body, and a body
without \`return\` gives \`undefined\`. \`names\` is a list of nothing.

A comparison that stands alone has the same fault. \`self.count == 0\` computes an answer and drops it; an
assignment was meant, or an assertion.

Ask of every call that stands by itself: *does it act, or does it answer?* \`items.sort()\` acts: it
changes the list. \`sorted(items)\` answers. The name often tells: commands act, and nouns or participles
answer. When you are not sure, look at the documentation before you guess. In Rust, let \`#[must_use]\`
ask for you.
`,
  },
  es: {
    title: 'Resultados que nadie recoge',
    body: `
Muchas funciones no cambian nada. Te dan un valor nuevo, y ese valor es todo lo que hacen. Si no lo
recoges, la llamada no ha servido de nada.

\`\`\`py
def clean(line):
    line.strip()
    return line
\`\`\`

\`\`\`ts
const names = users.map(user => {
  user.name.trim()
})
\`\`\`

Los textos no cambian nunca en ninguno de nuestros cuatro lenguajes: \`strip\` y \`trim\` dan uno nuevo. Por
eso la primera función devuelve la línea con todos sus espacios. En el segundo ejemplo las llaves forman
un cuerpo, y un cuerpo sin \`return\` da \`undefined\`. \`names\` es una lista de nada.

Una comparación suelta tiene el mismo defecto. \`self.count == 0\` calcula una respuesta y la tira;
querías asignar, o quizá comprobar.

Ante cada llamada suelta pregúntate: *¿actúa o responde?* \`items.sort()\` actúa: cambia la lista.
\`sorted(items)\` responde. El nombre suele decirlo: las órdenes actúan; los sustantivos y los participios
responden. Si dudas, mira la documentación antes de suponerlo. En Rust, deja que \`#[must_use]\` lo
pregunte por ti.
`,
  },
})
