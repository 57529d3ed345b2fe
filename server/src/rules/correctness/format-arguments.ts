/** A format asks for more values than it gets, for fewer, or for one under a name that nobody gives. */

import { hasSpread, keyText, positional, receiver } from '../../semantics/calls.ts'
import { guessType } from '../../semantics/guess-type.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isNamedLogger, isStandardLogger, LOG_METHODS } from '../support/loggers.ts'
import {
  bracePlaceholders,
  consolePlaceholders,
  type Placeholders,
  percentPlaceholders,
} from '../support/placeholders.ts'

interface Data {
  readonly [field: string]: string | number
  readonly wanted: number
  readonly given: number
  /** The name that is missing, or that nobody asked for. */
  readonly name: string
  readonly problem: 'few' | 'many' | 'missing' | 'unused'
  readonly outcome: 'fails' | 'shows' | 'lost' | 'swallowed'
}

const WHY = {
  fails: {
    en: 'Formatting fails with an exception when this line runs, which is often the very moment when something else went wrong.',
    es: 'El formateo falla con una excepción cuando se ejecuta esta línea, a menudo justo cuando algo más ha ido mal.',
  },
  shows: {
    en: 'A placeholder without a value is shown as it stands, so the reader sees the format instead of the facts.',
    es: 'Un marcador sin valor se muestra tal cual, así que quien lo lee ve el formato en lugar de los datos.',
  },
  lost: {
    en: 'What no placeholder asks for is dropped without a word, so something that was to be shown is not.',
    es: 'Lo que ningún marcador pide se descarta sin avisar, así que algo que debía mostrarse no se muestra.',
  },
  swallowed: {
    en: 'The logging module catches the error, so the message is never written, and a traceback about logging stands in its place.',
    es: 'El módulo de registro captura el error, así que el mensaje nunca se escribe y en su lugar queda una traza sobre el propio registro.',
  },
} as const

export default defineRule<Data>({
  id: 'correctness/format-arguments',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [685],
  concept: 'formatting-text',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: [...LOG_METHODS, 'log', 'trace', 'format'],

  check: {
    Binary(node, file) {
      if (file.language !== 'python' || node.operator !== '%') return undefined
      return percent(node, file)
    },
    Call(node, file) {
      const object = receiver(node)
      const name = node.child('callee')?.child('property')?.name ?? ''
      if (file.language === 'python') {
        if (!object) return undefined
        return name === 'format' ? braces(node, object, file) : logged(node, object, name, file)
      }
      return consoleCall(node, file)
    },
  },

  explain: {
    en: ({ problem, wanted, given, name, outcome }) => ({
      message: {
        few: `This format asks for ${wanted} ${wanted === 1 ? 'value' : 'values'} and gets ${given === 0 ? 'none' : given}`,
        many: `This format asks for ${wanted === 0 ? 'no value' : wanted === 1 ? '1 value' : `${wanted} values`} and gets ${given}`,
        missing: `This format asks for \`${name}\`, which is not given`,
        unused: `No placeholder asks for \`${name}\``,
      }[problem],
      why: WHY[outcome].en,
      remedy: {
        few: 'Give a value for every placeholder, or delete the placeholder.',
        many: 'Add the placeholder that is missing, or delete the value.',
        missing: 'Give a value under this name, or correct the name.',
        unused: 'Add a placeholder with this name, or delete the value.',
      }[problem],
    }),
    es: ({ problem, wanted, given, name, outcome }) => ({
      message: {
        few: `Este formato pide ${wanted} ${wanted === 1 ? 'valor' : 'valores'} y recibe ${given === 0 ? 'ninguno' : given}`,
        many: `Este formato ${wanted === 0 ? 'no pide ningún valor' : wanted === 1 ? 'pide 1 valor' : `pide ${wanted} valores`} y recibe ${given}`,
        missing: `Este formato pide \`${name}\`, que nadie le da`,
        unused: `Ningún marcador pide \`${name}\``,
      }[problem],
      why: WHY[outcome].es,
      remedy: {
        few: 'Da un valor para cada marcador o elimina el marcador.',
        many: 'Añade el marcador que falta o elimina el valor.',
        missing: 'Da un valor con ese nombre o corrige el nombre.',
        unused: 'Añade un marcador con ese nombre o elimina el valor.',
      }[problem],
    }),
  },

  examples: {
    invalid: [
      py`print(«"%s %s"» % (a,))`,
      py`print(«"%s"» % (a, b))`,
      py`print(«"%s and %s"» % "a")`,
      py`print(«"done"» % 3)`,
      py`print(«"%(name)s"» % {"nmae": a})`,
      py`print(«"%-*d"» % (3,))`,
      py`print(«"{} {}"».format(a))`,
      py`print(«"{}"».format(a, b))`,
      py`print(«"{1}"».format(a))`,
      py`print(«"{name} {0[1].x!r:>{width}}"».format(a, name=b))`,
      py`print("{name}".format(name=a, «nmae=b»))`,
      py`
        TEMPLATE = "%s: %s"
        print(«TEMPLATE» % (a, b, c))
      `,
      py`
        import logging
        logging.info(«"%s %s"», a)
        logging.getLogger("x").warning(«"done"», a)
        log = logging.getLogger(__name__)
        log.error(«"no %s"»)
        log.log(logging.INFO, «"%s"», a, b)
      `,
      py`
        class A:
            def f(self):
                self.logger.info(«"%s of %s"», 1)
      `,
      js`console.log(«'%s of %s'», a)`,
      js`console.error(«'no user %s'»)`,
      ts`import { format } from 'node:util'; const a = format(«'%s %d'», name)`,
      ts`console.warn(«'%o'»)`,
    ],
    valid: [
      // Made from itself.
      py`
        def f():
            text = text.replace("a", "b")
            return text % 1
      `,
      py`print("%s %s" % (a, b))`,
      py`print("%s" % a)`,
      py`print("%s %s" % a)`,
      py`print("100%% of %s" % (a,))`,
      py`print("%s %s" % (a, *rest))`,
      py`print("%(a)s" % {"a": 1, "b": 2})`,
      py`print("%(a)s" % {**defaults})`,
      py`print("%(a)s" % values)`,
      py`print("done" % {})`,
      py`
        try: "%s" % (1, 2)
        except TypeError: pass
      `,
      py`
        values = {"a": 1}
        values["b"] = 2
        print("%(a)s %(b)s" % values)
      `,
      py`print("%s" % [1, 2])`,
      py`rest = 7 % (a, b)`,
      py`print("{} {{}}".format(a))`,
      py`print("{} {}".format(*both))`,
      py`print("{a}".format(**values))`,
      py`print("{0} {0}".format(a))`,
      py`print("{:{}}".format(a, b))`,
      py`print(template.format(a, b, c))`,
      py`
        TEMPLATE = "{a}"
        print(TEMPLATE.format(a=1, b=2))
      `,
      py`
        import logging
        logging.info("%s %s", a, b)
        logging.info("50% done")
        logging.info("%(a)s", {"a": 1})
        logging.info(message, a)
        logging.info("%s %s", *both)
        logging.info("done", exc_info=True)
      `,
      py`
        from loguru import logger
        logger.info("{} of %s", a, b)
      `,
      py`logger.info("event", a)`,
      // A module of the program that only bears the name.
      py`
        from shop import logging
        log = logging.getLogger("shop")
        log.error("no {}: {}", a, b)
      `,
      py`
        from .log import getLogger
        log = getLogger(__name__)
        log.info("{} of 3", a)
      `,
      js`console.log('%s of %s', a, b)`,
      js`console.log('done', a)`,
      js`console.log('%s', a, b)`,
      js`console.log('100%')`,
      js`console.log('%s %s', ...both)`,
      js`console.log(text, a)`,
      js`const console = fake(); console.log('%s %s', a)`,
      js`logger.log('%s %s', a)`,
      ts`import { format } from './dates'; format('%d %s', date)`,
    ],
  },
})

/** `"…" % …` */
function* percent(node: SyntaxNode, file: SourceFile) {
  const left = node.child('left')
  const right = node.child('right')
  // Whoever looks at no result wants to see it fail.
  if (!left || !right || node.parent?.kind === 'ExpressionStatement') return
  const text = file.constant(left)
  const asks = text?.kind === 'string' ? percentPlaceholders(text.value) : undefined
  if (!asks) return
  const values = file.value(right)
  if (asks.names.length > 0) {
    const name = missingKey(asks, right)
    if (name !== undefined) yield report(left, 'missing', 'fails', asks.count, 0, name)
    return
  }
  const given = valueCount(values, file)
  if (given === undefined || given === asks.count) return
  // Anything with keys may stand behind a format that asks for none of them.
  if (asks.count === 0 && !values.is('Tuple', 'String', 'Template', 'Number')) return
  yield report(left, given < asks.count ? 'few' : 'many', 'fails', asks.count, given)
}

/** A name that a dictionary written out does not have. */
function missingKey(asks: Placeholders, values: SyntaxNode): string | undefined {
  // One behind a name may have been given more keys since.
  if (values.kind !== 'Dictionary') return undefined
  const keys = new Set<string>()
  for (const it of values.children('element')) {
    const key = it.kind === 'Pair' ? it.child('key') : undefined
    if (key?.kind !== 'String') return undefined
    keys.add(keyText(key))
  }
  return asks.names.find(it => !keys.has(it))
}

/** How many values the right side of `%` surely is; only a tuple is more than one. */
function valueCount(values: SyntaxNode, file: SourceFile): number | undefined {
  if (values.kind === 'Tuple') {
    const elements = values.children('element')
    return elements.some(it => it.kind === 'Spread') ? undefined : elements.length
  }
  if (values.is('String', 'Template', 'Number', 'List', 'Dictionary', 'Set')) return 1
  const type = values.kind === 'Call' ? guessType(file, values) : undefined
  return type === 'string' || type === 'number' ? 1 : undefined
}

/** `"…".format(…)` */
function* braces(call: SyntaxNode, object: SyntaxNode, file: SourceFile) {
  const text = file.constant(object)
  const asks = text?.kind === 'string' ? bracePlaceholders(text.value) : undefined
  if (!asks) return
  const all = call.children('argument')
  const given = positional(call).length
  const keywords = all.filter(it => it.kind === 'KeywordArgument')
  const spreads = all.filter(it => it.kind === 'Spread').map(it => it.operator)
  if (!spreads.includes('*')) {
    if (given < asks.count) yield report(object, 'few', 'fails', asks.count, given)
    else if (given > asks.count) yield report(object, 'many', 'lost', asks.count, given)
  }
  const named = new Set(keywords.map(it => it.child('label')?.name ?? ''))
  const missing = spreads.includes('**') ? undefined : asks.names.find(it => !named.has(it))
  if (missing !== undefined) yield report(object, 'missing', 'fails', asks.count, given, missing)
  // A format that is kept elsewhere may be one of several, and not each of them shows everything.
  if (object.unwrapped.kind === 'Name') return
  for (const it of keywords) {
    const name = it.child('label')?.name ?? ''
    if (!asks.names.includes(name)) yield report(it, 'unused', 'lost', asks.count, given, name)
  }
}

/** `logging.info("…", …)` */
function* logged(call: SyntaxNode, object: SyntaxNode, method: string, file: SourceFile) {
  const isStandard = isStandardLogger(file, object)
  if (!isStandard && (method === 'log' || !isNamedLogger(file, object))) return
  const [format, ...values] = positional(call).slice(method === 'log' ? 1 : 0)
  if (!format || hasSpread(call)) return
  const text = file.constant(format)
  const asks = text?.kind === 'string' ? percentPlaceholders(text.value) : undefined
  if (!asks) return
  const [only] = values
  if (asks.names.length > 0) {
    const name = only && values.length === 1 ? missingKey(asks, only) : undefined
    if (name !== undefined) yield report(format, 'missing', 'swallowed', asks.count, 1, name)
    return
  }
  if (values.length === asks.count) return
  if (values.length === 0) {
    // Without values nothing is formatted at all, and a percent sign may be just that.
    if (asksPlainly(text!.value as string)) yield report(format, 'few', 'shows', asks.count, 0)
    return
  }
  if (!isStandard && asks.count === 0) return
  // One dictionary may stand for all values.
  if (values.length === 1 && asks.count === 0 && file.value(only!).kind === 'Dictionary') return
  yield report(format, values.length < asks.count ? 'few' : 'many', 'swallowed', asks.count, values.length)
}

/** `console.log('…', …)` and `util.format('…', …)` */
function* consoleCall(call: SyntaxNode, file: SourceFile) {
  const callee = call.child('callee')
  if (!callee || hasSpread(call)) return
  const object = receiver(call)
  const isConsole =
    object?.name === 'console' && file.isFree(object) && callee.child('property')?.name !== 'format'
  if (!isConsole && file.qualifiedName(callee) !== 'util.format') return
  const [format, ...values] = call.children('argument')
  if (format?.kind !== 'String') return
  const text = file.constant(format)
  if (text?.kind !== 'string') return
  const wanted = consolePlaceholders(text.value)
  if (values.length >= wanted || (values.length === 0 && !asksPlainly(text.value))) return
  yield report(format, 'few', 'shows', wanted, values.length)
}

/** A placeholder that stands by itself, and no percentage: `50%done`. */
function asksPlainly(text: string): boolean {
  return /(?:^|[\s'"(:=[,])%[sdrioO](?![A-Za-z%])/.test(text)
}

function report(
  at: SyntaxNode,
  problem: Data['problem'],
  outcome: Data['outcome'],
  wanted: number,
  given: number,
  name = '',
) {
  return { at, data: { problem, outcome, wanted, given, name } }
}
