// Attributes that hand a declaration to another language: `#[napi(js_name = "x")]`, `#[wasm_bindgen(getter)]`, and those that
// only some builds have, behind `cfg_attr`.

import type { SyntaxNode } from '../../../syntax/node.ts'
import { partsOf } from './pyo3-signature.ts'

/** What is written in it, by name; empty for a word without a value. */
export type BridgeAttribute = ReadonlyMap<string, string>

/** `name` as the attribute is called; undefined where a declaration has no such attribute. */
export function bridgeAttribute(declaration: SyntaxNode, name: string): BridgeAttribute | undefined {
  let found: Map<string, string> | undefined
  for (let it = declaration.previous; it?.kind === 'Decorator'; it = it.previous) {
    const options = optionsIn(it.text, name)
    if (options) found = new Map([...options, ...(found ?? [])])
  }
  return found
}

/** Code that no tree shows hands out something: the rules of a macro, or what a macro is given. */
export function handsOutInMacros(root: SyntaxNode, name: string): boolean {
  const attribute = new RegExp(`#\\s*\\[\\s*(?:\\w+::)*${name}\\b`)
  for (const it of root.descendants('MacroDefinition', 'MacroCall')) if (attribute.test(it.text)) return true
  return false
}

export function isPublic(declaration: SyntaxNode): boolean {
  return /^pub\b(?!\s*\()/.test(declaration.text.slice(0, 20))
}

function optionsIn(text: string, name: string): Map<string, string> | undefined {
  const start = new RegExp(`(?:^#!?\\[\\s*|\\bcfg_attr\\b.*,\\s*)(?:\\w+::)*${name}\\b\\s*(\\()?`, 's').exec(
    text,
  )
  if (!start) return undefined
  const options = new Map<string, string>()
  if (!start[1]) return options
  for (const it of partsOf(text.slice(start.index + start[0].length)) ?? []) {
    const part = /^\s*(?:r#)?(\w+)\s*(?:=\s*(?:r(?=["#])#*)?"?([\s\S]*?)"?#*\s*)?$/.exec(it)
    if (part) options.set(part[1]!, part[2] ?? '')
  }
  return options
}
