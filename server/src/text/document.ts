// One version of one file's text. A change makes a new value; nothing is ever edited in place.

import type { LanguageId } from '@codeant/shared/language.ts'

/** A replacement of `start..oldEnd` (UTF-16 offsets) after which the new text ends at `newEnd`. */
export interface Edit {
  readonly start: number
  readonly oldEnd: number
  readonly newEnd: number
}

/** A replacement together with what is put there. Offsets are those of the text before the edit. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly newText: string
}

export interface Document {
  readonly uri: string
  readonly language: LanguageId
  readonly text: string
  /** The editor's number for this text; 0 for a file nobody has open. */
  readonly version: number
  /** Unique in this process: two documents with the same revision are the same value. */
  readonly revision: number
  /** How this text came from another revision: a hint that saves work, never a key. */
  readonly change?: Edit & { readonly from: number }
}

let revisions = 0

export function newDocument(uri: string, language: LanguageId, text: string, version = 0): Document {
  return { uri, language, text, version, revision: ++revisions }
}

/** The document after `edits`, each of which speaks of the text that the one before it left. */
export function changeDocument(document: Document, edits: readonly TextEdit[], version: number): Document {
  let { text } = document
  for (const { start, end, newText } of edits) text = text.slice(0, start) + newText + text.slice(end)
  return changedDocument(document, text, edits, version)
}

/** The same for whoever has the new text already. */
export function changedDocument(
  document: Document,
  text: string,
  edits: readonly TextEdit[],
  version: number,
): Document {
  let change: Edit | undefined
  for (const { start, end, newText } of edits)
    change = mergeEdits(change, { start, oldEnd: end, newEnd: start + newText.length })
  const { uri, language, revision } = document
  const next = { uri, language, text, version, revision: ++revisions }
  return change ? { ...next, change: { ...change, from: revision } } : next
}

/** One edit with the effect of `first` and then `second`. */
export function mergeEdits(first: Edit | undefined, second: Edit): Edit {
  if (!first) return second
  const grown = first.newEnd - first.oldEnd
  const start = Math.min(first.start, second.start)
  const oldEnd = Math.max(first.oldEnd, second.oldEnd - grown)
  const newEnd = Math.max(first.newEnd + (second.newEnd - second.oldEnd), second.newEnd)
  return { start, oldEnd, newEnd }
}

/** The smallest edit that turns `before` into `after`. */
export function editBetween(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  let tail = 0
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail++
  }
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail }
}

/** The text after edits that all speak of `text` itself. They must not overlap; they may come in any order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  let result = ''
  let at = 0
  for (const { start, end, newText } of sorted) {
    result += text.slice(at, start) + newText
    at = end
  }
  return result + text.slice(at)
}
