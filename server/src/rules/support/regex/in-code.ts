// The regular expressions that are written in a program.

import { argument, hasSpread } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { Range } from '../../rule.ts'
import { pathOf } from '../imports.ts'
import { literalText } from '../literal-text.ts'
import { parseRegex } from './parse.ts'
import { NO_FLAGS, type Parsed, type RegexFlags } from './syntax.ts'

export interface RegexInCode {
  readonly parsed: Parsed
  /** It has to match the whole text. */
  readonly whole: boolean
  /** Where a part of the pattern stands, or what stands for the pattern when that cannot be told. */
  readonly place: (start: number, end: number) => Range | SyntaxNode
  /** The pattern stands where `place` says, so that it can be edited there. */
  readonly isLiteral: boolean
}

/** For the `callees` of a rule that asks for them. */
export const REGEX_CALLEES = [
  'RegExp',
  'compile',
  'match',
  'fullmatch',
  'search',
  'sub',
  'subn',
  'split',
  'findall',
  'finditer',
  'new',
]

/** The place of the flags among a function's arguments. */
const PYTHON_FLAGS: Readonly<Record<string, number>> = {
  're.compile': 1,
  're.match': 2,
  're.fullmatch': 2,
  're.search': 2,
  're.findall': 2,
  're.finditer': 2,
  're.split': 3,
  're.sub': 4,
  're.subn': 4,
}

/** The pattern between slashes. */
export function regexOfLiteral(node: SyntaxNode): RegexInCode | undefined {
  const { text, start } = node
  const close = text.lastIndexOf('/')
  if (close < 1) return undefined
  const flags = javascriptFlags(text.slice(close + 1))
  if (!flags) return undefined
  return {
    parsed: parseRegex(text.slice(1, close), 'javascript', flags),
    whole: false,
    place: (from, to) => ({ start: start + 1 + from, end: start + 1 + to }),
    isLiteral: true,
  }
}

/** The pattern that a call or a `new` compiles, when it is known. */
export function regexOfCall(call: SyntaxNode, file: SourceFile): RegexInCode | undefined {
  const callee = call.child('callee')
  if (!callee) return undefined
  switch (file.language) {
    case 'python': {
      if (callee.kind === 'Member' && callee.child('object')?.kind !== 'Name') return undefined
      const path = pathOf(file, callee)
      const index = PYTHON_FLAGS[path]
      if (index === undefined || hasSpread(call)) return undefined
      const flags = pythonFlags(file, argument(call, index, 'flags'))
      const pattern = argument(call, 0, 'pattern')
      return flags && pattern && constantRegex(file, pattern, flags, path === 're.fullmatch')
    }
    case 'rust': {
      if (callee.kind !== 'Path' || !/^regex\.(bytes\.)?Regex\.new$/.test(pathOf(file, callee)))
        return undefined
      const pattern = argument(call, 0)
      return pattern && constantRegex(file, pattern, NO_FLAGS, false)
    }
    default: {
      if (callee.kind !== 'Name' || callee.name !== 'RegExp' || !file.isFree(callee) || hasSpread(call))
        return undefined
      const pattern = argument(call, 0)
      const letters = argument(call, 1)
      const known = letters ? file.constant(letters) : ({ kind: 'string', value: '' } as const)
      const flags = known?.kind === 'string' ? javascriptFlags(known.value) : undefined
      return flags && pattern && constantRegex(file, pattern, flags, false)
    }
  }
}

function constantRegex(
  file: SourceFile,
  pattern: SyntaxNode,
  flags: RegexFlags,
  whole: boolean,
): RegexInCode | undefined {
  const { language } = file
  const dialect = language === 'python' || language === 'rust' ? language : 'javascript'
  const literal = literalText(pattern)
  if (literal) {
    const { value, offsets, isBytes } = literal
    const known = isBytes && dialect === 'python' ? { ...flags, bytes: true } : flags
    return {
      parsed: parseRegex(value, dialect, known),
      whole,
      place: (from, to) => ({ start: offsets[from]!, end: offsets[to]! }),
      isLiteral: true,
    }
  }
  const value = file.value(pattern)
  if (!value.is('String', 'Concatenation', 'Binary')) return undefined
  const constant = file.constant(value)
  if (constant?.kind !== 'string') return undefined
  const isBytes = dialect === 'python' && /^[rR]?[bB]/.test(value.text)
  return {
    parsed: parseRegex(constant.value, dialect, isBytes ? { ...flags, bytes: true } : flags),
    whole,
    place: () => pattern,
    isLiteral: false,
  }
}

/** Undefined for letters that are no flags. */
function javascriptFlags(letters: string): RegexFlags | undefined {
  if (!/^[dgimsuvy]*$/.test(letters)) return undefined
  const sets = letters.includes('v')
  return {
    ...NO_FLAGS,
    ignoreCase: letters.includes('i'),
    dotAll: letters.includes('s'),
    multiline: letters.includes('m'),
    unicode: sets || letters.includes('u'),
    sets,
  }
}

/** Undefined when it cannot be told which they are. */
function pythonFlags(file: SourceFile, node: SyntaxNode | undefined): RegexFlags | undefined {
  if (!node) return NO_FLAGS
  const it = node.unwrapped
  if (it.kind === 'Number') return it.text === '0' ? NO_FLAGS : undefined
  if (it.kind === 'Binary' && it.operator === '|') {
    const left = pythonFlags(file, it.child('left'))
    const right = pythonFlags(file, it.child('right'))
    return left && right && either(left, right)
  }
  const name = /^re\.([A-Z]+)$/.exec(pathOf(file, it))?.[1]
  if (name) return PYTHON_FLAG_NAMES[name]
  const value = file.value(it)
  return value.kind === 'Name' || value.row === it.row ? undefined : pythonFlags(file, value)
}

function either(a: RegexFlags, b: RegexFlags): RegexFlags {
  return {
    ...NO_FLAGS,
    ignoreCase: a.ignoreCase || b.ignoreCase,
    dotAll: a.dotAll || b.dotAll,
    multiline: a.multiline || b.multiline,
    verbose: a.verbose || b.verbose,
    ascii: a.ascii || b.ascii,
  }
}

const PYTHON_FLAG_NAMES: Readonly<Record<string, RegexFlags>> = {
  I: { ...NO_FLAGS, ignoreCase: true },
  IGNORECASE: { ...NO_FLAGS, ignoreCase: true },
  S: { ...NO_FLAGS, dotAll: true },
  DOTALL: { ...NO_FLAGS, dotAll: true },
  M: { ...NO_FLAGS, multiline: true },
  MULTILINE: { ...NO_FLAGS, multiline: true },
  X: { ...NO_FLAGS, verbose: true },
  VERBOSE: { ...NO_FLAGS, verbose: true },
  A: { ...NO_FLAGS, ascii: true },
  ASCII: { ...NO_FLAGS, ascii: true },
  U: NO_FLAGS,
  UNICODE: NO_FLAGS,
  L: NO_FLAGS,
  LOCALE: NO_FLAGS,
  DEBUG: NO_FLAGS,
  NOFLAG: NO_FLAGS,
}
