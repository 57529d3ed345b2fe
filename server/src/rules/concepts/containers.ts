// The concept page `containers`: an image is built once and runs everywhere, with what was put into it.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'containers',
  en: {
    title: 'What an image remembers',
    body: `
An image is a pile of layers. Each instruction adds one, each runs in a shell of its own, and nothing
that was in a layer ever leaves it.

\`\`\`dockerfile
FROM node:22
ARG NPM_TOKEN=k7Qm2vXw9LpR4tZs8BnY
RUN cd /app
RUN npm ci
CMD ['node', 'server.js']
\`\`\`

The folder changes in one shell and is forgotten in the next, so \`npm ci\` runs in \`/\`. The token is in
the history of the image, for everybody who can pull it. And with single quotes the command is no list:
a shell looks for a program that is called \`[node,\`.

A container is also only a process. It shares the kernel with its host, so what you take from its walls
is taken from the host's:

\`\`\`yaml
# compose.yml
services:
  shop:
    image: shop:1.4
    privileged: true
\`\`\`

- One \`RUN\` for steps that need each other, with \`&&\` between them; \`WORKDIR\` for folders.
- Secrets come when it runs, or by \`--mount=type=secret\` while it is built.
- Ask which single right is missing before you grant all.
`,
  },
  es: {
    title: 'Lo que recuerda una imagen',
    body: `
Una imagen es una pila de capas. Cada instrucción añade una, cada una se ejecuta en su propio shell, y
nada de lo que estuvo en una capa sale jamás de ella.

\`\`\`dockerfile
FROM node:22
ARG NPM_TOKEN=k7Qm2vXw9LpR4tZs8BnY
RUN cd /app
RUN npm ci
CMD ['node', 'server.js']
\`\`\`

La carpeta cambia en un shell y se olvida en el siguiente, así que \`npm ci\` se ejecuta en \`/\`. El token
queda en el historial de la imagen, a la vista de quien pueda descargarla. Y con comillas simples la
orden no es una lista: un shell busca un programa que se llame \`[node,\`.

Además, un contenedor es solo un proceso. Comparte el núcleo con su anfitrión, así que lo que quites de
sus paredes lo quitas de las del anfitrión:

\`\`\`yaml
# compose.yml
services:
  shop:
    image: shop:1.4
    privileged: true
\`\`\`

- Un solo \`RUN\` para los pasos que se necesitan, con \`&&\` entre ellos; \`WORKDIR\` para las carpetas.
- Los secretos llegan al ejecutar, o con \`--mount=type=secret\` mientras se construye.
- Pregunta qué permiso concreto falta antes de concederlos todos.
`,
  },
})
