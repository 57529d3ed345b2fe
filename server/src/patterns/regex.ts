// Regular expressions as rules write them (PCRE) → JavaScript's.

import { Unsupported } from './refusal.ts'

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  word: '\\w',
  xdigit: '0-9a-fA-F',
  punct: '!-\\/:-@\\[-`{-~',
}

/** Throws `Unsupported` with the reason, by name, for what JavaScript cannot do. Multiline, as the format says. */
export function regexOf(source: string, flags = ''): RegExp {
  const wanted = new Set(`m${flags}`)
  let body = source.trim() === source ? source : source.replace(/\n$/, '')
  for (;;) {
    const inline = /^\(\?([imsxuU]+)\)/.exec(body)
    if (!inline) break
    for (const flag of inline[1]!) wanted.add(flag)
    body = body.slice(inline[0].length)
  }
  if (wanted.delete('x')) body = withoutSpace(body)
  wanted.delete('U')
  body = translated(body, wanted)
  try {
    return new RegExp(body, [...wanted].join(''))
  } catch (error) {
    throw new Unsupported('regex', source, (error as Error).message)
  }
}

/**
 * The same for Rust's: `^` and `$` are the ends of the whole text unless the expression says otherwise. `flags` are ours.
 */
export function rustRegexOf(source: string, flags = ''): RegExp {
  const wanted = new Set(flags)
  let body = source
  for (;;) {
    const inline = /^\(\?([imsxuU]+)\)/.exec(body)
    if (!inline) break
    for (const flag of inline[1]!) if (flag !== 'u' && flag !== 'U') wanted.add(flag)
    body = body.slice(inline[0].length)
  }
  if (wanted.delete('x')) body = withoutSpace(body)
  if (/\\[pP][{A-Z]/.test(body)) {
    wanted.add('u')
    body = body.replace(/\\([pP])([A-Z])/g, '\\$1{$2}')
  }
  body = translated(body, wanted)
  try {
    return new RegExp(body, [...wanted].join(''))
  } catch (error) {
    throw new Unsupported('regex', source, (error as Error).message)
  }
}

function withoutSpace(body: string): string {
  return body.replace(/\\[\s\S]|\[(?:\\.|[^\]\\])*\]|\s+|#[^\n]*/g, it => (/^(\s|#)/.test(it) ? '' : it))
}

function translated(body: string, flags: Set<string>): string {
  let text = body
    .replace(/\(\?P<(\w+)>/g, '(?<$1>')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\(\?#[^)]*\)/g, '')
    .replace(/\[\[:(\w+):\]\]/g, (all, name: string) => (CLASSES[name] ? `[${CLASSES[name]}]` : all))
    .replace(/\[:(\w+):\]/g, (all, name: string) => CLASSES[name] ?? all)
  text = text.replace(/\\[\s\S]|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?>|([*+?}])\+/g, (all, quantifier?: string) => {
    if (all === '(?>') return '(?:'
    if (quantifier) return quantifier
    if (all === '\\A') return '(?<![\\s\\S])'
    if (all === '\\Z' || all === '\\z') return '(?![\\s\\S])'
    if (all === '\\h') return '[ \\t]'
    if (all === '\\R') return '(?:\\r\\n|\\n|\\r)'
    if (all === '\\a') return '\\x07'
    return all
  })
  // `^*` may stand anywhere, for PCRE.
  text = text.replace(/(^|[(|])\^\*/g, '$1')
  // A flag in the middle: for the rest of its group in PCRE; for everything here when it says `i`.
  text = text.replace(/\(\?([ims]+)(:|\))/g, (_, inner: string, end: string) => {
    for (const flag of inner) flags.add(flag)
    return end === ':' ? '(?:' : ''
  })
  return text
}
