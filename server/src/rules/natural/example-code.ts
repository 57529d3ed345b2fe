// Small pieces of code for examples: something of a kind, something that holds these lines, something around them.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import type { Subject, SubjectKind } from './requirement.ts'

export function givenName({ named }: Subject): string | undefined {
  return named?.[0]?.replace(/^\*/, 'Some').replace(/\*$/, 'It')
}

/** Something of the subject's kind that is called so. */
export function declaration(subject: Subject, language: CodeLanguage, name: string, body = ''): string {
  const py = language === 'python'
  const kind: SubjectKind = subject.kind
  const { qualities } = subject
  const result = qualities.includes('boolean') ? (py ? ' -> bool' : ': boolean') : ''
  const inside = body || (qualities.includes('boolean') ? 'return true' : '')
  switch (kind) {
    case 'class':
      if (qualities.includes('exception'))
        return py ? `class ${name}(Exception):\n    pass` : `class ${name} extends Error {}`
      return py ? `class ${name}:\n    pass` : `${exportOf(subject)}class ${name} {}`
    case 'interface':
      return `${exportOf(subject)}interface ${name} {\n  it: number\n}`
    case 'type':
      return `${exportOf(subject)}type ${name} = string`
    case 'enum':
      return `enum ${name} { One }`
    case 'enumMember':
      return `enum Example { ${name} }`
    case 'method': {
      const access = qualities.includes('private') ? 'private ' : ''
      return py
        ? `class Example:\n    def ${name}(self):\n        pass`
        : `class Example {\n  ${access}${name}() {}\n}`
    }
    case 'constructor':
      return py
        ? `class Example:\n    def __init__(self):\n        pass`
        : 'class Example {\n  constructor() {}\n}'
    case 'variable':
      if (qualities.includes('boolean')) return py ? `${name} = True` : `let ${name} = true`
      return py ? `${name} = run()` : `let ${name} = run()`
    case 'constant':
      return py ? `${name} = 3` : `const ${name} = 3`
    case 'parameter':
      return py ? `def example(${name}):\n    pass` : `function example(${name}) {}`
    case 'test':
      return `def ${name}():\n    assert run()`
    default: {
      const async = qualities.includes('async') ? 'async ' : ''
      if (py) return `${async}def ${name}()${result}:\n    ${inside || 'pass'}`
      return `${exportOf(subject)}${async}function ${name}()${result} {${inside ? ` ${inside} ` : '}'.slice(1)}}`
    }
  }
}

export function exportOf({ qualities }: Subject): string {
  return qualities.includes('exported') || qualities.includes('public') ? 'export ' : ''
}

/** The subject with these lines in it. */
export function bodyOf(subject: Subject, language: CodeLanguage, body: string, parameters = ''): string {
  const own = givenName(subject) ?? 'example'
  const lines = body.split('\n').filter(it => it !== '')
  const py = language === 'python'
  const indented = (by: string) => lines.map(it => `${by}${it}`).join('\n')
  const head = exportOf(subject) + (subject.qualities.includes('async') ? 'async ' : '')
  switch (subject.kind) {
    case 'method':
      return py
        ? `class Example:\n    def ${own}(self${parameters && `, ${parameters}`}):\n${indented('        ') || '        pass'}`
        : `class Example {\n  ${own}(${parameters}) {\n${indented('    ')}\n  }\n}`
    case 'constructor':
      return py
        ? `class Example:\n    def __init__(self${parameters && `, ${parameters}`}):\n${indented('        ') || '        pass'}`
        : `class Example {\n  constructor(${parameters}) {\n${indented('    ')}\n  }\n}`
    case 'class':
      return py
        ? `class Example:\n${lines.map((_, i) => `    a${i} = 1`).join('\n') || '    pass'}`
        : `class Example {\n${lines.map((_, i) => `  a${i} = 1`).join('\n')}\n}`
    case 'catch':
      return py
        ? `try:\n    run()\nexcept ValueError:\n${indented('    ')}`
        : `try {\n  run()\n} catch (error) {\n${indented('  ')}\n}`
    case 'loop':
      return py ? `for it in all:\n${indented('    ')}` : `for (const it of all) {\n${indented('  ')}\n}`
    case 'test':
      return `def test_${own}(${parameters}):\n${indented('    ') || '    pass'}`
    default:
      return py
        ? `${head}def ${own}(${parameters}):\n${indented('    ') || '    pass'}`
        : `${head}function ${own}(${parameters}) {\n${indented('  ')}\n}`
  }
}

export function within(text: string, what: string, language: CodeLanguage): string {
  const py = language === 'python'
  const indented = text.replace(/^/gm, py ? '    ' : '  ')
  const frames: Readonly<Record<string, string>> = py
    ? {
        loop: `for it in all:\n${indented}`,
        with: `with opened() as it:\n${indented}`,
        try: `try:\n${indented}\nexcept ValueError:\n    stop()`,
        catch: `try:\n    run()\nexcept ValueError:\n${indented}`,
        async: `async def example():\n${indented}`,
        class: `class Example:\n${indented}`,
        condition: `if ${text}:\n    pass`,
        constructor: `class Example:\n    def __init__(self):\n${indented.replace(/^/gm, '    ')}`,
      }
    : {
        loop: `for (const it of all) {\n${indented}\n}`,
        try: `try {\n${indented}\n} catch (error) {\n  stop(error)\n}`,
        catch: `try {\n  run()\n} catch (error) {\n${indented}\n}`,
        async: `async function example() {\n${indented}\n}`,
        class: `class Example {\n${indented}\n}`,
        condition: `if (${text}) {}`,
        constructor: `class Example {\n  constructor() {\n${indented.replace(/^/gm, '  ')}\n  }\n}`,
      }
  return frames[what] ?? (py ? `def example():\n${indented}` : `function example() {\n${indented}\n}`)
}

export function comment(language: CodeLanguage, text: string): string {
  return language === 'python' ? `# ${text}` : `// ${text}`
}

export function call(language: CodeLanguage, text: string): string {
  return language === 'rust' ? `fn example() { ${text}; }` : text
}

export function use(language: CodeLanguage, name: string): string {
  const plain = name.replace(/\(\)$/, '')
  if (language === 'rust')
    return `fn example() { ${plain.endsWith('!') ? `${plain}(it)` : /[.:]/.test(plain) ? `${plain}(it)` : `it.${plain}()`}; }`
  const module = /^([a-z_]\w*)\./.exec(plain)?.[1]
  if (language === 'python' && module && !/^(self|logger|log|it)$/.test(module))
    return `import ${module}\n${plain}(it)`
  return `${plain}(it)`
}

export function importOf(language: CodeLanguage, module: string): string {
  if (language === 'python') return `import ${module.replace(/[-/]/g, '_')}`
  if (language === 'rust') return `use ${module}::thing;`
  return `import { thing } from '${module}'`
}

export function assignment(language: CodeLanguage, name: string, value: string): string {
  if (language === 'rust') return `const ${name.toUpperCase()}: &str = ${value.replaceAll("'", '"')};`
  return language === 'python' ? `${name} = ${value}` : `const ${name} = ${value}`
}
