// A Redis server of its own for a test, where one is installed: it can be killed, stopped in the middle, and started again on its port.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../support/free-port.ts'

export interface TestRedis {
  readonly url: string
  /** Without a word, as when its machine goes. */
  kill(): Promise<void>
  /** Anew, on the same port, with nothing in it. */
  start(): Promise<void>
  /** Connections stay open, and nothing answers. */
  freeze(): void
  thaw(): void
  close(): Promise<void>
}

const PASSWORD = 'of-a-test'

/** Undefined where neither Redis nor Valkey is installed. */
export async function startRedis(): Promise<TestRedis | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'codeant-redis-'))
  const port = await freePort()
  const server = (await start('redis-server')) ?? (await start('valkey-server'))
  if (!server) {
    rmSync(folder, { recursive: true, force: true })
    return undefined
  }
  let [program, running] = server

  async function start(name: string): Promise<readonly [string, ChildProcess] | undefined> {
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
    const child = spawn(name, [...options, '--requirepass', PASSWORD], { stdio: 'ignore' })
    const isThere = await new Promise<boolean>(resolve => {
      child.once('spawn', () => resolve(true))
      child.once('error', () => resolve(false))
    })
    if (!isThere) return undefined
    await listens(port)
    return [name, child]
  }

  const kill = async (): Promise<void> => {
    if (running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise(resolve => running.once('exit', resolve))
    running.kill('SIGKILL')
    await ended
  }

  return {
    url: `redis://:${PASSWORD}@127.0.0.1:${port}`,
    kill,
    async start() {
      ;[program, running] = (await start(program))!
    },
    freeze: () => void running.kill('SIGSTOP'),
    thaw: () => void running.kill('SIGCONT'),
    async close() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listens(port: number): Promise<void> {
  for (let left = 200; left > 0; left--) {
    const isThere = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (isThere) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error('the server does not listen')
}
