#!/usr/bin/env node
// What `@vscode/test-electron` starts in place of the desktop VS Code: it takes the same arguments, and ends with the same code.

import { register } from 'tsx/esm/api'

register()
const { runInCodeServer } = await import('./run-in-code-server.ts')
const options = Object.fromEntries(
  process.argv
    .slice(2)
    .filter(it => it.startsWith('--'))
    .map(it => {
      const [name, ...value] = it.slice(2).split('=')
      return [name, value.join('=')]
    }),
)
process.exitCode = await runInCodeServer({
  folder: process.argv.slice(2).find(it => !it.startsWith('-')),
  home: options['user-data-dir'],
  extension: options.extensionDevelopmentPath,
  tests: options.extensionTestsPath,
  workspaceTrust: !('disable-workspace-trust' in options),
})
