// A question that a model can be asked. Input, tensors and output are plain data: they cross threads and are remembered.

/** What goes into a model and comes out of it, under the names that the model gave. */
export type Tensors = Readonly<Record<string, Tensor>>

export type Tensor =
  | { readonly type: 'int32'; readonly dims: readonly number[]; readonly data: Int32Array }
  | { readonly type: 'float32'; readonly dims: readonly number[]; readonly data: Float32Array }

/** `Output` is what JSON can carry, because it is remembered on disk. Every function is a function of its arguments. */
export interface ModelTask<Input, Output> {
  /** Names the question among those that one model is asked: `find-bug`. */
  readonly id: string
  /** Raised whenever `encode` or `decode` change what they make of the same: what was remembered is then not looked at. */
  readonly version: number
  /** The folder in `models/` whose weights answer. */
  readonly model: string
  /**
   * How many inputs may share a run; 1 unless measured otherwise. A dynamically quantised model takes the scale of its
   * activations over the whole run, so that an answer would depend on who else asked, and the editor could say
   * something else than the command line. Sharing hardly saves time on one WASM thread.
   */
  readonly batch: number
  /** All that the answer depends on, as text. It is digested by who remembers. */
  key(input: Input): string
  /** How long the input is, in tokens or the like: inputs of like cost share a run, and the longest decides its size. */
  cost(input: Input): number
  /** The first dimension is that of the inputs, in their order; shorter ones are padded. */
  encode(inputs: readonly Input[]): Tensors
  /** Reads the answer to the input at `row` of the run. */
  decode(outputs: Tensors, row: number, input: Input): Output
}

/** A task of which nothing is asked but whose it is. */
export type AnyTask = Pick<ModelTask<never, unknown>, 'id' | 'version' | 'model'>

/** The values of one input in a tensor whose first dimension is that of the inputs. */
export function row(tensor: Tensor, index: number): Int32Array | Float32Array {
  const size = tensor.data.length / tensor.dims[0]!
  return tensor.data.subarray(index * size, (index + 1) * size)
}
