// The concept page `borrowed-code`: functions of others do what they were made for, in the versions in which they exist.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'borrowed-code',
  en: {
    title: 'Functions of others',
    body: `
Most lines of a program call something that somebody else wrote. What it does is said in its
documentation, not by its name, and both change: a version gives a function another name, another one
takes the old name away, and the line that has worked for years fails on the day on which somebody
updates.

\`\`\`py
import numpy as np
zeros = np.zeros(3, dtype=np.int)   # AttributeError since NumPy 1.24
\`\`\`

The other half are functions that work and do something else than it seems. They take what they are
given, in the order in which they declare it, and nobody says that it was meant otherwise:

\`\`\`py
re.sub('a', 'b', text, re.IGNORECASE)   # the fourth argument is how many to replace
\`\`\`

\`\`\`js
fetch(url, { method: 'POST', body: { name } })   // sends the text "[object Object]"
\`\`\`

Three habits help. Write the name of a parameter where the language has names. Update in small steps and
read what each version says of what it removes. And run what you call at least once in a test: a
function that is gone tells it at the first call, and one that does something else, at the first look at
its result.
`,
  },
  es: {
    title: 'Funciones ajenas',
    body: `
La mayoría de las líneas de un programa llaman a algo que escribió otra persona. Lo que hace lo dice su
documentación, no su nombre, y las dos cosas cambian: una versión le da otro nombre a una función, otra
quita el antiguo, y la línea que llevaba años funcionando falla el día en que alguien actualiza.

\`\`\`py
import numpy as np
zeros = np.zeros(3, dtype=np.int)   # AttributeError desde NumPy 1.24
\`\`\`

La otra mitad son funciones que funcionan y hacen algo distinto de lo que parece. Toman lo que se les
da, en el orden en que lo declaran, y nadie avisa de que la intención era otra:

\`\`\`py
re.sub('a', 'b', text, re.IGNORECASE)   # el cuarto argumento es cuántas veces sustituir
\`\`\`

\`\`\`js
fetch(url, { method: 'POST', body: { name } })   // envía el texto «[object Object]»
\`\`\`

Ayudan tres costumbres. Escribe el nombre del parámetro donde el lenguaje los tenga. Actualiza en pasos
pequeños y lee lo que cada versión dice que elimina. Y ejecuta lo que llamas al menos una vez en una
prueba: una función que ya no existe lo dice en la primera llamada, y una que hace otra cosa, en cuanto
se mira su resultado.
`,
  },
})
