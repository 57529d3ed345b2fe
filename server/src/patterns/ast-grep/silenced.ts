// `// ast-grep-ignore`: comments that silence rules of this format, as those know them who wrote them.

import type { TreeFile } from './tree-file.ts'

const WORD = 'ast-grep-ignore'

/** For each line, the rules that are silent there; `all` when it names none. */
interface Silence {
  readonly wholeFile: readonly (ReadonlySet<string> | 'all')[]
  readonly lines: ReadonlyMap<number, ReadonlySet<string> | 'all'>
}

const known = new WeakMap<TreeFile, Silence>()

/** Whether the rule is silent where a match begins. */
export function silencedIn(file: TreeFile, rule: string): (start: number) => boolean {
  if (!file.tree.text.includes(WORD)) return () => false
  let silence = known.get(file)
  if (!silence) {
    silence = silenceIn(file)
    known.set(file, silence)
  }
  const names = (it: ReadonlySet<string> | 'all' | undefined) => it === 'all' || it?.has(rule) === true
  if (silence.wholeFile.some(names)) return () => true
  const { lines } = silence
  return start => names(lines.get(file.position(start).line))
}

/** A comment behind code is about that code's line; alone, about the next line; alone in the first, about the whole file. */
function silenceIn(file: TreeFile): Silence {
  const { symbol, words, rows, start, end } = file.tree
  const wholeFile: (ReadonlySet<string> | 'all')[] = []
  const lines = new Map<number, ReadonlySet<string> | 'all'>()
  for (let row = 0; row < rows; row++) {
    if (!words.types[symbol[row]!]?.includes('comment')) continue
    const rules = rulesIn(file.text(row))
    if (!rules) continue
    const { line } = file.position(start[row]!)
    const [before] = file.preceding(row)
    const [next] = file.following(row)
    if (before !== undefined && file.position(end[before]!).line === line)
      lines.set(file.position(start[before]!).line, rules)
    else if (line === 0 && (next === undefined || file.position(start[next]!).line >= 2))
      wholeFile.push(rules)
    else lines.set(line + 1, rules)
  }
  return { wholeFile, lines }
}

function rulesIn(comment: string): ReadonlySet<string> | 'all' | undefined {
  const at = comment.indexOf(WORD)
  if (at === -1) return undefined
  const list = /^\s*:([^\n]*)/.exec(comment.slice(at + WORD.length))
  if (!list) return 'all'
  return new Set(list[1]!.split(',').map(it => it.trim().split(' ')[0]!))
}
