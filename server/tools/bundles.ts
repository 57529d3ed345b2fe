// How bundles are made, for whoever makes one: what is measured is bundled as what is shipped.

import type { BuildOptions } from 'esbuild'

export function commonBundle(root: string): BuildOptions {
  return {
    bundle: true,
    sourcemap: 'linked',
    logLevel: 'warning',
    absWorkingDir: root,
    legalComments: 'eof',
    minifySyntax: true,
  }
}

/** Some dependencies are CommonJS and use what an ES module has none of. */
export const requireBanner = [
  "import { createRequire as __createRequire } from 'node:module'",
  'const require = __createRequire(import.meta.url)',
  'const __dirname = import.meta.dirname',
].join('; ')

/**
 * The gateway's code, to lie in `dist/gateway/`. The engine is not bundled a second time: it is the very one of `dist/server/`,
 * so that both cannot differ.
 */
export function gatewayBundle(root: string): BuildOptions {
  return {
    ...commonBundle(root),
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    banner: { js: requireBanner },
    mainFields: ['module', 'main'],
    external: ['@napi-rs/nice', 'pg-native', 'pino-pretty'],
    plugins: [
      {
        name: 'engine-of-the-server',
        setup({ onResolve }) {
          onResolve({ filter: /^@codeant\/server\/api\// }, ({ path }) => ({
            path: path.replace('@codeant/server/api/', '../server/api-').replace(/\.ts$/, '.mjs'),
            external: true,
          }))
        },
      },
    ],
  }
}
