// Calls that say which file is used.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName, property, receiver } from '../../calls.ts'
import { calledName } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'
import { untrusted } from '../untrusted.ts'

/** Functions of Node's `fs`, and of `fs-extra`, whose first argument is a path. */
export const NODE_FUNCTIONS = [
  ...['readFile', 'readFileSync', 'createReadStream', 'createWriteStream', 'writeFile', 'writeFileSync'],
  ...[
    'appendFile',
    'appendFileSync',
    'unlink',
    'unlinkSync',
    'rm',
    'rmSync',
    'rmdir',
    'rmdirSync',
    'readdir',
  ],
  ...[
    'readdirSync',
    'open',
    'openSync',
    'copyFile',
    'copyFileSync',
    'rename',
    'renameSync',
    'mkdir',
    'mkdirSync',
  ],
  ...['readJson', 'readJSON', 'outputFile', 'remove', 'opendir'],
]

export const PATH_METHODS = [
  'read_text',
  'read_bytes',
  'write_text',
  'write_bytes',
  'unlink',
  'open',
  'iterdir',
]

/** The arguments that say which file. */
export function pathsOf(file: SourceFile, call: SyntaxNode): SyntaxNode[] {
  if (file.language === 'python') return pythonPaths(file, call)
  const name = calledName(file, call)
  if (file.language === 'rust') return RUST_PATHS.test(name) ? call.children('argument').slice(0, 1) : []
  const method = calleeName(call)
  const args = call.children('argument')
  if (
    /^(fs|fs\/promises|fs\.promises|fs-extra|graceful-fs)\.(promises\.)?\w+$/.test(name) &&
    NODE_FUNCTIONS.includes(method)
  )
    return args.slice(0, /^(copyFile|rename)/.test(method) ? 2 : 1)
  if (
    /^(sendFile|sendfile|download)$/.test(method) &&
    /^_?(res|response|reply|resp)$/.test(receiver(call)?.name ?? '')
  ) {
    return property(
      args.find(it => it.kind === 'Dictionary'),
      'root',
    )
      ? []
      : args.slice(0, 1)
  }
  return []
}

const PYTHON_PATHS: ReadonlyMap<string, number> = new Map([
  ...'open io.open codecs.open os.open aiofiles.open os.remove os.unlink os.rmdir os.listdir os.scandir os.makedirs os.mkdir shutil.rmtree flask.send_file starlette.responses.FileResponse fastapi.responses.FileResponse'
    .split(' ')
    .map(name => [name, 1] as const),
  ...'os.rename os.replace shutil.copy shutil.copyfile shutil.copytree shutil.move'
    .split(' ')
    .map(name => [name, 2] as const),
])

const RUST_PATHS =
  /^((std|tokio)\.fs\.(read|read_to_string|write|remove_file|remove_dir_all|create_dir_all|read_dir|copy|rename|File\.(open|create))|actix_files\.NamedFile\.(open|open_async)|rocket\.fs\.NamedFile\.open)$/

function pythonPaths(file: SourceFile, call: SyntaxNode): SyntaxNode[] {
  const count = PYTHON_PATHS.get(calledName(file, call))
  if (count !== undefined)
    return [argument(call, 0, 'path'), count > 1 ? argument(call, 1, 'dst') : undefined].filter(
      it => it !== undefined,
    )
  const object = receiver(call)
  if (!object) return []
  const name = calleeName(call)
  if (name === 'save') {
    // Only an upload is saved where its own name says.
    const upload = untrusted(file, object, { origins: ['request'] })
    return upload?.part === 'file' ? call.children('argument').slice(0, 1) : []
  }
  return PATH_METHODS.includes(name) && isPath(file, object) ? [object] : []
}

/** `Path(…)`, `root / name` */
function isPath(file: SourceFile, node: SyntaxNode): boolean {
  const it = file.value(node)
  if (it.kind === 'Binary') return it.operator === '/'
  return it.kind === 'Call' && /^(pathlib\.Path|anyio\.Path)$/.test(calledName(file, it))
}
