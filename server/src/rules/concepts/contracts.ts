// The concept page `contracts`: what two programs promise each other.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'contracts',
  en: {
    title: 'What two programs promise each other',
    body: `
A page that calls \`/api/users/7\` and a server that answers \`/api/users/{id}\` have a contract: a path, a
method, and what is sent and given back. Nobody wrote it down, and no compiler sees both sides. Each side
is correct by itself, in its own language, and every test of one side passes.

\`\`\`ts
await fetch(\`/api/user/\${id}\`)          // one letter short
\`\`\`

\`\`\`py
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users/{user_id}")
def user(user_id: int): ...
\`\`\`

So the contract breaks where nobody looks: somebody renames a route, and a call far away in another
language gets a 404, in production, from a user. What helps is to change both sides in one commit, to keep
paths in one place on each side, and to let a tool compare the two while you type.
`,
  },
  es: {
    title: 'Lo que dos programas se prometen',
    body: `
Una página que llama a \`/api/users/7\` y un servidor que responde a \`/api/users/{id}\` tienen un contrato:
una ruta, un método, y lo que se envía y se devuelve. Nadie lo ha escrito, y ningún compilador ve los dos
lados. Cada lado es correcto por separado, en su lenguaje, y todas las pruebas de un solo lado pasan.

\`\`\`ts
await fetch(\`/api/user/\${id}\`)          // falta una letra
\`\`\`

\`\`\`py
from fastapi import FastAPI
app = FastAPI()

@app.get("/api/users/{user_id}")
def user(user_id: int): ...
\`\`\`

Por eso el contrato se rompe donde nadie mira: alguien renombra una ruta, y una llamada lejana, en otro
lenguaje, recibe un 404, en producción, ante un usuario. Ayuda cambiar los dos lados en un mismo commit,
tener las rutas en un solo sitio en cada lado, y dejar que una herramienta los compare mientras escribes.
`,
  },
})
