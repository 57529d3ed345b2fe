// The concept page `concurrency`: between the check and the act.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'concurrency',
  en: {
    title: 'Between the check and the act',
    body: `
Your program is not alone. Other threads, other requests and other programs run at the same time.
Between two of your lines, the world may change.

\`\`\`py
path = tempfile.mktemp()
with open(path, "w") as file:
    file.write(report)
\`\`\`

\`\`\`ts
async function withdraw(id: string, amount: number) {
  const { balance } = await load(id)
  if (balance >= amount) await store(id, balance - amount)
}
\`\`\`

\`mktemp\` gives a name that is free *now*. Before the next line opens it, another program can put a link
there, and the report overwrites somebody else's file. In the second example two requests may both read
a balance of 100, both find it sufficient, and both pay out. The account is charged once.

The mistake has a name: check, then act. It hardly ever happens on your computer, and it happens every
week in production.

Make one step of the two, and let somebody do it who can: the file system (\`NamedTemporaryFile\`, or
opening with mode \`"x"\`), the database (\`UPDATE … WHERE balance >= ?\`), a lock, a \`Mutex\` in Rust. Then
the answer is not "it was free" but "it is mine". And share as little as possible: what only one can
see, nobody else can change.
`,
  },
  es: {
    title: 'Entre comprobar y actuar',
    body: `
Tu programa no está solo. Otros hilos, otras peticiones y otros programas se ejecutan a la vez. Entre
dos de tus líneas, el mundo puede cambiar.

\`\`\`py
path = tempfile.mktemp()
with open(path, "w") as file:
    file.write(report)
\`\`\`

\`\`\`ts
async function withdraw(id: string, amount: number) {
  const { balance } = await load(id)
  if (balance >= amount) await store(id, balance - amount)
}
\`\`\`

\`mktemp\` da un nombre que está libre *ahora*. Antes de que la línea siguiente lo abra, otro programa
puede poner ahí un enlace, y el informe sobrescribe el archivo de otra persona. En el segundo ejemplo,
dos peticiones pueden leer a la vez un saldo de 100, las dos lo dan por bueno y las dos pagan. La cuenta
se descuenta una vez.

El error tiene nombre: comprobar y después actuar. En tu equipo no ocurre casi nunca; en producción,
cada semana.

Convierte los dos pasos en uno y encárgaselo a quien pueda hacerlo: el sistema de archivos
(\`NamedTemporaryFile\`, o abrir con el modo \`"x"\`), la base de datos (\`UPDATE … WHERE balance >= ?\`), un
bloqueo, un \`Mutex\` en Rust. Así la respuesta ya no es «estaba libre», sino «es mío». Y comparte lo
menos posible: lo que solo ve uno, nadie más puede cambiarlo.
`,
  },
})
