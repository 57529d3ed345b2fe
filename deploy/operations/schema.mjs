// A copy may be older than the gateways that start on it: its schema is brought up to date by the gateway's own program.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { say, Trouble } from './program.mjs'

/** As `npm run build` leaves it, and as the image has it. */
export const GATEWAY = fileURLToPath(new URL('../../dist/gateway/main.mjs', import.meta.url))

/** What it said. `env` names the database, as the gateway wants it. */
export async function migrated(env = process.env, gateway = GATEWAY) {
  if (!existsSync(gateway))
    return say(
      'the schema is as old as the copy: run the job `migrations`, or `main.mjs migrate`',
      'el esquema es tan antiguo como la copia: ejecuta el trabajo `migrations`, o `main.mjs migrate`',
    )
  return gatewaySays(['migrate'], env, gateway)
}

export async function gatewaySays(given, env = process.env, gateway = GATEWAY) {
  const child = spawn(process.execPath, [gateway, ...given], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const it of [child.stdout, child.stderr])
    it.on('data', text => {
      said += text
    })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Trouble(said.trim())
  return said.trim()
}
