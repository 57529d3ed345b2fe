// Calls that hand a text to a shell.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName, isTrue, keywordArgument, property, receiver } from '../../calls.ts'
import { type Definition, definitionOf, writesBefore } from '../../definitions.ts'
import { calledName, importsAny } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'
import { isHole, piecesOf } from '../../text-pieces.ts'
import { grownElements } from '../contents.ts'

/** The text that a shell will read, if this call hands one to a shell. */
export function shellCommand(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  if (file.language === 'rust') return rustCommand(file, call)
  const name = calledName(file, call)
  if (SHELL_FUNCTIONS.has(name)) return argument(call, 0, 'cmd')
  if (file.language === 'python') {
    const words = separateWords(call, name)
    if (words) return afterShell(file, words)
    if (isLoopMethod(file, call, 'subprocess_shell')) return argument(call, 1, 'cmd')
    if (!PYTHON_STARTERS.test(name)) return undefined
    const command = argument(call, 0, 'args')
    if (isTrue(file, keywordArgument(call, 'shell'))) {
      // With a list only the first element is the command, and what a second shell reads.
      if (!command?.is('List', 'Tuple')) return command
      const elements = command.children('element')
      return afterShell(file, elements) ?? elements[0]
    }
    if (command?.kind === 'Name') return inGrownList(file, command)
    return command?.is('List', 'Tuple') ? afterShell(file, command.children('element')) : undefined
  }
  if (!SCRIPT_STARTERS.test(name)) return undefined
  const [program, list] = call.children('argument')
  const options = call.children('argument').find(it => it.kind === 'Dictionary')
  const shell = property(options, 'shell')
  if (shell && !(file.constant(shell)?.value === false)) return program
  return program && list?.kind === 'List'
    ? afterShell(file, [program, ...list.children('element')])
    : undefined
}

const SHELL_FUNCTIONS = new Set(
  (
    'os.system os.popen subprocess.getoutput subprocess.getstatusoutput commands.getoutput commands.getstatusoutput' +
    ' os.popen2 os.popen3 os.popen4 popen2.popen2 popen2.popen3 popen2.popen4 asyncio.create_subprocess_shell' +
    ' asyncio.subprocess.create_subprocess_shell child_process.exec child_process.execSync execa.command execa.commandSync' +
    ' execa.execaCommand execa.execaCommandSync shelljs.exec'
  ).split(' '),
)

const PYTHON_STARTERS = /^subprocess\.(run|call|check_call|check_output|Popen)$/

/** Those that take the words of the command one by one, behind the mode in which the program is started. */
const PYTHON_WORDS: ReadonlyMap<string, number> = new Map([
  ...'asyncio.create_subprocess_exec asyncio.subprocess.create_subprocess_exec os.posix_spawn os.posix_spawnp'
    .split(' ')
    .map(name => [name, 0] as const),
  ...'execl execle execlp execlpe execv execve execvp execvpe'
    .split(' ')
    .map(name => [`os.${name}`, 0] as const),
  ...'spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe'
    .split(' ')
    .map(name => [`os.${name}`, 1] as const),
])

/** The last names of calls of Python that take the words of a command one by one, or that a loop starts. */
export const PYTHON_WORD_CALLEES: readonly string[] = [
  ...new Set([...PYTHON_WORDS.keys()].map(name => name.slice(name.lastIndexOf('.') + 1))),
  ...['subprocess_shell', 'subprocess_exec', 'popen2', 'popen3', 'popen4'],
]

const SCRIPT_STARTERS = /^child_process\.(spawn|spawnSync|execFile|execFileSync)$/

const SHELLS = /^(.*\/)?(sh|bash|zsh|dash|ksh|fish|cmd|cmd\.exe|powershell|powershell\.exe|pwsh)$/

const SHELL_FLAGS = /^(-\w*c|\/[cCkK]|-[cC]ommand)$/

/**
 * What says which program is started, without a shell. Only where it surely is one word, or something that was handed
 * over as a whole: of a list that is put together elsewhere nobody knows which element comes first.
 */
export function programText(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  if (file.language === 'rust') return undefined
  const name = calledName(file, call)
  if (file.language !== 'python') {
    const program = SCRIPT_STARTERS.test(name) ? argument(call, 0) : undefined
    return program && isText(file, program) ? program : undefined
  }
  const words = separateWords(call, name)
  if (words) return words[0] && isText(file, words[0]) ? words[0] : undefined
  const command = PYTHON_STARTERS.test(name) ? argument(call, 0, 'args') : undefined
  if (!command || isTrue(file, keywordArgument(call, 'shell'))) return undefined
  const made = file.value(command)
  const program = made.is('List', 'Tuple') ? made.children('element')[0] : command
  return program && isText(file, program) ? program : undefined
}

function separateWords(call: SyntaxNode, name: string): SyntaxNode[] | undefined {
  const from =
    PYTHON_WORDS.get(name) ?? (calleeName(call) === 'subprocess_exec' && receiver(call) ? 1 : undefined)
  if (from === undefined) return undefined
  return call
    .children('argument')
    .filter(it => it.kind !== 'KeywordArgument')
    .slice(from)
    .flatMap(it => (it.is('List', 'Tuple') ? it.children('element') : [it]))
}

/** `loop.subprocess_shell(protocol, <command>)` */
function isLoopMethod(file: SourceFile, call: SyntaxNode, name: string): boolean {
  return calleeName(call) === name && receiver(call) !== undefined && importsAny(file, /\basyncio\b/)
}

/** `"ping " + host` is the name of no program at all, whatever the host is: it fails, and starts nothing. */
function isText(file: SourceFile, node: SyntaxNode, depth = 0): boolean {
  const it = node.unwrapped
  switch (it.kind) {
    case 'Template':
    case 'Concatenation':
    case 'Binary':
      return startsOpen(file, it, depth)
    case 'Index':
    case 'Member':
      return true
    case 'Call':
      return calleeName(it) === 'format'
        ? startsOpen(file, it, depth)
        : /^(get|strip|decode|str)$/.test(calleeName(it))
    case 'Name': {
      const binding = depth < 3 ? file.binding(it) : undefined
      const written = binding ? writesBefore(binding, it).map(definitionOf) : []
      return written.length > 0 && written.every(of => isTextBy(file, of, depth))
    }
    default:
      return false
  }
}

function startsOpen(file: SourceFile, text: SyntaxNode, depth: number): boolean {
  const pieces = piecesOf(file, text)
  const [head] = pieces
  if (pieces.length < 2 || head === undefined) return false
  return isHole(head) ? isText(file, head.node, depth + 1) : !/\s/.test(head)
}

function isTextBy(file: SourceFile, of: Definition | undefined, depth: number): boolean {
  if (of?.kind === 'parameter' || (of && of.path.length > 0)) return true
  return of?.kind === 'value' && of.value !== undefined && isText(file, of.value, depth + 1)
}

/** `words = ['sh', '-c']; words.append(<command>); run(words)` */
function inGrownList(file: SourceFile, command: SyntaxNode): SyntaxNode | undefined {
  const words = grownElements(file, command)
  if (!words.some(it => isShell(file, it))) return undefined
  const flag = words.findLastIndex(it => SHELL_FLAGS.test(textOf(file, it)))
  return flag === -1 ? undefined : words[flag + 1]
}

/** `sh -c <command>` */
function afterShell(file: SourceFile, words: readonly SyntaxNode[]): SyntaxNode | undefined {
  const [program, ...rest] = words
  if (!isShell(file, program)) return undefined
  const flag = rest.findIndex(it => SHELL_FLAGS.test(textOf(file, it)))
  return flag === -1 ? undefined : rest[flag + 1]
}

function isShell(file: SourceFile, program: SyntaxNode | undefined): boolean {
  return program !== undefined && SHELLS.test(textOf(file, program))
}

function textOf(file: SourceFile, node: SyntaxNode): string {
  const constant = file.constant(node)
  return constant?.kind === 'string' ? constant.value : ''
}

/** `Command::new("sh").arg("-c").arg(<command>)` */
function rustCommand(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const name = calleeName(call)
  const own = call.children('argument')[0]
  if (!own || !(name === 'arg' || name === 'args')) return undefined
  const words = name === 'arg' ? [own] : listElements(own)
  const before: SyntaxNode[] = []
  let it = receiver(call)
  while (it?.kind === 'Call' && calleeName(it) !== 'new') {
    const given = it.children('argument')[0]
    if (given && calleeName(it) === 'arg') before.unshift(given)
    else if (given && calleeName(it) === 'args') before.unshift(...listElements(given))
    it = receiver(it)
  }
  if (it?.kind !== 'Call' || !/(^|\.)process\.Command\.new$/.test(calledName(file, it))) return undefined
  const program = it.children('argument')[0]
  const command = program && afterShell(file, [program, ...before, ...words])
  return command && own.contains(command) ? command : undefined
}

function listElements(node: SyntaxNode): SyntaxNode[] {
  const list = node.kind === 'Borrow' ? node.child('value') : node
  return list?.kind === 'List' ? list.children('element') : []
}
