// A gateway in a process of its own, which a test can kill: prints its address and its key, then goes on.

import { startGateway } from './gateway.ts'

const gateway = await startGateway(JSON.parse(process.argv[2]!) as Readonly<Record<string, string>>)
process.stdout.write(`${JSON.stringify({ url: gateway.url, key: gateway.key })}\n`)
