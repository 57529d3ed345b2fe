// The gateway under load, beside bare Fastify routes in the same run: what is told are ratios, since no two machines are alike.
//
//   npm run bench:gateway -- [--only hits,clients] [--seconds 1] [--sustained 120] [--memory 600] [--idle 10000] [--json file]

import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Found, MEASURES, type Options } from './gateway/measures.ts'
import { openScene } from './gateway/scene.ts'
import { load, machine } from './machine.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '1' },
    sustained: { type: 'string', default: '120' },
    memory: { type: 'string', default: '600' },
    idle: { type: 'string', default: '10000' },
    json: { type: 'string' },
  },
})
const wanted = values.only?.split(',') ?? Object.keys(MEASURES)
const unknown = wanted.filter(it => !Object.hasOwn(MEASURES, it))
if (unknown.length > 0)
  throw new Error(`there is no ${unknown.join(', ')}; there are ${Object.keys(MEASURES).join(', ')}`)
const options: Options = {
  seconds: Number(values.seconds),
  sustained: Number(values.sustained),
  memory: Number(values.memory),
  idle: Number(values.idle),
  // Beside what is asked for.
  say: text => process.stderr.write(`${text}\n`),
}

const { cpu, cores, memoryGb, system } = machine()
say(`${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${process.versions.node}`)
const scene = await openScene()
const result: Record<string, unknown> = { machine: machine(), node: process.version }
try {
  for (const name of wanted) {
    const before = load()
    const { text, figures }: Found = await MEASURES[name]!(scene, options)
    result[name] = { figures, load: [before, load()] }
    say(`\n## ${name} (load of the machine: ${before} before, ${load()} after)\n\n${text}`)
  }
} finally {
  await scene.close()
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(result, undefined, 2)}\n`)

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
