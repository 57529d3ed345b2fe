// Variables of the environment in Python: `os.environ`, `os.getenv`, and the libraries that read them for others.

import { argument, calleeName, keyText, keywordArgument, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Absence } from '../../rows/settings.ts'
import { addMentions, EnvironmentReaders } from '../environment-names.ts'
import { readSettingsClasses } from './settings-classes.ts'

interface Extraction {
  readonly file: SourceFile
  readonly facts: FactWriter
  readonly readers: EnvironmentReaders
}

const READS = [
  'environ',
  'getenv',
  'setenv',
  'decouple',
  'starlette.config',
  'BaseSettings',
  'pydantic_settings',
]

export function extractEnvironmentPython(file: SourceFile, facts: FactWriter): void {
  const { root, tree } = file
  if (READS.some(it => tree.text.includes(it))) {
    const of: Extraction = { file, facts, readers: new EnvironmentReaders(file, facts) }
    for (const name of root.named('environ', 'any')) use(of, name)
    for (const name of root.named('getenv', 'any')) useOfGetter(of, name)
    for (const name of root.named('setenv', 'any')) useOfSetter(of, name)
    if (LIBRARIES.test(tree.text)) readLibraries(of)
    readSettingsClasses(file, facts)
  }
  addMentions(file, facts)
}

/** `os.environ`, `from os import environ` */
function use(of: Extraction, name: SyntaxNode): void {
  const { file, facts } = of
  const source = name.parent?.kind === 'Member' && name.role === 'property' ? name.parent : name
  if (file.qualifiedName(source) !== 'os.environ') return
  const { parent } = source
  switch (parent?.kind) {
    case 'Index':
      return useOfIndex(of, parent)
    case 'Member':
      return useOfMethod(of, parent)
    case 'Comparison': {
      const key = / in$|^in$/.test(parent.operator) ? parent.child('left') : undefined
      if (key) read(of, key, 'handled')
      return
    }
    // `patch.dict(os.environ, {"KEY": "1"})`
    case 'Call': {
      const given = positional(parent)[1]
      if (given?.kind === 'Dictionary') return setAll(of, given)
      if (calleeName(parent) !== 'dict' && calleeName(parent) !== 'len')
        facts.add('environmentSweep', { prefix: '' }, source)
      return
    }
    case 'Import':
    case 'ImportName':
    case 'Path':
      return
    default:
      facts.add('environmentSweep', { prefix: '' }, source)
  }
}

function useOfIndex(of: Extraction, node: SyntaxNode): void {
  const key = node.child('index')
  if (!key) return
  const { parent } = node
  const isSet = parent?.is('Assignment', 'AugmentedAssignment') && node.role === 'target'
  if (isSet) set(of, key)
  else if (parent?.kind !== 'Delete') read(of, key, isCaught(node) ? 'handled' : 'fails')
}

function useOfMethod(of: Extraction, member: SyntaxNode): void {
  const call = member.parent?.kind === 'Call' ? member.parent : undefined
  if (!call) return
  const [key, given] = positional(call)
  switch (calleeName(call)) {
    case 'get':
      return key && read(of, key, given || keywordArgument(call, 'default') ? 'handled' : absenceOf(call))
    case 'pop':
      return key && read(of, key, 'handled')
    case 'setdefault':
      if (key) set(of, key)
      return
    case 'update':
      if (key?.kind === 'Dictionary') setAll(of, key)
      for (const it of call.children('argument')) {
        const label = it.kind === 'KeywordArgument' ? it.child('label') : undefined
        if (label) of.facts.add('environmentSetting', { key: label.text, in: 'code' }, label)
      }
      return
    case 'items':
    case 'keys':
    case 'values':
      of.facts.add('environmentSweep', { prefix: '' }, call)
  }
}

/** `os.getenv("KEY", "default")` */
function useOfGetter(of: Extraction, name: SyntaxNode): void {
  const callee = name.parent?.kind === 'Member' && name.role === 'property' ? name.parent : name
  const call = callee.parent
  if (call?.kind !== 'Call' || of.file.qualifiedName(callee) !== 'os.getenv') return
  const key = argument(call, 0, 'key')
  if (key) read(of, key, argument(call, 1, 'default') ? 'handled' : absenceOf(call))
}

/** `monkeypatch.setenv("KEY", "1")` */
function useOfSetter(of: Extraction, name: SyntaxNode): void {
  const call = name.parent?.parent
  const key = call?.kind === 'Call' ? positional(call)[0] : undefined
  if (key) set(of, key)
}

function absenceOf(call: SyntaxNode): Absence {
  return call.parent?.is('Logical', 'Conditional', 'If', 'Not', 'Comparison', 'NamedExpression')
    ? 'handled'
    : 'unknown'
}

/** Somebody waits for the KeyError. */
function isCaught(node: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.kind === 'Function') return false
    if (it.kind === 'Try') return true
  }
  return false
}

function read(of: Extraction, node: SyntaxNode, absence: Absence): void {
  const key = of.file.constant(node)
  if (key?.kind === 'string')
    of.facts.add('environmentRead', { key: key.value, absence, from: 'process' }, node)
  else if (!of.readers.add(node)) {
    const prefix = /^f["'](\w*)/.exec(node.text)?.[1] ?? ''
    of.facts.add('environmentSweep', { prefix }, node)
  }
}

function set(of: Extraction, node: SyntaxNode): void {
  const key = of.file.constant(node)
  if (key?.kind === 'string') of.facts.add('environmentSetting', { key: key.value, in: 'code' }, node)
}

function setAll(of: Extraction, dictionary: SyntaxNode): void {
  for (const it of dictionary.children('element')) {
    const key = it.child('key')
    if (key?.kind === 'String') of.facts.add('environmentSetting', { key: keyText(key), in: 'code' }, key)
  }
}

const LIBRARIES = /\b(environ|environs|decouple|starlette\.config)\b|\bimport env\b/
const LIBRARY =
  /^(environ\.(Fileaware)?Env|environs\.(Fileaware)?Env|decouple\.(Auto)?Config|starlette\.config\.Config)$/
/** What such an object is asked with, besides being called. */
const TYPED =
  /^(__call__|str|bool|int|float|json|list|dict|tuple|set|bytes|url|db|db_url|cache|cache_url|email|email_url|search_url|channels|path|date|datetime|time|timedelta|uuid|decimal|enum|log_level|get_value)$/

/** `env = environ.Env(DEBUG=(bool, False))` and `env.bool("DEBUG")`; `config("KEY", default=…)` of decouple. */
function readLibraries(of: Extraction): void {
  const { file } = of
  for (const call of file.root.descendants('Call')) {
    const callee = call.child('callee')
    if (!callee) continue
    if (LIBRARY.test(file.qualifiedName(callee))) readDefaults(of, call)
    else {
      const holder =
        callee.kind === 'Member' && TYPED.test(calleeName(call)) ? callee.child('object') : callee
      if (holder?.kind === 'Name' && isReader(file, holder)) readLibraryCall(of, call)
    }
  }
}

function isReader(file: SourceFile, name: SyntaxNode): boolean {
  const imported = file.importedName(name)
  if (imported !== undefined) return IMPORTED.test(imported)
  const callee = file.value(name).child('callee')
  return callee !== undefined && LIBRARY.test(file.qualifiedName(callee))
}

/** Of decouple itself, or made in a file of the project: `from config.env import env`. */
const IMPORTED = /^decouple\.config$|(^|\.)(env|environment|base|settings)\.env$/

function readLibraryCall(of: Extraction, call: SyntaxNode): void {
  const [key, ...others] = positional(call)
  const isHandled = keywordArgument(call, 'default') !== undefined || others.length > 0
  if (key) read(of, key, isHandled ? 'handled' : 'fails')
}

function readDefaults({ facts }: Extraction, call: SyntaxNode): void {
  for (const it of call.children('argument')) {
    const label = it.kind === 'KeywordArgument' ? it.child('label') : undefined
    if (label && label.text === label.text.toUpperCase())
      facts.add('environmentRead', { key: label.text, absence: 'handled', from: 'process' }, label)
  }
}
