// Sketches of functions in other languages: what they answer, run beside the function itself, and what is refused, and where.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import vm from 'node:vm'
import type { CodeLanguage } from '@codeant/shared/language.ts'
import { grammarOf } from '../../../server/src/features/languages.ts'
import type { Reason } from '../../../server/src/features/translation/refusal.ts'
import { translate } from '../../../server/src/features/translation/translate.ts'
import { analyse, FileReader, SourceFile } from '../../../server/src/semantics/source-file.ts'
import { FLAG_ERROR } from '../../../server/src/syntax/tree.ts'
import { testParser } from '../../support/engine.ts'
import { generator } from '../../support/random-edits.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const parser = await testParser()
const PATHS = { python: 'a.py', typescript: 'a.ts', javascript: 'a.js', rust: 'a.rs' } as const

function treeOf(text: string, language: CodeLanguage) {
  return parser.parseOnce(text, grammarOf(language, PATHS[language])!)!
}

function translated(text: string, from: CodeLanguage, to: CodeLanguage) {
  const tree = treeOf(text, from)
  const file = new SourceFile(PATHS[from], from, analyse(tree), new FileReader(tree))
  const [fn] = file.root.descendants('Function')
  return translate(file, fn!, to)
}

function sketched(text: string, from: CodeLanguage, to: CodeLanguage): string {
  const translation = translated(text, from, to)
  const why =
    translation.kind === 'refused'
      ? `${translation.reason}: ${text.slice(translation.start, translation.end)}`
      : ''
  assert.equal(translation.kind, 'sketch', `${why}\nin ${text}`)
  const sketch = translation.kind === 'sketch' ? translation.text : ''
  assert.equal(treeOf(sketch, to).flags[0]! & FLAG_ERROR, 0, sketch)
  return sketch
}

type Value = number | string | boolean | readonly Value[]
/** What a parameter may be: `n` a float, `i` a whole number, `s` a text, `b` a boolean; `n*` a list of floats. */
type Kind = 'n' | 'i' | 's' | 'b' | 'n*' | 's*' | 'b*'

interface Case {
  readonly python: string
  readonly typescript: string
  readonly given: readonly Kind[]
}

const CASES: readonly Case[] = [
  {
    python: `
def f(prices: list[float], rate: float, limit: int) -> float:
    """Of the first ones."""
    total = 0.0
    for i, price in enumerate(prices):
        if i >= limit:
            break
        if not (price > 0 and i % 3 != 2):
            continue
        total += price * rate + 1
    return total / 4 if total > 10.5 else -total
`,
    typescript: `
function f(prices: readonly number[], rate: number, limit: number): number {
  let total = 0
  for (let i = 0; i < prices.length; i++) {
    if (i >= limit) break
    if (!(prices[i] > 0 && i % 3 !== 2)) continue
    total += prices[i] * rate + 1
  }
  return total > 10.5 ? total / 4 : -total
}
`,
    given: ['n*', 'n', 'i'],
  },
  {
    python: `
def f(name: str, words: list[str], loud: bool) -> str:
    found = [name]
    for word in words:
        if word.startswith("a") or name in word:
            found.append(f"{word}$&!")
        elif word == "b" and loud:
            found.append("{x}")
        else:
            found.append(word.replace("c", "$&d"))
    return ", ".join(found) + f"({len(found)})"
`,
    typescript: `
function f(name: string, words: string[], loud: boolean): string {
  const found: string[] = [name]
  for (const word of words) {
    if (word.startsWith('a') || word.includes(name)) {
      found.push(word + '$&!')
    } else if (word === 'b' && loud) found.push('{x}')
    else found.push(word.split('c').join('$&d'))
  }
  return found.join(', ') + \`(\${found.length})\`
}
`,
    given: ['s', 's*', 'b'],
  },
  {
    python: `
def f(values: list[float], low: float, high: float) -> list[float]:
    kept: list[float] = []
    for i in range(len(values)):
        value = values[i]
        if low < value <= high:
            kept.append(abs(value) - i // 2)
    return kept
`,
    typescript: `
const f = (values: number[], low: number, high: number): number[] => {
  const kept: number[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (low < value && value <= high) kept.push(Math.abs(value) - (i - i % 2) * 0.5)
  }
  return kept
}
`,
    given: ['n*', 'n', 'n'],
  },
  {
    python: `
def f(flags: list[bool], parts: str) -> bool:
    count = 0
    longest = 0
    for flag in flags:
        count = count + 1 if flag else 0
        if count > longest:
            longest = count
    steps = longest
    while steps > 0:
        steps -= 2
    return max(longest, 2) == 2 or (steps < 0) != (len(parts.split("a")) > 2)
`,
    typescript: `
function f(flags: boolean[], parts: string): boolean {
  let count = 0
  let longest = 0
  for (const flag of flags) {
    count = flag ? count + 1 : 0
    if (count > longest) longest = count
  }
  let steps = longest
  while (steps > 0) steps -= 2
  return Math.max(longest, 2) === 2 || (steps < 0) !== (parts.split('a').length > 2)
}
`,
    given: ['b*', 's'],
  },
]

/** Inputs of each kind, with what is odd about them. */
function inputs(kinds: readonly Kind[], seed: number): Value[][] {
  const random = generator(seed)
  const pick = <T>(of: readonly T[]) => of[random(of.length)]!
  const value = (kind: Kind): Value => {
    if (kind.endsWith('*')) return Array.from({ length: random(6) }, () => value(kind.slice(0, -1) as Kind))
    switch (kind) {
      case 'n':
        return pick([0, -0.5, 1, 2.25, 10.5, 1e100, -3, 0.1, 7, random(1000) / 8])
      case 'i':
        return pick([0, 1, 2, 5, -1, 100])
      case 's':
        return pick(['', 'a', 'b', 'abc', 'ccc', 'ñ', '𝒳a', "a'b", '$&', 'aXbXc'])
      default:
        return random(2) === 1
    }
  }
  return Array.from({ length: 150 }, () => kinds.map(value))
}

const RUN_PYTHON = `
import json, sys
text, given = json.load(sys.stdin)
names = {}
exec(text, names)
print(json.dumps([names['f'](*it) for it in given]))
`

/** The two zeros are equal, and only some write down which one it is. */
function answers(json: string): unknown {
  return JSON.parse(json, (_, it) => (it === 0 ? 0 : it))
}

function inPython(text: string, given: readonly Value[][]): unknown {
  return answers(
    execFileSync('python3', ['-c', RUN_PYTHON], { input: JSON.stringify([text, given]), encoding: 'utf8' }),
  )
}

function inScript(text: string, given: readonly Value[][]): unknown {
  const run = vm.runInNewContext(
    `${text}\n;(given) => JSON.stringify(JSON.parse(given).map(it => f(...it)))`,
  ) as (given: string) => string
  return answers(run(JSON.stringify(given)))
}

/** JavaScript of TypeScript: its types are few. */
function withoutTypes(text: string): string {
  return text.replace(/: (?:readonly )?(?:number|string|boolean)(?:\[\])?(?=[,)= {])/g, '')
}

const hasPython = runs('python3')
const hasRust = runs('rustc')

function runs(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

for (const [i, { python, typescript, given }] of CASES.entries()) {
  test(`case ${i}: Python, and what is made of it, answer the same`, { skip: !hasPython }, () => {
    const rows = inputs(given, i)
    const expected = inPython(python, rows)
    assert.deepEqual(inScript(sketched(python, 'python', 'javascript'), rows), expected)
    assert.deepEqual(inScript(withoutTypes(sketched(python, 'python', 'typescript')), rows), expected)
    assert.deepEqual(inPython(sketched(python, 'python', 'python'), rows), expected)
  })

  test(`case ${i}: TypeScript, and what is made of it, answer the same`, { skip: !hasPython }, () => {
    const rows = inputs(given, 100 + i)
    const expected = inScript(withoutTypes(typescript), rows)
    const asPython = given.includes('i') ? undefined : sketched(typescript, 'typescript', 'python')
    if (asPython) assert.deepEqual(inPython(asPython, rows), expected)
    assert.deepEqual(inScript(sketched(typescript, 'typescript', 'javascript'), rows), expected)
  })

  test(`case ${i}: Rust compiles what is made of both, and answers the same`, {
    skip: !hasRust || !hasPython,
  }, () => {
    const rows = inputs(given, 200 + i).slice(0, 40)
    assert.deepEqual(inRust(sketched(python, 'python', 'rust'), given, rows), inPython(python, rows))
    assert.deepEqual(
      inRust(
        sketched(typescript, 'typescript', 'rust'),
        given.map(it => (it === 'i' ? 'n' : it)),
        rows,
      ),
      inScript(withoutTypes(typescript), rows),
    )
  })
}

/** Each answer is printed in Rust's own notation for debugging, which is that of JSON for these. */
function inRust(text: string, kinds: readonly Kind[], given: readonly Value[][]): unknown {
  const literal = (it: Value, kind: Kind): string => {
    if (Array.isArray(it)) return `&[${it.map(of => owned(of, kind.slice(0, -1) as Kind)).join(', ')}]`
    return kind === 's' ? JSON.stringify(it) : owned(it as Value, kind)
  }
  const owned = (it: Value, kind: Kind): string =>
    kind === 'n'
      ? `${(it as number).toExponential()}_f64`
      : kind === 's'
        ? `${JSON.stringify(it)}.to_string()`
        : String(it)
  const calls = given.map(
    row => `println!("{:?}", f(${row.map((it, i) => literal(it, kinds[i]!)).join(', ')}));`,
  )
  const folder = temporaryFolder(
    `//- main.rs\n#![allow(warnings)]\n${text}\nfn main() {\n${calls.join('\n')}\n}\n`,
  )
  try {
    execFileSync('rustc', ['-O', '-o', `${folder.path}/main`, `${folder.path}/main.rs`], { stdio: 'pipe' })
    const out = execFileSync(`${folder.path}/main`, { encoding: 'utf8' })
    return answers(`[${out.trim().split('\n').join(',')}]`)
  } finally {
    folder.remove()
  }
}

/** The mark is the place that is refused. */
function checkRefused(marked: string, from: CodeLanguage, to: CodeLanguage, reason: Reason): void {
  test(`refused, ${reason}: ${marked.replace(/\s+/g, ' ').slice(0, 70)}`, () => {
    const start = marked.indexOf('«')
    const text = marked.replace(/[«»]/g, '')
    const translation = translated(text, from, to)
    assert.equal(translation.kind, 'refused', JSON.stringify(translation))
    if (translation.kind !== 'refused') return
    assert.deepEqual(
      { reason: translation.reason, start: translation.start, end: translation.end },
      { reason, start, end: marked.indexOf('»') - 1 },
    )
  })
}

const python = (marked: string, reason: Reason, to: CodeLanguage = 'javascript') =>
  checkRefused(marked, 'python', to, reason)
const script = (marked: string, reason: Reason, to: CodeLanguage = 'python') =>
  checkRefused(marked, 'typescript', to, reason)

python('def f(a: int, b: int) -> int:\n    return «a + b»', 'overflow')
python('def f(a: int) -> int:\n    return «a * 2»', 'overflow', 'rust')
python('def f(a: list[int]) -> int:\n    s = 0\n    for x in a:\n        «s += x»\n    return s', 'overflow')
python(
  'def f(a: float) -> float:\n    n = 1\n    while a > n:\n        n = «n * 2»\n    return a',
  'overflow',
)
python('def f(a: float, b: float) -> float:\n    return «a / b»', 'division')
python('def f(a: list[float]) -> float:\n    return «len(a) / 2»', 'division')
python('def f(a: float) -> float:\n    return «a // 2»', 'division')
python('def f(a: float) -> float:\n    return «a % 2»', 'remainder')
python('def f(a: list[float]) -> bool:\n    return not «a»', 'truthiness')
python('def f(a: str) -> str:\n    if «a»:\n        return a\n    return "x"', 'truthiness')
python('def f(a: str, b: str) -> bool:\n    return «a < b»', 'text-order')
python('def f(a: str) -> int:\n    return «len(a)»', 'characters')
python('def f(a: str) -> str:\n    return «a[0]»', 'characters')
python('def f(a: str) -> bool:\n    for x in «a»:\n        return True\n    return False', 'characters')
python('def f(a: float) -> str:\n    return f"{«a»}"', 'float-text')
python('def f(a: bool) -> str:\n    return str(«a»)', 'float-text')
python('def f(a: float) -> str:\n    return f"«{a:.2f}»"', 'literal')
python('def f(a: list[float]) -> float:\n    return «a[0]»', 'element')
python('def f(a: list[float]) -> list[float]:\n    return «a»', 'alias')
python('def f(a: list[float]) -> float:\n    b = «a»\n    return 1.0', 'alias')
python('def f(a: list[float], b: list[float]) -> bool:\n    return «a == b»', 'alias')
python('def f(a: list[float]) -> float:\n    «a.append(1.0)»\n    return 1.0', 'shared-list')
python('def f(n: int) -> float:\n    for i in range(n):\n        «n» -= 1\n    return 1.0', 'changing-bound')
python('def f(a: bool) -> float:\n    if a:\n        x = 1.0\n    return «x»', 'scope')
python('def f(a: bool) -> float:\n    return «g(a)»', 'outside')
python('def «f»(a: bool) -> float:\n    if a:\n        return 1.0', 'no-answer')
python('def f(a) -> float:\n    return 1.0'.replace('a)', '«a»)'), 'type')
python('def f(a: str) -> str:\n    return «"\\n"»', 'literal')
python('def f(a: str) -> str:\n    return «a.upper()»', 'outside')
python(
  'def f(a: str) -> str:\n    «try:\n        return a\n    except ValueError:\n        return a»',
  'construct',
)
python('«def f(default: bool) -> bool:\n    return default»', 'reserved')
script(
  'function f(a: number, b: number): boolean { return «a && b» }'.replace('«a && b»', '«a» && b'),
  'truthiness',
)
script('function f(a: number): number { return «a % 2» }', 'remainder')
script('function f(a: number): string { return `${«a»}` }', 'float-text')
script('function f(a: string): number { return «a.length» }', 'characters')
script(
  'function f(a: number): number { let s = 0; for (let i = 0; i < «a»; i++) s += 1; return s }',
  'changing-bound',
)
script('function f(a: number[]): number { return «a[1]» }', 'element')
script('function f(a: number): number { return «Math.sqrt(a)» }', 'outside')
script('«function f(lambda: number): number { return lambda }»', 'reserved')
script('async function «f»(a: number): Promise<number> { return a }', 'construct')
script(
  'function f(a: number | null): number { return 1 }'.replace(': number | null', '«: number | null»'),
  'type',
)
checkRefused('«fn f(a: f64) -> f64 { a }»', 'rust', 'python', 'language')
