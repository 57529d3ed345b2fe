// The concept page `hygiene`: nothing left behind.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'hygiene',
  en: {
    title: 'Nothing left behind',
    body: `
While you work you leave things lying about: a breakpoint, a test that runs alone, a conflict that is
half solved, blanks at the end of a line. None of this belongs to what you wanted to change.

\`\`\`py
def total(items):
    breakpoint()
    return sum(it.price for it in items)
\`\`\`

\`\`\`js
it.only('adds the tax', () => {
  expect(total([{ price: 1 }])).toBe(1.21)
})
\`\`\`

The first function stops the program and waits for somebody at a keyboard; on a server, nobody is there.
The second line keeps every other test of the file from running. The run is green because nothing is
tested.

Data files have their own slips: a comma too many in JSON, a key that is there twice, a merge marker in
YAML. The program that reads the file finds out, often only when it starts in production.

And then there are blanks and line endings. They break nothing. But they turn a change of one line into
a change of two hundred, and the reviewer no longer sees what matters.

Read your own change before you hand it over, line by line, as if it were someone else's. A tool does
the rest: let it look on every save and before every commit.
`,
  },
  es: {
    title: 'No dejes nada por medio',
    body: `
Mientras trabajas vas dejando cosas: un punto de interrupción, una prueba que se ejecuta sola, un
conflicto a medio resolver, espacios al final de una línea. Nada de eso forma parte de lo que querías
cambiar.

\`\`\`py
def total(items):
    breakpoint()
    return sum(it.price for it in items)
\`\`\`

\`\`\`js
it.only('adds the tax', () => {
  expect(total([{ price: 1 }])).toBe(1.21)
})
\`\`\`

La primera función detiene el programa y espera a que alguien teclee; en un servidor no hay nadie. La
segunda línea impide que se ejecuten las demás pruebas del archivo. Todo sale en verde porque no se
prueba nada.

Los archivos de datos tienen sus propios descuidos: una coma de más en JSON, una clave repetida, una
marca de conflicto en YAML. Quien se entera es el programa que los lee, muchas veces al arrancar en
producción.

Y luego están los espacios y los finales de línea. No rompen nada, pero convierten un cambio de una
línea en uno de doscientas, y quien lo revisa ya no ve lo importante.

Lee tu cambio antes de entregarlo, línea por línea, como si fuera de otra persona. Del resto se encarga
una herramienta: que mire cada vez que guardas y antes de cada commit.
`,
  },
})
