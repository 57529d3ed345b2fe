#!/usr/bin/env node
// `npm start`: sets everything up, then runs the command line. Without arguments it analyses the bundled example.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()
const given = process.argv.slice(2)
const args =
  given.length > 0 ? given : ['analyze', join(root, 'test/workspaces/example'), '--fail-on', 'never']
// npm runs scripts in the package's folder; paths were meant from where the user stands.
const child = spawn(process.execPath, [join(root, 'dist/server/main.mjs'), ...args], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
})
// Ctrl+C reaches both of us, and who is told to stop alone passes it on: what runs may have something to finish first.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.once('exit', status => process.exit(status ?? 1))
