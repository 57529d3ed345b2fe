// How likely a finding is to be acted on, computed right here: the network is so small that an answer takes microseconds,
// in whatever thread the finding is made, and no engine need be loaded for it. The same weights give the same answers in
// an engine (`test/unit/actionability.test.ts`).

import { type Constant, onnxConstants } from './onnx-constants.ts'
import { encode, type FindingContext, TOKENS, TRAITS } from './tasks/rank-finding.ts'

/** Of what findings say for themselves, as `models/training/actionability/train.py` lays out its graph. */
const WORDS_FROM = 1 + TRAITS

export class FindingRanker {
  readonly #table: Matrix
  readonly #wide: Matrix
  readonly #layers: readonly Layer[]

  private constructor(constants: ReadonlyMap<string, Constant>) {
    this.#table = byRow(constants, 'table')
    this.#wide = byRow(constants, 'wide')
    this.#layers = ['first', 'second', 'last'].map(it => layerOf(constants, it))
  }

  /** Undefined when these are not the weights of such a network. */
  static read(onnx: Uint8Array): FindingRanker | undefined {
    try {
      return new FindingRanker(onnxConstants(onnx))
    } catch {
      return undefined // whoever wants ranks goes on without
    }
  }

  /** The calibrated probability that the code at this place will be changed so that the finding is gone. */
  probability(context: FindingContext): number {
    const { tokens, measures } = encode([context])
    const { columns } = this.#table
    const pooled = new Float64Array(3 * columns + measures!.data.length)
    pooled.set(measures!.data, 3 * columns)
    let straight = 0
    let words = 0
    for (let i = WORDS_FROM; i < TOKENS; i++) if (tokens!.data[i] !== 0) words++
    for (let i = 0; i < TOKENS; i++) {
      const row = tokens!.data[i]!
      const [part, weight] = i === 0 ? [0, 1] : i < WORDS_FROM ? [1, 0.1] : [2, 1 / Math.max(1, words)]
      for (let j = 0; j < columns; j++)
        pooled[part * columns + j]! += weight * this.#table.values[row * columns + j]!
      straight += (part === 2 ? weight : 1) * this.#wide.values[row]!
    }
    const [first, second, last] = this.#layers
    const deep = apply(last!, positive(apply(second!, positive(apply(first!, pooled)))))[0]!
    return 1 / (1 + Math.exp(-(deep + straight)))
  }
}

interface Matrix {
  readonly columns: number
  readonly values: Float32Array
}

interface Layer extends Matrix {
  readonly bias: Float32Array
}

/** `values` is inputs × outputs. */
function apply({ columns, values, bias }: Layer, input: Float64Array): Float64Array {
  const output = Float64Array.from(bias)
  input.forEach((it, i) => {
    if (it !== 0) for (let j = 0; j < columns; j++) output[j]! += it * values[i * columns + j]!
  })
  return output
}

function positive(values: Float64Array): Float64Array {
  return values.map(it => Math.max(0, it))
}

/** Whole numbers times the scale of their row, or of all rows. */
function byRow(constants: ReadonlyMap<string, Constant>, name: string): Matrix {
  const { dims, values } = get(constants, name)
  const scale = get(constants, `${name}_scale`).values
  const columns = dims[1]!
  const isOne = scale.length === 1
  return {
    columns,
    values: Float32Array.from(values, (it, i) => it * scale[isOne ? 0 : Math.floor(i / columns)]!),
  }
}

/** Whole numbers times the scale of their column. */
function layerOf(constants: ReadonlyMap<string, Constant>, name: string): Layer {
  const { dims, values } = get(constants, `${name}_weight`)
  const scale = get(constants, `${name}_weight_scale`).values
  const bias = get(constants, `${name}_bias`).values
  const columns = dims[1]!
  return {
    columns,
    values: Float32Array.from(values, (it, i) => it * scale[i % columns]!),
    bias: Float32Array.from(bias),
  }
}

function get(constants: ReadonlyMap<string, Constant>, name: string): Constant {
  const found = constants.get(name)
  if (!found) throw new RangeError(`no ${name}`)
  return found
}
