// The concept page `permissions`: no more rights than needed.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'permissions',
  en: {
    title: 'No more rights than needed',
    body: `
Every right that your program grants can be used by somebody: a mistaken script, a curious user, an
attacker who got in elsewhere. So give each one what it needs, and nothing on top.

\`\`\`py
os.chmod("deploy.sh", 0o777)
app.run(host="0.0.0.0", debug=True)
\`\`\`

\`\`\`js
app.use(cors({ origin: true, credentials: true }))
\`\`\`

With \`0o777\` any account of the machine may rewrite a script that others run. Debug mode shows source
code and variables to whoever causes an error, and in Flask it opens a console on the server. The last
line lets every website act with the session of a user who is signed in to yours.

All three were convenient. Something did not work, the barrier was removed, and then it worked. The
barrier was there for a reason, and nobody puts it back.

- Files: \`0o644\`, programs and folders \`0o755\`, secrets \`0o600\`.
- Other websites: a list of the origins that may.
- Aids for developers: on by a setting of your own machine, off everywhere else.

When something is refused, ask *which single right is missing?*, and grant that one. If a right is
needed only for a moment, take it back afterwards.
`,
  },
  es: {
    title: 'Ni un permiso de más',
    body: `
Todo permiso que concede tu programa puede usarlo alguien: un script equivocado, un usuario curioso, un
atacante que entró por otro lado. Por eso, dale a cada uno lo que necesita y nada más.

\`\`\`py
os.chmod("deploy.sh", 0o777)
app.run(host="0.0.0.0", debug=True)
\`\`\`

\`\`\`js
app.use(cors({ origin: true, credentials: true }))
\`\`\`

Con \`0o777\`, cualquier cuenta de la máquina puede reescribir un script que ejecutan otros. El modo de
depuración enseña el código y las variables a quien provoque un error, y en Flask abre una consola en el
servidor. La última línea deja que cualquier página web actúe con la sesión de quien haya entrado en la
tuya.

Los tres casos eran cómodos. Algo no funcionaba, se quitó la barrera y funcionó. La barrera estaba por
un motivo, y nadie la vuelve a poner.

- Archivos: \`0o644\`; programas y carpetas, \`0o755\`; secretos, \`0o600\`.
- Otras páginas web: una lista de los orígenes permitidos.
- Ayudas para desarrollar: activadas por un ajuste de tu propio equipo y apagadas en todos los demás.

Cuando algo se rechace, pregunta *¿qué permiso concreto falta?* y concede solo ese. Si un permiso hace
falta un momento, retíralo después.
`,
  },
})
