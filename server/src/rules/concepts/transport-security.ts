// The concept page `transport-security`: whom am I talking to?

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'transport-security',
  en: {
    title: 'Whom am I talking to?',
    body: `
HTTPS does two things. It hides what is sent, and it proves who answers. The proof is a certificate,
signed by somebody whom your computer trusts. Without the proof, hiding is worth little: you may be
whispering into the wrong ear.

\`\`\`py
requests.post("https://bank.example/pay", json=order, verify=False)
\`\`\`

\`\`\`js
const agent = new https.Agent({ rejectUnauthorized: false })
\`\`\`

Both lines accept any certificate. Whoever sits between you and the bank, in a café or in a company
network, can show one of their own, read everything and change it. The connection still looks encrypted.
No error is shown, and no test notices.

Such lines are usually written against an error during development: the test server has a certificate
that nobody signed. The error was right. There are better answers:

- Tell the program whom it may trust besides: \`verify="test-ca.pem"\`, or the \`ca\` option in Node.
- Use a tool that makes trusted certificates for your own computer.
- In production, repair the certificate: it has expired, or it names another host.

If there must be an exception, let a setting of the test environment make it, never a constant in the
code that ships.
`,
  },
  es: {
    title: '¿Con quién estoy hablando?',
    body: `
HTTPS hace dos cosas: oculta lo que se envía y demuestra quién responde. La prueba es un certificado
firmado por alguien en quien tu equipo confía. Sin esa prueba, ocultar sirve de poco: puede que estés
susurrando al oído equivocado.

\`\`\`py
requests.post("https://bank.example/pay", json=order, verify=False)
\`\`\`

\`\`\`js
const agent = new https.Agent({ rejectUnauthorized: false })
\`\`\`

Las dos líneas aceptan cualquier certificado. Quien esté entre tú y el banco, en un café o en la red de
una empresa, puede mostrar uno propio, leerlo todo y cambiarlo. La conexión sigue pareciendo cifrada. No
hay ningún error y ninguna prueba lo nota.

Estas líneas suelen escribirse contra un error durante el desarrollo: el servidor de pruebas tiene un
certificado que nadie ha firmado. El error tenía razón. Hay respuestas mejores:

- Dile al programa en quién más puede confiar: \`verify="test-ca.pem"\`, o la opción \`ca\` en Node.
- Usa una herramienta que cree certificados de confianza para tu propio equipo.
- En producción, arregla el certificado: ha caducado o nombra otro servidor.

Si tiene que haber una excepción, que la haga un ajuste del entorno de pruebas, nunca una constante del
código que entregas.
`,
  },
})
