/** Code for browsers reads a variable that its bundler does not hand to browsers: it is undefined there, whatever is set. */

import { at, beside, js, jsx, ts, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'
import { hiddenReads } from '../support/browser-variables.ts'

type Data = { readonly key: string; readonly prefix: string; readonly tool: string }

export default defineRule<Data>({
  id: 'contracts/client-environment-key',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *variable(variable, { environment }) {
      for (const { read, prefix, tool } of hiddenReads(variable, environment))
        yield { at: read, data: { key: read.key, prefix, tool } }
    },
  },

  explain: {
    en: ({ key, prefix, tool }) => ({
      message: `\`${key}\` is undefined in browsers: ${tool} hands them only \`${prefix}…\``,
      why: `This code runs in browsers, which have no environment. ${tool} writes the values of variables into it while it builds, and leaves out all that do not begin with \`${prefix}\`, because they may be secrets.`,
      remedy: `Call it \`${prefix}${key}\` if everybody may see it; otherwise read it on the server and hand over what the page needs.`,
    }),
    es: ({ key, prefix, tool }) => ({
      message: `\`${key}\` es undefined en el navegador: ${tool} solo le pasa \`${prefix}…\``,
      why: `Este código se ejecuta en el navegador, que no tiene variables de entorno. ${tool} escribe en él los valores al compilar y omite los que no empiezan por \`${prefix}\`, porque podrían ser secretos.`,
      remedy: `Llámala \`${prefix}${key}\` si cualquiera puede verla; si no, léela en el servidor y pasa a la página lo que necesite.`,
    }),
  },

  examples: {
    invalid: [
      beside(
        [at('web/vite.config.ts', ts`export default defineConfig({ plugins: [react()] })`)],
        at('web/src/api.ts', ts`export const root = «import.meta.env.API_URL»`),
      ),
      // What a program of another folder builds says nothing of an application with settings of its own.
      beside(
        [
          at('site/vite.config.ts', ts`export default defineConfig({ plugins: [react()] })`),
          at('scripts/build.js', js`build({ define: { 'import.meta.env': JSON.stringify(variables) } })`),
        ],
        at('site/src/api.ts', ts`export const root = «import.meta.env.API_URL»`),
      ),
      beside(
        [at('web/next.config.js', js`module.exports = { reactStrictMode: true }`)],
        at(
          'web/app/map.jsx',
          jsx`
'use client'
export const Map = () => <Tiles token={«process.env.MAP_TOKEN»} />
`,
        ),
      ),
    ],
    valid: [
      beside(
        [at('web/vite.config.ts', ts`export default defineConfig({ envPrefix: ['VITE_', 'APP_'] })`)],
        at('web/src/api.ts', ts`export const root = import.meta.env.APP_URL ?? import.meta.env.BASE_URL`),
      ),
      // Another program builds the library, and puts in what it has read.
      beside(
        [
          at('vitest.config.ts', ts`export default defineConfig({ test: { globals: true } })`),
          at('site/vite.config.ts', ts`export default defineConfig({ plugins: [react()] })`),
          at(
            'scripts/build.js',
            js`
const variables = readVariables('.env.production')
build({ bundle: true, define: { 'import.meta.env': JSON.stringify(variables) } })
`,
          ),
        ],
        at(
          'packages/fonts/index.ts',
          ts`export const fallback = 'https://fonts.test/' + import.meta.env.PACKAGE_VERSION`,
        ),
      ),
      // The settings hand it over by name.
      beside(
        [at('web/next.config.js', js`module.exports = { env: { MAP_TOKEN: process.env.MAP_TOKEN } }`)],
        at(
          'web/app/map.tsx',
          tsx`
'use client'
export const Map = () => <Tiles token={process.env.MAP_TOKEN} />
`,
        ),
      ),
      // It runs on the server.
      beside(
        [at('web/next.config.js', js`module.exports = {}`)],
        at('web/app/data.js', js`export const load = () => connect(process.env.DATABASE_LOCATION)`),
      ),
    ],
  },
})
