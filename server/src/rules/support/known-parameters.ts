// What well-known functions of standard libraries call their first arguments, and what people call what they pass there.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** A parameter under all the names that callers give to what they pass for it; the first is that of the documentation. */
export type KnownParameter = readonly string[]

/** The first parameters of the library's function that is called. */
export function knownParameters(file: SourceFile, call: SyntaxNode): readonly KnownParameter[] | undefined {
  const callee = call.child('callee')
  if (!callee || !LAST_NAMES.has(callee.name || (callee.child('property')?.name ?? ''))) return undefined
  const name = file.qualifiedName(callee).replace(/^node:/, '')
  const known = SIGNATURES[file.language === 'typescript' ? 'javascript' : file.language]?.get(name)
  // A name without a module in front has to be the built-in one.
  return known && (name.includes('.') || file.isFree(callee)) ? known : undefined
}

const PATTERN = ['pattern', 'regex', 'regexp', 'regular expression', 're']
const TEXT = ['string', 'text', 'line', 'content', 'contents', 'sentence', 'message']
const REPLACEMENT = ['repl', 'replacement', 'replace with']
const SOURCE = ['src', 'source', 'source path', 'src path', 'old path', 'old name', 'source file', 'src file']
const TARGET = [
  'dst',
  'dest',
  'destination',
  'target path',
  'dst path',
  'dest path',
  'new path',
  'new name',
  'dest file',
]
const OBJECT = ['object', 'obj', 'data', 'payload', 'value', 'instance']
const STREAM = ['fp', 'file', 'f', 'fh', 'stream', 'outfile', 'handle', 'file handle']
const CLASS = ['class', 'cls', 'klass', 'type', 'kind', 'class info', 'expected type']

const MATCHED = [PATTERN, TEXT]
const MOVED = [SOURCE, TARGET]
const WRITTEN = [OBJECT, STREAM]

const SIGNATURES: Readonly<Record<string, ReadonlyMap<string, readonly KnownParameter[]>>> = {
  python: new Map<string, readonly KnownParameter[]>([
    ...['match', 'search', 'fullmatch', 'findall', 'finditer', 'split'].map(
      it => [`re.${it}`, MATCHED] as const,
    ),
    ...['sub', 'subn'].map(it => [`re.${it}`, [PATTERN, REPLACEMENT, TEXT]] as const),
    ...['rename', 'renames', 'replace', 'link', 'symlink'].map(it => [`os.${it}`, MOVED] as const),
    ...['copy', 'copy2', 'copyfile', 'copytree', 'move'].map(it => [`shutil.${it}`, MOVED] as const),
    ...['json', 'pickle', 'yaml', 'toml', 'marshal'].map(it => [`${it}.dump`, WRITTEN] as const),
    ['isinstance', [OBJECT, CLASS]],
  ]),
  javascript: new Map<string, readonly KnownParameter[]>(
    ['rename', 'renameSync', 'copyFile', 'copyFileSync', 'cp', 'cpSync', 'link', 'linkSync'].flatMap(it => [
      [`fs.${it}`, MOVED] as const,
      [`fs.promises.${it}`, MOVED] as const,
      [`fs/promises.${it}`, MOVED] as const,
    ]),
  ),
  rust: new Map<string, readonly KnownParameter[]>(
    ['rename', 'copy', 'hard_link'].flatMap(it => [
      [`std.fs.${it}`, MOVED] as const,
      [`tokio.fs.${it}`, MOVED] as const,
    ]),
  ),
}

/** Asked of every call, so the look at what is imported comes last. */
const LAST_NAMES: ReadonlySet<string> = new Set(
  Object.values(SIGNATURES).flatMap(it => [...it.keys()].map(name => name.slice(name.lastIndexOf('.') + 1))),
)
