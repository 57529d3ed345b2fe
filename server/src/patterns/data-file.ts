// One file of a data language: it binds no names, and its literals are what they say.

import { type Constant, numberValue } from '../semantics/constants.ts'
import { NOT_A_NAME, type Scopes } from '../semantics/scopes.ts'
import { FileReader } from '../semantics/source-file.ts'
import type { SyntaxNode } from '../syntax/node.ts'
import type { SyntaxTree } from '../syntax/tree.ts'
import type { CodeFile } from './code.ts'
import { contentText } from './literals.ts'
import { unwrapped } from './shapes.ts'

export class DataFile implements CodeFile {
  readonly tree: SyntaxTree
  readonly reader: FileReader
  readonly scopes: Pick<Scopes, 'bindingOf' | 'access'>
  #settings: ReadonlyMap<string, number> | undefined

  constructor(tree: SyntaxTree) {
    this.tree = tree
    this.reader = new FileReader(tree)
    this.scopes = { bindingOf: new Int32Array(tree.rows).fill(NOT_A_NAME), access: new Uint8Array(tree.rows) }
  }

  binding(): undefined {
    return undefined
  }

  qualifiedName(): string {
    return ''
  }

  /** `local.x` and `var.x` of Terraform stand for what this file gives them. */
  value(node: SyntaxNode): SyntaxNode {
    let it = this.reader.node(unwrapped(this.tree, node.row))
    for (let steps = 0; steps < 8 && it.kind === 'Member'; steps++) {
      const row = this.#settingRows.get(it.text)
      if (row === undefined) return it
      it = this.reader.node(unwrapped(this.tree, row))
    }
    return it
  }

  constant(given: SyntaxNode): Constant | undefined {
    const node = this.value(given)
    switch (node.kind) {
      case 'String':
        if (node.type === 'string_scalar' && SWITCH.test(node.text))
          return { kind: 'boolean', value: /^(?:y|yes|on)$/i.test(node.text) }
        return { kind: 'string', value: contentText(this.tree, node.row) }
      case 'Number': {
        const value = numberValue(node.text)
        return value === undefined ? undefined : { kind: 'number', value }
      }
      case 'Boolean':
        return { kind: 'boolean', value: /^true$/i.test(node.text) }
      case 'Null':
        return { kind: 'null', value: null }
      default:
        return undefined
    }
  }

  /** The values of `locals { x = … }` and of `variable "x" { default = … }`, by how they are read. */
  get #settingRows(): ReadonlyMap<string, number> {
    if (!this.#settings) {
      const settings = new Map<string, number>()
      if (this.tree.grammar === 'hcl')
        for (const section of this.reader.node(0).children('statement')) {
          const keyword = section.kind === 'Section' ? section.child('keyword')?.text : undefined
          const name = section.child('label')?.text.replace(/"/g, '')
          for (const pair of keyword === 'locals' || keyword === 'variable'
            ? section.children('statement')
            : []) {
            const key = pair.child('key')?.text
            const value = pair.child('value')
            if (!value || key === undefined) continue
            if (keyword === 'locals') settings.set(`local.${key}`, value.row)
            else if (key === 'default' && name) settings.set(`var.${name}`, value.row)
          }
        }
      this.#settings = settings
    }
    return this.#settings
  }
}

/** What YAML's first version reads as true and false, and many who read it still do. */
const SWITCH = /^(?:y|yes|n|no|on|off)$/i
