// For each construct that can be forbidden: what it looks like, and what is written in its place.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import type { Construct } from './requirement.ts'

interface Pair {
  readonly breaks: string
  readonly keeps: string
}

export function constructExample(construct: Construct, language: CodeLanguage): Pair | undefined {
  const [breaks, keeps] = (language === 'python' && PYTHON[construct]) || SCRIPT[construct]
  return { breaks, keeps }
}

type Examples = Readonly<Record<Construct, readonly [breaks: string, keeps: string]>>

const SCRIPT: Examples = {
  var: ['var it = 1', 'const it = 1'],
  let: ['let it = 1', 'const it = 1'],
  unchangedLet: ['let it = 1\nrun(it)', 'let it = 1\nit = 2\nrun(it)'],
  any: ['let it: any = 1', 'let it: unknown = 1'],
  ternary: ['const it = one ? 1 : 2', 'const it = one'],
  nestedTernary: ['const it = one ? 1 : two ? 2 : 3', 'const it = one ? 1 : 2'],
  emptyCatch: ['try { run() } catch (error) {}', 'try { run() } catch (error) { stop(error) }'],
  bareExcept: ['try:\n    run()\nexcept:\n    stop()', 'try:\n    run()\nexcept ValueError:\n    stop()'],
  globalVariable: ['let count = 0', 'const LIMIT = 10'],
  magicNumber: [
    'function example(it) { return it * 37 }',
    'const RATE = 37\nfunction example(it) { return it * RATE }',
  ],
  defaultExport: ['export default function example() {}', 'export function example() {}'],
  commentedCode: ['// run(it);', '// Runs it.'],
  elseAfterReturn: [
    'function example() { if (it) { return 1 } else { run() } }',
    'function example() { if (it) { return 1 }\n  run() }',
  ],
  nestedFunction: [
    'function example() { function inner() {} }',
    'function example() {}\nfunction inner() {}',
  ],
  nestedLoop: [
    'for (const one of all) { for (const two of one) { run() } }',
    'for (const one of all) { run() }',
  ],
  lambda: ['const example = it => it', 'function example(it) { return it }'],
  unsafe: ['fn example() { unsafe { run() } }', 'fn example() { run() }'],
  debugger: ['debugger', 'run()'],
  endlessLoop: ['while (true) { run() }', 'while (it) { run() }'],
  assignmentInCondition: ['if (it = run()) stop()', 'if (it === run()) stop()'],
  looseEquality: ['if (one == two) run()', 'if (one === two) run()'],
  mutableDefault: ['def example(it=[]):\n    pass', 'def example(it=None):\n    pass'],
  reassignedParameter: [
    'function example(it) {\n  it = 1\n}',
    'function example(it) {\n  const other = it\n}',
  ],
  wildcardImport: ["import * as all from 'other'", "import { one } from 'other'"],
  relativeImport: ["import { one } from './other'", "import { one } from 'other'"],
}

const PYTHON: Partial<Examples> = {
  ternary: ['it = 1 if one else 2', 'it = one'],
  nestedTernary: ['it = 1 if one else 2 if two else 3', 'it = 1 if one else 2'],
  emptyCatch: [
    'try:\n    run()\nexcept ValueError:\n    pass',
    'try:\n    run()\nexcept ValueError:\n    stop()',
  ],
  globalVariable: ['def example():\n    global count\n    count = 1', 'LIMIT = 10'],
  magicNumber: [
    'def example(it):\n    return it * 37',
    'RATE = 37\n\ndef example(it):\n    return it * RATE',
  ],
  commentedCode: ['# it = run(1)', '# Runs it.'],
  elseAfterReturn: [
    'def example():\n    if it:\n        return 1\n    else:\n        run()',
    'def example():\n    if it:\n        return 1\n    run()',
  ],
  nestedFunction: [
    'def example():\n    def inner():\n        pass',
    'def example():\n    pass\n\ndef inner():\n    pass',
  ],
  nestedLoop: ['for one in all:\n    for two in one:\n        run()', 'for one in all:\n    run()'],
  lambda: ['example = lambda it: it', 'def example(it):\n    return it'],
  endlessLoop: ['while True:\n    run()', 'while it:\n    run()'],
  reassignedParameter: ['def example(it):\n    it = 1', 'def example(it):\n    other = it'],
  wildcardImport: ['from other import *', 'from other import one'],
  relativeImport: ['from . import one', 'from other import one'],
}
