// Which names stand for exceptions, and which code is there to fail.

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

const JAVASCRIPT = words(
  'Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError',
)
const PYTHON = words(`
  BaseException BaseExceptionGroup Exception ExceptionGroup ArithmeticError AssertionError AttributeError
  BlockingIOError BrokenPipeError BufferError ChildProcessError ConnectionAbortedError ConnectionError
  ConnectionRefusedError ConnectionResetError EOFError EnvironmentError FileExistsError FileNotFoundError
  FloatingPointError IOError ImportError IndentationError IndexError InterruptedError IsADirectoryError KeyError
  LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError OverflowError
  PermissionError ProcessLookupError RecursionError ReferenceError RuntimeError SyntaxError SystemError TabError
  TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError
  ValueError ZeroDivisionError KeyboardInterrupt GeneratorExit StopIteration StopAsyncIteration SystemExit
`)

/** A class named like this is an exception; a function named `LogError` is not. */
const NAMED =
  /^(?!(?:Log|Show|Print|Report|Handle|Raise|Throw|Set|On|Get|Is|Has|Check|Emit|Clear|Add|Assert|Expect|Maybe)[A-Z])[A-Z]\w*(?:Error|Exception)$/

export function isBuiltInException(file: SourceFile, name: SyntaxNode): boolean {
  return (file.language === 'python' ? PYTHON : JAVASCRIPT).has(name.name) && file.isFree(name)
}

/** A built-in exception, one of this file's classes that comes of one, or an imported class that is named so. */
export function isException(file: SourceFile, name: SyntaxNode, depth = 0): boolean {
  if (!name.is('Name', 'TypeName') || depth > 8) return false
  if (isBuiltInException(file, name)) return true
  const binding = file.binding(name)
  if (binding?.kind === 'import') return NAMED.test(binding.name)
  if (binding?.kind !== 'class' || binding.declaration.role !== 'name') return false
  const parents = binding.declaration.parent?.children('superclass') ?? []
  return parents.some(it => isException(file, it, depth + 1))
}

const EXPECTS_FAILURE = /^(raises|assert|expect|suppress|warns|catch|check_|deprecated_call)/i
const TAKES_FAILURE =
  /^(expect|throws|throwsAsync|rejects|doesNotThrow|notThrows|assertThrows|attempt|tryCatch)$/

/** Somebody wants to see this code fail: `with raises(…):`, `expect(() => { … })`. */
export function isExpectedToFail(node: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.kind === 'With') {
      const calls = it.children('item').map(item => {
        const value = item.child('value')
        return value?.kind === 'AsPattern' ? value.child('value') : value
      })
      if (calls.some(call => call?.kind === 'Call' && EXPECTS_FAILURE.test(calleeName(call)))) return true
    } else if (it.kind === 'Function' && it.role === 'argument') {
      const call = it.parent
      if (call?.kind === 'Call' && TAKES_FAILURE.test(calleeName(call))) return true
    } else if (it.is('Class', 'Module')) return false
  }
  return false
}
