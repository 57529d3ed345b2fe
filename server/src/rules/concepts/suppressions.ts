// The concept page `suppressions`: saying "this is right here".

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'suppressions',
  en: {
    title: 'Saying "this is right here"',
    body: `
No tool is right every time. Sometimes the finding is true in general and your line is the exception.
Then you say so, in the code, at that line. That is a suppression.

\`\`\`py
width = width  # codeant-ignore correctness/self-assignment: keeps the debugger's watch alive
\`\`\`

\`\`\`ts
// codeant-ignore security/dynamic-code: the text is a constant of our build (@ana, until 2027-01-31)
const run = new Function(BUILD_STEP)
\`\`\`

A suppression without a reason is a locked drawer. The next reader cannot tell whether somebody thought
about it or just wanted silence. With a reason, they can check whether it still holds.

Three habits keep them honest:

- Name the one rule, not all of them. A general silence also hides what comes later.
- Write the reason for somebody who does not know you. "False positive" is no reason; "the list is never
  empty, \`load\` checks that" is one.
- If it is a debt, give it a name and a last day. On the day after, the finding is back, and somebody
  decides anew.

A suppression that hides nothing any more should go. It would hide the next real finding on that line.
If you suppress the same rule for the tenth time, change its setting for the project, or report that the
rule is wrong.
`,
  },
  es: {
    title: 'Decir «aquí está bien»',
    body: `
Ninguna herramienta acierta siempre. A veces el hallazgo es cierto en general y tu línea es la
excepción. Entonces lo dices en el código, en esa misma línea. Eso es una supresión.

\`\`\`py
width = width  # codeant-ignore correctness/self-assignment: mantiene viva la vista del depurador
\`\`\`

\`\`\`ts
// codeant-ignore security/dynamic-code: el texto es una constante de la compilación (@ana, until 2027-01-31)
const run = new Function(BUILD_STEP)
\`\`\`

Una supresión sin motivo es un cajón cerrado con llave. Quien lea el código después no sabe si alguien
lo pensó o solo quería silencio. Con un motivo, puede comprobar si sigue siendo cierto.

Tres costumbres las mantienen honestas:

- Nombra una sola regla, no todas. Un silencio general también oculta lo que venga después.
- Escribe el motivo para alguien que no te conoce. «Falso positivo» no es un motivo; «la lista nunca
  está vacía, \`load\` lo comprueba» sí lo es.
- Si es una deuda, ponle un nombre y un último día. Al día siguiente el hallazgo vuelve y alguien decide
  de nuevo.

Una supresión que ya no oculta nada debe desaparecer: ocultaría el próximo hallazgo real de esa línea.
Si suprimes la misma regla por décima vez, cambia su ajuste en el proyecto o avisa de que la regla se
equivoca.
`,
  },
})
