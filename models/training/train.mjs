// `npm run train`: everything from nothing to the shipped models, step by step. What is done is not done again.
//
//   npm run train                        on the CPU
//   npm run train -- --profile gpu       on a GPU
//   npm run train -- --from export       from this step on
//   npm run train -- --only bug-finder   the steps of one model
//   npm run train -- --list              what there is to do
//   npm run train -- --rehearsal DIR     all steps on some twenty repositories, in a copy of this one in DIR: minutes, not a day
//
// `--mirrors DIR` takes repositories from bare clones in DIR (owner+name/repo) instead of fetching them. All that is fetched
// and made on the way lies in models/training/.data and is written down in its log.txt.

import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { setUp } from '../../server/tools/setup.mjs'
import { rehearse } from './rehearse.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const { values } = parseArgs({
  options: {
    profile: { type: 'string', default: 'cpu' },
    data: { type: 'string', default: join(here, '.data') },
    mirrors: { type: 'string' },
    from: { type: 'string' },
    only: { type: 'string' },
    python: { type: 'string' },
    list: { type: 'boolean', default: false },
    rehearsal: { type: 'string' },
  },
})
if (values.rehearsal) process.exit(rehearse(values.rehearsal, process.argv.slice(2)))
const { data } = values
const venv = join(data, 'venv')
const python = values.python ?? join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
const mirrors = values.mirrors ? ['--mirrors', values.mirrors] : []

const script = (file, ...args) => [
  process.execPath,
  '--import',
  'tsx',
  join(here, file),
  ...args,
  '--data',
  data,
]
const module = (name, ...args) => [python, '-m', name, ...args, '--data', data]

/** [model, step, command] in order; `data` is everybody's. */
const STEPS = [
  ['data', 'corpus', script('corpus.ts', ...mirrors)],
  ['data', 'mine', script('mine.ts', ...mirrors)],
  ['bug-finder', 'vocabulary', script('functions.ts', 'vocabulary')],
  ['bug-finder', 'encode', script('functions.ts', 'encode')],
  ['bug-finder', 'encode-fixes', script('functions.ts', 'fixes')],
  ['bug-finder', 'check', module('bug_finder.check')],
  // Two processes on a thread each: more would make larger steps, and so another model.
  [
    'bug-finder',
    'train',
    module(
      'bug_finder.train',
      '--profile',
      values.profile,
      ...(values.profile === 'gpu' ? [] : ['--processes', '2']),
    ),
  ],
  ['bug-finder', 'real', module('bug_finder.real', '--profile', values.profile)],
  ['bug-finder', 'export', module('bug_finder.export')],
  ['bug-finder', 'describe', module('bug_finder.describe')],
  ['bug-finder', 'suspicions', script('bug_finder/suspicions.ts', '--split', 'validation')],
  ['bug-finder', 'thresholds', script('bug_finder/untouched.ts', '--thresholds')],
  ['bug-finder', 'real-bugs', script('bug_finder/real-bugs.ts', '--write')],
  ['bug-finder', 'golden', script('bug_finder/golden.ts')],
  ['secrets', 'literals', script('secrets/extract.ts')],
  ['secrets', 'examples', script('secrets/examples.ts')],
  ['secrets', 'train-secrets', [python, join(here, 'secrets/train.py'), '--data', data]],
  ['secrets', 'evaluate-secrets', script('secrets/evaluate.ts')],
  ['actionability', 'findings', script('actionability/findings.ts', ...mirrors)],
  ['actionability', 'contexts', script('actionability/encode.ts')],
  ['actionability', 'train-ranks', [python, join(here, 'actionability/train.py'), '--data', data]],
  ['actionability', 'evaluate-ranks', script('actionability/evaluate.ts', '--write')],
  [
    'actionability',
    'golden-findings',
    [process.execPath, '--import', 'tsx', join(here, 'actionability/golden.ts')],
  ],
  ['similarity', 'weigh', script('similarity/weigh.ts')],
  ['similarity', 'golden-functions', script('similarity/golden.ts')],
  ['similarity', 'evaluate', script('similarity/evaluate.ts', ...mirrors)],
]

const chosen = STEPS.filter(([model]) => !values.only || model === values.only || model === 'data')
const first = values.from ? chosen.findIndex(([, step]) => step === values.from) : 0
if (first === -1 || chosen.length === 0) {
  process.stderr.write(
    `There is no such step; there are:\n${STEPS.map(([model, step]) => `  ${model}: ${step}`).join('\n')}\n`,
  )
  process.exit(64)
}
if (values.list) {
  process.stdout.write(
    STEPS.map(
      ([model, step, command]) => `${model.padEnd(14)} ${step.padEnd(14)} ${command.slice(1).join(' ')}\n`,
    ).join(''),
  )
  process.exit(0)
}
mkdirSync(data, { recursive: true })
say(`== profile ${values.profile} on ${machine()}\n`)
setUp()
if (!values.python) await makeVenv()
for (const [model, step, command] of chosen.slice(first)) await run(`${model}: ${step}`, command)

async function makeVenv() {
  if (existsSync(python)) return
  await run('python', ['python3', '-m', 'venv', venv])
  await run('packages', [python, '-m', 'pip', 'install', '--quiet', '-r', join(here, 'requirements.txt')])
}

function machine() {
  const processors = os.cpus()
  const memory = Math.round(os.totalmem() / 2 ** 30)
  return `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${memory} GiB, ${os.type()}, Node ${process.versions.node}`
}

/** Shows what a step says and writes it down; ends everything when it fails. */
function run(name, [command, ...args]) {
  const began = Date.now()
  say(`== ${name} · ${new Date().toISOString()}\n`)
  return new Promise(resolve => {
    const child = spawn(command, args, {
      cwd: here,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PYTHONUNBUFFERED: '1' },
    })
    child.stdout.on('data', say)
    child.stderr.on('data', say)
    child.on('error', error => fail(name, error.message))
    child.on('close', code => {
      if (code !== 0) fail(name, `ended with ${code}`)
      say(`== ${name} done in ${Math.round((Date.now() - began) / 1000)} s\n`)
      resolve()
    })
  })
}

function fail(name, why) {
  say(`== ${name} failed: ${why}. What was finished is kept; the same command goes on from here.\n`)
  process.exit(1)
}

function say(text) {
  process.stdout.write(text)
  appendFileSync(join(data, 'log.txt'), text)
}
