// The sizes that a model's description promises: what an answer is held to, so that a wrong one is never read as a right one.

import type { Tensors } from '../task.ts'

/** From `model.json`: a type, then sizes, by number or by a name that stands for the same size wherever it stands. */
export type Face = readonly [type: string, ...sizes: (number | string)[]]

export interface ModelFaces {
  readonly inputs: Readonly<Record<string, Face>>
  readonly outputs: Readonly<Record<string, Face>>
}

/** Undefined when this describes no model. */
export function readFaces(modelJson: string): ModelFaces | undefined {
  try {
    const { inputs, outputs } = JSON.parse(modelJson) as Partial<ModelFaces>
    return inputs && outputs && [inputs, outputs].every(it => Object.values(it).every(Array.isArray))
      ? { inputs, outputs }
      : undefined
  } catch {
    return undefined
  }
}

/** What is different of an answer to these inputs; undefined when nothing is. */
export function wrongShape(faces: ModelFaces, inputs: Tensors, outputs: Tensors): string | undefined {
  const sizes = new Map<string, number>()
  for (const [name, [, ...named]] of Object.entries(faces.inputs))
    for (const [i, it] of named.entries())
      if (typeof it === 'string') sizes.set(it, inputs[name]?.dims[i] ?? -1)
  for (const [name, [type, ...named]] of Object.entries(faces.outputs)) {
    const tensor = outputs[name]
    if (!tensor) return `there is no output ${name}`
    const wanted = named.map(it => (typeof it === 'string' ? (sizes.get(it) ?? -1) : it))
    if (tensor.type !== type || String(tensor.dims) !== String(wanted))
      return `${name} is ${tensor.type} [${tensor.dims}], not ${type} [${wanted}]`
  }
  return undefined
}
