// The concept page `formatting-text`: building text from values.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'formatting-text',
  en: {
    title: 'Building text from values',
    body: `
Text with values in it needs two things: a template with places, and a value for each place. Languages
differ in how they mark a place, and a template that is not marked as one is just text.

\`\`\`py
print("Hello {name}")
print("%s of %s" % (done,))
\`\`\`

\`\`\`ts
const label = '\${price} €'
\`\`\`

The first line prints braces, because there is no \`f\` before the text. The second one has two places and
one value, and fails when it runs, often in an error message that nobody ever tested. The third shows
\`\${price}\` to the customer: only back-quotes make a template.

Functions that cut text have traps as well. \`"https://example.org".lstrip("https://")\` does not take off
the beginning. It takes off, from the front, every character that occurs in the argument, however often.
\`removeprefix\` does what you mean.

Prefer the form in which the value stands at its place: \`f"{done} of {total}"\` in Python, a template
between back-quotes in TypeScript and JavaScript, \`format!("{done} of {total}")\` in Rust. Nothing can be
counted wrongly there. A template without any place needs no mark: remove the \`f\`, or put in the
value that was forgotten. And run your error messages once, in a test.
`,
  },
  es: {
    title: 'Construir texto con valores',
    body: `
Un texto con valores necesita dos cosas: una plantilla con huecos y un valor para cada hueco. Cada
lenguaje marca los huecos a su manera, y una plantilla sin marcar es solo texto.

\`\`\`py
print("Hello {name}")
print("%s of %s" % (done,))
\`\`\`

\`\`\`ts
const label = '\${price} €'
\`\`\`

La primera línea imprime las llaves, porque falta la \`f\` delante del texto. La segunda tiene dos huecos
y un valor, y falla al ejecutarse, muchas veces dentro de un mensaje de error que nadie probó. La
tercera le enseña \`\${price}\` al cliente: solo los acentos graves forman una plantilla.

Las funciones que recortan texto también tienen trampas. \`"https://example.org".lstrip("https://")\` no
quita ese comienzo: quita, desde el principio, todos los caracteres que aparecen en el argumento, las
veces que haga falta. \`removeprefix\` hace lo que quieres.

Elige la forma en la que el valor está en su sitio: \`f"{done} de {total}"\` en Python, una plantilla
entre acentos graves en TypeScript y JavaScript, \`format!("{done} de {total}")\` en Rust. Ahí no hay nada
que contar mal. Una plantilla sin huecos no necesita marca: quita la \`f\` o pon el valor que olvidaste. Y
ejecuta tus mensajes de error una vez, en una prueba.
`,
  },
})
