// Calls that rebuild objects from data, and run code while they do.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { argument, isFalse, isTrue, keywordArgument } from '../../calls.ts'
import { calledName } from '../../full-name.ts'
import type { SourceFile } from '../../source-file.ts'

const PICKLES =
  /^((c|_)?[pP]ickle\.(load|loads|Unpickler)|(dill|cloudpickle|marshal)\.(load|loads)|jsonpickle\.(decode|loads)|joblib\.load|pandas\.read_pickle|numpy\.load|torch\.load)$/

/** What a call rebuilds any object of: Python's pickles, and packages of Node's. */
export function rebuiltData(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const name = calledName(file, call)
  if (file.language !== 'python')
    return /^(node-serialize\.unserialize|v8\.deserialize)$/.test(name) ? argument(call, 0) : undefined
  if (!PICKLES.test(name)) return undefined
  if (name === 'numpy.load' && !isTrue(file, keywordArgument(call, 'allow_pickle'))) return undefined
  if (name === 'torch.load' && !isFalse(file, keywordArgument(call, 'weights_only'))) return undefined
  return argument(call, 0)
}
