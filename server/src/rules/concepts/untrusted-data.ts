// The concept page `untrusted-data`: data that strangers choose.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'untrusted-data',
  en: {
    title: 'Data that strangers choose',
    body: `
Everything that comes from outside was chosen by somebody: the address, the form, the uploaded file, the
headers. Most people send what you expect. One of them will not.

\`\`\`py
@app.get("/pages")
def page():
    return send_file("pages/" + request.args["name"])
\`\`\`

\`\`\`ts
app.get('/preview', async (req, res) => {
  const answer = await fetch(req.query.url)
  res.send(await answer.text())
})
\`\`\`

With \`../../etc/passwd\` the first handler sends a file that was never meant to be public. The second one
fetches whatever it is told, from inside your network, where there are machines that only the server can
reach.

The pattern is always the same. A value from outside decides *which* thing your program uses: a file, an
address, a class, a property, the next page. Formats that can do more than hold data, such as \`pickle\`,
YAML with tags, XML with entities or archives with paths, hand over even more.

Find the place where the value enters, and turn it there into something that you know. Choose from a
list of what is allowed. Resolve the path, then check that it still lies in your folder. Read with the
safe loader. What is not on the list is refused, with a short message.
`,
  },
  es: {
    title: 'Datos que eligen los demás',
    body: `
Todo lo que llega de fuera lo ha elegido alguien: la dirección, el formulario, el archivo que se sube,
las cabeceras. La mayoría envía lo que esperas. Alguien no lo hará.

\`\`\`py
@app.get("/pages")
def page():
    return send_file("pages/" + request.args["name"])
\`\`\`

\`\`\`ts
app.get('/preview', async (req, res) => {
  const answer = await fetch(req.query.url)
  res.send(await answer.text())
})
\`\`\`

Con \`../../etc/passwd\`, la primera función entrega un archivo que nunca debió ser público. La segunda
descarga lo que le digan y desde dentro de tu red, donde hay máquinas a las que solo llega el servidor.

El patrón es siempre el mismo. Un valor de fuera decide *qué* usa tu programa: un archivo, una
dirección, una clase, una propiedad, la página siguiente. Los formatos que hacen algo más que guardar
datos, como \`pickle\`, YAML con etiquetas, XML con entidades o los archivos comprimidos con rutas,
entregan todavía más.

Busca el punto por donde entra el valor y conviértelo allí en algo que conozcas. Elige de una lista de
lo permitido. Resuelve la ruta y comprueba después que sigue dentro de tu carpeta. Lee con el cargador
seguro. Lo que no está en la lista se rechaza, con un mensaje breve.
`,
  },
})
