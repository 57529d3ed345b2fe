// Which exceptions are kinds of which, as far as Python's own classes and the classes of the file tell.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

/** What a class in a handler is known to be: itself first, then everything that would catch it too. */
export interface ExceptionClass {
  /** The same for two names of one class. */
  readonly id: string
  readonly ancestors: ReadonlySet<string>
}

const BASES: ReadonlyMap<string, string> = family({
  BaseException:
    'Exception GeneratorExit KeyboardInterrupt SystemExit BaseExceptionGroup asyncio.CancelledError',
  Exception:
    'ArithmeticError AssertionError AttributeError BufferError EOFError ExceptionGroup ImportError LookupError MemoryError NameError OSError ReferenceError RuntimeError StopAsyncIteration StopIteration SyntaxError SystemError TypeError ValueError Warning subprocess.SubprocessError queue.Empty queue.Full zipfile.BadZipFile configparser.Error pickle.PickleError binascii.Incomplete http.client.HTTPException sqlite3.Error',
  ArithmeticError: 'FloatingPointError OverflowError ZeroDivisionError',
  ImportError: 'ModuleNotFoundError',
  LookupError: 'IndexError KeyError',
  NameError: 'UnboundLocalError',
  OSError:
    'BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError TimeoutError socket.timeout socket.gaierror socket.herror ssl.SSLError shutil.Error urllib.error.URLError requests.exceptions.RequestException',
  ConnectionError: 'BrokenPipeError ConnectionAbortedError ConnectionRefusedError ConnectionResetError',
  RuntimeError: 'NotImplementedError RecursionError PythonFinalizationError',
  SyntaxError: 'IndentationError',
  IndentationError: 'TabError',
  ValueError: 'UnicodeError json.decoder.JSONDecodeError binascii.Error',
  UnicodeError: 'UnicodeDecodeError UnicodeEncodeError UnicodeTranslateError',
  Warning:
    'BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning UserWarning',
  'subprocess.SubprocessError': 'subprocess.CalledProcessError subprocess.TimeoutExpired',
  'urllib.error.URLError': 'urllib.error.HTTPError',
  'requests.exceptions.RequestException':
    'requests.exceptions.HTTPError requests.exceptions.ConnectionError requests.exceptions.Timeout requests.exceptions.TooManyRedirects',
  'sqlite3.Error': 'sqlite3.DatabaseError sqlite3.InterfaceError',
  'sqlite3.DatabaseError':
    'sqlite3.DataError sqlite3.IntegrityError sqlite3.OperationalError sqlite3.ProgrammingError',
})

/** Other names of the same classes. */
const ALIASES: Readonly<Record<string, string>> = {
  IOError: 'OSError',
  EnvironmentError: 'OSError',
  WindowsError: 'OSError',
  'os.error': 'OSError',
  'socket.error': 'OSError',
  'select.error': 'OSError',
  'json.JSONDecodeError': 'json.decoder.JSONDecodeError',
  'requests.RequestException': 'requests.exceptions.RequestException',
  'requests.HTTPError': 'requests.exceptions.HTTPError',
  'requests.ConnectionError': 'requests.exceptions.ConnectionError',
  'requests.Timeout': 'requests.exceptions.Timeout',
}

function family(parents: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(parents).flatMap(([parent, children]) =>
      children.split(' ').map(child => [child, parent] as const),
    ),
  )
}

/** Undefined when the name could stand for anything. */
export function exceptionClass(file: SourceFile, node: SyntaxNode): ExceptionClass | undefined {
  const ancestors = new Set<string>()
  const id = collect(file, node, ancestors, 0)
  return id === undefined ? undefined : { id, ancestors }
}

/** Longer than any hierarchy that people write; stops a class that inherits from itself. */
const DEPTH = 12

function collect(file: SourceFile, node: SyntaxNode, into: Set<string>, depth: number): string | undefined {
  if (depth > DEPTH || !node.is('Name', 'Member')) return undefined
  const binding = node.kind === 'Name' ? file.binding(node) : undefined
  if (binding?.kind === 'class') {
    if (binding.writeCount !== 1) return undefined
    const id = `class ${binding.declaration.row}`
    into.add(id)
    for (const base of binding.declaration.parent?.children('superclass') ?? [])
      collect(file, base, into, depth + 1)
    return id
  }
  const id = wellKnown(file, node, binding !== undefined)
  for (let it: string | undefined = id; it !== undefined; it = BASES.get(it)) into.add(it)
  return id
}

function wellKnown(file: SourceFile, node: SyntaxNode, isBound: boolean): string | undefined {
  const path = file.qualifiedName(node)
  if (path === '') return undefined
  const known = ALIASES[path] ?? path
  if (node.kind === 'Name' && !isBound)
    return BASES.has(known) || known === 'BaseException' ? known : undefined
  const root = node.kind === 'Name' ? node : firstName(node)
  return root && file.importedName(root) !== undefined ? known : undefined
}

function firstName(node: SyntaxNode): SyntaxNode | undefined {
  let it: SyntaxNode | undefined = node
  while (it?.kind === 'Member') it = it.child('object')
  return it?.kind === 'Name' ? it : undefined
}
