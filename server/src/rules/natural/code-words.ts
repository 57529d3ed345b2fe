// Keywords and operators that people put in back-quotes when they mean the construct and not a name.

import type { Construct } from './requirement.ts'

export const CONSTRUCT_OF_CODE: ReadonlyMap<string, Construct> = new Map([
  ['var', 'var'],
  ['let', 'let'],
  ['any', 'any'],
  ['unsafe', 'unsafe'],
  ['lambda', 'lambda'],
  ['debugger', 'debugger'],
  ['==', 'looseEquality'],
  ['!=', 'looseEquality'],
  ['while true', 'endlessLoop'],
  ['while True', 'endlessLoop'],
  ['while (true)', 'endlessLoop'],
  ['import *', 'wildcardImport'],
  ['export default', 'defaultExport'],
  ['global', 'globalVariable'],
])
