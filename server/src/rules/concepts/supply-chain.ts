// The concept page `supply-chain`: code that others wrote, and that runs as if it were yours.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'supply-chain',
  en: {
    title: 'Code that comes from elsewhere',
    body: `
Most of what you ship was written by people whom you never met. That is fine as long as two questions
have an answer: *what exactly runs?* and *who could change it?*

\`\`\`dockerfile
FROM python:latest
RUN curl -k https://get.example.com/install.sh | sh
\`\`\`

Neither question has one here. \`latest\` is another image next week, and the build that worked yesterday
fails today without a change of yours. With \`-k\` anybody between you and that host decides what the
script says, and it runs with all rights.

\`\`\`yaml
# .github/workflows/release.yml
on: push
permissions: write-all
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/release@main
\`\`\`

A branch or a tag of an action can be moved by whoever owns it, or by whoever took over the account. A
commit cannot.

And what was fine when you chose it may have a hole that is public since. Lock files say what runs; lists
of advisories say which versions to leave.

- Write down the exact version, with a digest where there is one, and let a robot propose newer ones.
- Check what you download before you run it.
- Read the list of advisories before somebody else does.
`,
  },
  es: {
    title: 'Código que viene de fuera',
    body: `
La mayor parte de lo que entregas la escribió gente que no conoces. No pasa nada mientras haya respuesta
a dos preguntas: *¿qué se ejecuta exactamente?* y *¿quién podría cambiarlo?*

\`\`\`dockerfile
FROM python:latest
RUN curl -k https://get.example.com/install.sh | sh
\`\`\`

Aquí no la tiene ninguna. \`latest\` será otra imagen la semana que viene, y la compilación que ayer
funcionaba hoy falla sin que hayas cambiado nada. Con \`-k\`, cualquiera que esté entre ese servidor y tú
decide qué dice el script, que se ejecuta con todos los permisos.

\`\`\`yaml
# .github/workflows/release.yml
on: push
permissions: write-all
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: someone/release@main
\`\`\`

Una rama o una etiqueta de una acción puede moverla quien la posee, o quien se haya quedado con la
cuenta. Un commit, no.

Y lo que estaba bien cuando lo elegiste puede tener un agujero conocido desde entonces. Los archivos de
bloqueo dicen qué se ejecuta; las listas de avisos dicen qué versiones hay que dejar.

- Escribe la versión exacta, con su resumen si lo hay, y que un robot proponga las nuevas.
- Comprueba lo que descargas antes de ejecutarlo.
- Lee la lista de avisos antes de que lo haga otro.
`,
  },
})
