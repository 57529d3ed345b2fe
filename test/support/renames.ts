// What a rename makes of the files of a small workspace, a line for each that changes.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renamingAt } from '../../server/src/features/rename.ts'
import { isRefusal } from '../../server/src/features/renaming.ts'
import { applyEdits, type TextEdit } from '../../server/src/text/document.ts'
import { type Files, marked, shown } from './workspace-view.ts'

/** What the files become; only the lines that change are written down. Or the reason why nothing does. And what is asked about. */
export function renames(
  what: string,
  files: Files,
  name: string,
  expected: readonly string[] | string,
  doubtful: readonly string[] = [],
): void {
  test(what, () => {
    const it = marked(files)
    const renaming = renamingAt(it.view, it.path, it.offset)
    const found = renaming && !isRefusal(renaming) ? renaming.to(name) : renaming
    if (!found || isRefusal(found)) {
      const at = found && 'at' in found ? ` ${shown(it, found.at)}` : ''
      return assert.equal(`${found?.reason ?? 'nothing'}${at}`, expected)
    }
    assert.deepEqual(
      found.doubtful.map(({ at, newText }) => `${shown(it, at)} → ${newText}`),
      doubtful,
    )
    const edits = new Map<string, TextEdit[]>()
    for (const { at, newText } of found.certain) {
      const [start, end] = at.place
      edits.set(at.file, [...(edits.get(at.file) ?? []), { start, end, newText }])
    }
    const lines = [...edits].flatMap(([path, all]) => {
      const before = it.texts.get(path)!.split('\n')
      return applyEdits(it.texts.get(path)!, all)
        .split('\n')
        .flatMap((line, i) => (line === before[i] ? [] : [`${path}:${i + 1} ${line.trim()}`]))
    })
    assert.deepEqual(lines.sort(), expected)
  })
}
