// The concept page `cloud-permissions`: what is open to the internet is found within minutes.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'cloud-permissions',
  en: {
    title: 'Doors to the internet',
    body: `
In a cloud, one line decides whether a machine stands in a cellar or on the street. Programs try every
address of the internet all day: a database that is open is found within minutes, not by somebody who
looks for you, but by somebody who looks for all.

\`\`\`tf
resource "aws_security_group" "db" {
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
\`\`\`

Rights inside work in the same way. A role that may do everything turns a small mistake in any program
that uses it into the loss of the whole account:

\`\`\`yaml
# role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: deployer }
rules:
  - { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }
\`\`\`

Such lines are written on the first day, to get it working, and stay for years, because nothing fails.

- Who has to reach this? Name their addresses, or a group, or put a gateway before it.
- Which actions does this program call? A log of a week tells; grant these.
- Storage is private, and encrypted, unless a person decided otherwise and wrote down why.
`,
  },
  es: {
    title: 'Puertas a internet',
    body: `
En una nube, una línea decide si una máquina está en un sótano o en plena calle. Hay programas que
prueban a diario todas las direcciones de internet: una base de datos abierta se encuentra en minutos, y
no por alguien que te busque a ti, sino por alguien que busca a todos.

\`\`\`tf
resource "aws_security_group" "db" {
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
\`\`\`

Los permisos internos funcionan igual. Un rol que puede hacerlo todo convierte un error pequeño de
cualquier programa que lo use en la pérdida de la cuenta entera:

\`\`\`yaml
# role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: deployer }
rules:
  - { apiGroups: ["*"], resources: ["*"], verbs: ["*"] }
\`\`\`

Esas líneas se escriben el primer día, para que funcione, y se quedan años, porque nada falla.

- ¿Quién tiene que llegar hasta aquí? Nombra sus direcciones o un grupo, o pon delante una pasarela.
- ¿Qué acciones llama este programa? El registro de una semana lo dice; concede esas.
- El almacenamiento es privado y va cifrado, salvo que alguien decidiera otra cosa y escribiera por qué.
`,
  },
})
