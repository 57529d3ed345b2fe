// The concept page `resources`: what is opened must be closed.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'resources',
  en: {
    title: 'What is opened must be closed',
    body: `
Files, connections and locks are not yours. You borrow them from the operating system, and there are
only so many. Whoever opens one has to give it back, also when something goes wrong in between.

\`\`\`py
def first_line(path):
    file = open(path)
    return file.readline()
\`\`\`

\`\`\`js
const file = await fs.open(path)
const text = await file.readFile('utf8')
return parse(text)
\`\`\`

Both examples never close the file. With ten files nobody notices. With ten thousand, the program stops
with "too many open files", far away from here. What was written may also stay in a buffer and never
reach the disk.

A \`close()\` at the end is not enough. If \`parse\` throws, the line is skipped. What you want is a block
that closes whatever happens:

- Python: \`with open(path) as file:\`
- JavaScript and TypeScript: \`try { … } finally { await file.close() }\`
- Rust: nothing to do, the file is closed when its owner goes out of scope.

Think of a resource as a pair of brackets. When you write the opening one, write the closing one at
once, and only then what goes between them.
`,
  },
  es: {
    title: 'Lo que se abre, se cierra',
    body: `
Los archivos, las conexiones y los bloqueos no son tuyos. Te los presta el sistema operativo, y no hay
tantos. Quien abre uno tiene que devolverlo, también cuando algo falla por el camino.

\`\`\`py
def first_line(path):
    file = open(path)
    return file.readline()
\`\`\`

\`\`\`js
const file = await fs.open(path)
const text = await file.readFile('utf8')
return parse(text)
\`\`\`

Ninguno de los dos ejemplos cierra el archivo. Con diez archivos nadie lo nota. Con diez mil, el
programa se detiene con un «too many open files» muy lejos de aquí. Además, lo que has escrito puede
quedarse en un búfer y no llegar nunca al disco.

Un \`close()\` al final no basta. Si \`parse\` lanza un error, esa línea se salta. Lo que necesitas es un
bloque que cierre pase lo que pase:

- Python: \`with open(path) as file:\`
- JavaScript y TypeScript: \`try { … } finally { await file.close() }\`
- Rust: no hay nada que hacer, el archivo se cierra cuando su dueño sale de ámbito.

Piensa en un recurso como en un par de paréntesis. Cuando escribas el que abre, escribe enseguida el que
cierra, y solo después lo que va en medio.
`,
  },
})
