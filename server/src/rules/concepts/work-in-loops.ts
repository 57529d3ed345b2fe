// The concept page `work-in-loops`: what the loop repeats for nothing.

import { defineConcept } from '../concepts.ts'

export default defineConcept({
  id: 'work-in-loops',
  en: {
    title: 'What the loop repeats for nothing',
    body: `
A line in a loop runs once for each element. If it gives the same result each time, all rounds but the
first are wasted. With ten elements nobody cares. With a million, the line decides how long your program
takes.

\`\`\`rust
fn count(lines: &[String]) -> usize {
    lines
        .iter()
        .filter(|line| Regex::new(r"^\\d+:").unwrap().is_match(line))
        .count()
}
\`\`\`

\`\`\`js
for (const name of names) {
  const allowed = new Set(config.allowed)
  if (!allowed.has(name)) report(name)
}
\`\`\`

The first function compiles its pattern anew for every line, which costs far more than the search
itself. The second one builds the same set in each round.

Look at each line of a loop and ask: *does it depend on the round?* If not, move it in front of the
loop. Compile patterns once, as a constant (\`LazyLock\` in Rust, a module constant elsewhere). Open
connections once. Ask the database once for all ids instead of once for each.

Do this where there are many rounds, and measure before you go further. Moving a line out makes the code
no harder to read, so it is worth it nearly always. Clever tricks are not.
`,
  },
  es: {
    title: 'Lo que el bucle repite para nada',
    body: `
Una línea dentro de un bucle se ejecuta una vez por elemento. Si siempre da el mismo resultado, todas
las vueltas menos la primera sobran. Con diez elementos da igual. Con un millón, esa línea decide cuánto
tarda tu programa.

\`\`\`rust
fn count(lines: &[String]) -> usize {
    lines
        .iter()
        .filter(|line| Regex::new(r"^\\d+:").unwrap().is_match(line))
        .count()
}
\`\`\`

\`\`\`js
for (const name of names) {
  const allowed = new Set(config.allowed)
  if (!allowed.has(name)) report(name)
}
\`\`\`

La primera función compila su patrón de nuevo para cada línea, y eso cuesta mucho más que la propia
búsqueda. La segunda construye el mismo conjunto en cada vuelta.

Mira cada línea del bucle y pregúntate: *¿depende de la vuelta?* Si no, llévala delante del bucle.
Compila los patrones una vez, como constante (\`LazyLock\` en Rust, una constante del módulo en los
demás). Abre las conexiones una vez. Pide a la base de datos todos los identificadores de golpe, en
lugar de uno en uno.

Hazlo donde haya muchas vueltas, y mide antes de ir más lejos. Sacar una línea no hace el código más
difícil de leer, así que casi siempre merece la pena. Los trucos ingeniosos, no.
`,
  },
})
