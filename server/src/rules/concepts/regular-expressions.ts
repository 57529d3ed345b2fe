// The concept page `regular-expressions`: a pattern is a small program.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'regular-expressions',
  en: {
    title: 'A pattern is a small program',
    body: `
A regular expression is a program in a very dense language. Each character counts, mistakes do not show,
and a search can take far longer than you expect.

\`\`\`py
pattern = re.compile(r"[A-z]+")
\`\`\`

\`\`\`js
const valid = /^(\\w+\\s?)*$/.test(input)
\`\`\`

Between \`Z\` and \`a\` there are six more characters in the table: \`[\`, \`\\\`, \`]\`, \`^\`, \`_\` and the
backtick. \`[A-z]\` matches them, too; \`[A-Za-z]\` was meant.

The second pattern has a loop in a loop. A run of thirty letters can be divided between the two in
hundreds of millions of ways. When the text ends in something that does not fit, the machine tries them
all. One request then keeps a server busy for minutes. Rust's \`regex\` cannot do this to you: it never
goes back.

Rules that help:

- Do not put \`+\` or \`*\` behind a group that itself ends in \`+\` or \`*\`, unless something fixed separates
  the rounds.
- Try a pattern with a text that *almost* fits, and with a long one.
- Limit the length of what you test.
- If plain functions do it, such as \`startswith\`, \`split\` or \`includes\`, use them.

A pattern that you cannot explain in one sentence deserves a comment, or two simpler patterns.
`,
  },
  es: {
    title: 'Un patrón es un programa pequeño',
    body: `
Una expresión regular es un programa en un lenguaje muy denso. Cada carácter cuenta, los errores no se
ven y una búsqueda puede tardar mucho más de lo que esperas.

\`\`\`py
pattern = re.compile(r"[A-z]+")
\`\`\`

\`\`\`js
const valid = /^(\\w+\\s?)*$/.test(input)
\`\`\`

Entre la \`Z\` y la \`a\` hay seis caracteres más en la tabla: \`[\`, \`\\\`, \`]\`, \`^\`, \`_\` y el acento grave.
\`[A-z]\` también los acepta; lo que se quería era \`[A-Za-z]\`.

El segundo patrón tiene un bucle dentro de otro. Una serie de treinta letras se puede repartir entre los
dos de cientos de millones de formas. Si el texto acaba en algo que no encaja, la máquina las prueba
todas. Una sola petición ocupa entonces un servidor durante minutos. El \`regex\` de Rust no puede hacerte
esto: nunca vuelve atrás.

Algunas reglas que ayudan:

- No pongas \`+\` ni \`*\` detrás de un grupo que ya acaba en \`+\` o \`*\`, salvo que algo fijo separe las
  vueltas.
- Prueba el patrón con un texto que *casi* encaje, y con uno largo.
- Limita la longitud de lo que compruebas.
- Si bastan funciones sencillas, como \`startswith\`, \`split\` o \`includes\`, úsalas.

Un patrón que no sabes explicar en una frase merece un comentario, o dos patrones más simples.
`,
  },
})
