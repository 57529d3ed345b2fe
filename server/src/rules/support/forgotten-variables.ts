// Variables that a program cannot do without and that its example of settings forgot.

import type { Environment, Variable, VariableRead, VariableSetting } from '../../graph/settings.ts'
import { isSet, isWellKnown, productReads } from './environment-keys.ts'

export interface Forgotten {
  readonly reads: readonly VariableRead[]
  /** A variable that is read in the same file, where the settings name it. */
  readonly beside: VariableSetting
}

/** So many others of the same file stand in one example: then it is meant to be whole. */
const ENOUGH = 3

export function isForgotten(variable: Variable, environment: Environment): Forgotten | undefined {
  if (isSet(variable) || isWellKnown(variable.name)) return undefined
  const reads = productReads(variable)
  if (reads.length === 0 || variable.reads.some(it => it.absence === 'handled')) return undefined
  const needed = reads.filter(it => it.absence === 'fails')
  const [first] = needed
  const beside = first && exampleOf(first.file, environment)
  return beside && { reads: needed, beside }
}

/** Where most of what a file reads is offered. */
function exampleOf(file: string, environment: Environment): VariableSetting | undefined {
  const others = environment.variables.filter(
    it => !isWellKnown(it.name) && it.reads.some(read => read.file === file),
  )
  const offers = others.flatMap(it => it.settings.find(setting => setting.in === 'example') ?? [])
  const byFile = new Map<string, VariableSetting[]>()
  for (const it of offers) byFile.set(it.file, [...(byFile.get(it.file) ?? []), it])
  const best = [...byFile.values()].sort((a, b) => b.length - a.length)[0]
  return best && best.length >= ENOUGH && best.length * 2 > others.length ? best.at(-1) : undefined
}
