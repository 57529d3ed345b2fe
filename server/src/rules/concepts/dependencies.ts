// The concept page `dependencies`: which part of a program may know which.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'dependencies',
  en: {
    title: 'Which part may know which',
    body: `
A file that imports another one knows it: it cannot be understood, tested or moved without it. While such
arrows point in one direction, a program can be read from the bottom up, one part at a time. Where they run
in a circle there is no first part any more: the files of the circle are one large file in pieces.

\`\`\`py
# orders.py
from customers import Customer
\`\`\`

\`\`\`py
# customers.py
from orders import Order       # orders is only half loaded: ImportError, or not, depending on who began
\`\`\`

\`\`\`ts
// cart.ts
import { price } from './price'
export const TAX = 21
\`\`\`

\`\`\`ts
// price.ts
import { TAX } from './cart'
export const FACTOR = 1 + TAX / 100   // cart.ts has not run yet: ReferenceError, or not, depending on who began
\`\`\`

What two files need of each other usually belongs into a third one, which knows neither: here a file with the
tax rate, there one with what both classes share. Sometimes one side needs only a type (\`import type\`,
\`if TYPE_CHECKING\`), or can be handed what it asks for as an argument instead of fetching it.

Layers are the same idea for whole folders: what draws the screen may know what computes, never the other way
round. Written down in \`.codeant.toml\`, the rule is kept by more than memory.
`,
  },
  es: {
    title: 'Qué parte puede conocer a cuál',
    body: `
Un archivo que importa otro lo conoce: no se puede entender, probar ni mover sin él. Mientras esas flechas
apuntan en una sola dirección, un programa se lee de abajo arriba, parte por parte. Donde forman un círculo ya
no hay primera parte: los archivos del círculo son un solo archivo grande, en trozos.

\`\`\`py
# orders.py
from customers import Customer
\`\`\`

\`\`\`py
# customers.py
from orders import Order       # orders está a medio cargar: ImportError o no, según quién empiece
\`\`\`

\`\`\`ts
// cart.ts
import { price } from './price'
export const TAX = 21
\`\`\`

\`\`\`ts
// price.ts
import { TAX } from './cart'
export const FACTOR = 1 + TAX / 100   // cart.ts aún no se ha ejecutado: ReferenceError o no, según quién empiece
\`\`\`

Lo que dos archivos necesitan el uno del otro suele pertenecer a un tercero que no conoce a ninguno: aquí uno
con el tipo impositivo, allí uno con lo que comparten las dos clases. A veces un lado solo necesita un tipo
(\`import type\`, \`if TYPE_CHECKING\`), o puede recibir lo que pide como argumento en vez de ir a buscarlo.

Las capas son la misma idea para carpetas enteras: lo que dibuja la pantalla puede conocer lo que calcula,
nunca al revés. Escrita en \`.codeant.toml\`, la regla no depende solo de la memoria.
`,
  },
})
