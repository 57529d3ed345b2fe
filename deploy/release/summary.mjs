// Ends a run of checks: a table of what each job came to, and failure where one of them failed. A job that was stopped did not pass; one
// that a rule left out did not fail.
//
//   NEEDS='{"lint":{"result":"success"}}' node deploy/release/summary.mjs

import { appendFileSync } from 'node:fs'

const jobs = Object.entries(JSON.parse(process.env.NEEDS || '{}'))
if (jobs.length === 0) {
  process.stderr.write('summary: NEEDS holds no job\n')
  process.exit(1)
}
const MARKS = { success: '✔', skipped: '–' }
const rows = jobs.map(([name, { result }]) => `| ${MARKS[result] ?? '✘'} | ${name} | ${result} |\n`)
const table = `| | Job | Result |\n|---|---|---|\n${rows.join('')}`
if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, table)
process.stdout.write(table)
if (jobs.some(([, { result }]) => !MARKS[result])) process.exitCode = 1
