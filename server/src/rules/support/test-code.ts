// Code that only runs in tests, where what would be careless elsewhere is usual.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** In a test file, or in what Rust compiles for tests only. */
export function isTestCode(node: SyntaxNode, file: SourceFile): boolean {
  if (file.isTest) return true
  if (file.language !== 'rust') return false
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Namespace') && hasTestAttribute(it)) return true
  }
  return false
}

function hasTestAttribute(item: SyntaxNode): boolean {
  for (let it = item.previous; it?.kind === 'Decorator'; it = it.previous)
    if (/\btest\b/.test(it.text)) return true
  return false
}

/** A test of types: it only has to compile. */
export function isTypeTest(file: SourceFile): boolean {
  return file.language === 'typescript' && file.isTest && TYPE_TEST.test(file.root.text)
}

const TYPE_TEST = /\$ExpectType|\b(expectType(Of)?|assertType|AssertType|Expect|Equals?|IsExact)\s*</

/** Examples, demonstrations and documentation: nobody runs them in earnest. */
export function isExamplePath(path: string): boolean {
  return /(^|\/)(examples?|samples?|demos?|docs?|tutorials?|benchmarks?|bench|mocks?|__mocks__|fixtures?|stubs?|playgrounds?|sandbox|storybook|stories)\/|\.stories\.\w+$/i.test(
    path,
  )
}

/** What `SourceFile.isTest` says, for a rule that sees only the text. */
export function isTestPath(path: string): boolean {
  return /(^|\/)(tests?|testing|testdata|test-data|__tests__|spec|specs|e2e|fixtures?|conftest\.py)(\/|$)|(^|\/)test_[^/]*$|_test\.\w+$|[.-](test|spec|cy)\.\w+$/i.test(
    path,
  )
}
