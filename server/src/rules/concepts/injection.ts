// The concept page `injection`: when data becomes code.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'injection',
  en: {
    title: 'When data becomes code',
    body: `
SQL, HTML, shell commands and templates are languages. If you glue a text from outside into such a
sentence, whoever sent the text can write the rest of the sentence.

\`\`\`py
name = request.args["name"]
db.execute(f"SELECT * FROM users WHERE name = '{name}'")
\`\`\`

\`\`\`js
element.innerHTML = '<b>' + comment + '</b>'
\`\`\`

A \`name\` of \`' OR '1'='1\` gives every user of the table. A comment with \`<img onerror=…>\` runs a script
in the browser of everyone who reads it. The database and the browser cannot know which part was yours.

The way out is always the same: keep the sentence and the data apart.

- SQL: \`db.execute("SELECT * FROM users WHERE name = ?", (name,))\`. Parameters are never read as SQL.
- Commands: a list of arguments and no shell, \`subprocess.run(["ping", host])\`.
- HTML: \`element.textContent = comment\`, or a template that escapes by itself.
- Code: do not use \`eval\`. Look the value up in a table of what is allowed.

Do not try to filter the dangerous characters. You will forget one. When a name of a table or a column
must be variable, choose it from a fixed list in your code.
`,
  },
  es: {
    title: 'Cuando los datos se vuelven código',
    body: `
SQL, HTML, las órdenes del sistema y las plantillas son lenguajes. Si pegas un texto de fuera en una de
sus frases, quien envió el texto puede escribir el resto de la frase.

\`\`\`py
name = request.args["name"]
db.execute(f"SELECT * FROM users WHERE name = '{name}'")
\`\`\`

\`\`\`js
element.innerHTML = '<b>' + comment + '</b>'
\`\`\`

Un \`name\` como \`' OR '1'='1\` devuelve todos los usuarios de la tabla. Un comentario con
\`<img onerror=…>\` ejecuta un script en el navegador de cualquiera que lo lea. Ni la base de datos ni el
navegador pueden saber qué parte era tuya.

La salida es siempre la misma: mantener separadas la frase y los datos.

- SQL: \`db.execute("SELECT * FROM users WHERE name = ?", (name,))\`. Los parámetros nunca se leen como
  SQL.
- Órdenes: una lista de argumentos y ningún intérprete, \`subprocess.run(["ping", host])\`.
- HTML: \`element.textContent = comment\`, o una plantilla que escape por su cuenta.
- Código: no uses \`eval\`. Busca el valor en una tabla de lo permitido.

No intentes filtrar los caracteres peligrosos: se te olvidará alguno. Si el nombre de una tabla o de una
columna tiene que variar, elígelo de una lista fija escrita en tu código.
`,
  },
})
