// Asks the exported model through the server's own engine, in WebAssembly, which is what users run.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type Session, startEngine } from '../../../server/src/inference/local/session.ts'
import { isSecret, type SecretInput } from '../../../server/src/inference/tasks/is-secret.ts'

export class Answerer {
  readonly #session: Session

  private constructor(session: Session) {
    this.#session = session
  }

  static async load(file: URL): Promise<Answerer> {
    const wasm = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm')
    const engine = await startEngine({
      wasm: () => readFile(wasm),
      native: () => undefined,
      memoryLimit: 256 * 1024 * 1024,
    })
    const description = { name: 'secrets', file: file.href, sha256: '', warm: {} }
    return new Answerer(await engine.open(description, await readFile(file)))
  }

  /** One at a time, as the server asks. */
  async probability(input: SecretInput): Promise<number> {
    return isSecret.decode(await this.#session.run(isSecret.encode([input])), 0, input).probability
  }
}
