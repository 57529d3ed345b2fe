// The concept page `floating-point`: numbers that are nearly right.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'floating-point',
  en: {
    title: 'Numbers that are nearly right',
    body: `
Computers store numbers such as 0.1 in binary, with a fixed number of digits. Most of them do not fit
exactly, just as one third does not fit into decimals. What you get is the nearest number that fits.

\`\`\`py
total = 0.1 + 0.2
if total == 0.3:
    print("paid")
\`\`\`

\`\`\`ts
function isMissing(value: number) {
  return value === NaN
}
\`\`\`

The first program prints nothing: the sum is 0.30000000000000004. The second function always answers
\`false\`. \`NaN\`, "not a number", is the result of a computation that has none, such as zero divided by
zero in JavaScript. It is equal to nothing, not even to itself. That rule holds in Python and in Rust as
well.

So there are three things to remember:

- Ask for NaN with the function made for it: \`math.isnan(value)\`, \`Number.isNaN(value)\`,
  \`value.is_nan()\`.
- Compare with a distance that you allow: \`abs(a - b) < 0.001\`, or \`math.isclose(a, b)\`.
- Do not count money with them. Use whole cents, or a decimal type such as Python's \`Decimal\`.

If two computed numbers "must be equal", ask first how exact they can be at all.
`,
  },
  es: {
    title: 'Números casi exactos',
    body: `
El ordenador guarda números como 0,1 en binario y con una cantidad fija de cifras. La mayoría no cabe
exactamente, igual que un tercio no cabe en decimales. Lo que obtienes es el número más próximo que sí
cabe.

\`\`\`py
total = 0.1 + 0.2
if total == 0.3:
    print("paid")
\`\`\`

\`\`\`ts
function isMissing(value: number) {
  return value === NaN
}
\`\`\`

El primer programa no imprime nada: la suma es 0.30000000000000004. La segunda función responde siempre
\`false\`. \`NaN\`, «no es un número», es el resultado de una operación que no lo tiene, como cero entre
cero en JavaScript. No es igual a nada, ni siquiera a sí mismo. La regla vale también en Python y en
Rust.

Así que recuerda tres cosas:

- Pregunta por NaN con la función que existe para eso: \`math.isnan(value)\`, \`Number.isNaN(value)\`,
  \`value.is_nan()\`.
- Compara con una distancia que admitas: \`abs(a - b) < 0.001\`, o \`math.isclose(a, b)\`.
- No cuentes dinero con ellos. Usa céntimos enteros o un tipo decimal, como \`Decimal\` en Python.

Si dos números calculados «tienen que ser iguales», pregúntate antes qué exactitud pueden tener.
`,
  },
})
