// A reporter that is silent about what passes, and ends with three numbers: passed, failed, skipped.

import { inspect } from 'node:util'

export default async function* report(events) {
  const count = { passed: 0, failed: 0, skipped: 0 }
  for await (const { type, data } of events) {
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message
    if (type !== 'test:pass' && type !== 'test:fail') continue
    // A describe, or a file, only repeats what its tests said, unless it failed by itself.
    const isSuite = data.details?.type === 'suite'
    const ownFailure = type === 'test:fail' && data.details?.error?.failureType !== 'subtestsFailed'
    if (isSuite && !ownFailure) continue
    if (data.skip !== undefined) {
      count.skipped++
      yield `  – ${data.name}: ${data.skip || 'skipped'}\n`
    } else if (type === 'test:pass') count.passed++
    else {
      count.failed++
      const { error } = data.details
      yield `  ✘ ${data.file ?? ''} ${data.name}\n${indent(inspect(error?.cause ?? error, { colors: false, depth: 4 }))}\n`
    }
  }
  yield `${count.passed} ${count.failed} ${count.skipped}\n`
}

function indent(text) {
  return text
    .split('\n')
    .slice(0, 60)
    .map(line => `    ${line}`)
    .join('\n')
}
