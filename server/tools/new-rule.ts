// `npm run new-rule <category>/<name>`: a rule file to fill in, and its place in the registry.

import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CATEGORIES } from './generate-registry.ts'

const [id = ''] = process.argv.slice(2)
const rules = fileURLToPath(new URL('../src/rules', import.meta.url))
const [category = '', name = ''] = id.split('/')

if (!(CATEGORIES as readonly string[]).includes(category) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
  process.stderr.write(
    `usage: npm run new-rule <category>/<name-in-kebab-case>\ncategories: ${CATEGORIES.join(', ')}`,
  )
  process.exit(64)
}
const file = join(rules, `${id}.ts`)
if (existsSync(file)) {
  process.stderr.write(`${id} exists already: server/src/rules/${id}.ts\n`)
  process.exit(73)
}
writeFileSync(file, template())
await import('./generate.ts')
console.log(`wrote server/src/rules/${id}.ts — fill it in; \`npm run test:rules\` tells what is missing`)

function template(): string {
  return `/** What it finds, and why that is a problem, in one sentence. */

import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: '${id}',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'dead-code',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {
    *Call(node, file) {
      const callee = node.child('callee')
      if (!callee || !file.isFree(callee)) return
      yield { at: node, data: { name: callee.name } }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: \`\\\`\${name}\\\` …\`,
      why: '….',
      remedy: '….',
    }),
    es: ({ name }) => ({
      message: \`\\\`\${name}\\\` …\`,
      why: '….',
      remedy: '….',
    }),
  },

  examples: {
    invalid: [py\`«f()»\`, ts\`«f()»\`, js\`«f()»\`, rs\`fn g() { «f()» }\`],
    valid: [py\`f\`, ts\`f\`, js\`f\`, rs\`fn g() { f }\`],
  },
})
`
}
