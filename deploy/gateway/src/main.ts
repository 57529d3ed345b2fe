// The gateway as a process of its own, as a container runs it. Everything it has to know is in its environment.
//
// `main.mjs migrate` brings the schema up to date and ends; `main.mjs tenant add NAME` makes a team; `main.mjs models FOLDER` writes
// the models for an engine that serves them; `main.mjs weights fetch|check …` brings the weights of an engine that writes text, or
// looks whether they are what was described; `main.mjs retention` says what is over, and takes it away with `--execute`.

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { localeFor } from '@codeant/shared/locale.ts'
import { runTenants, TENANT_ACTIONS } from './operator.ts'
import { runGateway, runMigrations } from './run.ts'
import { runRetention } from './run-retention.ts'
import { runWeights } from './weights/run-weights.ts'
import { writeModels } from './write-models.ts'

const { env } = process

const [action, ...rest] = process.argv.slice(2)

const world = {
  env,
  readText: (path: string) => readFileSync(path, 'utf8'),
  locale: localeFor(env.CODEANT_LOCALE || env.LC_ALL || env.LC_MESSAGES || env.LANG),
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
}

process.exitCode = await run()

function run() {
  if (action === 'tenant') {
    const given = tenantArguments(rest)
    if (given) return runTenants({ ...world, ...given })
    world.err(`main.mjs tenant ${TENANT_ACTIONS.join('|')} [NAME] [--to FOLDER] [--execute]\n`)
    return 2
  }
  if (action === 'models') return writeModels({ ...world, folder: rest[0] })
  if (action === 'weights') return runWeights({ ...world, given: rest })
  if (action === 'retention') return runRetention({ ...world, isMeant: rest.includes('--execute') })
  if (action !== undefined && action !== 'migrate') {
    world.err('main.mjs [migrate | tenant … | models FOLDER | weights … | retention [--execute]]\n')
    return 2
  }
  const stopped = new Promise(resolve => {
    process.once('SIGTERM', resolve)
    process.once('SIGINT', resolve)
  })
  return action === 'migrate' ? runMigrations({ ...world, stopped }) : runGateway({ ...world, stopped })
}

/** Undefined: nothing of the kind can be done. */
function tenantArguments(args: string[]) {
  try {
    const options = { to: { type: 'string' }, execute: { type: 'boolean', default: false } } as const
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true })
    const [what, name] = positionals
    const action = TENANT_ACTIONS.find(it => it === what)
    const { to, execute: isMeant } = values
    return action && { action, isMeant, ...(name !== undefined && { name }), ...(to !== undefined && { to }) }
  } catch {
    return undefined
  }
}
