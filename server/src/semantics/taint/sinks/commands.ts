// Calls that hand a text to a shell.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, calleeName, isTrue, keywordArgument, property, receiver } from '../../calls.ts'
import { calledName } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'
import { grownElements } from '../contents.ts'

/** The text that a shell will read, if this call hands one to a shell. */
export function shellCommand(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  if (file.language === 'rust') return rustCommand(file, call)
  const name = calledName(file, call)
  if (SHELL_FUNCTIONS.has(name)) return argument(call, 0, 'cmd')
  if (file.language === 'python') {
    if (!PYTHON_STARTERS.test(name)) return undefined
    if (name.endsWith('_exec')) return afterShell(file, call.children('argument'))
    const command = argument(call, 0, 'args')
    if (isTrue(file, keywordArgument(call, 'shell'))) {
      // With a list only the first element is the command.
      return command?.kind === 'List' ? command.children('element')[0] : command
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
    ' asyncio.create_subprocess_shell child_process.exec child_process.execSync execa.command execa.commandSync' +
    ' execa.execaCommand execa.execaCommandSync shelljs.exec'
  ).split(' '),
)

const PYTHON_STARTERS =
  /^(subprocess\.(run|call|check_call|check_output|Popen)|asyncio\.create_subprocess_exec)$/

const SCRIPT_STARTERS = /^child_process\.(spawn|spawnSync|execFile|execFileSync)$/

const SHELLS = /^(.*\/)?(sh|bash|zsh|dash|ksh|fish|cmd|cmd\.exe|powershell|powershell\.exe|pwsh)$/

const SHELL_FLAGS = /^(-\w*c|\/[cCkK]|-[cC]ommand)$/

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
