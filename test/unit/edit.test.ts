// Deleting statements: what goes along, and what the lines around look like afterwards.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { removeStatement } from '../../server/src/rules/edit.ts'
import { applyEdits } from '../../server/src/text/document.ts'
import { testParser } from '../support/engine.ts'

const parser = await testParser()

/** Deletes the statement that begins with `GONE`. */
function check(what: string, grammar: 'python' | 'javascript', before: string, after: string): void {
  test(`${what} (${grammar})`, () => {
    const start = before.indexOf('GONE')
    const end = start + /^GONE\(\)(\s*;)?/.exec(before.slice(start))![0].length
    const node = { tree: parser.parseOnce(before, grammar)!, start, end }
    assert.equal(applyEdits(before, [removeStatement(node)]), after)
  })
}

check('the line goes', 'python', 'a()\nGONE()\nb()\n', 'a()\nb()\n')
check('the last line goes without a line end', 'python', 'a()\nGONE()', 'a()\n')
check('what is said behind it goes along', 'python', 'a()\nGONE()  # why\nb()\n', 'a()\nb()\n')
check('what is said behind it goes along', 'javascript', 'a()\nGONE(); // why\nb()\n', 'a()\nb()\n')
check('a block comment behind it goes along', 'javascript', 'a()\nGONE() /* why */\nb()\n', 'a()\nb()\n')
check('a comment that goes on stays', 'javascript', 'GONE() /* why\n*/ b()\n', '/* why\n*/ b()\n')
check('a neighbour on the line stays', 'python', 'a(); GONE(); b()\n', 'a(); b()\n')
check('blank lines are not doubled', 'python', 'a()\n\nGONE()\n\nb()\n', 'a()\n\nb()\n')
check('of blank lines the more stay', 'python', 'a()\n\nGONE()\n\n\nb()\n', 'a()\n\n\nb()\n')
check('of blank lines above too', 'python', 'a()\n\n\nGONE()\n\nb()\n', 'a()\n\n\nb()\n')
check('one blank line stays', 'python', 'a()\n\nGONE()\nb()\n', 'a()\n\nb()\n')
check('a file begins with code', 'python', 'GONE()\n\nb()\n', 'b()\n')
check('a file ends with code', 'python', 'a()\n\nGONE()\n', 'a()\n')
check('a block begins with code', 'python', 'if a:\n    GONE()\n\n    b()\n', 'if a:\n    b()\n')
check('a block begins with code', 'javascript', 'if (a) {\n  GONE()\n\n  b()\n}\n', 'if (a) {\n  b()\n}\n')
check('a block ends with code', 'javascript', 'if (a) {\n  b()\n\n  GONE()\n}\n', 'if (a) {\n  b()\n}\n')
check('a comment begins no block', 'python', '# so:\n\nGONE()\n\nb()\n', '# so:\n\nb()\n')
check('ends of lines may be two letters', 'python', 'a()\r\n\r\nGONE()\r\n\r\nb()\r\n', 'a()\r\n\r\nb()\r\n')
check('a semicolon that guards the next line stays', 'javascript', 'a()\nGONE()\n;[b]\n', 'a()\n;[b]\n')
