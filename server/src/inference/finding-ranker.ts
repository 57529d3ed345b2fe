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
  /** Thresholds that a measure passes or not: which measure, and its value. */
  readonly #steps: readonly (readonly [column: number, edge: number])[]
  readonly #layers: readonly Layer[]

  private constructor(constants: ReadonlyMap<string, Constant>) {
    this.#table = byRow(constants, 'table')
    this.#wide = byRow(constants, 'wide')
    const edges = numbers(constants, 'step_edges')
    this.#steps = numbers(constants, 'step_columns').map((it, i) => [it, edges[i]!])
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
    const sizes = [...measures!.data]
    const steps = this.#steps.map(([column, edge]) => Number(sizes[column]! > edge))
    const pooled = Float64Array.from([...Array<number>(3 * columns).fill(0), ...sizes, ...steps])
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
  const columns = columnsOf(constants, name)
  const scale = numbers(constants, `${name}_scale`)
  const scaleAt = (i: number) => scale[scale.length === 1 ? 0 : Math.floor(i / columns)]!
  return { columns, values: Float32Array.from(numbers(constants, name), (it, i) => it * scaleAt(i)) }
}

/** Whole numbers times the scale of their column. */
function layerOf(constants: ReadonlyMap<string, Constant>, name: string): Layer {
  const columns = columnsOf(constants, `${name}_weight`)
  const scale = numbers(constants, `${name}_weight_scale`)
  const values = numbers(constants, `${name}_weight`)
  return {
    columns,
    values: Float32Array.from(values, (it, i) => it * scale[i % columns]!),
    bias: Float32Array.from(numbers(constants, `${name}_bias`)),
  }
}

function columnsOf(constants: ReadonlyMap<string, Constant>, name: string): number {
  return get(constants, name).dims[1]!
}

function numbers(constants: ReadonlyMap<string, Constant>, name: string): number[] {
  const { values } = get(constants, name)
  return values instanceof BigInt64Array ? [...values].map(Number) : [...values]
}

function get(constants: ReadonlyMap<string, Constant>, name: string): Constant {
  const found = constants.get(name)
  if (!found) throw new RangeError(`no ${name}`)
  return found
}
