// The concept page `shared-state`: one value, many owners.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'shared-state',
  en: {
    title: 'One value, many owners',
    body: `
A variable does not hold a list. It holds the way to a list. Two variables may lead to the same one, and
then a change through the first is seen through the second.

\`\`\`py
def add(item, basket=[]):
    basket.append(item)
    return basket
\`\`\`

\`\`\`js
const empty = { items: [] }
const mine = { ...empty }
const yours = { ...empty }
mine.items.push('tea')
\`\`\`

Python makes a default value once, when it reads the \`def\`. Every call without a basket gets that same
list: the second customer finds the goods of the first. In the second example the spread copies only the
outer object. Both baskets lead to one inner list, so my tea is in yours, too.

Such errors look like magic: a value changes and no line near it did that. The cause is far away, in
somebody who has the same thing in hand.

Ask of each list, dictionary and object: *who else can see this?* Then choose. Make a new one for each
owner (\`basket=None\`, then \`basket = []\` inside). Or do not change it: build a new value and return it.
Rust asks this question for you, because only one owner at a time may change a value.
`,
  },
  es: {
    title: 'Un valor con muchos dueños',
    body: `
Una variable no contiene una lista: contiene el camino hasta ella. Dos variables pueden llevar a la
misma, y entonces lo que cambias por una se ve por la otra.

\`\`\`py
def add(item, basket=[]):
    basket.append(item)
    return basket
\`\`\`

\`\`\`js
const empty = { items: [] }
const mine = { ...empty }
const yours = { ...empty }
mine.items.push('tea')
\`\`\`

Python crea el valor por defecto una sola vez, al leer el \`def\`. Todas las llamadas sin cesta reciben
esa misma lista: el segundo cliente encuentra la compra del primero. En el segundo ejemplo, los tres
puntos copian solo el objeto de fuera. Las dos cestas llevan a la misma lista interior, así que mi té
está también en la tuya.

Estos errores parecen magia: un valor cambia y ninguna línea cercana lo ha tocado. La causa está lejos,
en alguien que tiene lo mismo entre manos.

Ante cada lista, diccionario u objeto, pregúntate: *¿quién más puede verlo?* Después, elige. Crea uno
nuevo para cada dueño (\`basket=None\`, y dentro \`basket = []\`). O no lo cambies: construye un valor nuevo
y devuélvelo. Rust hace esta pregunta por ti, porque en cada momento solo un dueño puede cambiar un
valor.
`,
  },
})
