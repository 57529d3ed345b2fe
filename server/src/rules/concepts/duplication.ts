// The concept page `duplication`: the same thing in two places.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'duplication',
  en: {
    title: 'The same thing in two places',
    body: `
When the same lines stand in two places, a decision stands in two places. The day it changes, somebody
changes one of them. From then on the program has two opinions.

\`\`\`py
def cart_total(items):
    net = sum(it.price * it.count for it in items)
    return round(net * 1.21, 2)

def invoice_total(lines):
    net = sum(it.price * it.count for it in lines)
    return round(net * 1.21, 2)
\`\`\`

\`\`\`js
const okOnSignup = email.includes('@') && email.length < 100
const okOnProfile = email.includes('@') && email.length < 80
\`\`\`

When the tax rises, the cart and the invoice will differ. In the second example it has already happened:
an address that you may register with cannot be kept in your profile. Nobody wanted that; it only grew.

Give the decision one home: a function \`total(items)\`, a constant \`MAX_EMAIL\`. The other places ask
there.

But not everything that looks alike is the same. Two pieces of code that happen to be equal today, and
change for different reasons, should stay apart. Ask: *if this one changes, must the other one change,
too?* If yes, join them. If not, leave them. A wrong common function with five switches is worse than
two plain copies. Twice is a hint, three times is a reason.
`,
  },
  es: {
    title: 'Lo mismo en dos sitios',
    body: `
Cuando las mismas líneas están en dos sitios, hay una decisión tomada en dos sitios. El día que cambie,
alguien cambiará uno de ellos. Desde entonces, el programa tendrá dos opiniones.

\`\`\`py
def cart_total(items):
    net = sum(it.price * it.count for it in items)
    return round(net * 1.21, 2)

def invoice_total(lines):
    net = sum(it.price * it.count for it in lines)
    return round(net * 1.21, 2)
\`\`\`

\`\`\`js
const okOnSignup = email.includes('@') && email.length < 100
const okOnProfile = email.includes('@') && email.length < 80
\`\`\`

Cuando suba el impuesto, el carrito y la factura dejarán de coincidir. En el segundo ejemplo ya ha
pasado: con una dirección puedes registrarte, pero no puedes conservarla en tu perfil. Nadie lo quiso;
simplemente creció así.

Dale a la decisión una sola casa: una función \`total(items)\`, una constante \`MAX_EMAIL\`. Los demás
preguntan ahí.

Pero no todo lo que se parece es lo mismo. Dos trozos de código que hoy coinciden por casualidad y que
cambian por motivos distintos deben seguir separados. Pregúntate: *si cambia este, ¿tiene que cambiar
también el otro?* Si la respuesta es sí, júntalos. Si es no, déjalos. Una mala función común con cinco
interruptores es peor que dos copias sencillas. Dos veces es un indicio; tres, un motivo.
`,
  },
})
