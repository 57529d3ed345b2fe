/** A placeholder for a variable, in a string that nobody formats: the reader sees the placeholder. */

import { calleeName, hasSpread, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertBefore, replace } from '../edit.ts'
import { fixes, js, jsx, py, ts, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isBuiltInException, isException } from '../support/exceptions.ts'
import { isStandardLogger, LOG_METHODS } from '../support/loggers.ts'
import { percentPlaceholders } from '../support/placeholders.ts'
import { isVariable, visible } from '../support/visible.ts'

/** What the string lacks. */
const MISSING = {
  prefix: {
    en: ['the string has no `f` before it', 'Put an `f` before the string.', 'Put an `f` before the string'],
    es: [
      'la cadena no lleva una `f` delante',
      'Pon una `f` delante de la cadena.',
      'Poner una `f` delante de la cadena',
    ],
  },
  backquotes: {
    en: [
      'the string has no back-quotes',
      'Write the string in back-quotes.',
      'Write the string in back-quotes',
    ],
    es: [
      'la cadena no lleva acentos graves',
      'Escribe la cadena entre acentos graves.',
      'Escribir la cadena entre acentos graves',
    ],
  },
  percent: {
    en: ['nothing formats the string', 'Format the string with `%`.', 'Format the string with `%`'],
    es: ['nada formatea la cadena', 'Formatea la cadena con `%`.', 'Formatear la cadena con `%`'],
  },
} as const

export default defineRule({
  id: 'correctness/unformatted-placeholder',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  concept: 'formatting-text',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    String(node, file) {
      const { text } = node
      if (file.language === 'python') return text.includes('{') ? braces(node, text, file) : undefined
      return text.includes('${') ? dollars(node, text, file) : undefined
    },
    Call(node, file) {
      return file.language === 'python' ? percents(node, file) : undefined
    },
  },

  explain: {
    en: ({ placeholder, missing }) => ({
      message: `\`${placeholder}\` is shown as it stands, since ${MISSING[missing].en[0]}`,
      why: 'The reader sees the placeholder where the value should be.',
      remedy: MISSING[missing].en[1],
      fix: MISSING[missing].en[2],
    }),
    es: ({ placeholder, missing }) => ({
      message: `\`${placeholder}\` se muestra tal cual, porque ${MISSING[missing].es[0]}`,
      why: 'Quien lo lee ve el marcador donde debería estar el valor.',
      remedy: MISSING[missing].es[1],
      fix: MISSING[missing].es[2],
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        def f(name):
            raise ValueError("no user «{name}» at {name.place!r:>10}")
      `,
        py`
        def f(name):
            raise ValueError(f"no user {name} at {name.place!r:>10}")
      `,
      ),
      fixes(
        py`
        for name in names:
            text = f"{name} is " "not «{name}»"
            text = (f"{name} is " + "not «{name}»")
      `,
        py`
        for name in names:
            text = f"{name} is " f"not {name}"
            text = (f"{name} is " + f"not {name}")
      `,
      ),
      fixes(
        py`
        import logging
        n = 1
        print(r"«{n}» rows")
        logging.info('«{n}» rows')
        assert n > 0, "«{n}»"
      `,
        py`
        import logging
        n = 1
        print(rf"{n} rows")
        logging.info(f'{n} rows')
        assert n > 0, f"{n}"
      `,
      ),
      fixes(py`raise ValueError("«%s» is not %s", a, b)`, py`raise ValueError("%s is not %s" % (a, b))`),
      fixes(py`print("«%d» rows", n)`, py`print("%d rows" % (n,))`),
      fixes(
        js`function f(name) { throw new Error('no user «\${name}», or "\${name.first}"') }`,
        js`function f(name) { throw new Error(\`no user \${name}, or "\${name.first}"\`) }`,
      ),
      fixes(
        ts`const n: number = 1; const text = "«\${n}» rows"`,
        ts`const n: number = 1; const text = \`\${n} rows\``,
      ),
      fixes(
        tsx`const size = 's'; const a = <b className="box-«\${size}»" />`,
        tsx`const size = 's'; const a = <b className={\`box-\${size}\`} />`,
      ),
      jsx`function F({ size }) { return <b className='«\${size}»' /> }`,
    ],
    valid: [
      py`
        def f(name):
            raise ValueError(f"no user {name}")
      `,
      py`
        def f(name):
            print("no user {name}".format(name=name))
            template = "no user {name}"
            return template.format(name=name)
      `,
      py`
        def f(id):
            return client.get("/users/{id}")
      `,
      py`
        def f(name):
            print("{name} and {{name}} and {other}")
      `,
      py`print("{name}")`,
      py`
        def name(): pass
        print("{name}")
      `,
      py`
        from loguru import logger
        def f(name):
            logger.info("user {name}", name=name)
      `,
      py`
        def f(name):
            print((f"{name} is " "not {name}").format(name=1))
      `,
      py`
        def f(name):
            print("{name: 1, other: 2}", "{}", "{0}")
      `,
      py`raise ApiError("%s is not %s", a, b)`,
      py`raise OSError(2, "no %s")`,
      py`print("100%", a)`,
      js`const text = \`no user \${name}\``,
      js`const text = 'no user \${name}'`,
      js`function f(name, text) { return text.replace('\${name}', name) }`,
      js`const name = 1; const code = 'const a = \`\${name}\`'`,
      js`const name = 1; const a = { '\${name}': 1 }; if (text === '\${name}') f()`,
      js`const name = 1; const a = '\\\${name}'`,
      js`const name = 1; const a = 'function () { \${name}; \${1 + 2} }'`,
      ts`type name = 1; const a = '\${name}'`,
    ],
  },
})

/** `{name}`, `{name.part!r:>10}`: what a variable's placeholder looks like, and not a dictionary or a set. */
const BRACED = /\{([A-Za-z_]\w*)(?:\.[A-Za-z_]\w*)*(?:![rsa])?(?::[<>^=+\-# 0-9.,_]*[a-zA-Z%]?)?\}/g

function* braces(node: SyntaxNode, text: string, file: SourceFile) {
  const prefix = /^[A-Za-z]*/.exec(text)![0]
  if (!/^[rR]?$/.test(prefix)) return
  const found = [...text.matchAll(BRACED)]
  if (found.length === 0 || /[{}]/.test(text.replace(BRACED, ''))) return
  if (!isShown(node, file)) return
  if (!found.every(it => isVariable(visible(file, node, it[1]!)))) return
  const [first] = found
  const start = node.start + first!.index
  yield {
    at: { start, end: start + first![0].length },
    data: { placeholder: first![0], missing: 'prefix' as keyof typeof MISSING },
    fix: {
      safety: 'unsafe' as const,
      edits: () => [
        prefix ? { start: node.start + 1, end: node.start + 1, newText: 'f' } : insertBefore(node, 'f'),
      ],
    },
  }
}

/**
 * The text goes to a reader as it is: printed, logged, raised, or glued to a text that is formatted. A string that goes
 * anywhere else may well be a template.
 */
function isShown(node: SyntaxNode, file: SourceFile): boolean {
  let it = node
  let isBesideFormatted = false
  while (it.parent) {
    const { parent } = it
    if (parent.kind === 'Concatenation')
      isBesideFormatted ||= parent.children('part').some(part => part.kind === 'Template')
    else if (parent.kind === 'Binary' && parent.operator === '+')
      isBesideFormatted ||= [parent.child('left'), parent.child('right')].some(
        part => part?.kind === 'Template',
      )
    else if (parent.kind !== 'Parenthesized') break
    it = parent
  }
  const { parent, role } = it
  if (!parent || parent.is('Member', 'Binary')) return false
  if (isBesideFormatted) return true
  if (parent.kind === 'Assert') return role === 'message'
  if (parent.kind !== 'Call' || role !== 'argument') return false
  const callee = parent.child('callee')
  if (!callee) return false
  if (callee.kind === 'Name') {
    if (callee.name === 'print') return file.isFree(callee)
    return isException(file, callee)
  }
  const object = receiver(parent)
  return (
    object !== undefined &&
    (LOG_METHODS as readonly string[]).includes(calleeName(parent)) &&
    parent
      .children('argument')
      .every(argument => argument.kind === 'KeywordArgument' || argument.row === it.row) &&
    isStandardLogger(file, object)
  )
}

/** `ValueError("%s is wrong", a)` and `print("%s is wrong", a)`: neither formats. */
function* percents(call: SyntaxNode, file: SourceFile) {
  const callee = call.child('callee')
  if (callee?.kind !== 'Name') return
  const [format, ...values] = call.children('argument')
  if (!format || values.length === 0 || format.kind !== 'String' || !format.text.includes('%')) return
  const isPrint = callee.name === 'print' && file.isFree(callee)
  if (!isPrint && !isBuiltInException(file, callee)) return
  if (hasSpread(call) || values.some(it => it.kind === 'KeywordArgument')) return
  const text = file.constant(format)
  const asks = text?.kind === 'string' ? percentPlaceholders(text.value) : undefined
  if (asks?.count !== values.length || asks.names.length > 0) return
  const first = /%[^%\s]*?[a-zA-Z]/.exec(format.text)
  if (!first) return
  const start = format.start + first.index
  yield {
    at: { start, end: start + first[0].length },
    data: { placeholder: first[0], missing: 'percent' as keyof typeof MISSING },
    fix: {
      safety: 'unsafe' as const,
      edits: () => {
        const last = values.at(-1)!
        const tuple = values.map(it => it.text).join(', ') + (values.length === 1 ? ',' : '')
        return call.has('Comment') ? [] : [{ start: format.end, end: last.end, newText: ` % (${tuple})` }]
      },
    },
  }
}

const IN_DOLLARS = /\$\{\s*([A-Za-z_$][\w$]*)(?:\??\.[A-Za-z_$][\w$]*)*\s*\}/g

function* dollars(node: SyntaxNode, text: string, file: SourceFile) {
  if (/`|\\\$/.test(text)) return
  const found = [...text.matchAll(IN_DOLLARS)]
  if (found.length === 0 || text.replace(IN_DOLLARS, '').includes('${')) return
  if (!isPlainValue(node)) return
  if (!found.every(it => isVariable(visible(file, node, it[1]!)))) return
  const [first] = found
  const start = node.start + first!.index
  yield {
    at: { start, end: start + first![0].length },
    data: { placeholder: first![0], missing: 'backquotes' as keyof typeof MISSING },
    fix: {
      safety: 'unsafe' as const,
      edits: () => {
        const template = `\`${text.slice(1, -1)}\``
        return [replace(node, node.parent?.kind === 'JsxAttribute' ? `{${template}}` : template)]
      },
    },
  }
}

/** Not a key, a pattern, a text to look for, or anything else that is compared and not shown. */
function isPlainValue({ role, parent }: SyntaxNode): boolean {
  if (!parent || parent.is('Comparison', 'Type', 'Import', 'Export', 'Case', 'Index', 'EnumMember'))
    return false
  if (parent.kind === 'JsxAttribute') return true
  if (role === 'key' || role === 'source' || role === 'callee' || parent.kind === 'ExpressionStatement')
    return false
  if (parent.is('Call', 'New'))
    return !/^(replace|replaceAll|split|includes|indexOf|lastIndexOf|startsWith|endsWith|match|test|RegExp|has|get)$/.test(
      calleeName(parent),
    )
  return true
}
