// One too many and just enough, of all that can be counted.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import { assignment, bodyOf, call, comment, declaration, givenName, importOf } from './example-code.ts'
import type { Demand, Subject } from './requirement.ts'

export interface Pair {
  readonly breaks: string
  readonly keeps: string
  /** Of the files, where the sentence is about these. */
  readonly names?: { readonly breaks: string; readonly keeps: string }
}

export function limitPair(
  subject: Subject,
  { measure, most, least = 0, ofName }: Extract<Demand, { kind: 'limit' }>,
  language: CodeLanguage,
): Pair | undefined {
  const [tooMany, enough] = most === undefined ? [least - 1, least] : [most + 1, most]
  const pair = (of: (count: number) => string): Pair => ({ breaks: of(tooMany), keeps: of(enough) })
  const py = language === 'python'
  const list = (count: number, of: (i: number) => string, by: string) =>
    Array.from({ length: Math.max(0, count) }, (_, i) => of(i)).join(by)
  const own = givenName(subject) ?? 'example'
  if (ofName) return pair(count => declaration(subject, language, 'a'.repeat(Math.max(1, count))))
  switch (measure) {
    case 'lines':
    case 'codeLines': {
      if (subject.kind === 'file')
        return pair(
          count =>
            list(count - 1, () => call(language, 'run()'), '\n') +
            (count > 0 ? `\n${call(language, 'run()')}` : ''),
        )
      const frame = py ? 1 : 2
      return pair(count =>
        bodyOf(
          subject,
          language,
          list(count - frame, () => 'run()', '\n'),
        ),
      )
    }
    case 'characters':
      if (subject.kind === 'comment')
        return pair(count => comment(language, 'x'.repeat(Math.max(1, count - (py ? 2 : 3)))))
      if (subject.kind === 'string')
        return pair(count => assignment(language, 'example', `'${'x'.repeat(Math.max(0, count - 2))}'`))
      return pair(count => comment(language, 'x'.repeat(Math.max(1, count - (py ? 2 : 3)))))
    case 'parameters':
      return pair(count =>
        bodyOf(
          subject,
          language,
          'run()',
          list(count, i => `a${i}`, ', '),
        ),
      )
    case 'arguments':
      return pair(count => `${subject.callees?.[0] ?? 'run'}(${list(count, i => String(i), ', ')})`)
    case 'methods':
      return pair(count =>
        py
          ? `class Example:\n${list(count, i => `    def m${i}(self): pass`, '\n') || '    pass'}`
          : `class Example {\n${list(count, i => `  m${i}() {}`, '\n')}\n}`,
      )
    case 'publicMethods':
      return pair(count =>
        py
          ? `class Example:\n${list(count, i => `    def m${i}(self): pass`, '\n') || '    pass'}`
          : `class Example {\n${list(count, i => `  m${i}() {}`, '\n')}\n}`,
      )
    case 'bases':
      return pair(count =>
        py
          ? `class Example(${list(count, i => `Base${i}`, ', ')}):\n    pass`
          : `class Example ${count > 0 ? 'extends Base' : ''} {}`,
      )
    case 'assertions':
      return pair(
        count => `def test_example():\n${list(count, () => '    assert run()', '\n') || '    run()'}`,
      )
    case 'fields':
      return pair(count =>
        py
          ? `class Example:\n${list(count, i => `    a${i} = 1`, '\n') || '    pass'}`
          : `${subject.kind === 'interface' ? 'interface' : 'class'} Example {\n${list(count, i => `  a${i}: number`, '\n')}\n}`,
      )
    case 'functions':
      return pair(count => list(count, i => (py ? `def f${i}(): pass` : `function f${i}() {}`), '\n'))
    case 'classes':
      return pair(count => list(count, i => (py ? `class C${i}: pass` : `class C${i} {}`), '\n'))
    case 'imports':
      return pair(count => list(count, i => importOf(language, `module${i}`), '\n'))
    case 'returns':
      return pair(count =>
        bodyOf(
          subject,
          language,
          list(count - 1, i => (py ? `if it == ${i}: return ${i}` : `if (it == ${i}) return ${i}`), '\n') +
            (count > 0 ? '\nreturn 0' : ''),
        ),
      )
    case 'cases':
      return pair(count => `switch (it) {\n${list(count, i => `  case ${i}: run(); break`, '\n')}\n}`)
    case 'complexity':
      return pair(count =>
        bodyOf(
          subject,
          language,
          list(count - 1, i => (py ? `if it == ${i}: run()` : `if (it == ${i}) run()`), '\n'),
        ),
      )
    case 'nesting':
      return pair(count => {
        if (py)
          return `def ${own}():\n${list(count, i => `${'    '.repeat(i + 1)}if it:`, '\n')}\n${'    '.repeat(count + 1)}run()`
        return `function ${own}() {\n${list(count, i => `${'  '.repeat(i + 1)}if (it) {`, '\n')}\n${'  '.repeat(count + 1)}run()\n${list(count, i => `${'  '.repeat(count - i)}}`, '\n')}\n}`
      })
  }
}
