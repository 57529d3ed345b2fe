// The concept page `cryptography`: cryptography: take it, do not make it.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'cryptography',
  en: {
    title: 'Cryptography: take it, do not make it',
    body: `
Cryptography fails silently. A bad cipher encrypts, a bad password hash compares, a bad token looks
random. Everything works, until somebody tries.

\`\`\`py
token = "".join(random.choice("abcdef0123456789") for _ in range(32))
\`\`\`

\`\`\`js
const stored = crypto.createHash('md5').update(password).digest('hex')
\`\`\`

\`random\` is made for games and statistics. Whoever sees some of its numbers can compute the next ones,
and with them the next token. MD5 is fast, and that is its fault here: a graphics card tries billions of
passwords a second against a stolen table.

Each task has its own tool:

- A secret nobody can guess: \`secrets.token_hex()\` in Python, \`crypto.randomBytes\` in Node, the \`OsRng\`
  of Rust's \`rand\`.
- A password: a hash that is slow on purpose and has a salt, such as Argon2, scrypt or bcrypt.
- Hiding data: AES-GCM or ChaCha20-Poly1305 from a known library. Not DES, not RC4, not ECB mode.
- A signed token: verify the signature first, then read what is inside. Reading without verifying
  believes anybody.

Do not invent a scheme, and do not combine pieces by feeling. If a library has a function with an easy
name for your task, such as \`encrypt\` or \`hash_password\`, take that one and leave its defaults alone.
`,
  },
  es: {
    title: 'Criptografía: úsala, no la inventes',
    body: `
La criptografía falla en silencio. Un mal cifrado cifra, un mal hash de contraseñas compara, un mal
token parece aleatorio. Todo funciona hasta que alguien lo intenta.

\`\`\`py
token = "".join(random.choice("abcdef0123456789") for _ in range(32))
\`\`\`

\`\`\`js
const stored = crypto.createHash('md5').update(password).digest('hex')
\`\`\`

\`random\` está hecho para juegos y estadística. Quien vea algunos de sus números puede calcular los
siguientes y, con ellos, el próximo token. MD5 es rápido, y ese es aquí su defecto: una tarjeta gráfica
prueba miles de millones de contraseñas por segundo contra una tabla robada.

Cada tarea tiene su herramienta:

- Un secreto que nadie adivine: \`secrets.token_hex()\` en Python, \`crypto.randomBytes\` en Node, el
  \`OsRng\` de \`rand\` en Rust.
- Una contraseña: una función lenta a propósito y con sal, como Argon2, scrypt o bcrypt.
- Ocultar datos: AES-GCM o ChaCha20-Poly1305 de una biblioteca conocida. Ni DES, ni RC4, ni el modo ECB.
- Un token firmado: primero comprueba la firma y después lee lo que lleva dentro. Leer sin comprobar es
  creer a cualquiera.

No inventes un esquema ni combines piezas a ojo. Si una biblioteca tiene una función con un nombre
sencillo para tu tarea, como \`encrypt\` o \`hash_password\`, usa esa y deja sus valores por defecto como
están.
`,
  },
})
