// The gateway as a process of its own, as a container runs it. Everything it has to know is in its environment.
//
// `main.mjs migrate` brings the schema up to date and ends.

import { readFileSync } from 'node:fs'
import { localeFor } from '@codeant/shared/locale.ts'
import { runGateway, runMigrations } from './run.ts'

const { env } = process

const run = process.argv[2] === 'migrate' ? runMigrations : runGateway

process.exitCode = await run({
  env,
  readText: path => readFileSync(path, 'utf8'),
  locale: localeFor(env.CODEANT_LOCALE || env.LC_ALL || env.LC_MESSAGES || env.LANG),
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
  stopped: new Promise(resolve => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  }),
})
