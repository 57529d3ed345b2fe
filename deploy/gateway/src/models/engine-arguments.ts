// What vLLM and llama.cpp are started with, of what their description says. `npm run generate` writes it beside the manifests, where
// whoever reviews a deployment sees it.

import { posix } from 'node:path'
import { readDescription, type WeightsDescription } from '../weights/description.ts'
import { folderOf } from '../weights/run-weights.ts'

/** Where the volume of weights is mounted. */
const ROOT = '/weights'
/** Of the memory of a GPU, for weights and the answers under way; the rest is for what drivers and kernels take besides. */
const GPU_SHARE = 0.9

/** By the name of the component: the file that is written, and what stands in it for a `model.json`. */
export const argumentsOf: Readonly<Record<string, readonly [name: string, text: (model: string) => string]>> =
  {
    'engine-vllm': ['vllm.yaml', model => vllmConfig(readDescription(model))],
    'engine-llamacpp': ['llamacpp.env', model => llamaVariables(readDescription(model))],
  }

/** A file for `vllm serve --config`. Code that came with weights is never run: `trust-remote-code` stands nowhere. */
function vllmConfig(description: WeightsDescription): string {
  return yaml('engine-vllm', [
    ['model', folder(description)],
    ['served-model-name', description.name],
    // A format without code in it: nothing that is unpickled.
    ['load-format', 'safetensors'],
    ['host', '0.0.0.0'],
    ['port', 8000],
    ['max-model-len', description.context],
    ['max-num-seqs', description.sequences],
    ['gpu-memory-utilization', GPU_SHARE],
    ['disable-uvicorn-access-log', true],
  ])
}

/** Variables for llama-server, which reads its arguments from them. */
function llamaVariables(description: WeightsDescription): string {
  const [file] = description.files
  return `${[
    header('engine-llamacpp'),
    `LLAMA_ARG_MODEL=${posix.join(folder(description), file!.name)}`,
    `LLAMA_ARG_ALIAS=${description.name}`,
    // Of all who are answered at the same time together.
    `LLAMA_ARG_CTX_SIZE=${description.context * description.sequences}`,
    `LLAMA_ARG_N_PARALLEL=${description.sequences}`,
  ].join('\n')}\n`
}

const folder = (description: WeightsDescription) => folderOf(ROOT, description)

function yaml(component: string, entries: readonly (readonly [string, string | number | boolean])[]): string {
  return `${[header(component), ...entries.map(([key, value]) => `${key}: ${value}`)].join('\n')}\n`
}

function header(component: string): string {
  return `# Written by \`npm run generate\` from model.json: change ${component}/model.json, not this.`
}
