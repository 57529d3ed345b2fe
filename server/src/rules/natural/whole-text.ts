// The text of a file as it is, for what lies between nodes: blank lines, ends of lines, what stands above.

import type { SourceFile } from '../../semantics/source-file.ts'

/** Noted as a look at everything, so that a finding is asked again after any edit. The root's own text lacks the blanks before it. */
export function wholeText(file: SourceFile): string {
  void file.root.text
  return file.tree.text
}
