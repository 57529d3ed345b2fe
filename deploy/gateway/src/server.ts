// The gateway on a port, until it is told to stop: then it says that it is not ready, finishes what it began, and closes.

import type { App } from './app.ts'
import { listenForGraphQl } from './graphql/listen.ts'
import { listenForScrapes, type MetricsServer } from './metrics/listen.ts'
import type { Parts } from './parts.ts'

export interface RunningServer {
  /** As a client writes it: `http://127.0.0.1:8520`. */
  readonly url: string
  /** Where metrics are read; absent: the operator wants none. */
  readonly metricsUrl?: string
  /** Where GraphQL has a port of its own; absent: the operator wants none. */
  readonly graphqlUrl?: string
  /** True when every request was answered; false when time was up before. A second call waits for the first. */
  stop(): Promise<boolean>
}

export async function listen(app: App, { config, metrics, readiness, close }: Parts): Promise<RunningServer> {
  const { host, port, drainDelaySeconds, drainSeconds } = config.http
  const url = await app.listen({ host, port })
  const others: { close(): Promise<void> }[] = []
  // Half a gateway would keep the process from ending.
  const orNothing = async (error: unknown): Promise<never> => {
    for (const it of others) await it.close()
    await app.close()
    throw error
  }
  const scraped = await listenWhereWanted(config.metrics, metrics).catch(orNothing)
  if (scraped) others.push(scraped)
  const graphql = await listenForGraphQl(app, config).catch(orNothing)
  let stopped: Promise<boolean> | undefined

  const stop = async (): Promise<boolean> => {
    readiness.drain()
    app.log.info('draining')
    await pause(drainDelaySeconds * 1000)
    const closed = Promise.all([app.close(), graphql?.close()]).then(() => true)
    const isClean = await Promise.race([closed, pause(drainSeconds * 1000).then(() => false)])
    if (!isClean) {
      app.server.closeAllConnections()
      graphql?.closeAllConnections()
    }
    await closed
    await close()
    // The last: how it ends is worth to be seen as well.
    await scraped?.close()
    app.log.info({ clean: isClean }, 'stopped')
    return isClean
  }

  return {
    url,
    ...(scraped && { metricsUrl: `${scraped.url}/metrics` }),
    ...(graphql && { graphqlUrl: `${graphql.url}/graphql` }),
    stop: () => (stopped ??= stop()),
  }
}

async function listenWhereWanted(
  { host, port }: Parts['config']['metrics'],
  { registry }: Parts['metrics'],
): Promise<MetricsServer | undefined> {
  return port === undefined ? undefined : listenForScrapes(registry, { host, port })
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms).unref())
}
