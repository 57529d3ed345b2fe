// Where the shape of code matters: where people read it again and again in order to change it.

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { isExamplePath, isTestCode } from './test-code.ts'

/**
 * Not in tests, which list one case after the other and are read one at a time, not in examples, and not in what a
 * program wrote.
 */
export function isMeasured(node: SyntaxNode, file: SourceFile): boolean {
  return !isExamplePath(file.path) && !isTestCode(node, file) && !file.isUntended
}
