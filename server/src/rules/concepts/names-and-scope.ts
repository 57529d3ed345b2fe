// The concept page `names-and-scope`: one name, one meaning.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'names-and-scope',
  en: {
    title: 'One name, one meaning',
    body: `
A name means something only within its scope: a function, a block, a module. Inside a smaller scope the
same name may mean something else, and the inner meaning hides the outer one.

\`\`\`py
def unique(list):
    seen = set(list)
    return list(seen)
\`\`\`

\`\`\`js
for (let i = 0; i < rows.length; i++) {
  for (i = 0; i < columns.length; i++) {
    draw(rows[i], columns[i])
  }
}
\`\`\`

In the first function, \`list\` is the parameter. Calling it fails, because the built-in \`list\` is hidden.
In the second example the inner loop has no \`let\`, so it uses the \`i\` of the outer one, and rows are
skipped or repeated.

Reading a name before it has a value belongs here, too. Python decides for the whole function that a
name is local as soon as it is assigned anywhere in it. JavaScript knows a \`let\` from the beginning of
its block, but forbids using it before its line.

Give each thing its own name, and a name that says what it holds: \`row\` and \`column\` instead of \`i\` and
\`i\`. Do not take the names of built-ins. Declare a name where it gets its value, in the smallest scope
that works. Then there are few places where its meaning could be another one.
`,
  },
  es: {
    title: 'Un nombre, un significado',
    body: `
Un nombre solo significa algo dentro de su ámbito: una función, un bloque, un módulo. En un ámbito más
pequeño, el mismo nombre puede significar otra cosa, y el significado de dentro oculta el de fuera.

\`\`\`py
def unique(list):
    seen = set(list)
    return list(seen)
\`\`\`

\`\`\`js
for (let i = 0; i < rows.length; i++) {
  for (i = 0; i < columns.length; i++) {
    draw(rows[i], columns[i])
  }
}
\`\`\`

En la primera función, \`list\` es el parámetro. Llamarlo falla, porque la función \`list\` de Python ha
quedado oculta. En el segundo ejemplo, el bucle interior no lleva \`let\`, así que usa la \`i\` del
exterior, y hay filas que se saltan o se repiten.

Leer un nombre antes de que tenga valor es del mismo grupo. Python decide para toda la función que un
nombre es local en cuanto se le asigna algo en cualquier punto de ella. JavaScript conoce un \`let\` desde
el principio de su bloque, pero prohíbe usarlo antes de su línea.

Dale a cada cosa su propio nombre, y que diga lo que contiene: \`row\` y \`column\` en lugar de \`i\` e \`i\`.
No uses los nombres que ya trae el lenguaje. Declara cada nombre donde recibe su valor, en el ámbito más
pequeño que sirva. Así quedan pocos sitios donde pueda significar otra cosa.
`,
  },
})
