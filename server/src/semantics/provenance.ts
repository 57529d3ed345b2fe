// Where code comes from, as far as its path and its first lines tell: people, a program, another project, or a test.

const TEST =
  /(^|\/)(tests?|testing|__tests__|spec|specs|e2e|playwright|cypress|fixtures?|conftest\.py|t\/(unit|integration|functional|smoke))(\/|$)|(^|\/)test_[^/]*$|(^|\/)tests\.\w+$|_tests?\.\w+$|[.-](test|spec|cy)\.\w+$|(^|\/)(mocks?|stubs?)\.\w+$|(^|\/)e2e_\w+\//i

export function isTest(path: string): boolean {
  return TEST.test(path)
}

const GENERATED =
  /@generated\b|\bdo not (edit|modify)\b|\b(auto-?|automatically |programmatically )generated\b|^\W*(this (file|code|module) (is|was) |code )?generated (by|from|with)\b|\bis an? (auto-?)?generated file\b|\bgenerated from\b.*\b(by|using|with)\b/im

/** A program wrote it, as it says at its beginning. */
export function saysGenerated(text: string): boolean {
  return GENERATED.test(text.slice(0, HEAD_LENGTH))
}

const HEAD_LENGTH = 1000

/** A program wrote it, as the folder that it lies in or the end of its name tells, for those that say nothing themselves. */
export function isGeneratedPath(path: string): boolean {
  return GENERATED_PATH.test(path)
}

const GENERATED_PATH =
  /(^|\/)(__generated__|[_.]?generated)\/|[._]generated\.\w+$|_pb2(_grpc)?\.pyi?$|[._]pb\.[cm]?[jt]s$|\.(no)?cache\.js$/i

/**
 * A library was copied here, as a comment at the beginning says that names a version: a banner for minifiers to keep,
 * `/*! DataTables 2.3.7`, or one with a licence; `// Backbone.js 0.5.3` with one; or a licence in a file that all checkers
 * are told to leave alone.
 */
export function saysCopied(text: string): boolean {
  const head = text.slice(0, HEAD_LENGTH)
  if (!LIBRARY.test(head)) return false
  return (
    UNCHECKED.test(head) ||
    (/^\s*\/\*/.test(head) && /\bv?\d+\.\d+\.\d+\b/.test(head)) ||
    /^\s*\/\/+\s*[\w-]+\.js,? v?\d+\.\d+\b/i.test(head)
  )
}

const UNCHECKED = /\/\*\s*eslint-disable\s*\*\/|^\s*\/\/\s*@ts-nocheck/m

const LIBRARY =
  /^\s*\/\*!|\n\/\*!|@licen[cs]e\b|@licstart\b|\b(MIT|BSD)[- ]licen[cs]ed?\b|\blicen[cs]ed? under\b/i

/** What both texts say of where they come from is the same. */
export function areOfEqualOrigin(one: string, two: string): boolean {
  return (
    one.slice(0, HEAD_LENGTH) === two.slice(0, HEAD_LENGTH) ||
    (saysGenerated(one) === saysGenerated(two) && saysCopied(one) === saysCopied(two))
  )
}

/**
 * Copies of other people's code, and code that exists to be read by the programs under test, which is odd on purpose: in
 * folders that are called so anywhere, in those for libraries among what a browser is served, in folders of material below
 * those of tests or beside the code of a crate, beside rules for Semgrep, and in files named after a release; and what tests of
 * types and of Rust's macros only compile, or fail to.
 */
const SPECIMEN =
  /(^|\/)(__)?(fixtures?|snapshots?|test[-_]?(data|files|cases|examples?|fixtures?)|golden|corpus)(__)?\/|(^|\/)(tests?|specs?|__tests__)\/(.*\/)?(\w*cases|assets|inputs?|outputs?|samples?|data|resources|perf(ormance)?|bench(marks?)?)\/|(^|\/)tests\/(.*\/)?(pass|fail|ui|trybuild|(run|compile)[-_](pass|fail))\/.*\.rs$|(^|\/)tests\/.+\/([\w-]+[-_])?(pass|fail)\.rs$|\.test-d\.[cm]?tsx?$|(^|\/)(test-(tsd|d)|dtslint|type-?tests?)\/|(^|\/)tests?\/(.*\/)?(types|typings)\/.*\.[cm]?tsx?$|(^|\/)crates\/[\w-]+\/resources\/|(^|\/)\.semgrep\/|(^|\/)(_?vendor(s|ed|ing)?|third[-_]?party|node_modules|bower_components|external|dist)\/|(^|\/)(static|public|www|wwwroot|assets)\/((js|javascripts?|scripts?)\/)?libs\/.*\.[cm]?js$|(^|\/)wwwroot\/lib\/|(^|\/)(libraries|libs?|static|assets|public|js|scripts)\/(codemirror|ckeditor\d?|tinymce|prettify|mathjax|katex|pdfjs)\/|[-.]min\.[cm]?js$|(^|\/)(jquery|modernizr|html5shiv)([-.]\w+)*\.[cm]?[jt]s$|[-_.@]v?\d+\.\d+(\.\d+)?([-.]\w+)*\.[cm]?[jt]sx?$/i

export function isSpecimen(path: string): boolean {
  return SPECIMEN.test(path)
}

/** Nobody works on this code: a program wrote it, it was copied from elsewhere, or tests are fed with it. */
export function isUntended(path: string, text: string): boolean {
  return isSpecimen(path) || isGeneratedPath(path) || saysGenerated(text) || saysCopied(text)
}
