// Neovim, with the language client that it has built in: no plugin of ours, only the server.

import { test } from 'node:test'
import { exchange } from './support/foreign-editor.ts'
import { withEditors } from './support/require-editors.ts'

test(
  'Neovim shows what the command line says, explains and repairs it',
  { timeout: 120_000 },
  withEditors(['neovim'], (_t, command) =>
    exchange({
      command: command!,
      script: 'neovim.lua',
      args: script => ['--headless', '-u', 'NONE', '-n', '-i', 'NONE', '-S', script],
    }),
  ),
)
