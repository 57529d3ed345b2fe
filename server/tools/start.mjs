#!/usr/bin/env node
// `npm start`: sets everything up, then runs the command line. Without arguments it analyses the bundled example.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()
const given = process.argv.slice(2)
const args =
  given.length > 0 ? given : ['analyze', join(root, 'test/workspaces/example'), '--fail-on', 'never']
// npm runs scripts in the package's folder; paths were meant from where the user stands.
const { status } = spawnSync(process.execPath, [join(root, 'dist/server/main.mjs'), ...args], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
})
process.exit(status ?? 1)
