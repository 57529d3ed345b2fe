// Code that breaks a sentence and code that keeps it, made from what the sentence means: whoever wrote it sees whether that was meant.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import { constructExample } from './construct-examples.ts'
import {
  assignment,
  bodyOf,
  call,
  comment,
  declaration,
  givenName,
  importOf,
  use,
  within,
} from './example-code.ts'
import { limitPair, type Pair } from './limit-examples.ts'
import type { CaseStyle, Demand, Place, Requirement, Subject } from './requirement.ts'

export interface GeneratedExample {
  readonly language: CodeLanguage
  readonly breaks: ExampleFile
  readonly keeps: ExampleFile
}

export interface ExampleFile {
  readonly path: string
  readonly text: string
}

/** Undefined where none can be made up: a pattern that only its author can fill. */
export function exampleOf(requirement: Requirement): GeneratedExample | undefined {
  const language = languageFor(requirement)
  const code = pairOf(requirement, language)
  if (!code) return undefined
  const around = requirement.scope.inside.find(it => it.kind === 'within')
  const file = (which: 'breaks' | 'keeps'): ExampleFile => ({
    path: pathFor(requirement, language, code.names?.[which]),
    text: around?.kind === 'within' ? within(code[which], around.what, language) : code[which],
  })
  return { language, breaks: file('breaks'), keeps: file('keeps') }
}

function pairOf({ subject, demand }: Requirement, language: CodeLanguage): Pair | undefined {
  const named = (name: string, body?: string) => declaration(subject, language, name, body)
  switch (demand.kind) {
    case 'limit':
      return limitPair(subject, demand, language)
    case 'case':
      return namePair(
        subject,
        language,
        IN_STYLE[demand.style === 'camelCase' ? 'snake_case' : 'camelCase'],
        IN_STYLE[demand.style],
        demand.style,
      )
    case 'affix': {
      const affix = demand.any[0]!.replace(/^\*|\*$/g, '')
      const plain = givenName(subject) ?? (subject.kind === 'class' ? 'Other' : 'other')
      const joinsWord = /\p{Ll}$/u.test(affix) ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain
      const has = { start: `${affix}${joinsWord}`, end: `${plain}${affix}`, anywhere: `one${affix}two` }[
        demand.at
      ]
      return demand.isForbidden
        ? { breaks: named(has), keeps: named(plain) }
        : { breaks: named(plain), keeps: named(has) }
    }
    case 'pattern':
      return undefined
    case 'notCalled':
      return { breaks: named(demand.names[0]!), keeps: named(`other${demand.names[0]!.length}`) }
    case 'absent':
      return subject.kind === 'todo'
        ? { breaks: comment(language, 'TODO: finish this'), keeps: comment(language, 'This is finished.') }
        : { breaks: named(givenName(subject) ?? 'example'), keeps: call(language, 'run()') }
    case 'noConstruct':
      return constructExample(demand.construct, language)
    case 'noUse': {
      const name = demand.names[0]!.replace(/\*/g, 'any')
      const other = demand.instead?.[0]?.replace(/\(\)$/, '') ?? 'somethingElse'
      return {
        breaks: use(language, name),
        keeps: use(language, /^[\w.]+$/.test(other) ? other : 'somethingElse'),
      }
    }
    case 'noCatch': {
      const of = (name: string) => `try:\n    run()\nexcept ${name}:\n    stop()`
      return { breaks: of(demand.names[0]!), keeps: of('OtherProblem') }
    }
    case 'imports':
      return {
        breaks: importOf(language, 'other'),
        keeps: `${importOf(language, 'other')}\n${importOf(language, demand.modules[0]!)}`,
      }
    case 'noImport':
      return {
        breaks: importOf(language, demand.modules[0]!),
        keeps: importOf(language, demand.instead?.[0] ?? 'other'),
      }
    case 'noImportFrom': {
      const [from] = demand.from
      const isTests = from?.kind === 'tests'
      const folder =
        from?.kind === 'path' ? from.path.replace(/\/?\**$/, '') : from?.kind === 'layer' ? from.layer : ''
      if (language === 'python')
        return {
          breaks: isTests
            ? 'from .test_other import helper'
            : `from ${folder.replaceAll('/', '.')}.thing import helper`,
          keeps: 'from other.thing import helper',
        }
      return {
        breaks: isTests
          ? "import { helper } from './other.test'"
          : `import { helper } from '${folder}/thing'`,
        keeps: "import { helper } from 'other/thing'",
      }
    }
    case 'inside': {
      const name = subject.callees?.[0] ?? 'run'
      const text = use(language, name)
      return { breaks: text, keeps: within(text, demand.what, language) }
    }
    case 'awaited': {
      const name = subject.callees?.[0] ?? 'run'
      return language === 'python'
        ? {
            breaks: `async def example():\n    ${name}()`,
            keeps: `async def example():\n    await ${name}()`,
          }
        : {
            breaks: `async function example() {\n  ${name}()\n}`,
            keeps: `async function example() {\n  await ${name}()\n}`,
          }
    }
    case 'argument': {
      const name = subject.callees?.[0] ?? 'run'
      const value = demand.value ?? '1'
      const given =
        language === 'python'
          ? `${name}(it, ${demand.name}=${value})`
          : `${name}(it, { ${demand.name}: ${value} })`
      const plain = `${name}(it)`
      return demand.isForbidden ? { breaks: given, keeps: plain } : { breaks: plain, keeps: given }
    }
    case 'calls': {
      const name = demand.names[0]!
      const [with_, without] = [
        bodyOf(subject, language, `${name}(1)`),
        bodyOf(subject, language, 'other(1)'),
      ]
      return demand.isForbidden ? { breaks: with_, keeps: without } : { breaks: without, keeps: with_ }
    }
    case 'extends': {
      const name = demand.names[0]!
      const own = givenName(subject) ?? 'Example'
      const of = (base: string) =>
        language === 'python' ? `class ${own}(${base}):\n    pass` : `class ${own} extends ${base} {}`
      return demand.isForbidden
        ? { breaks: of(name), keeps: of('Other') }
        : { breaks: of('Other'), keeps: of(name) }
    }
    case 'decorated': {
      const route = subject.qualities.includes('handler') ? "@app.get('/example')\n" : ''
      const own = declaration(
        subject,
        language,
        givenName(subject) ?? (subject.kind === 'class' ? 'Example' : 'example'),
      )
      const decorator = `@${demand.names[0]!.replace(/^@/, '')}${language === 'python' ? '' : '()'}\n`
      return { breaks: `${route}${own}`, keeps: `${route}${decorator}${own}` }
    }
    case 'declares':
      return declaresPair(subject, demand, language)
    case 'contains': {
      const of = (text: string) =>
        subject.kind === 'comment' ? comment(language, text) : assignment(language, 'example', `'${text}'`)
      const [has, lacks] = [of(`… ${demand.text[0]} …`), of('something else')]
      return demand.isForbidden ? { breaks: has, keeps: lacks } : { breaks: lacks, keeps: has }
    }
    case 'starts': {
      const first = comment(
        language,
        demand.with === 'license' ? 'Copyright: this team. Licence: MIT.' : 'What this file is for.',
      )
      return { breaks: call(language, 'run()'), keeps: `${first}\n${call(language, 'run()')}` }
    }
    case 'ends':
      return { breaks: call(language, 'run()'), keeps: `${call(language, 'run()')}\n` }
    case 'extension':
      return undefined
    case 'quotes': {
      const [one, other] = demand.style === 'single' ? ["'", '"'] : ['"', "'"]
      return {
        breaks: assignment(language, 'example', `${other}text${other}`),
        keeps: assignment(language, 'example', `${one}text${one}`),
      }
    }
    case 'order':
      return orderPair(demand, language)
  }
}

function declaresPair(
  subject: Subject,
  { what }: Extract<Demand, { kind: 'declares' }>,
  language: CodeLanguage,
): Pair | undefined {
  const py = language === 'python'
  const own = givenName(subject) ?? (subject.kind === 'class' ? 'Example' : 'example')
  const plain = declaration(subject, language, own)
  switch (what) {
    case 'docstring':
    case 'comment':
      if (py && what === 'docstring' && subject.kind !== 'constant')
        return { breaks: plain, keeps: plain.replace(/\n( +)/, '\n$1"""What it is for."""\n$1') }
      return { breaks: plain, keeps: `${py ? '# What it is for.' : '/** What it is for. */'}\n${plain}` }
    case 'returnType':
      return py
        ? { breaks: plain, keeps: plain.replace('):', ') -> None:') }
        : { breaks: plain, keeps: plain.replace(') {', '): void {') }
    case 'type':
      if (subject.kind !== 'parameter') return undefined
      return py
        ? { breaks: 'def example(it):\n    pass', keeps: 'def example(it: int):\n    pass' }
        : { breaks: 'function example(it) {}', keeps: 'function example(it: number) {}' }
    case 'defaultCase':
      return {
        breaks: 'switch (it) {\n  case 1: run()\n}',
        keeps: 'switch (it) {\n  case 1: run(); break\n  default: stop()\n}',
      }
    case 'assertion':
      return {
        breaks: 'def test_example():\n    run()',
        keeps: 'def test_example():\n    assert run()',
      }
    case 'await':
      return py
        ? { breaks: `async def ${own}():\n    run()`, keeps: `async def ${own}():\n    await run()` }
        : {
            breaks: `async function ${own}() {\n  run()\n}`,
            keeps: `async function ${own}() {\n  await run()\n}`,
          }
    case 'value':
      return { breaks: bodyOf(subject, language, 'run()'), keeps: bodyOf(subject, language, 'return run()') }
    case 'issueNumber':
      return { breaks: comment(language, 'TODO: later'), keeps: comment(language, 'TODO(#123): later') }
    case 'const':
      return { breaks: 'for (let it of all) run(it)', keeps: 'for (const it of all) run(it)' }
  }
}

function orderPair({ order }: Extract<Demand, { kind: 'order' }>, language: CodeLanguage): Pair {
  const py = language === 'python'
  switch (order.kind) {
    case 'importsFirst':
      return {
        breaks: `${call(language, 'run()')}\n${importOf(language, 'one')}`,
        keeps: `${importOf(language, 'one')}\n${call(language, 'run()')}`,
      }
    case 'importsSorted':
      return {
        breaks: `${importOf(language, 'two')}\n${importOf(language, 'one')}`,
        keeps: `${importOf(language, 'one')}\n${importOf(language, 'two')}`,
      }
    case 'constructorFirst':
      return {
        breaks: 'class Example {\n  run() {}\n  constructor() {}\n}',
        keeps: 'class Example {\n  constructor() {}\n  run() {}\n}',
      }
    case 'publicFirst':
      return {
        breaks: 'class Example {\n  private one() {}\n  two() {}\n}',
        keeps: 'class Example {\n  two() {}\n  private one() {}\n}',
      }
    case 'constantsFirst':
      return { breaks: 'function run() {}\nconst ONE = 1', keeps: 'const ONE = 1\nfunction run() {}' }
    case 'callBefore': {
      const body = (one: string, other: string) =>
        py
          ? `def example():\n    ${one}()\n    ${other}()`
          : `function example() {\n  ${one}()\n  ${other}()\n}`
      return { breaks: body(order.then, order.first), keeps: body(order.first, order.then) }
    }
  }
}

const IN_STYLE: Readonly<Record<CaseStyle, string>> = {
  camelCase: 'someThing',
  PascalCase: 'SomeThing',
  snake_case: 'some_thing',
  UPPER_CASE: 'SOME_THING',
  'kebab-case': 'some-thing',
}

function namePair(
  subject: Subject,
  language: CodeLanguage,
  wrong: string,
  right: string,
  _style: CaseStyle,
): Pair {
  if (subject.kind === 'file') {
    const text = `${call(language, 'run()')}\n`
    // The same text under another name.
    return { breaks: text, keeps: text, names: { breaks: wrong, keeps: right } }
  }
  return { breaks: declaration(subject, language, wrong), keeps: declaration(subject, language, right) }
}

const PYTHON_NAMES =
  /^(print|os\.|sys\.|time\.|subprocess\.|requests\.|open$|random\.|pickle\.|logging\.|json\.|sqlalchemy|django|flask|numpy|pandas)/

/** The first that the sentence allows; else that in which its names are at home. */
function languageFor({ scope, subject, demand }: Requirement): CodeLanguage {
  const [first] = scope.languages ?? []
  if (first) return first
  const names = [
    ...(subject.callees ?? []),
    ...('names' in demand ? demand.names : []),
    ...('modules' in demand ? demand.modules : []),
  ]
  if (names.some(it => it.endsWith('!') || it.includes('::') || it === 'unwrap')) return 'rust'
  if (
    names.some(it => PYTHON_NAMES.test(it)) ||
    subject.kind === 'test' ||
    subject.qualities.includes('handler')
  )
    return 'python'
  if (demand.kind === 'noCatch' || (demand.kind === 'limit' && demand.measure === 'bases')) return 'python'
  if (demand.kind === 'inside' && demand.what === 'with') return 'python'
  if (demand.kind === 'noConstruct' && /^(bareExcept|mutableDefault)$/.test(demand.construct)) return 'python'
  if (demand.kind === 'noConstruct' && demand.construct === 'unsafe') return 'rust'
  if (demand.kind === 'declares' && demand.what === 'docstring') return 'python'
  if (demand.kind === 'argument' && /True|False|None/.test(demand.value ?? '')) return 'python'
  return 'typescript'
}

const EXTENSION: Readonly<Record<CodeLanguage, string>> = {
  python: 'py',
  typescript: 'ts',
  javascript: 'js',
  rust: 'rs',
}

function pathFor({ scope, subject }: Requirement, language: CodeLanguage, own: string | undefined): string {
  const isTest = subject.kind === 'test' || scope.inside.some(it => it.kind === 'tests')
  const folder = scope.inside.map(folderOf).find(it => it !== undefined) ?? (isTest ? 'tests/' : 'src/')
  const name = isTest ? (language === 'python' ? 'test_example' : 'example.test') : 'example'
  return `${folder}${own ?? name}.${EXTENSION[language]}`
}

function folderOf(place: Place): string | undefined {
  if (place.kind === 'path') return `src/${place.path.replace(/^\.?\/|^src\//, '').replace(/[^/]*$/, '')}`
  if (place.kind === 'layer') return `src/${place.layer}/`
  return place.kind === 'tests' ? 'tests/' : undefined
}
