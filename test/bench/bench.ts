import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measureKeystrokes, servers } from './keystroke.ts'
import { peers } from './peers.ts'

const main = fileURLToPath(new URL('../../dist/server/main.mjs', import.meta.url))
const [sizes = '5000', who = 'codeant', rounds = '60', langs = 'python,typescript,javascript,rust'] =
  process.argv.slice(2)
const p = peers()
for (const size of sizes.split(',').map(Number) as 5000[])
  for (const l of langs.split(',') as 'rust'[])
    for (const s of servers(main, p)) {
      if (!s.languages.includes(l) || !who.split(',').includes(s.name)) continue
      const folder = mkdtempSync(join(tmpdir(), 'bench-'))
      const r = await measureKeystrokes(s, l, size, Number(rounds), folder)
      const f = (x: number) => x.toFixed(1).padStart(6)
      console.log(
        s.name.padEnd(8),
        l.padEnd(10),
        String(r.lines).padStart(6),
        'p50',
        f(r.p50.all),
        'p95',
        f(r.p95.all),
        ' body',
        f(r.p50.body),
        f(r.p95.body),
        ' top',
        f(r.p50.top),
        f(r.p95.top),
        ' break',
        f(r.p50.break),
        f(r.p95.break),
        'unanswered',
        r.unanswered,
      )
    }
