// Tests beside rules: comments that say where a rule must speak (`ruleid: name`) and where it may not (`ok: name`).

const MARK =
  /(?:#|\/\/|\/\*|<!--|\(\*|--|;|\*)\s*(todoruleid|todook|ruleid|ok|deepruleid|deepok|tododeepruleid)\s*:\s*([^\n]*)/

export interface Annotations {
  /** Lines, from 1 on, in which the rule must find something; in all others it may not. */
  readonly expected: ReadonlySet<number>
  /** Lines in which it may not, as somebody took the trouble to say. */
  readonly safe: ReadonlySet<number>
  /** Lines of which nobody asks anything yet (`todoruleid`, `todook`). */
  readonly ignored: ReadonlySet<number>
}

/** What a file's comments ask of a rule; undefined when they do not speak of it. A comment is about the next line. */
export function annotationsFor(text: string, rule: string): Annotations | undefined {
  const lines = text.split('\n')
  const last = lastPart(rule)
  const expected = new Set<number>()
  const safe = new Set<number>()
  const ignored = new Set<number>()
  let isNamed = false
  for (let i = 0; i < lines.length; i++) {
    const match = MARK.exec(lines[i]!)
    if (!match) continue
    const names = match[2]!
      .replace(/\*\/.*|-->.*|\*\).*/, '')
      .split(/[,\s]+/)
      .map(lastPart)
    if (!names.includes(last)) continue
    isNamed = true
    let line = i + 1
    while (line < lines.length && MARK.test(lines[line]!)) line++
    if (match[1] === 'ruleid') expected.add(line + 1)
    else if (match[1] === 'ok') safe.add(line + 1)
    else ignored.add(line + 1)
  }
  for (const line of ignored) expected.delete(line)
  return isNamed ? { expected, safe, ignored } : undefined
}

/** `python.lang.security.eval` is called `eval`, too. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}
