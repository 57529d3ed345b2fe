// Code that is written so that it fails, or so that it looks wrong: tests of errors and of operators.

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** `pytest.raises`, `assertRaises`, `assert.throws`, `suppress`, `expect(…)`, `catch_warnings` … */
const EXPECTS = /raise|throw|reject|panic|warn|suppress|expect|catch|fail|error|deprecat|should|doesnot/i

/** The code stands directly in a `try`, or in something that expects it to fail. */
export function isExpectedToFail(node: SyntaxNode): boolean {
  let child = node
  for (const it of node.ancestors()) {
    if (it.kind === 'Try' && (child.role === 'body' || child.role === 'statement')) return true
    if (it.kind === 'With' && it.children('item').some(item => expects(item.child('value')))) return true
    if (it.kind === 'Function' && it.role === 'argument') {
      if (expects(it.parent)) return true
    } else if (it.kind === 'Function' && shouldPanic(it)) return true
    else if (it.is('Function', 'Class')) return false
    child = it
  }
  return false
}

/** Rust's `#[should_panic]`, among the attributes before a function. */
function shouldPanic(home: SyntaxNode): boolean {
  for (let it = home.previous; it?.kind === 'Decorator'; it = it.previous) {
    if (it.text.includes('should_panic')) return true
  }
  return false
}

function expects(node: SyntaxNode | undefined): boolean {
  const call = node?.kind === 'AsPattern' ? node.child('value') : node
  return call?.kind === 'Call' && EXPECTS.test(calleeName(call))
}

/** The code around a node speaks of NaN: comparing a value with itself is how one finds it. */
export function speaksOfNaN(node: SyntaxNode): boolean {
  const home = node.function ?? node.parent
  return home !== undefined && /NaN|NAN\b|(?<![a-zA-Z])nan(?![a-zA-Z])|\bis_?nan/.test(home.text)
}

/** Inside the method that defines comparison for a type, or a function that tests one. */
export function isAboutEquality(node: SyntaxNode): boolean {
  const name = node.function?.child('name')?.name ?? ''
  return (
    /^__\w+__$/.test(name) || /(^|_)(eq|cmp)($|_)|equal|compar|reflexiv|identical|is_?same|hash/i.test(name)
  )
}

/** Tests and benchmarks do senseless things to see what comes of them. */
export function isExperiment(file: SourceFile): boolean {
  return file.isTest || /(^|\/)bench/i.test(file.path)
}

/** A comment right above the statement, or behind it on its line, that says such a thing. */
export function isCommented(node: SyntaxNode, says: RegExp): boolean {
  let statement = node
  while (statement.parent && !statement.parent.is('Block', 'Module', 'Case', 'DefaultCase'))
    statement = statement.parent
  // Without a semicolon, the statement reaches to the end of the comment.
  for (const it of statement.parts()) if (it.kind === 'Comment' && says.test(it.text)) return true
  const home = statement.parent
  let above = ''
  let last: SyntaxNode | undefined
  for (const it of home?.parts() ?? []) {
    if (it.row > statement.row + statement.size) break
    if (it.kind !== 'Comment') continue
    // Several lines of comment, one below the other, are one.
    const goesOn =
      last !== undefined &&
      last.row + last.size === it.row &&
      !/\n[^\S\n]*\n/.test(home!.text.slice(last.end - home!.start, it.start - home!.start))
    above = goesOn ? `${above}\n${it.text}` : it.text
    last = it
    if (it.row + it.size === statement.row && says.test(above)) return true
    if (!says.test(it.text)) continue
    const isBehind = it.row === statement.row + statement.size
    if (isBehind && !home!.text.slice(statement.end - home!.start, it.start - home!.start).includes('\n'))
      return true
  }
  return false
}

/** Nobody waits for it, and whoever wrote it says so. */
export const NOT_AWAITED =
  /deliberate|intentional|on purpose|background|fire.and.forget|\b(do(n.?t| not)|no need to|never|without) (a?wait|block)|non-?blocking|not awaited/i
