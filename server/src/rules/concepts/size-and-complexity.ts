// The concept page `size-and-complexity`: code that fits in your head.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'size-and-complexity',
  en: {
    title: 'Code that fits in your head',
    body: `
You can keep about half a dozen things in mind at once. A function that asks for more is not wrong, but
whoever changes it will overlook something. Size and nesting are the two numbers that tell.

\`\`\`py
def ship(order, user, stock):
    if order.paid:
        if user.active:
            for item in order.items:
                if item in stock:
                    stock.take(item)
\`\`\`

\`\`\`ts
const label = isNew ? 'new' : isLate ? (isPaid ? 'late' : 'overdue') : 'open'
\`\`\`

To understand the last line of the first function, you must hold four conditions. In the second example
you have to draw a tree.

These steps help, in this order:

- Leave early: \`if not order.paid: return\`. Each such line takes away one level.
- Give a name to a part: \`take_items(order, stock)\`. The name says *what*, the body says *how*.
- Turn a chain of conditions into a table or a \`match\`.
- Put parameters that always travel together into one object.

The limits are a matter of taste, and you can set them. Do not split a function just to please a number:
a long list of simple steps in a row may be the clearest form. Split it where you find a part that
deserves a name.
`,
  },
  es: {
    title: 'Código que te cabe en la cabeza',
    body: `
Puedes tener presentes más o menos media docena de cosas a la vez. Una función que pide más no está mal,
pero quien la cambie pasará algo por alto. El tamaño y el anidamiento son los dos números que lo
indican.

\`\`\`py
def ship(order, user, stock):
    if order.paid:
        if user.active:
            for item in order.items:
                if item in stock:
                    stock.take(item)
\`\`\`

\`\`\`ts
const label = isNew ? 'new' : isLate ? (isPaid ? 'late' : 'overdue') : 'open'
\`\`\`

Para entender la última línea de la primera función tienes que sostener cuatro condiciones. En el
segundo ejemplo hay que dibujar un árbol.

Estos pasos ayudan, en este orden:

- Sal pronto: \`if not order.paid: return\`. Cada línea así quita un nivel.
- Dale nombre a una parte: \`take_items(order, stock)\`. El nombre dice *qué*, el cuerpo dice *cómo*.
- Convierte una cadena de condiciones en una tabla o en un \`match\`.
- Reúne en un objeto los parámetros que siempre viajan juntos.

Los límites son cuestión de gusto y los puedes ajustar. No partas una función solo para contentar a un
número: una lista larga de pasos sencillos, uno tras otro, puede ser la forma más clara. Pártela donde
encuentres una parte que merezca un nombre.
`,
  },
})
