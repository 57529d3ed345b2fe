// Names that contradict their bodies, by plain checks: how often each finds one in real code, with the code to read.
//   node --import tsx models/training/similarity/contradictions.ts [--split held-out] [--check NAME]… [--sample N]
// With `--neighbours`, also by what the most similar functions of the training repositories are called.

import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { hash32 } from '../../../server/src/base/digest.ts'
import { loadTermWeights } from '../../../server/src/host/node/similarity-model.ts'
import { type Vector, vectorOf } from '../../../server/src/inference/similarity/vector.ts'
import { VectorIndex } from '../../../server/src/inference/similarity/vector-index.ts'
import { wordsOf } from '../../../server/src/inference/similarity/words.ts'
import { Reader, SyntaxNode } from '../../../server/src/syntax/node.ts'
import { fileNameOf, readRepositories } from '../repositories.ts'
import { generator } from './ranks.ts'
import { functionsBelow, type ReadFunction, type Sample, startParser } from './read-functions.ts'

const { values } = parseArgs({
  options: {
    split: { type: 'string', default: 'held-out' },
    check: { type: 'string', multiple: true },
    sample: { type: 'string', default: '10' },
    lines: { type: 'string', default: '12' },
    neighbours: { type: 'boolean', default: false },
  },
})

type Check = (fn: SyntaxNode, words: readonly string[], read: ReadFunction) => boolean

const QUESTIONS = new Set(['is', 'has', 'can', 'should', 'are', 'contains'])
const GETTERS = new Set(['get', 'compute', 'calculate', 'count', 'find'])
const OPPOSITES = new Map<string, string>()
for (const [one, other] of [
  ['add', 'remove'],
  ['add', 'delete'],
  ['push', 'pop'],
  ['open', 'close'],
  ['enable', 'disable'],
  ['show', 'hide'],
  ['start', 'stop'],
  ['lock', 'unlock'],
  ['increment', 'decrement'],
  ['increase', 'decrease'],
  ['encode', 'decode'],
  ['encrypt', 'decrypt'],
  ['min', 'max'],
  ['first', 'last'],
  ['left', 'right'],
  ['next', 'previous'],
  ['next', 'prev'],
  ['upper', 'lower'],
  ['subscribe', 'unsubscribe'],
  ['connect', 'disconnect'],
  ['attach', 'detach'],
  ['register', 'unregister'],
  ['width', 'height'],
  ['top', 'bottom'],
  ['before', 'after'],
] as const) {
  OPPOSITES.set(one, other)
  OPPOSITES.set(other, one)
}

/** What contradicts a verb: its opposites, and for those that ask, those that tell. */
const CONTRARY = new Map<string, Set<string>>()
for (const [one, other] of [
  ...OPPOSITES,
  ['get', 'set'],
  ['is', 'set'],
  ['get', 'remove'],
  ['get', 'delete'],
  ['has', 'set'],
  ['load', 'save'],
  ['read', 'write'],
  ['import', 'export'],
  ['create', 'delete'],
] as const)
  for (const [a, b] of [
    [one, other],
    [other, one],
  ] as const) {
    const known = CONTRARY.get(a) ?? new Set()
    CONTRARY.set(a, known.add(b))
  }

const CHECKS: Readonly<Record<string, Check>> = {
  /** `getTotal` that gives nothing back. */
  'getter-returns-nothing': (fn, words) =>
    GETTERS.has(words[0]!) &&
    words.length > 1 &&
    isWhole(fn) &&
    !givesValue(fn) &&
    !callsParameter(fn) &&
    !hasOut(fn),
  /** `isEmpty` that gives a number, a text, a list. */
  'question-returns-something-else': (fn, words) => {
    if (!QUESTIONS.has(words[0]!) || words.length < 2 || !isWhole(fn)) return false
    const given = valuesOf(fn)
    return given.length > 0 && given.every(isNoBoolean)
  },
  /** `isValid` that gives nothing back. */
  'question-returns-nothing': (fn, words) =>
    QUESTIONS.has(words[0]!) &&
    words.length > 1 &&
    isWhole(fn) &&
    !givesValue(fn) &&
    !callsParameter(fn) &&
    !hasOut(fn),
  /** `setName` that only gives a value back. */
  'setter-only-returns': (fn, words) => {
    if (words[0] !== 'set' || words.length < 2 || !isWhole(fn)) return false
    return (
      givesValue(fn) &&
      !fn.has(
        'Assignment',
        'AugmentedAssignment',
        'Call',
        'MacroCall',
        'New',
        'Delete',
        'StructLiteral',
        'Dictionary',
      )
    )
  },
  /** `enable` that turns off: one statement, which gives `false` to something. */
  'switch-wrong-way': (fn, words) => {
    const on = ON.has(words[0]!)
    if (!on && !OFF.has(words[0]!)) return false
    const only = onlyStatement(fn)
    const value = only?.kind === 'Assignment' ? only.child('value')?.unwrapped : undefined
    if (value?.kind !== 'Boolean') return false
    const target = wordsOf(only!.child('target')?.text ?? '')
    if (target.some(it => NEGATIVE.test(it))) return false
    return (value.text.toLowerCase() === 'true') !== on
  },
  /** `addListener` whose one statement is `x.removeListener(…)`. */
  'calls-opposite': (fn, words) => {
    const only = onlyStatement(fn)
    const call = only?.kind === 'Return' ? only.child('value')?.unwrapped : only
    if (call?.kind !== 'Call') return false
    const callee = call.child('callee')
    const name = callee?.is('Member', 'Path') ? callee.child('property')?.name : callee?.name
    const said = wordsOf(name ?? '')
    return said.length === words.length && differInOpposite(words, said)
  },
  /** `getLeft` that gives `this.right`. */
  'gives-opposite-field': (fn, words) => {
    const only = onlyStatement(fn)
    const value = only?.kind === 'Return' ? only.child('value')?.unwrapped : undefined
    if (value?.kind !== 'Member') return false
    const said = wordsOf(value.child('property')?.name ?? '')
    const asked = words[0] === 'get' ? words.slice(1) : words
    return said.length === asked.length && differInOpposite(asked, said)
  },
  /** `setLeft` that writes `this.right`. */
  'sets-opposite-field': (fn, words) => {
    if (words[0] !== 'set') return false
    const only = onlyStatement(fn)
    const target = only?.kind === 'Assignment' ? only.child('target') : undefined
    if (target?.kind !== 'Member') return false
    const said = wordsOf(target.child('property')?.name ?? '')
    const asked = words.slice(1)
    return said.length === asked.length && differInOpposite(asked, said)
  },
  /** `increment` that subtracts. */
  'counts-wrong-way': (fn, words) => {
    const up = UP.has(words[0]!)
    if (!up && !DOWN.has(words[0]!)) return false
    const only = onlyStatement(fn)
    if (only?.kind !== 'AugmentedAssignment' && only?.kind !== 'Update') return false
    return only.operator.startsWith(up ? '-' : '+')
  },
}

const ON = new Set(['enable', 'activate', 'show', 'open', 'start', 'lock', 'select', 'check', 'expand'])
const OFF = new Set([
  'disable',
  'deactivate',
  'hide',
  'close',
  'stop',
  'unlock',
  'unselect',
  'uncheck',
  'collapse',
  'deselect',
])
const NEGATIVE =
  /^(disabled?|hid(e|den)|closed?|stop(ped)?|un\w+|no|not|in\w+|off|collapsed?|de\w+|paused?|loading|pending)$/
const UP = new Set(['increment', 'increase', 'inc'])
const DOWN = new Set(['decrement', 'decrease', 'dec'])

const parser = await startParser()
const wanted = Object.entries(CHECKS).filter(([name]) => !values.check || values.check.includes(name))
const hits = new Map<string, { repository: string; fn: ReadFunction }[]>(wanted.map(([name]) => [name, []]))
let functions = 0
for (const { repository, split } of readRepositories()) {
  const folder = new URL(`../.data/snapshots/${fileNameOf(repository)}/now`, import.meta.url).pathname
  if (split !== values.split || !existsSync(folder)) continue
  for (const fn of functionsBelow(parser, folder, 1)) {
    functions++
    const node = new SyntaxNode(new Reader(fn.tree), fn.row)
    const words = wordsOf(fn.name)
    for (const [name, check] of wanted)
      if (words.length > 0 && check(node, words, fn)) hits.get(name)!.push({ repository, fn })
  }
}
if (values.neighbours) hits.set('neighbours-say-the-opposite', await askNeighbours())
const random = generator(1)
for (const [name, all] of hits) {
  const repositories = new Set(all.map(it => it.repository)).size
  console.log(`\n=== ${name}: ${all.length} in ${functions} functions, in ${repositories} repositories`)
  const some = all.map(it => ({ it, order: random() })).sort((a, b) => a.order - b.order)
  for (const { it } of some.slice(0, Number(values.sample))) {
    const { tree, start, end, path } = it.fn
    const line = tree.text.slice(0, start).split('\n').length
    console.log(`\n--- ${it.repository} ${path}:${line}`)
    console.log(
      tree.text
        .slice(start, end)
        .split('\n')
        .slice(0, Number(values.lines))
        .map(row => row.slice(0, 140))
        .join('\n'),
    )
  }
}

/** Functions whose closest relatives in other projects all have the opposite verb, and none their own. */
async function askNeighbours(): Promise<{ repository: string; fn: ReadFunction }[]> {
  const table = loadTermWeights({ CODEANT_MODELS: new URL('../../', import.meta.url).pathname })
  if (typeof table === 'string') throw new Error(`models/similarity is ${table}`)
  const verbs: string[] = []
  const vectors: Vector[] = []
  for (const { fn } of functionsOfSplit('training', { files: 60, order: hash32 })) {
    const [verb] = wordsOf(fn.name)
    if (verb === undefined || !CONTRARY.has(verb)) continue
    verbs.push(verb)
    vectors.push(vectorOf(fn.terms, table))
  }
  const index = new VectorIndex(vectors)
  const found: { repository: string; fn: ReadFunction }[] = []
  let asked = 0
  for (const { repository, fn } of functionsOfSplit(values.split)) {
    const [verb] = wordsOf(fn.name)
    const opposite = verb === undefined ? undefined : CONTRARY.get(verb)
    if (!opposite) continue
    asked++
    const close = index.nearest(vectorOf(fn.terms, table), 12).filter(it => it.similarity >= 0.5)
    const said = close.map(it => verbs[it.id]!)
    if (said.length < 5 || said.includes(verb!)) continue
    if (said.filter(it => opposite.has(it)).length >= 0.8 * said.length) found.push({ repository, fn })
  }
  console.log(`${asked} functions of ${values.split} asked among ${vectors.length} of training`)
  return found
}

function* functionsOfSplit(
  wantedSplit: string,
  sample?: Sample,
): Generator<{ repository: string; fn: ReadFunction }> {
  for (const { repository, split } of readRepositories()) {
    const folder = new URL(`../.data/snapshots/${fileNameOf(repository)}/now`, import.meta.url).pathname
    if (split !== wantedSplit || !existsSync(folder)) continue
    for (const fn of functionsBelow(parser, folder, 15, sample)) yield { repository, fn }
  }
}

/** Has a body that does something, and is not there to be overridden. */
function isWhole(fn: SyntaxNode): boolean {
  const body = fn.child('body')
  if (body?.kind !== 'Block') return false
  const statements = body
    .children('statement')
    .filter(it => it.kind !== 'ExpressionStatement' || it.firstChild?.kind !== 'String')
  if (statements.length === 0 || fn.hasError) return false
  return !(
    statements.length === 1 &&
    statements[0]!.is('Pass', 'Throw', 'ExpressionStatement') &&
    (statements[0]!.is('Pass', 'Throw') || statements[0]!.firstChild?.kind === 'Ellipsis')
  )
}

function givesValue(fn: SyntaxNode): boolean {
  if (fn.child('body')?.kind !== 'Block' || fn.tree.grammar === 'rust') return true
  for (const it of fn.ownDescendants('Return', 'Yield'))
    if (it.kind === 'Yield' || it.child('value')) return true
  return false
}

function valuesOf(fn: SyntaxNode): SyntaxNode[] {
  if (fn.tree.grammar === 'rust') return []
  const given: SyntaxNode[] = []
  for (const it of fn.ownDescendants('Return', 'Yield')) {
    const value = it.child('value')
    if (it.kind === 'Yield' || !value) return []
    given.push(value.unwrapped)
  }
  return given
}

function isNoBoolean(value: SyntaxNode): boolean {
  switch (value.kind) {
    case 'String':
    case 'Template':
    case 'List':
    case 'Dictionary':
    case 'Tuple':
    case 'Comprehension':
    case 'Set':
      return true
    case 'Number':
      return value.text !== '0' && value.text !== '1'
    case 'Binary':
      return !['&', '|', '^'].includes(value.operator)
    case 'Call':
      return ['len', 'str', 'int', 'list', 'dict'].includes(value.child('callee')?.name ?? '')
    case 'Member':
      return ['length', 'size'].includes(value.child('property')?.name ?? '')
    default:
      return false
  }
}

/** Results go to whoever was passed in. */
function callsParameter(fn: SyntaxNode): boolean {
  const names = parameterNames(fn)
  for (const call of fn.descendants('Call', 'New')) {
    const callee = call.child('callee')
    if (callee?.kind === 'Name' && names.has(callee.name)) return true
    for (const it of call.children('argument'))
      if (it.kind === 'Name' && names.has(it.name) && /cb|callback|done|next|res|resolve|fn/i.test(it.name))
        return true
    const object = callee?.kind === 'Member' ? callee.child('object')?.unwrapped : undefined
    if (object?.kind === 'Name' && names.has(object.name) && object.name !== 'self') return true
  }
  return false
}

/** A parameter is written into. */
function hasOut(fn: SyntaxNode): boolean {
  const names = parameterNames(fn)
  for (const it of fn.descendants('Assignment', 'AugmentedAssignment')) {
    let target = it.child('target')
    while (target?.is('Member', 'Index')) target = target.child('object')?.unwrapped
    if (target?.kind === 'Name' && names.has(target.name) && target.name !== 'self') return true
  }
  return false
}

function parameterNames(fn: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>()
  const parameters = fn.child('parameters') ?? fn.child('parameter')
  if (parameters?.kind === 'Name') names.add(parameters.name)
  else if (parameters) for (const it of parameters.descendants('Name')) names.add(it.name)
  return names
}

function onlyStatement(fn: SyntaxNode): SyntaxNode | undefined {
  const body = fn.child('body')
  const statements =
    body?.kind === 'Block' ? body.children('statement').filter(it => it.firstChild?.kind !== 'String') : []
  const [only] = statements
  if (statements.length !== 1 || !only) return undefined
  return only.kind === 'ExpressionStatement' ? only.child('value')?.unwrapped : only
}

/** The same words but for one, which is the opposite. */
function differInOpposite(one: readonly string[], other: readonly string[]): boolean {
  const different = one.flatMap((it, i) => (it === other[i] ? [] : [i]))
  return different.length === 1 && OPPOSITES.get(one[different[0]!]!) === other[different[0]!]
}
