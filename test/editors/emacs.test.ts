// Emacs, with eglot: no package of ours, only the server.

import { test } from 'node:test'
import { exchange } from './support/foreign-editor.ts'
import { withEditors } from './support/require-editors.ts'

test(
  'Emacs shows what the command line says, explains and repairs it',
  { timeout: 120_000 },
  withEditors(['emacs'], (_t, command) =>
    exchange({
      command: command!,
      script: 'emacs.el',
      args: script => ['--batch', '-l', script],
      severity: it => (it === 'error' || it === 'warning' ? it : 'note'),
    }),
  ),
)
