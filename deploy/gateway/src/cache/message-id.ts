// The `id` of a request or an answer, found and changed in its bytes: what is around it stays as it was written, to the last digit.

/** Where the member `"id": "…"` of the outermost object stands, from its first quotation mark to its last. */
export interface IdMember {
  readonly from: number
  readonly to: number
  readonly id: string
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN = new Set([0x7b, 0x5b])
const CLOSE = new Set([0x7d, 0x5d])
const ID = Buffer.from('"id"')
/** Nothing in it that JSON would read otherwise. */
const PLAIN = /^"[\x20\x21\x23-\x5b\x5d-\x7e]*"$/

/**
 * Undefined when there is none; `null` when there is one that is no plain text, or none can be told from these bytes. `json` need
 * not be valid: who has to know reads it.
 */
export function findId(json: Buffer): IdMember | null | undefined {
  // Most have it as the first member or not at all, so that nothing more has to be read.
  if (!json.includes(ID)) return undefined
  let depth = 0
  let isKey = false
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]!
    if (byte === QUOTE) {
      const end = endOfText(json, at)
      if (end === undefined) return null
      if (isKey && depth === 1 && end - at === ID.length && json.compare(ID, 0, ID.length, at, end) === 0)
        return memberAt(json, at, end)
      isKey = false
      at = end - 1
    } else if (OPEN.has(byte)) {
      depth++
      isKey = depth === 1
    } else if (CLOSE.has(byte)) depth--
    else if (byte === COMMA) isKey = depth === 1
  }
  return undefined
}

/** The object without its id and the comma that belonged to it. */
export function withoutId(json: Buffer, { from, to }: IdMember): Buffer {
  const after = skipSpace(json, to)
  if (json[after] === COMMA) return Buffer.concat([json.subarray(0, from), json.subarray(after + 1)])
  let before = from - 1
  while (before > 0 && isSpace(json[before]!)) before--
  return Buffer.concat([json.subarray(0, json[before] === COMMA ? before : from), json.subarray(to)])
}

/** An object that begins with `{` and is not empty, with an id as its first member. */
export function withId(json: string, id: string): string {
  return `{"id":${JSON.stringify(id)},${json.slice(1)}`
}

function memberAt(json: Buffer, from: number, endOfKey: number): IdMember | null {
  const colon = skipSpace(json, endOfKey)
  const start = skipSpace(json, colon + 1)
  if (json[colon] !== 0x3a || json[start] !== QUOTE) return null
  const to = endOfText(json, start)
  if (to === undefined) return null
  const text = json.toString('utf8', start, to)
  try {
    return { from, to, id: PLAIN.test(text) ? text.slice(1, -1) : (JSON.parse(text) as string) }
  } catch {
    return null
  }
}

/** Behind the closing quotation mark. */
function endOfText(json: Buffer, start: number): number | undefined {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === BACKSLASH) at++
    else if (json[at] === QUOTE) return at + 1
  }
  return undefined
}

function skipSpace(json: Buffer, at: number): number {
  let next = at
  while (next < json.length && isSpace(json[next]!)) next++
  return next
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
