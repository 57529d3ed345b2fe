// The unified tree: one shape for the same thing in every language, and the two ways of reading a tree agree.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KINDS, ROLES } from '../../server/src/syntax/kinds.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { Reader, SyntaxNode } from '../../server/src/syntax/node.ts'
import { digestOf } from '../../server/src/syntax/sameness.ts'
import type { SyntaxTree } from '../../server/src/syntax/tree.ts'
import { newDocument } from '../../server/src/text/document.ts'
import { testParser } from '../support/engine.ts'

const parser = await testParser()

/** `role:Kind(children)`, leaves with their text. */
function show(tree: SyntaxTree, row = 0): string {
  const role = ROLES[tree.role[row]!]!
  const children: string[] = []
  for (let child = row + 1; child < tree.after[row]!; child = tree.after[child]!)
    children.push(show(tree, child))
  const inside =
    children.length > 0 ? `(${children.join(' ')})` : `=${tree.text.slice(tree.start[row], tree.end[row])}`
  return `${role === 'none' ? '' : `${role}:`}${KINDS[tree.kind[row]!]}${inside}`
}

function check(expected: string, cases: Readonly<Partial<Record<Grammar, string>>>): void {
  for (const [grammar, text] of Object.entries(cases) as [Grammar, string][]) {
    test(`${grammar}: ${text.replaceAll('\n', '⏎')}`, () => {
      const tree = parser.parseOnce(text, grammar)!
      const body = show(tree)
        .replace(/^Module\(/, '')
        .slice(0, -1)
      assert.equal(body.replace(/^statement:Function.*?body:Block\((.*)\)\)$/, '$1'), expected)
    })
  }
}

check(
  'statement:ExpressionStatement(value:Assignment(target:Name=a value:Binary(left:Name=b operator:Operator=+ right:Number=1)))',
  {
    python: 'a = b + 1',
    javascript: 'a = b + 1',
    typescript: 'a = b + 1',
    rust: 'fn f() { a = b + 1; }',
  },
)
check(
  'statement:If(condition:Logical(left:Name=a operator:Operator=&& right:Not(operator:Operator=! operand:Name=b)) consequence:Block(statement:ExpressionStatement(value:Call(callee:Name=c))))',
  {
    javascript: 'if (a && !b) { c() }',
    tsx: 'if (a && !b) { c() }',
  },
)
check(
  'statement:If(condition:Comparison(left:Name=a operator:Operator=< right:Name=b) consequence:Block(statement:Return(value:Name=c)) alternative:Block(statement:Return(value:Name=d)))',
  {
    python: 'def f():\n    if a < b: return c\n    else: return d',
    javascript: 'if (a < b) { return c } else { return d }',
  },
)
check(
  'statement:ExpressionStatement(value:Call(callee:Member(object:Name=a property:PropertyName=b) argument:Name=c argument:String="d"))',
  {
    python: 'a.b(c, "d")',
    javascript: 'a.b(c, "d")',
    typescript: 'a.b(c, "d")',
    rust: 'fn f() { a.b(c, "d"); }',
  },
)
check(
  'statement:ForEach(target:Name=a operator:Operator=in iterable:Name=b body:Block(statement:ExpressionStatement(value:Call(callee:Name=c))))',
  {
    python: 'for a in b: c()',
  },
)
check(
  'statement:Try(body:Block(statement:ExpressionStatement(value:Call(callee:Name=a))) handler:Catch(type:Name=E body:Block(statement:Pass=pass)) finalizer:Finally(body:Block(statement:Pass=pass)))',
  {
    python: 'try: a()\nexcept E: pass\nfinally: pass',
  },
)

test('positions are those of the editor, whatever the line ends and the alphabet', () => {
  for (const text of ['x = "👍"\r\ny = x\r\n', '\u00e9 = 1\ny = \u00e9', '\n\n\ny = 1']) {
    const tree = parser.parseOnce(text, 'python')!
    const reader = new Reader(tree)
    for (let row = 0; row < tree.rows; row++) {
      const node = new SyntaxNode(reader, row)
      if (node.kind === 'Name') assert.equal(text.slice(node.start, node.end), node.name)
    }
  }
})

test('empty, huge and nonsensical texts have trees', () => {
  for (const grammar of ['python', 'javascript', 'typescript', 'tsx', 'rust'] as const) {
    for (const text of [
      '',
      ' ',
      '\0\0\0',
      ')))((('.repeat(200),
      '"',
      '{'.repeat(3000),
      'a'.repeat(100_000),
      '\n'.repeat(10_000),
      '👍'.repeat(500),
    ]) {
      const tree = parser.parseOnce(text, grammar)!
      assert.ok(tree.rows >= 1)
      assert.equal(tree.after[0], tree.rows)
    }
  }
})

test('a tree that was interrupted says so', () => {
  let asked = 0
  const tree = parser.parseOnce('a = [1, 2]\n'.repeat(20_000), 'python', () => ++asked > 3)
  assert.equal(tree, undefined)
  assert.ok(parser.parseOnce('a = 1', 'python'))
})

test('open documents are parsed by reuse, and released', () => {
  const document = newDocument('test:a', 'python', 'a = 1\nb = 2\n')
  const { tree } = parser.parse(document, 'python')
  assert.equal(parser.parse(document, 'python').tree, tree)
  parser.release(document.uri)
  parser.release(document.uri)
  assert.notEqual(parser.parse(document, 'python').tree, tree)
  parser.release(document.uri)
})

test('two subtrees are the same when they say the same', () => {
  const tree = parser.parseOnce('f( a,  "b" )\nf(a, # c\n "b")\nf(a, "c")', 'python')!
  const [first, second, third] = new Reader(tree).node(0).children() as [SyntaxNode, SyntaxNode, SyntaxNode]
  assert.ok(first.same(second))
  const known = new Uint32Array(tree.rows)
  const digest = ({ row }: SyntaxNode) => digestOf(tree, row, known)
  assert.equal(digest(first), digest(second))
  assert.ok(!first.same(third))
  assert.notEqual(digest(first), digest(third))
})

test('siblings know each other, comments left out', () => {
  const tree = parser.parseOnce(
    '# a\nimport b # c\n\n\n# d\n@e\nclass F:\n    # g\n    h = [1, # i\n      2, {3: 4}]\n# j\nk(l, m=n)\n',
    'python',
  )!
  const reader = new Reader(tree)
  for (let row = 0; row < tree.rows; row++) {
    const children = reader.node(row).children()
    children.forEach((it, i) => {
      assert.equal(it.previous?.row, children[i - 1]?.row)
      assert.equal(it.next?.row, children[i + 1]?.row)
    })
  }
})
