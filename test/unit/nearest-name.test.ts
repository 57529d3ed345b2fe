// Which name was meant by one that is nearly called so.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearestName } from '../../server/src/rules/support/nearest-name.ts'

function check(what: string, name: string, known: readonly string[], expected: string | undefined): void {
  test(what, () => assert.equal(nearestName(name, known), expected))
}

check('two letters that changed places are one slip', 'emial', ['email', 'id'], 'email')
check('so they are in a short word', 'nmae', ['name', 'game'], 'name')
check('letters that lie apart are two', 'lamei', ['email'], undefined)
check('two that are as near: nobody can tell', 'nam', ['name', 'namf'], undefined)
check('case and underscores count for nothing', 'userName', ['user_name', 'userNames'], 'user_name')
