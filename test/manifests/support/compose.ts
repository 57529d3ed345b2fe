// What a stack of Compose comes down to, as Docker would be told.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './render.ts'

export const COMPOSE = join(root, 'deploy/compose')

export interface Service {
  readonly image: string
  readonly user?: string
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly cap_add?: readonly string[]
  readonly privileged?: boolean
  readonly security_opt?: readonly string[]
  readonly mem_limit?: string
  readonly restart?: string
  readonly network_mode?: string
  readonly networks?: Readonly<Record<string, unknown>>
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string | null>>
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean }
  readonly logging?: unknown
  readonly ports?: readonly { readonly host_ip?: string; readonly target: number }[]
  readonly volumes?: readonly {
    readonly type: string
    readonly source: string
    readonly target: string
    readonly read_only?: boolean
  }[]
  readonly deploy?: { readonly resources?: unknown }
}

export interface Stack {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>
}

/** As Docker brings it along, or by itself. */
const PROGRAM = [['docker', 'compose'], ['docker-compose']].find(([program, ...rest]) => {
  const { status, stdout } = spawnSync(program!, [...rest, 'version', '--short'], { encoding: 'utf8' })
  // The one of before 2020, in Python, knows another format.
  return status === 0 && /^v?[2-9]/.test(stdout.trim())
})

export const whyNoCompose = PROGRAM ? undefined : 'there is no docker compose here'

/** What it says of these files; `env` is all that it knows of the machine. */
export function compose(files: readonly string[], env: Readonly<Record<string, string>>, folder = COMPOSE) {
  const [program, ...rest] = PROGRAM!
  const args = [...rest, '--env-file', '/dev/null', ...files.flatMap(it => ['--file', join(folder, it)])]
  const { PATH = '', HOME = '' } = process.env
  const { status, stdout, stderr } = spawnSync(program!, [...args, 'config', '--format', 'json'], {
    ...{ encoding: 'utf8', env: { PATH, HOME, ...env } },
  })
  return { status, stdout, stderr }
}

const known = new Map<string, Stack>()

/** `env` is the same each time. */
export function stackOf(files: readonly string[], env: Readonly<Record<string, string>>): Stack {
  let stack = known.get(files.join())
  if (!stack) {
    const { status, stdout, stderr } = compose(files, env)
    if (status !== 0) throw new Error(`${files}: ${stderr}`)
    stack = JSON.parse(stdout) as Stack
    known.set(files.join(), stack)
  }
  return stack
}
