/** A call that does nothing but return, as a statement: what it returns is thrown away. */

import { calleeName, keywordArgument, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertBefore } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isCommented } from '../support/deliberate.ts'
import { isExpectedToFail } from '../support/exceptions.ts'
import { knownType } from '../support/known-type.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Methods that no other kind of object calls so and makes do something. */
const SURE = {
  python: words(`
    strip lstrip rstrip casefold swapcase splitlines startswith endswith zfill removeprefix removesuffix expandtabs
    isdigit isalpha isnumeric isspace isalnum with_suffix with_name with_stem joinpath
  `),
  javascript: words(`
    trim trimStart trimEnd trimLeft trimRight toUpperCase toLowerCase toLocaleUpperCase toLocaleLowerCase padStart
    padEnd charAt charCodeAt codePointAt startsWith endsWith toFixed localeCompare substring toSorted toReversed
  `),
  rust: words(`
    to_string to_owned to_uppercase to_lowercase to_ascii_uppercase to_ascii_lowercase trim_start trim_end trim_matches
    trim_start_matches trim_end_matches strip_prefix strip_suffix starts_with ends_with split_whitespace
  `),
} as const

/** Methods that only a value of this type has no effect with. */
const OF_STRINGS = {
  python: words(
    'lower upper title capitalize replace join format split rsplit partition rpartition encode center ljust rjust find rfind count',
  ),
  javascript: words('replace replaceAll split slice concat includes indexOf substr repeat normalize at'),
  rust: words('trim len replace contains'),
} as const
const OF_LISTS = {
  python: words('copy count'),
  javascript: words('concat slice flat includes indexOf join at keys entries values with'),
  rust: words('to_vec len contains first last'),
} as const
const OF_SETS = words(
  'union intersection difference symmetric_difference issubset issuperset copy isdisjoint',
)

/** Methods that give what they were called on, only changed: the author took them for doing so in place. */
const CHANGES = words(`
  strip lstrip rstrip casefold swapcase zfill removeprefix removesuffix expandtabs lower upper title capitalize
  center ljust rjust replace union intersection difference symmetric_difference with_suffix with_name with_stem
  joinpath trim trimStart trimEnd trimLeft trimRight toUpperCase toLowerCase toLocaleUpperCase toLocaleLowerCase
  padStart padEnd replaceAll concat slice filter map flat flatMap toSorted toReversed normalize repeat sorted
`)

const PYTHON_FUNCTIONS = words('sorted reversed map filter zip enumerate isinstance issubclass')
const PYTHON_QUALIFIED = words(`
  copy.copy copy.deepcopy dataclasses.replace re.sub re.escape os.path.join os.path.exists os.path.isfile os.path.isdir
  os.path.basename os.path.dirname os.path.normpath os.path.abspath os.path.expanduser textwrap.dedent textwrap.indent
  functools.partial
`)
const JAVASCRIPT_QUALIFIED = words(`
  Math.max Math.min Math.floor Math.ceil Math.round Math.abs Math.trunc Math.sqrt Math.pow Object.keys Object.values
  Object.entries Object.fromEntries Array.isArray Number.isNaN Number.isInteger
`)

const LAZY_PYTHON = words('map filter zip enumerate reversed')
const LAZY_RUST = words(`
  map filter filter_map flat_map flatten enumerate zip chain rev take skip take_while skip_while map_while step_by
  inspect cloned copied peekable scan windows chunks
`)
const SOURCES_RUST = words(
  'iter iter_mut into_iter chars bytes lines char_indices keys values values_mut drain split_whitespace',
)

type Language = 'python' | 'javascript' | 'rust'

export default defineRule({
  id: 'correctness/unused-result',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [252, 1164],
  concept: 'return-values',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    ExpressionStatement(node, file) {
      const call = node.child('value')
      return call?.kind === 'Call' ? thrownAway(node, call, file) : undefined
    },
  },

  explain: {
    en: ({ call, what, kind }) => ({
      message: `The result of \`${call}\` is thrown away`,
      why: {
        lazy: 'It only describes what is to be done. Nothing happens until somebody goes through the result.',
        changed: `It returns something new and leaves \`${what}\` as it was, so the change is lost.`,
        answer:
          'The call does nothing but return something, so without its result it might as well not be there.',
      }[kind],
      remedy: {
        lazy: 'Go through the result with a loop, or collect it.',
        changed: 'Assign the result, or use it where it is needed.',
        answer: 'Use the result, or delete the statement.',
      }[kind],
      fix: `Assign the result to \`${what}\``,
    }),
    es: ({ call, what, kind }) => ({
      message: `El resultado de \`${call}\` se descarta`,
      why: {
        lazy: 'Solo describe lo que hay que hacer. No ocurre nada hasta que alguien recorre el resultado.',
        changed: `Devuelve algo nuevo y deja \`${what}\` como estaba, así que el cambio se pierde.`,
        answer: 'La llamada no hace más que devolver algo, así que sin su resultado es como si no estuviera.',
      }[kind],
      remedy: {
        lazy: 'Recorre el resultado con un bucle o recógelo en una colección.',
        changed: 'Asigna el resultado o úsalo donde haga falta.',
        answer: 'Usa el resultado o elimina la instrucción.',
      }[kind],
      fix: `Asignar el resultado a \`${what}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def f(line):
            «line.strip()»
            return line
      `,
        py`
        def f(line):
            line = line.strip()
            return line
      `,
      ),
      fixes(
        py`
        def f(name: str):
            «name.replace("a", "b")»
            return name
      `,
        py`
        def f(name: str):
            name = name.replace("a", "b")
            return name
      `,
      ),
      fixes(py`«sorted(rows)»`, py`rows = sorted(rows)`),
      py`«map(print, rows)»`,
      py`«isinstance(a, str)»`,
      at('tests/test_a.py', py`«isinstance(a, str)»`),
      py`
        import copy
        from os import path
        «copy.deepcopy(a)»
        «path.join(a, b)»
      `,
      py`«now.replace(tzinfo=utc)»`,
      py`«path.with_suffix(".txt")»`,
      fixes(
        js`function f(name) { «name.trim()»; return name }`,
        js`function f(name) { name = name.trim(); return name }`,
      ),
      fixes(
        ts`function f(rows: Row[]) { «rows.concat(more)»; return rows }`,
        ts`function f(rows: Row[]) { rows = rows.concat(more); return rows }`,
      ),
      js`const rows = []; «rows.concat(more)»`,
      js`«rows.map(row => row.name + 1)»`,
      ts`class A { names: string[] = []; f() { «this.names.filter(it => it !== 'a')» } }`,
      js`«text.replace(/a/g, 'b')»`,
      js`const text = new String(a); «text.startsWith('a', 2)»`,
      ts`«Object.keys(a)»; «Math.max(a, b)»`,
      rs`fn f(s: &str) { «s.trim()»; «s.to_string()»; }`,
      rs`fn f(v: &[i32]) { «v.iter().map(|x| g(x))»; }`,
      rs`fn f(v: Vec<i32>) { «v.into_iter().filter(|x| *x > 1).rev()»; «(0..3).map(g)»; }`,
    ],
    valid: [
      py`line = line.strip()`,
      py`title.lower()`,
      py`
        def f(path):
            path.replace(target)
            window.lower()
      `,
      py`
        try:
            name.startswith("a")
        except AttributeError:
            name = str(name)
      `,
      py`
        with pytest.raises(TypeError):
            sorted(rows)
      `,
      py`
        def sorted(rows): rows.sort()
        sorted(rows)
      `,
      at('tests/test_copy.py', py`sorted(rows)`),
      py`list(map(print, rows))`,
      py`
        # Caches the codec here,
        # before any thread asks for it.
        "a".encode("idna")
      `,
      py`rows.sort()`,
      py`plt.title("a")`,
      py`frame.replace("a", "b", inplace=True)`,
      js`name = name.trim()`,
      js`rows.map(row => row.save())`,
      js`rows.map(row => { seen.push(row) })`,
      js`rows.filter(row => (row.seen = true))`,
      js`location.replace(url)`,
      at('test/answers.js', js`expect(await response.text()).to.startsWith('0')`),
      // It adds a condition to what it is called on.
      js`const query = new Query('rows'); query.startsWith('name', first); query.endsWith('name', last)`,
      js`function f(query) { query.startsWith('name', 'A'); query.trim('name') }`,
      js`app.filter('name', f); stream.concat(other); page.slice(1)`,
      js`text.replace(/a/g, match => { seen.push(match) })`,
      js`assert.throws(() => { name.trim() })`,
      js`suite.add('trim', () => { name.trim() })`,
      ts`const names = rows.map(row => row.name)`,
      ts`class A { trim() { this.text = '' } f() { this.trim() } }`,
      rs`fn f(s: &str) -> String { s.to_string() }`,
      rs`fn f(a: Option<i32>) { a.map(|x| g(x)); }`,
      rs`fn f(v: &[i32]) { v.iter().for_each(|x| g(x)); let _ = v.iter().map(g); }`,
      rs`fn f(list: &mut List) { list.trim(); list.replace(1, 2); }`,
    ],
  },
})

/** `expect(text).to.startsWith('a')`: asking is what an assertion is for. */
function isAssertion(object: SyntaxNode | undefined): boolean {
  let it = object
  while (it?.is('Member', 'Call'))
    if (it.kind === 'Call' && /^(expect|assert|should)/.test(calleeName(it))) return true
    else it = it.child('object') ?? it.child('callee')
  return false
}

function* thrownAway(statement: SyntaxNode, call: SyntaxNode, file: SourceFile) {
  const language: Language = file.language === 'typescript' ? 'javascript' : file.language
  const object = receiver(call)
  const kind = pureKind(call, object, language, file)
  if (!kind || isProbe(statement) || isAssertion(object) || isCommented(statement, FOR_ITS_EFFECT)) return
  // A test calls things to see that they can be called; only a question without an assertion is an oversight.
  if (file.isTest && !ASKS.test(calleeName(call))) return
  // Files that only test types run nothing at all.
  if (file.path.endsWith('test-d.ts')) return
  const subject = object ?? call.child('argument')
  const what = kind === 'changed' && subject ? subject : undefined
  yield {
    at: call,
    data: { call: excerpt(call), what: what ? excerpt(what) : '', kind },
    ...(what &&
      isAssignable(what, language, file) && {
        fix: { safety: 'unsafe' as const, edits: () => [insertBefore(call, `${what.text} = `)] },
      }),
  }
}

/** What a comment says where a call is made for what it leaves behind: `# Load the codec before the threads start`. */
const FOR_ITS_EFFECT =
  /\b(?:pre-?)?load|\bcach|\bwarm|side.?effect|\btrigger|\bforce|deliberate|intentional|on purpose/i

const ASKS = /^(isinstance|startswith|endswith|startsWith|endsWith|includes|isArray)$/

function pureKind(
  call: SyntaxNode,
  object: SyntaxNode | undefined,
  language: Language,
  file: SourceFile,
): 'lazy' | 'changed' | 'answer' | undefined {
  const name = calleeName(call)
  if (language === 'rust' && object) {
    if (LAZY_RUST.has(name)) return comesOfIterator(object) ? 'lazy' : undefined
    return isPureMethod(call, object, name, language, file) ? 'answer' : undefined
  }
  if (!isPure(call, object, name, language, file)) return undefined
  if (language === 'python' && !object && LAZY_PYTHON.has(name)) return 'lazy'
  return CHANGES.has(name) && (object ? !isModule(object, file) : name === 'sorted') ? 'changed' : 'answer'
}

function isPure(
  call: SyntaxNode,
  object: SyntaxNode | undefined,
  name: string,
  language: Language,
  file: SourceFile,
): boolean {
  const callee = call.child('callee')
  if (!callee) return false
  if (language === 'python') {
    if (callee.kind === 'Name' && PYTHON_FUNCTIONS.has(name) && file.isFree(callee))
      return call.child('argument') !== undefined
    if (callee.is('Name', 'Member') && PYTHON_QUALIFIED.has(file.qualifiedName(callee)))
      return isFromImport(callee, file)
  } else if (
    object?.kind === 'Name' &&
    JAVASCRIPT_QUALIFIED.has(`${object.name}.${name}`) &&
    file.isFree(object)
  )
    return true
  return object !== undefined && isPureMethod(call, object, name, language, file)
}

function isPureMethod(
  call: SyntaxNode,
  object: SyntaxNode,
  name: string,
  language: Language,
  file: SourceFile,
): boolean {
  if (SURE[language].has(name)) {
    if (language === 'javascript' && isOtherMethod(call, object, name, file)) return false
    return !object.is('This', 'Super') && object.text !== 'self' && !isModule(object, file)
  }
  if (language === 'python' && name === 'replace' && DATE_FIELDS.some(it => keywordArgument(call, it)))
    return true
  if (language === 'javascript') {
    const [first, second] = call.children('argument')
    if (/^replace(All)?$/.test(name) && first?.kind === 'Regex')
      return second?.is('String', 'Template') ?? false
    if (/^(map|filter|flatMap)$/.test(name)) return first !== undefined && !second && isPureCallback(first)
  }
  const isOfStrings = OF_STRINGS[language].has(name)
  const isOfLists = OF_LISTS[language].has(name)
  const isOfSets = language === 'python' && OF_SETS.has(name)
  if (!isOfStrings && !isOfLists && !isOfSets) return false
  if (call.children('argument').some(it => it.has('Call', 'Assignment', 'Await', 'Function'))) return false
  const type = knownType(file, object)
  return (isOfStrings && type === 'string') || (isOfLists && type === 'list') || (isOfSets && type === 'set')
}

/** `query.startsWith('name', 'A')`: it is made by a class, or given what no text takes. It builds something up. */
function isOtherMethod(call: SyntaxNode, object: SyntaxNode, name: string, file: SourceFile): boolean {
  const given = call.children('argument')
  if (given.length > (TAKES[name] ?? 2)) return true
  if (/^(starts|ends)With$/.test(name) && given[1] && knownType(file, given[1]) === 'string') return true
  const binding = object.kind === 'Name' ? file.binding(object) : undefined
  for (const write of binding?.writes() ?? []) {
    const value = write.role === 'target' ? write.parent?.child('value') : undefined
    if (value?.kind === 'New' && !/^(String|Number|Array|Date)$/.test(value.child('callee')?.text ?? ''))
      return true
  }
  return false
}

/** How many arguments they take that take fewer or more than two. */
const TAKES: Readonly<Record<string, number>> = {
  ...{ trim: 0, trimStart: 0, trimEnd: 0, trimLeft: 0, trimRight: 0, toUpperCase: 0, toLowerCase: 0 },
  ...{ toReversed: 0, charAt: 1, charCodeAt: 1, codePointAt: 1, toFixed: 1, localeCompare: 3 },
}

const DATE_FIELDS = ['tzinfo', 'hour', 'minute', 'second', 'microsecond']

/** The callback only looks: nothing in it can have an effect. */
function isPureCallback(callback: SyntaxNode): boolean {
  const body = callback.kind === 'Function' ? callback.child('body') : undefined
  if (!body || body.is('Block', ...EFFECTS) || callback.children().some(it => it.text === 'async'))
    return false
  return !body.has('Block', ...EFFECTS)
}

const EFFECTS = [
  'Call',
  'New',
  'Assignment',
  'AugmentedAssignment',
  'Update',
  'Await',
  'Yield',
  'TaggedTemplate',
  'JsxElement',
] as const

/** A chain of lazy adapters that begins with an iterator over something. */
function comesOfIterator(object: SyntaxNode): boolean {
  let it = object.unwrapped
  while (it.kind === 'Call') {
    const name = calleeName(it)
    const inner = receiver(it)
    if (!inner) return false
    if (SOURCES_RUST.has(name)) return true
    if (!LAZY_RUST.has(name)) return false
    it = inner.unwrapped
  }
  return it.kind === 'Range'
}

/** Modules and classes have functions of the same names that may do anything. */
function isModule(object: SyntaxNode, file: SourceFile): boolean {
  const kind = object.kind === 'Name' ? file.binding(object)?.kind : undefined
  return kind === 'import' || kind === 'class' || kind === 'namespace' || /^[A-Z]\w*[a-z]/.test(object.name)
}

function isFromImport(callee: SyntaxNode, file: SourceFile): boolean {
  let it: SyntaxNode | undefined = callee
  while (it?.kind === 'Member') it = it.child('object')
  return it?.kind === 'Name' && file.binding(it)?.kind === 'import'
}

/** Run to see whether it fails, or how long it takes. */
function isProbe(statement: SyntaxNode): boolean {
  if (isExpectedToFail(statement)) return true
  let child = statement
  for (const it of statement.ancestors()) {
    if (it.kind === 'Try') return child.role === 'body' && it.child('handler') !== undefined
    if (it.kind === 'Function') {
      // Whatever is all that a callback does must have a point.
      return it.role === 'argument' && it.child('body')?.children().length === 1
    }
    child = it
  }
  return false
}

function isAssignable(node: SyntaxNode, language: Language, file: SourceFile): boolean {
  if (node.kind !== 'Name' || language === 'rust') return false
  const binding = file.binding(node)
  if (!binding) return language === 'python'
  return binding.kind === 'variable' || binding.kind === 'parameter'
}
