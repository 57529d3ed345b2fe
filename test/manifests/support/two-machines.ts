// Two machines in the kernel of this one, with a cable between them: what a firewall lets through is tried, not read.

import { spawn, spawnSync } from 'node:child_process'

export interface TwoMachines {
  /** Runs a program on the first one, which has the firewall. */
  readonly here: (program: string, ...args: readonly string[]) => string
  /** Whether the second one reaches a port of the first; `from` is which of its addresses asks. */
  comesIn(from: string, to: string, port: number, times?: number): Promise<number>
  /** Whether somebody of the first one, by the number of the user, reaches a port of the second. */
  goesOut(user: number, to: string, port: number): Promise<boolean>
  stop(): void
}

/** What a connection may take that arrives: on a cable in memory, a hundredth of it. */
const PATIENCE_MS = 400

/** Undefined where this process may not make machines. Both have all `addresses`, with 1 and 2 as their last number, and listen on `ports`. */
export async function twoMachines(
  networks: readonly string[],
  ports: readonly number[],
): Promise<TwoMachines | undefined> {
  const name = `codeant-${process.pid}`
  const [one, two] = [`${name}-1`, `${name}-2`]
  const ip = (...args: readonly string[]) => spawnSync('ip', args, { encoding: 'utf8' })
  const stop = () => {
    for (const it of listeners) it.kill('SIGKILL')
    for (const it of [one, two]) ip('netns', 'del', it)
  }
  const listeners: ReturnType<typeof spawn>[] = []
  if (ip('netns', 'add', one).status !== 0 || ip('netns', 'add', two).status !== 0) {
    stop()
    return undefined
  }
  ip('link', 'add', 'cable', 'netns', one, 'type', 'veth', 'peer', 'name', 'cable', 'netns', two)
  for (const [i, it] of [one, two].entries()) {
    for (const network of networks) ip('-n', it, 'addr', 'add', `${network}.${i + 1}/24`, 'dev', 'cable')
    for (const device of ['lo', 'cable']) ip('-n', it, 'link', 'set', device, 'up')
    const listener = spawn('ip', ['netns', 'exec', it, process.execPath, '-e', LISTEN, JSON.stringify(ports)])
    await new Promise(resolve => listener.stdout.once('data', resolve))
    listeners.push(listener)
  }
  const inside = async (machine: string, ...args: readonly unknown[]) => {
    const child = spawn('ip', [
      'netns',
      'exec',
      machine,
      process.execPath,
      '-e',
      CONNECT,
      JSON.stringify(args),
    ])
    let said = ''
    child.stdout.on('data', it => {
      said += String(it)
    })
    await new Promise(resolve => child.once('exit', resolve))
    return Number(said)
  }
  return {
    here(program, ...args) {
      const { status, stdout, stderr } = spawnSync('ip', ['netns', 'exec', one, program, ...args], {
        encoding: 'utf8',
      })
      if (status !== 0) throw new Error(stderr)
      return stdout
    },
    comesIn: (from, to, port, times = 1) =>
      inside(two, { localAddress: from, host: to, port }, times, PATIENCE_MS),
    goesOut: async (user, to, port) => (await inside(one, { host: to, port }, 1, PATIENCE_MS, user)) === 1,
    stop,
  }
}

const LISTEN = `
const ports = JSON.parse(process.argv[1])
let left = ports.length
for (const port of ports)
  require('node:net').createServer(it => it.end()).listen(port, '0.0.0.0', () => --left || process.stdout.write('.'))
`

/** Writes how many of so many connections came about. */
const CONNECT = `
const [to, times, patience, user] = JSON.parse(process.argv[1])
if (user !== undefined) process.setuid(user)
const one = () => new Promise(resolve => {
  const socket = require('node:net').connect(to, () => { resolve(1); socket.destroy() })
  socket.on('error', () => resolve(0))
  setTimeout(() => { resolve(0); socket.destroy() }, patience)
})
Promise.all(Array.from({ length: times }, one)).then(all => {
  process.stdout.write(String(all.reduce((sum, it) => sum + it)))
  process.exit()
})
`
