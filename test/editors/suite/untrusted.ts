// A folder that its user does not trust yet: reading code is harmless, so everything that only reads works.

import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { type Cases, runCases } from './run.ts'
import { activate, finding, hoverText, show } from './workspace.ts'

const cases: Cases = {
  'a folder that is not trusted is analysed': async () => {
    assert.equal(vscode.workspace.isTrusted, false)
    await activate()
    const document = await show('api/orders.py')
    const { range } = await finding(document, 'correctness/self-assignment')
    assert.match(await hoverText(document, range.start), /What to do/)
  },

  'no folder can name an endpoint or switch it on, and the person can': async () => {
    const remote = () => vscode.workspace.getConfiguration('codeant.remote')
    for (const [name, value] of [
      ['enabled', true],
      ['endpoint', 'https://evil.example.com'],
    ] as const) {
      await assert.rejects(async () => remote().update(name, value, vscode.ConfigurationTarget.Workspace))
      assert.equal(remote().get(name), value === true ? false : '')
    }
    await remote().update('enabled', true, vscode.ConfigurationTarget.Global)
    assert.equal(remote().get('enabled'), true)
    await remote().update('enabled', undefined, vscode.ConfigurationTarget.Global)
  },
}

export function run(): Promise<void> {
  return runCases(cases)
}
