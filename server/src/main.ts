// Where a process begins: all that it needs is loaded after this.

import { keepCompiledCode } from './host/node/compiled-code.ts'

if (!process.argv.includes('--no-cache')) keepCompiledCode(process.env)

await import('./program.ts')
