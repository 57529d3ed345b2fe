// The keys of a document in JSON or YAML, one after the other, without building anything of it: such documents are megabytes.
//
// Reading never fails. What is broken gives other keys, or none.

export interface Key {
  /** From the outermost in; items of lists have numbers. */
  readonly path: readonly string[]
  /** What stands behind it, when that is a text. */
  readonly value: string
  readonly start: number
  readonly end: number
}

/** Keys of keys of keys: deeper ones are not told. */
const DEPTH = 3

export function* keysOfJson(text: string): Generator<Key> {
  const path: string[] = []
  /** Of each open brace or bracket: the number of the next item, or undefined for an object. */
  const lists: (number | undefined)[] = []
  let key: { text: string; start: number; end: number } | undefined
  let isKeyNext = false
  for (const it of text.matchAll(/"((?:[^"\\]|\\.)*)"|[{}[\],:]/g)) {
    const [all, string] = it
    const depth = lists.length
    if (string !== undefined) {
      if (isKeyNext && lists[depth - 1] === undefined && depth > 0) {
        key = { text: string, start: it.index + 1, end: it.index + all.length - 1 }
        isKeyNext = false
      } else if (key && depth <= DEPTH) {
        yield { path: [...path.slice(0, depth - 1), key.text], value: string, start: key.start, end: key.end }
      }
    } else if (all === '{' || all === '[') {
      if (key && depth > 0 && depth <= DEPTH && lists[depth - 1] === undefined)
        yield { path: [...path.slice(0, depth - 1), key.text], value: '', start: key.start, end: key.end }
      const number = lists[depth - 1]
      if (depth > 0) path[depth - 1] = number === undefined ? (key?.text ?? '') : String(number)
      lists.push(all === '[' ? 0 : undefined)
      isKeyNext = all === '{'
      key = undefined
    } else if (all === '}' || all === ']') {
      lists.pop()
      isKeyNext = false
      key = undefined
    } else if (all === ',') {
      const number = lists[depth - 1]
      if (number !== undefined) lists[depth - 1] = number + 1
      isKeyNext = number === undefined
      key = undefined
    }
  }
}

const LINE =
  /^([ \t]*)((?:- +)*)(?:"([^"\n]+)"|'([^'\n]+)'|([^\s#'"{[&*!|>%@][^\n]*?))[ \t]*:(?:[ \t]+([^\n]*))?\r?$/gm

export function* keysOfYaml(text: string): Generator<Key> {
  const open: { readonly indent: number; readonly name: string }[] = []
  for (const it of text.matchAll(LINE)) {
    const [, blank = '', dash = '', double, single, plain, value = ''] = it
    const name = double ?? single ?? plain ?? ''
    const indent = blank.length + dash.length
    while (open.length > 0 && open.at(-1)!.indent >= indent) open.pop()
    if (dash !== '') open.push({ indent: indent - 1, name: '0' })
    open.push({ indent, name })
    if (open.length > DEPTH) continue
    const start = it.index + indent + (plain === undefined ? 1 : 0)
    yield {
      path: open.map(own => own.name),
      value: value.replace(/^(["'])(.*?)\1.*$|\s+#.*$/, '$2').trim(),
      start,
      end: start + name.length,
    }
  }
}
