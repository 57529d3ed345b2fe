// `files` and `ignores`: globs over a whole path from the project's root.

import { Unsupported } from '../refusal.ts'
import { isRecord } from './form.ts'

/** Undefined when nothing is said. A star goes through folders too. */
export function readGlobs(given: unknown): readonly RegExp[] | undefined {
  if (given === undefined || given === null) return undefined
  if (!Array.isArray(given)) throw new Unsupported('no-list', 'files')
  return given.map(it => {
    if (typeof it === 'string') return globRegex(it, '')
    if (!isRecord(it) || typeof it.glob !== 'string') throw new Unsupported('form', 'files', String(it))
    return globRegex(it.glob, it.caseInsensitive === true ? 'i' : '')
  })
}

function globRegex(glob: string, flags: string): RegExp {
  const tokens = glob.replace(/^\.\//, '').match(/\*\*\/|\/\*\*$|\*+|\?|\[[^\]]*\]|\{|\}|,|\\?[\s\S]/g) ?? []
  let depth = 0
  const body = tokens.map(token => {
    switch (token) {
      case '**/':
        return '(?:.*/)?'
      case '/**':
        return '/.*'
      case '?':
        return '.'
      case '{':
        depth++
        return '(?:'
      case '}':
        depth--
        return ')'
      case ',':
        return depth > 0 ? '|' : ','
    }
    if (token.startsWith('*')) return '.*'
    if (token.startsWith('[') && token.length > 1) return token.replace('[!', '[^')
    return token.replace(/^\\/, '').replace(/[.+^${}()|[\]\\]/, '\\$&')
  })
  try {
    return new RegExp(`^${body.join('')}$`, flags)
  } catch {
    throw new Unsupported('form', 'files', glob)
  }
}
