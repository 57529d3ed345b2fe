#!/usr/bin/env node
// The `codeant` command. It only finds the bundle, so that a missing build is a sentence and not a stack trace.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const bundle = new URL('../../dist/server/main.mjs', import.meta.url)
if (!existsSync(bundle)) {
  const here = fileURLToPath(new URL('../..', import.meta.url))
  console.error(`codeant is not built yet. Run \`npm start\` once in ${here} and try again.`)
  console.error(
    `codeant aún no está compilado. Ejecuta \`npm start\` una vez en ${here} e inténtalo de nuevo.`,
  )
  process.exit(70)
}
await import(bundle.href)
