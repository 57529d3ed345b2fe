// What an import names: modules as they are written, and paths where they lead.

import { normal } from '../../graph/modules.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** The modules that a statement imports, with what it takes out of them in Python. */
export function modulesOf(statement: SyntaxNode, { language }: SourceFile): string[] {
  if (language === 'python') {
    const source = statement.child('source')?.text
    const names = statement
      .children('name')
      .map(it => (it.kind === 'ImportName' ? (it.child('name')?.text ?? '') : it.text))
    if (source === undefined) return names
    return [source, ...names.map(it => (source.endsWith('.') ? `${source}${it}` : `${source}.${it}`))]
  }
  if (language === 'rust') {
    return statement.children('name').map(it => it.text.replace(/\s+/g, '').replace(/::?\{.*$/s, ''))
  }
  const source = statement.child('source')?.text
  return source === undefined ? [] : [source.slice(1, -1)]
}

/** `lodash`, or something below it. */
export function isModule(module: string, wanted: string): boolean {
  const [one, other] = [module, wanted].map(it => it.replace(/^node:/, ''))
  return one === other || ['/', '.', '::'].some(it => one!.startsWith(`${other}${it}`))
}

/** Where a module lies, as far as its name says: with slashes, and without what is relative. */
export function pathOfModule(module: string, { language, path }: SourceFile): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
  if (language === 'rust') return module.replaceAll('::', '/')
  if (language !== 'python')
    return module.startsWith('.') ? normal(`${folder}/${module}`) : module.replace(/^[@~]\//, '')
  const dots = /^\.*/.exec(module)![0].length
  const rest = module.slice(dots).replaceAll('.', '/')
  return dots === 0 ? rest : normal(`${folder}/${'../'.repeat(dots - 1)}${rest}`)
}
