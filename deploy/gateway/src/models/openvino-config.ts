// What an OpenVINO Model Server has to know of our models: where they lie, beside this file. Shapes and types it reads from the weights.
// https://docs.openvino.ai/2025/model-server/ovms_docs_serving_model.html

export function openVinoConfig(names: readonly string[]): string {
  const config = {
    model_config_list: names.map(name => ({ config: { name, base_path: name } })),
    monitoring: { metrics: { enable: true } },
  }
  return `${JSON.stringify(config, null, 2)}\n`
}
