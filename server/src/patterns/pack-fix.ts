// `fix` and `fix-regex`: what a match is replaced by.

import type { TextEdit } from '../text/document.ts'
import { textWith } from './message.ts'
import type { Bindings } from './pattern.ts'
import type { Fix } from './rule.ts'
import type { Target } from './target.ts'

/** Undefined when it would change nothing. */
export function editOf(
  fix: Fix,
  target: Target,
  {
    start,
    end,
    bindings,
  }: { readonly start: number; readonly end: number; readonly bindings: Bindings | undefined },
): TextEdit | undefined {
  const text = target.textOf({ row: -1, start, end })
  const newText = fix.what === 'template' ? textWith(fix.text, target, bindings) : replaced(fix, text)
  return newText === text ? undefined : { start, end, newText }
}

function replaced({ regex, replacement, count }: Fix & { readonly what: 'regex' }, text: string): string {
  let left = count ?? Number.POSITIVE_INFINITY
  const everywhere = new RegExp(regex.source, regex.flags.includes('g') ? regex.flags : `${regex.flags}g`)
  return text.replace(everywhere, (all: string, ...found: unknown[]) => {
    if (left <= 0) return all
    left--
    const groups = found.at(-1)
    return expanded(replacement, [all, ...found], typeof groups === 'object' ? groups : null)
  })
}

/** `\1`, `\g<1>` and `\g<name>`, as Python's replacements have them. */
function expanded(replacement: string, found: readonly unknown[], groups: object | null): string {
  return replacement.replace(
    /\\(?:g<(\w+)>|(\d{1,2})|([nt\\]))/g,
    (_, long?: string, short?: string, sign?: string) => {
      if (sign) return { n: '\n', t: '\t' }[sign] ?? '\\'
      const name = long ?? short!
      const value = /^\d+$/.test(name)
        ? found[Number(name)]
        : (groups as Record<string, unknown> | null)?.[name]
      return typeof value === 'string' ? value : ''
    },
  )
}
