// Tells a chat that a deployment went well or did not, where the team has one that takes incoming messages (Slack, Mattermost and others
// agree on the form). Without CHAT_WEBHOOK it does nothing; a chat that cannot be reached fails no deployment.
//
//   CHAT_WEBHOOK=https://… node deploy/release/tell.mjs --what staging --result success --image NAME@DIGEST

import { parseArgs } from 'node:util'

const text = { type: 'string' }
const { values } = parseArgs({
  options: { what: text, result: text, image: text, help: { type: 'boolean' } },
})
const { CHAT_WEBHOOK, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = process.env

if (values.help || !values.what || !values.result) {
  process.stdout.write(
    'node deploy/release/tell.mjs --what WHERE --result success|failure|cancelled [--image IMAGE]\n',
  )
  if (!values.help) process.exitCode = 1
} else if (!CHAT_WEBHOOK) process.stdout.write('tell: nobody wants to be told (no CHAT_WEBHOOK)\n')
else {
  const run = GITHUB_RUN_ID ? ` ${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}` : ''
  const mark = values.result === 'success' ? '✔' : '✘'
  const message = `${mark} CodeAnt, ${values.what}: ${values.result}${values.image ? `, ${values.image}` : ''}${run}`
  try {
    const answer = await fetch(CHAT_WEBHOOK, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: message }),
      signal: AbortSignal.timeout(10_000),
    })
    process.stdout.write(`tell: the chat answered ${answer.status}\n`)
  } catch (error) {
    // The address is a secret: what went wrong is told without it.
    process.stderr.write(`tell: the chat cannot be reached (${error.name})\n`)
  }
}
