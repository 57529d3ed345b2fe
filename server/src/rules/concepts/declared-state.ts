// The concept page `declared-state`: names and numbers that only meet in the cluster.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'declared-state',
  en: {
    title: 'Parts that find each other by name',
    body: `
A manifest does not say *do this* but *this is how it shall be*. Its parts find each other by names and
labels, and nobody checks that they match before it is too late.

\`\`\`yaml
# shop.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: store } }
    spec:
      containers: [{ name: shop, image: "shop:1.4" }]
\`\`\`

The deployment counts pods with the label \`shop\` and makes pods with the label \`store\`. The cluster
refuses this one. Others are accepted and simply do nothing: a service whose selector fits no pod, a
health check at a port where nobody listens.

\`\`\`tf
variable "region" {}
provider "aws" {
  region = var.regoin
}
\`\`\`

Kinds of values deceive as well: in YAML \`true\` and \`8080\` are no texts, and an environment variable
takes nothing else. Memory in \`m\` is thousandths of a byte.

- Change a name everywhere at once, and look for the old one.
- Quote what is to be a text.
- Let the tool compare before it applies: \`terraform plan\`, \`kubectl diff\`.
`,
  },
  es: {
    title: 'Partes que se encuentran por su nombre',
    body: `
Un manifiesto no dice *haz esto*, sino *así debe quedar*. Sus partes se encuentran por nombres y
etiquetas, y nadie comprueba que coincidan hasta que es demasiado tarde.

\`\`\`yaml
# shop.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: store } }
    spec:
      containers: [{ name: shop, image: "shop:1.4" }]
\`\`\`

El deployment cuenta pods con la etiqueta \`shop\` y crea pods con la etiqueta \`store\`. El clúster rechaza
este caso. Otros se aceptan y sencillamente no hacen nada: un servicio cuyo selector no coincide con
ningún pod, una comprobación de salud en un puerto en el que nadie escucha.

\`\`\`tf
variable "region" {}
provider "aws" {
  region = var.regoin
}
\`\`\`

También engañan los tipos: en YAML, \`true\` y \`8080\` no son textos, y una variable de entorno no admite
otra cosa. La memoria en \`m\` son milésimas de byte.

- Cambia un nombre en todas partes a la vez y busca el antiguo.
- Pon entre comillas lo que deba ser un texto.
- Deja que la herramienta compare antes de aplicar: \`terraform plan\`, \`kubectl diff\`.
`,
  },
})
