// What the settings of Vite and Next hand to the code that runs in browsers, besides what begins with a prefix.

import { calleeName, keyText, positional, property } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'

const SETTINGS = /(?:^|[/.])(vite|vitest|next)\.config(?:\.\w+)?\.[cm]?[jt]s$/
/** They hand over what their own settings say. */
const PLUGINS =
  /EnvironmentPlugin|DefinePlugin|vite-plugin-env|environment-plugin|envCompatible|transform-env/

export function extractBundlers(file: SourceFile, facts: FactWriter): void {
  const tool = SETTINGS.exec(file.path)?.[1]
  if (!tool) {
    if (DEFINES_ALL.test(file.tree.text) && !file.isTest) extractScript(file, facts)
    return
  }
  const prefixes: string[] = []
  let isOpen = PLUGINS.test(file.tree.text)
  for (const it of file.root.descendants('Dictionary')) {
    const prefix = property(it, 'envPrefix')
    for (const one of prefix ? textsIn(file, prefix) : []) prefixes.push(one)
    const given = property(it, tool === 'next' ? 'env' : 'define')
    if (given && !addKeys(file, given, facts)) isOpen = true
  }
  facts.add('bundler', { tool: tool === 'next' ? 'next' : 'vite', prefixes, isOpen }, file.root)
}

/** A program that calls a bundler and replaces all of `import.meta.env`: by what it says there, or by what it has read. */
function extractScript(file: SourceFile, facts: FactWriter): void {
  let isOpen = false
  for (const it of file.root.descendants('Pair')) {
    if (keyText(it.child('key')) !== 'import.meta.env') continue
    const value = it.child('value')?.unwrapped
    const isJson = value?.kind === 'Call' && calleeName(value) === 'stringify'
    const given = isJson ? positional(value)[0] : value
    if (!given || !addKeys(file, given, facts)) isOpen = true
  }
  if (isOpen) facts.add('bundler', { tool: 'vite', prefixes: [], isOpen, isScript: true }, file.root)
}

const DEFINES_ALL = /['"]import\.meta\.env['"]\s*:/

function textsIn(file: SourceFile, node: SyntaxNode): string[] {
  const parts = node.unwrapped.kind === 'List' ? node.unwrapped.children() : [node]
  return parts.flatMap(it => {
    const constant = file.constant(it)
    return constant?.kind === 'string' ? [constant.value] : []
  })
}

/** False where there may be keys that nobody can tell. */
function addKeys(file: SourceFile, given: SyntaxNode, facts: FactWriter): boolean {
  const value = file.value(given).unwrapped
  if (value.kind !== 'Dictionary') return false
  let isWhole = true
  for (const it of value.children('element')) {
    const key = it.kind === 'Name' ? it.name : keyText(it.child('key'))
    const name = /^(?:(?:process|import\.meta)\.env\.)?(\w+)$/.exec(key)?.[1]
    if (name) facts.add('environmentSetting', { key: name, in: 'bundler' }, it)
    else isWhole = false
  }
  return isWhole
}
