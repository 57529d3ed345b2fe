// Functions of Rust that other languages call: attributes of PyO3, Tauri, wasm-bindgen and napi-rs name them, or those
// that make them functions of C.

import type { SourceFile } from '../../../semantics/source-file.ts'
import type { FactWriter } from '../../facts.ts'
import { extractCExports } from './c-exports.ts'
import { extractNapi } from './napi.ts'
import { extractPyo3 } from './pyo3.ts'
import { extractTauri } from './tauri.ts'
import { extractWasmBindgen } from './wasm-bindgen.ts'

export function extractForeignRust(file: SourceFile, facts: FactWriter): void {
  const { text } = file.tree
  if (/#\[\s*(?:pyo3::)?py(?:function|class|methods|module)\b|\bPyModule\b/.test(text))
    extractPyo3(file, facts)
  if (
    /#\[\s*(?:tauri::)?command\b|\b(?:generate_handler|collect_commands)!/.test(text) &&
    /\btauri\b/.test(text)
  )
    extractTauri(file, facts)
  if (/\bwasm_bindgen\b/.test(text) && /#\s*\[[^\]]*\bwasm_bindgen\b/.test(text))
    extractWasmBindgen(file, facts)
  if (/\bnapi\b/.test(text) && /#\s*\[[^\]]*\bnapi\b|\bmodule_exports\b|\bcreate_named_method\b/.test(text))
    extractNapi(file, facts)
  if (/\bno_mangle\b|\bexport_name\b/.test(text)) extractCExports(file, facts)
}
