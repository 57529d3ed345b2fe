// Variables of the environment in Rust: `std::env::var`, `env!`, and those that clap takes where an option is missing.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Absence } from '../../rows/settings.ts'
import { addMentions, EnvironmentReaders } from '../environment-names.ts'

export function extractEnvironmentRust(file: SourceFile, facts: FactWriter): void {
  const { root, tree } = file
  if (/\benv\b|dotenv/.test(tree.text)) {
    const readers = new EnvironmentReaders(file, facts)
    for (const name of [...root.named('var', 'any'), ...root.named('var_os', 'any')])
      readCall(file, name, readers, facts)
    for (const name of root.named('vars', 'any'))
      if (isOfEnvironment(name.parent)) facts.add('environmentSweep', { prefix: '' }, name)
    for (const name of root.named('set_var', 'any')) readSetter(file, name, facts)
    for (const name of [...root.named('env'), ...root.named('option_env')]) readMacro(name, facts)
    for (const it of tree.text.matchAll(OPTION)) {
      const start = it.index + it[0].length - it[1]!.length - 2
      addRead(facts, it[1]!, 'handled', { start, end: start + it[1]!.length + 2 })
    }
  }
  for (const it of tree.text.matchAll(BUILD)) {
    const start = it.index + it[0].length - it[1]!.length
    facts.add('environmentSetting', { key: it[1]!, in: 'code' }, { start, end: start + it[1]!.length })
  }
  addMentions(file, facts)
}

/** `#[arg(long, env = "KEY")]`, `Arg::new("port").env("KEY")` */
const OPTION = /\benv\s*(?:=|\()\s*"([A-Z]\w*)"/g
/** A build script sets it for what is compiled. */
const BUILD = /cargo::?rustc-env=(\w+)/g

function readCall(file: SourceFile, name: SyntaxNode, readers: EnvironmentReaders, facts: FactWriter): void {
  const path = name.parent?.kind === 'Path' ? name.parent : undefined
  const call = (path ?? name).parent
  if (call?.kind !== 'Call' || !(path ? isOfEnvironment(path) : isImported(file, name))) return
  const [given] = positional(call)
  const key = given && file.constant(given)
  if (key?.kind === 'string') addRead(facts, key.value, absenceOf(call), given!)
  else if (given && !readers.add(given.kind === 'Borrow' ? (given.child('value') ?? given) : given))
    facts.add('environmentSweep', { prefix: '' }, given)
}

function isOfEnvironment(path: SyntaxNode | undefined): boolean {
  return /(^|::)env$|^dotenvy?$/.test(path?.child('object')?.text ?? '')
}

/** `use std::env::var` */
function isImported(file: SourceFile, name: SyntaxNode): boolean {
  return /(^|\.)env\.var(_os)?$|^dotenvy?\.var$/.test(file.importedName(name) ?? '')
}

/** What is done with the result. */
function absenceOf(call: SyntaxNode): Absence {
  const { parent } = call
  if (parent?.kind !== 'Member') return 'unknown'
  const method = parent.child('property')?.name ?? ''
  return method === 'unwrap' || method === 'expect' ? 'fails' : 'handled'
}

function readSetter(file: SourceFile, name: SyntaxNode, facts: FactWriter): void {
  const call = name.parent?.kind === 'Path' ? name.parent.parent : name.parent
  const given = call?.kind === 'Call' ? positional(call)[0] : undefined
  const key = given && file.constant(given)
  if (key?.kind === 'string') facts.add('environmentSetting', { key: key.value, in: 'code' }, given!)
}

/** `env!("KEY")` stops the compiler, `option_env!("KEY")` does not. */
function readMacro(name: SyntaxNode, facts: FactWriter): void {
  const call = name.parent
  if (call?.kind !== 'MacroCall' || name.role !== 'callee') return
  const key = /\(\s*"(\w+)"/.exec(call.text)?.[1]
  if (key) addRead(facts, key, calleeName(call) === 'env' ? 'fails' : 'handled', call)
}

function addRead(
  facts: FactWriter,
  key: string,
  absence: Absence,
  at: { readonly start: number; readonly end: number },
): void {
  facts.add('environmentRead', { key, absence, from: 'process' }, at)
}
