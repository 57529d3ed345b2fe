// The concept page `dead-code`: code that has no effect.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'dead-code',
  en: {
    title: 'Code that has no effect',
    body: `
Dead code is code that runs without changing anything, or that never runs at all. The program does not
complain. It simply does less than it says.

\`\`\`py
def resize(image, width):
    width = width
    return image.scaled(width)
\`\`\`

\`\`\`ts
function price(total: number) {
  return total * 1.21
  log('price computed')
}
\`\`\`

The first function assigns a name to itself. Somebody meant \`self.width\` or \`image.width\`, and nobody
noticed, because the line looks like work. In the second one the log is never written: \`return\` leaves
before it.

A variable that nobody reads, a value that is overwritten before anybody looks at it and an import
without use are of the same kind. Each of them is one of two things: rubbish from an earlier version, or
the trace of a mistake.

So do not delete it at once. Ask first: *what was this line meant to do?* If it should do something, the
bug is there, and you have just found it. If it is left over, delete it. Version control remembers it
for you, and the next reader will not have to ask the same question.
`,
  },
  es: {
    title: 'Código que no hace nada',
    body: `
El código muerto es el que se ejecuta sin cambiar nada, o el que no llega a ejecutarse nunca. El
programa no protesta: sencillamente hace menos de lo que parece.

\`\`\`py
def resize(image, width):
    width = width
    return image.scaled(width)
\`\`\`

\`\`\`ts
function price(total: number) {
  return total * 1.21
  log('price computed')
}
\`\`\`

La primera función asigna un nombre a sí mismo. Alguien quiso escribir \`self.width\` o \`image.width\` y
nadie lo vio, porque la línea parece útil. En la segunda, el mensaje no se registra jamás: \`return\` sale
antes.

Una variable que nadie lee, un valor que se sobrescribe sin que nadie lo mire o una importación sin uso
son casos del mismo tipo. Siempre hay dos posibilidades: restos de una versión anterior o la huella de
un error.

Por eso, no lo borres enseguida. Pregúntate antes: *¿qué tenía que hacer esta línea?* Si debía hacer
algo, ahí está el fallo, y acabas de encontrarlo. Si solo es un resto, bórralo. El control de versiones
lo recuerda por ti, y quien lea el código después no tendrá que hacerse la misma pregunta.
`,
  },
})
