// Which language a file is read in, by what it is called.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOf } from '../../server/src/features/languages.ts'

function check(path: string, expected: string | undefined): void {
  test(path, () => assert.equal(languageOf(path), expected))
}

check('web/tsconfig.build.json', 'jsonc')
check('.vscode/settings.json', 'jsonc')
check('.devcontainer.json', 'jsonc')
check('.oxlintrc.json', 'jsonc')
check('api/appsettings.Development.json', 'jsonc')
// Read by the plain parser of a language.
check('package.json', 'json')
check('src/settings.json', 'json')
check('Dockerfile.dev', 'text')
check('logo.png', undefined)
