// The team's endpoint in VS Code, asked from inside: a page that shows what would be sent, a question, a change to accept.

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ASK_FOR_FIX } from '@codeant/shared/endpoint.ts'
import * as vscode from 'vscode'
import { FakeServer, json } from '../../support/endpoint/fake-server.ts'
import { fakeVllm } from '../../support/endpoint/fake-vllm.ts'
import { waitFor } from '../support/wait-for.ts'
import { type Cases, runCases } from './run.ts'
import { activate, finding, findings, ruleOf, show } from './workspace.ts'

const SELF = 'correctness/self-assignment'
const WRONG = 'function area(width, height) {\n  width = width\n  return width * height\n}\n'
const RIGHT = 'function area(width, height) {\n  return width * height\n}\n'

const cases: Cases = {
  'what would be sent is shown first, is sent when it is allowed, and can be looked at afterwards':
    async () => {
      const vllm = fakeVllm()
      await vllm.start()
      vllm.says = [JSON.stringify({ can_fix: true, code: RIGHT, summary: 'The line is gone.' })]
      try {
        const api = await activate()
        const remote = vscode.workspace.getConfiguration('codeant.remote')
        await remote.update('endpoint', vllm.url, vscode.ConfigurationTarget.Global)
        await remote.update('enabled', true, vscode.ConfigurationTarget.Global)
        const { uri } = vscode.workspace.workspaceFolders![0]!
        await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(uri, 'area.js'), Buffer.from(WRONG))
        const document = await show('area.js')
        const { range } = await finding(document, SELF)
        await waitFor('the endpoint in the status', () => api.status()?.endpoint)

        const start = document.offsetAt(range.start)
        let outcome: unknown
        const ask = async () => {
          outcome = undefined
          outcome = await vscode.commands.executeCommand(ASK_FOR_FIX, {
            uri: document.uri.toString(),
            rule: SELF,
            start,
          })
        }
        void ask()
        const shown = await waitFor('what would be sent', page)
        assert.match(shown, /Nothing was sent yet[\s\S]*"messages"[\s\S]*width = width/)
        assert.equal(vllm.received.length, 0)

        await waitFor('it was allowed', async () => {
          await chooseFirst()
          return vllm.questions.length > 0 || undefined
        })
        // A change that is applied before it is chosen is applied without anything in it: it has to be shown first.
        await new Promise(resolve => setTimeout(resolve, 2000))
        await waitFor('the change was accepted', async () => {
          // A change that wants to be confirmed is not chosen until somebody chooses it, in the list that has the focus.
          await vscode.commands.executeCommand('refactorPreview.focus')
          await new Promise(resolve => setTimeout(resolve, 300))
          for (const it of ['list.focusFirst', 'refactorPreview.toggleCheckedState', 'refactorPreview.apply'])
            await vscode.commands.executeCommand(it)
          // Chosen a second time it would not be chosen any more: applying gets its time.
          for (let i = 0; i < 30 && document.getText() !== RIGHT; i++)
            await new Promise(resolve => setTimeout(resolve, 100))
          if (document.getText() === RIGHT) return true
          // A person asks again, too, where the list was gone before anything in it was chosen.
          if (outcome !== undefined) {
            console.error(`nothing was chosen: ${JSON.stringify(outcome)}`)
            void ask()
            await new Promise(resolve => setTimeout(resolve, 1000))
          }
          return undefined
        })
        await waitFor('the outcome', () => outcome)
        assert.deepEqual(outcome, { kind: 'applied' })
        await waitFor(
          'the finding gone',
          () => !findings(document).some(it => ruleOf(it) === SELF) || undefined,
        )

        void vscode.commands.executeCommand('codeant.showSent')
        const sent = await waitFor('what was sent', async () => {
          await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem')
          return page('// purpose: fix')
        })
        const [question] = vllm.questions
        assert.ok(sent.includes(question!.body.toString()), 'to the letter')
      } finally {
        await vllm.stop()
      }
    },

  'a code is shown for a login, nothing is opened by itself, and the login is kept for the command line, too':
    async () => {
      const { server, approve } = fakeLogins()
      await server.start()
      try {
        const api = await activate()
        const remote = vscode.workspace.getConfiguration('codeant.remote')
        await remote.update('endpoint', server.url, vscode.ConfigurationTarget.Global)
        await remote.update('enabled', true, vscode.ConfigurationTarget.Global)
        const { host } = new URL(server.url)
        await waitFor('the endpoint in the status', () => api.status()?.endpoint?.host === host || undefined)
        const done = vscode.commands.executeCommand('codeant.signIn')
        await waitFor('it was asked for a code', () => server.received.length > 0 || undefined)
        const asked = new URLSearchParams(server.received[0]!.body.toString())
        assert.match(asked.get('client_id')!, /^CodeAnt in .+ on .+/)
        approve()
        await done
        const logins = join(process.env.CODEANT_CONFIG!, 'endpoint-logins.json')
        const kept = await waitFor('the login is kept', () =>
          existsSync(logins) ? readFileSync(logins, 'utf8') : undefined,
        )
        assert.equal(JSON.parse(kept)[server.url].refreshToken, 'car_of_a_test')
        await vscode.commands.executeCommand('codeant.signOut')
        await waitFor(
          'the session is over',
          () => server.received.some(it => it.path === '/oauth/revoke') || undefined,
        )
      } finally {
        await server.stop()
      }
    },
}

/** An endpoint that has nothing but logins, and lets in whom the test does. */
function fakeLogins(): { readonly server: FakeServer; readonly approve: () => void } {
  let isApproved = false
  const server = new FakeServer(({ path }) => {
    switch (path) {
      case '/oauth/device':
        return json(200, {
          device_code: 'cad_of_a_test',
          user_code: 'BCDF-GHJK',
          verification_uri: `${server.url}/device`,
          expires_in: 600,
          interval: 1,
        })
      case '/oauth/token':
        return isApproved
          ? json(200, {
              access_token: 'at',
              token_type: 'Bearer',
              expires_in: 600,
              refresh_token: 'car_of_a_test',
            })
          : json(400, { error: 'authorization_pending' })
      case '/oauth/revoke':
        return json(200, {})
      default:
        return json(404, {})
    }
  })
  return {
    server,
    approve: () => {
      isApproved = true
    },
  }
}

/** The first button of the newest question. It may wait behind the bell by now, and below news that ask nothing. */
async function chooseFirst(): Promise<void> {
  await vscode.commands.executeCommand('notifications.showList')
  // The list is there as soon as it is drawn.
  await new Promise(resolve => setTimeout(resolve, 100))
  for (const it of ['list.focusFirst', ACCEPT, 'list.focusDown', ACCEPT, 'notifications.hideList'])
    await vscode.commands.executeCommand(it)
}

const ACCEPT = 'notification.acceptPrimaryAction'

export function run(): Promise<void> {
  return runCases(cases)
}

/** The text of the page about the endpoint that is open and says this. */
function page(says = ''): string | undefined {
  return vscode.workspace.textDocuments
    .filter(it => it.uri.scheme === 'codeant-endpoint')
    .map(it => it.getText())
    .find(it => it !== '' && it.includes(says))
}
