// `paths` of a rule: globs that a file's path must, or may not, fit.

import type { PackRule } from './rule.ts'

export function pathFits(path: string, { include, exclude }: PackRule['paths']): boolean {
  if (include.length > 0 && !include.some(it => globFits(it, path))) return false
  return !exclude.some(it => globFits(it, path))
}

const compiled = new Map<string, RegExp>()

/** A glob without a slash is about names of files or folders anywhere; the others about paths that end, or begin, so. */
function globFits(glob: string, path: string): boolean {
  let regex = compiled.get(glob)
  if (!regex) {
    regex = globRegex(glob)
    compiled.set(glob, regex)
  }
  return regex.test(path)
}

function globRegex(glob: string): RegExp {
  const anchored = glob.startsWith('/')
  const body = glob
    .replace(/^\//, '')
    .replace(/\/$/, '')
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, it =>
      it === '**/' ? '(?:.*/)?' : it === '**' ? '.*' : it === '*' ? '[^/]*' : '[^/]',
    )
  return new RegExp(`${anchored ? '^' : '(?:^|/)'}${body}(?:$|/)`)
}
