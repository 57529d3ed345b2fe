// A process of its own that asks the tiny model under some cache: `node --import tsx ask.ts <cache> <first> <count>`.
// Prints the answers and the counts as JSON.

import { DEFAULT_MODEL_SETTINGS } from '@codeant/shared/settings.ts'
import { silentLog } from '../../../server/src/base/log.ts'
import { Models } from '../../../server/src/host/node/models.ts'
import { MODELS, tinyTask, tokens } from './tiny-task.ts'

const [cache, first, count] = process.argv.slice(2)
const models = new Models({
  settings: { ...DEFAULT_MODEL_SETTINGS, engine: 'web' },
  env: { CODEANT_CACHE: cache },
  log: silentLog,
  cache: true,
  folder: MODELS,
  notify: it => {
    throw new Error(JSON.stringify(it))
  },
})
const { signal } = new AbortController()
const answers: (readonly number[])[] = []
// Some at a time, so that what was learned is written and read between.
for (let at = Number(first), end = at + Number(count); at < end; at += 10) {
  const few = Array.from({ length: Math.min(10, end - at) }, (_, i) => tokens(at + i))
  answers.push(...(await Promise.all(few.map(it => models.backend.run(tinyTask(), it, 'idle', signal)))))
}
const { models: reports, threads } = models.report()
await models.close()
console.log(JSON.stringify({ answers, threads, counts: reports.tiny }))
