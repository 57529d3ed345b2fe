// The concept page `secrets`: secrets do not belong in code.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'secrets',
  en: {
    title: 'Secrets do not belong in code',
    body: `
A password, a key or a token opens a door. Code is copied: to every developer, to the build server, into
backups, into the history of version control. A secret in the code goes wherever the code goes.

\`\`\`py
DATABASE_PASSWORD = "w1nter-Sun!"
connect(user="app", password=DATABASE_PASSWORD)
\`\`\`

\`\`\`rust
fn client() -> Client {
    Client::new("https://api.example.org", "key-of-the-payment-service")
}
\`\`\`

Everyone who may read the project may now use the database and the payment service, also those who left
the team long ago. Public repositories are searched by programs that find such keys within minutes.

Let the environment give the secret: \`os.environ["DATABASE_PASSWORD"]\`, \`process.env.API_KEY\`,
\`std::env::var("API_KEY")\`, or a store for secrets. On your own computer, a \`.env\` file that git ignores
does the same. Keep a \`.env.example\` with the names and without the values.

If a secret has already been committed, deleting the line is not enough, because the history keeps it.
Make a new secret, put the old one out of use, and only then tidy up. Do it on the same day. It is a
small job before a leak and a large one afterwards.
`,
  },
  es: {
    title: 'Los secretos no van en el código',
    body: `
Una contraseña, una clave o un token abren una puerta. El código se copia: a cada persona del equipo, al
servidor de compilación, a las copias de seguridad, al historial del control de versiones. Un secreto en
el código va adonde va el código.

\`\`\`py
DATABASE_PASSWORD = "w1nter-Sun!"
connect(user="app", password=DATABASE_PASSWORD)
\`\`\`

\`\`\`rust
fn client() -> Client {
    Client::new("https://api.example.org", "key-of-the-payment-service")
}
\`\`\`

Cualquiera que pueda leer el proyecto puede usar ahora la base de datos y el servicio de pagos, también
quien dejó el equipo hace tiempo. Hay programas que buscan estas claves en los repositorios públicos y
las encuentran en minutos.

Deja que el entorno dé el secreto: \`os.environ["DATABASE_PASSWORD"]\`, \`process.env.API_KEY\`,
\`std::env::var("API_KEY")\`, o un almacén de secretos. En tu equipo basta con un archivo \`.env\` que git
ignore. Guarda además un \`.env.example\` con los nombres y sin los valores.

Si un secreto ya está en un commit, borrar la línea no es suficiente: el historial lo conserva. Crea un
secreto nuevo, anula el antiguo y solo entonces limpia. Hazlo el mismo día. Antes de una filtración es
un trabajo pequeño; después, uno grande.
`,
  },
})
