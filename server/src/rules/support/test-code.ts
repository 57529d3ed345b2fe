// Code that only runs in tests, where what would be careless elsewhere is usual.

import { isTest } from '../../semantics/provenance.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

export { isTestCode } from '../../semantics/test-code.ts'

/** A test of types: it only has to compile. */
export function isTypeTest(file: SourceFile): boolean {
  return file.language === 'typescript' && file.isTest && TYPE_TEST.test(file.root.text)
}

const TYPE_TEST = /\$ExpectType|\b(expectType(Of)?|assertType|AssertType|Expect|Equals?|IsExact)\s*</

/** Examples, demonstrations, documentation, and what a new project begins with: nobody runs them in earnest. */
export function isExamplePath(path: string): boolean {
  return /(^|\/)(examples?|samples?|demos?|docs?(_src)?|tutorials?|benchmarks?|bench|mocks?|__mocks__|fixtures?|stubs?|playgrounds?|sandbox|(?:project|app)[-_]templates?|storybook|stories)\/|\.stories\.\w+$/i.test(
    path,
  )
}

/** What fills an empty database with made-up rows, to have something to try a program with. */
export function isSeedPath(path: string): boolean {
  return /(^|\/)(seeds?|seeders?)\/|(^|\/|[.-])seed(s|er|ers)?\.\w+$/i.test(path)
}

/** What `SourceFile.isTest` says, for a rule that sees only the text; data of tests counts as well. */
export function isTestPath(path: string): boolean {
  return isTest(path) || /(^|\/)test-?data(\/|$)/.test(path)
}

/**
 * A piece of a module that is kept to be shown: it exports something and imports nothing, yet calls things that nobody
 * gives to it. What it leaves out may read what it seems not to.
 */
export function isPieceOfModule(file: SourceFile, home: SyntaxNode): boolean {
  if (file.language !== 'typescript' && file.language !== 'javascript') return false
  const statements = file.root.children('statement')
  if (!statements.some(it => it.kind === 'Export') || statements.some(it => it.kind === 'Import'))
    return false
  for (const it of home.descendants('Name'))
    if ((it.role === 'object' || it.role === 'callee') && !GLOBALS.test(it.name) && file.isFree(it))
      return !file.root.mentions('require', 'importScripts')
  return false
}

/** What engines, browsers, Node and test runners give to every file. Capital letters are left to types of the language. */
const GLOBALS =
  /^([A-Z$_].*|globalThis|global|window|self|document|process|console|module|exports|navigator|location|history|screen|performance|crypto|caches|indexedDB|localStorage|sessionStorage|customElements|fetch|structuredClone|queueMicrotask|(set|clear)(Timeout|Interval|Immediate)|(request|cancel)(AnimationFrame|IdleCallback)|(add|remove|dispatch)Event(Listener)?|postMessage|matchMedia|getComputedStyle|alert|confirm|prompt|atob|btoa|eval|isNaN|isFinite|parse(Int|Float)|(en|de)codeURI(Component)?|(un)?escape|require|import|super|arguments|undefined|describe|context|suite|it|test|expect|assert|before|after|(before|after)(Each|All)|jest|vi|chrome|browser)$/
