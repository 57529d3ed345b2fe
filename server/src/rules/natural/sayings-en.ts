// What was understood, said in English.

import type { Construct, Demand, Measure, Quality, SubjectKind, Surrounding } from './requirement.ts'
import {
  code,
  counted,
  insteadIn,
  type OneOrMany,
  orderIn,
  type PlainOrder,
  type Sayings,
} from './sayings.ts'

export const ENGLISH: Sayings = {
  only: 'only in',
  inside: 'only in',
  outside: 'not in',
  subject: ({ kind, qualities, named, callees }) =>
    [
      'every',
      ...qualities.filter(it => !isSaidAfter(kind, it)).map(it => ENGLISH_QUALITY[it]),
      ENGLISH_SUBJECT[kind],
      ...qualities.filter(it => isSaidAfter(kind, it)).map(it => ENGLISH_AFTER[it]!),
      ...(named ? [`named ${code(named, ' or ')}`] : []),
      ...(callees ? [`of ${code(callees, ' or ')}`] : []),
    ].join(' '),
  place: it => {
    if (it.kind === 'path') return `\`${it.path}\``
    if (it.kind === 'layer') return `the folders of the layer “${it.layer}”`
    return it.kind === 'tests' ? 'tests' : ENGLISH_WITHIN[it.what]
  },
  demand: it => {
    switch (it.kind) {
      case 'limit': {
        const words = it.ofName
          ? (['character in its name', 'characters in its name'] as const)
          : ENGLISH_MEASURE[it.measure]
        return it.most === undefined
          ? `at least ${counted(it.least ?? 0, words)}`
          : `at most ${counted(it.most, words)}`
      }
      case 'case':
        return `its name is in ${it.style}`
      case 'affix': {
        const where = { start: 'starts with', end: 'ends with', anywhere: 'contains' }[it.at]
        return `its name ${it.isForbidden ? `never ${where}` : where} ${code(it.any, ' or ')}`
      }
      case 'pattern':
        return `its name matches \`${it.pattern}\``
      case 'notCalled':
        return `its name is not ${code(it.names, ' or ')}`
      case 'absent':
        return 'there is none'
      case 'noConstruct':
        return `no ${ENGLISH_CONSTRUCT[it.construct]}${insteadIn(it.instead, '; instead ', ' or ')}`
      case 'noUse':
        return `no use of ${code(it.names, ' or ')}${insteadIn(it.instead, '; instead ', ' or ')}`
      case 'noImport':
        return `no import of ${code(it.modules, ' or ')}${insteadIn(it.instead, '; instead ', ' or ')}`
      case 'noImportFrom':
        return `no import from ${it.from.map(from => (from.kind === 'tests' ? 'other tests' : ENGLISH.place(from))).join(' or ')}`
      case 'inside':
        return `stands in ${ENGLISH_WITHIN[it.what]}`
      case 'awaited':
        return 'is awaited'
      case 'argument': {
        const argument =
          it.value === undefined ? `\`${it.name}\`` : `\`${it.name}\` with the value \`${it.value}\``
        return it.isForbidden ? `is not given ${argument}` : `is given ${argument}`
      }
      case 'calls':
        return it.isForbidden ? `does not call ${code(it.names, ' or ')}` : `calls ${code(it.names, ' or ')}`
      case 'extends':
        return it.isForbidden
          ? `does not extend ${code(it.names, ' or ')}`
          : `extends ${code(it.names, ' or ')}`
      case 'decorated':
        return `carries the decorator ${code(it.names, ' or ')}`
      case 'declares':
        return ENGLISH_DECLARED[it.what]
      case 'contains':
        return it.isForbidden
          ? `does not contain ${code(it.text, ' or ')}`
          : `contains ${code(it.text, ' or ')}`
      case 'starts':
        return it.with === 'license' ? 'begins with a comment about its licence' : 'begins with a comment'
      case 'imports':
        return `imports ${code(it.modules, ' or ')}`
      case 'noCatch':
        return `does not catch ${code(it.names, ' or ')}`
      case 'ends':
        return 'ends with a newline'
      case 'extension':
        return `is named \`*${it.extension}\` if it imports \`${it.ifImports}\``
      case 'quotes':
        return `stands in ${it.style} quotes`
      case 'order':
        return orderIn(it.order, ENGLISH_ORDER, (first, then) => `\`${first}\` is called before \`${then}\``)
    }
  },
}

const ENGLISH_SUBJECT: Readonly<Record<SubjectKind, string>> = {
  function: 'function',
  method: 'method',
  constructor: 'constructor',
  test: 'test',
  class: 'class',
  interface: 'interface',
  type: 'type',
  enum: 'enum',
  enumMember: 'member of an enum',
  variable: 'variable',
  constant: 'constant',
  parameter: 'parameter',
  file: 'file',
  line: 'line',
  import: 'import',
  call: 'call',
  switch: '`switch` or `match`',
  loop: 'loop',
  catch: '`catch` or `except`',
  comment: 'comment',
  string: 'string',
  todo: '`TODO` comment',
}

const ENGLISH_QUALITY: Readonly<Record<Quality, string>> = {
  exception: 'exception',
  test: 'test',
  public: 'public',
  private: 'private',
  async: 'async',
  exported: 'exported',
  boolean: 'boolean',
  handler: '',
}

const ENGLISH_AFTER: Readonly<Partial<Record<Quality, string>>> = {
  boolean: 'that returns a boolean',
  handler: 'that answers a route',
}

/** A function returns a boolean; a variable is one. */
function isSaidAfter(kind: SubjectKind, quality: Quality): boolean {
  return quality in ENGLISH_AFTER && (quality !== 'boolean' || kind === 'function' || kind === 'method')
}

const ENGLISH_WITHIN: Readonly<Record<Surrounding, string>> = {
  loop: 'a loop',
  with: 'a `with`',
  try: 'a `try`',
  catch: 'a `catch`',
  function: 'a function',
  constructor: 'a constructor',
  condition: 'a condition',
  class: 'a class',
  async: 'an async function',
}

const ENGLISH_MEASURE: Readonly<Record<Measure, OneOrMany>> = {
  lines: ['line', 'lines'],
  codeLines: [
    'line of code, without blank ones and comments',
    'lines of code, without blank ones and comments',
  ],
  characters: ['character', 'characters'],
  parameters: ['parameter', 'parameters'],
  arguments: ['argument', 'arguments'],
  publicMethods: ['public method', 'public methods'],
  bases: ['class that it inherits from', 'classes that it inherits from'],
  assertions: ['assertion', 'assertions'],
  methods: ['method', 'methods'],
  fields: ['field', 'fields'],
  functions: ['function', 'functions'],
  classes: ['class', 'classes'],
  imports: ['import', 'imports'],
  returns: ['`return` statement', '`return` statements'],
  cases: ['case', 'cases'],
  complexity: ['as cyclomatic complexity', 'as cyclomatic complexity'],
  nesting: ['block', 'blocks within each other'],
}

const ENGLISH_DECLARED: Readonly<Record<Extract<Demand, { kind: 'declares' }>['what'], string>> = {
  docstring: 'has a docstring, or a comment right above it where the language has none',
  comment: 'has a comment right above it, or a docstring',
  returnType: 'declares its return type',
  type: 'has a type',
  defaultCase: 'has a default case',
  assertion: 'has at least one assertion',
  await: 'contains an `await`',
  value: 'returns a value',
  issueNumber: 'names an issue, such as `#123` or `ABC-123`',
  const: 'declares its variable with `const`',
}

const ENGLISH_CONSTRUCT: Readonly<Record<Construct, string>> = {
  var: '`var`',
  let: '`let`',
  unchangedLet: '`let` for a variable that is never given another value',
  any: 'type `any`',
  ternary: 'conditional expression (`a ? b : c`)',
  nestedTernary: 'conditional expression within another one',
  emptyCatch: 'empty `catch` or `except`',
  bareExcept: '`except` without a type',
  globalVariable: 'variable of the whole file that can be given another value',
  magicNumber: 'number other than 0, 1 and 2 in the middle of code',
  defaultExport: '`export default`',
  commentedCode: 'code in comments',
  elseAfterReturn: '`else` after a `return`',
  nestedFunction: 'named function within a function',
  nestedLoop: 'loop within a loop',
  lambda: 'lambda or arrow function',
  unsafe: '`unsafe` block',
  debugger: '`debugger`',
  endlessLoop: 'loop whose condition is always true',
  assignmentInCondition: 'assignment in a condition',
  looseEquality: '`==` or `!=`',
  mutableDefault: 'list, dictionary or set as a default value',
  reassignedParameter: 'parameter that is given another value',
  wildcardImport: 'import of everything (`*`)',
  relativeImport: 'relative import',
}

const ENGLISH_ORDER: Readonly<Record<PlainOrder, string>> = {
  importsFirst: 'stands before all other code of its file',
  importsSorted: 'stands in alphabetical order among those beside it',
  constructorFirst: 'its constructor is its first method',
  publicFirst: 'its public methods come before its private ones',
  constantsFirst: 'its constants come before its functions',
}
