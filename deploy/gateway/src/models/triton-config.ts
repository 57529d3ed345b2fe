// What Triton has to know of a model, as its weights themselves say it.
// https://github.com/triton-inference-server/server/blob/main/docs/user_guide/model_configuration.md

import type { ModelSignature } from '@codeant/server/api/models.ts'

/** What is asked within this time shares a run. A keystroke's question is not made to wait for longer. */
const GATHER_US = 2000
const MOST_ROWS = 64
/** Who would wait for longer is refused: editors go on without. */
const PATIENCE_US = 2_000_000
const WAITING = 256

/** Of what is as long as it comes: a line of code has some sixteen of its parts. */
const WARM_LENGTH = 16

const TYPES = { int32: 'TYPE_INT32', float32: 'TYPE_FP32' } as const

type Tensors = ModelSignature['inputs']

export function configText(name: string, { inputs, outputs, sha256 }: ModelSignature): string {
  // Rows that are asked together are one tensor: possible where every first dimension is the same open one.
  const [first] = inputs
  const rows = first?.dims[0]
  const sharesRuns = typeof rows === 'string' && [...inputs, ...outputs].every(({ dims }) => dims[0] === rows)
  const tensors = (field: string, all: Tensors) =>
    `${field} [${all.map(it => tensorText(it, sharesRuns)).join(',')}\n]`
  return `${[
    `name: ${JSON.stringify(name)}`,
    'backend: "onnxruntime"',
    `max_batch_size: ${sharesRuns ? MOST_ROWS : 0}`,
    tensors('input', inputs),
    tensors('output', outputs),
    'instance_group [\n  { kind: KIND_GPU, count: 1 }\n]',
    ...(sharesRuns ? [BATCHING] : []),
    warmUpText(inputs, sharesRuns),
    `parameters {\n  key: "sha256"\n  value { string_value: "${sha256}" }\n}`,
  ].join('\n')}\n`
}

const BATCHING = `dynamic_batching {
  max_queue_delay_microseconds: ${GATHER_US}
  default_queue_policy {
    timeout_action: REJECT
    default_timeout_microseconds: ${PATIENCE_US}
    max_queue_size: ${WAITING}
  }
}`

/** Before it says that it is ready: whoever asks first does not wait until memory is taken and kernels are chosen. */
function warmUpText(inputs: Tensors, sharesRuns: boolean): string {
  const tensors = inputs.map(({ name, type, dims }) => {
    const own = (sharesRuns ? dims.slice(1) : dims).map(it => (typeof it === 'number' ? it : WARM_LENGTH))
    const shape = own.length > 0 ? own : [1]
    return `    inputs { key: ${JSON.stringify(name)}, value { data_type: ${TYPES[type]}, dims: [${shape.join(', ')}], zero_data: true } }`
  })
  const runs = (sharesRuns ? [1, MOST_ROWS] : [1]).map(
    rows => `  {\n    name: "of ${rows}", batch_size: ${rows}\n${tensors.join('\n')}\n  }`,
  )
  return `model_warmup [\n${runs.join(',\n')}\n]`
}

function tensorText({ name, type, dims }: Tensors[number], sharesRuns: boolean): string {
  const own = (sharesRuns ? dims.slice(1) : dims).map(it => (typeof it === 'number' ? it : -1))
  // One number a row has no dimension of its own left, which Triton has no word for.
  const shape = own.length > 0 ? `dims: [${own.join(', ')}]` : 'dims: [1], reshape { shape: [] }'
  return `\n  { name: ${JSON.stringify(name)}, data_type: ${TYPES[type]}, ${shape} }`
}
