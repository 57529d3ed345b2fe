// The gateway on a port, until it is told to stop: then it says that it is not ready, finishes what it began, and closes.

import type { App } from './app.ts'
import type { Parts } from './parts.ts'

export interface RunningServer {
  /** As a client writes it: `http://127.0.0.1:8520`. */
  readonly url: string
  /** True when every request was answered; false when time was up before. A second call waits for the first. */
  stop(): Promise<boolean>
}

export async function listen(app: App, { config, readiness, close }: Parts): Promise<RunningServer> {
  const { host, port, drainDelaySeconds, drainSeconds } = config.http
  const url = await app.listen({ host, port })
  let stopped: Promise<boolean> | undefined

  const stop = async (): Promise<boolean> => {
    readiness.drain()
    app.log.info('draining')
    await pause(drainDelaySeconds * 1000)
    const closed = app.close().then(() => true)
    const isClean = await Promise.race([closed, pause(drainSeconds * 1000).then(() => false)])
    if (!isClean) app.server.closeAllConnections()
    await closed
    await close()
    app.log.info({ clean: isClean }, 'stopped')
    return isClean
  }

  return { url, stop: () => (stopped ??= stop()) }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms).unref())
}
