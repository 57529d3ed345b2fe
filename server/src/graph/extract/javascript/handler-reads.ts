// What code reads of something that came with a request: `const { name } = req.body`, `body.name`, `schema.parse(body)`.

import { calleeName, calleeOf, keyText } from '../../../semantics/calls.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { DataType } from '../../rows/shapes.ts'
import { typeAt } from './data-types.ts'
import { closed, type FoundField, objectOf, type Structure, UNKNOWN } from './structure.ts'
import { schemaAt } from './zod.ts'

/** Gathers reads of one thing, such as the body. */
export class Reads {
  readonly #file: SourceFile
  readonly #fields = new Map<string, FoundField>()
  readonly #seen = new Set<number>()
  /** Somebody else gets it whole, and may read what he likes. */
  #isOpen = false
  #isThere = false
  #declared: Structure | undefined
  #type: DataType | undefined

  constructor(file: SourceFile) {
    this.#file = file
  }

  /** It is mentioned at all. */
  get isThere(): boolean {
    return this.#isThere
  }

  get isOpen(): boolean {
    return this.#declared ? this.#declared.isOpen : this.#isOpen && !this.#type
  }

  /** By a schema or a type, or by what is read one by one; undefined where nobody can tell. */
  get type(): DataType | undefined {
    if (this.#type) return this.#type
    if (this.#declared) return objectOf(this.#declared)
    if (this.#fields.size === 0) return undefined
    return objectOf({ ...closed([...this.#fields.values()]), isOpen: this.#isOpen })
  }

  get fields(): readonly FoundField[] {
    if (this.#type?.kind === 'shape') return []
    return this.#declared?.fields ?? [...this.#fields.values()]
  }

  /** Shapes with a name whose fields are read too, or instead: those of the type itself, or of its bases. */
  get named(): readonly DataType[] {
    if (this.#type?.kind === 'shape') return [this.#type]
    return this.#declared?.bases.map(of => ({ kind: 'shape', of })) ?? []
  }

  /** A field that is read by its name. */
  field(name: string, at: SyntaxNode): void {
    this.#isThere = true
    if (!this.#fields.has(name)) this.#fields.set(name, { name, isOptional: true, type: UNKNOWN, at })
  }

  /** A schema that it is checked with, or that checks it before. */
  checkedBy(schema: SyntaxNode): boolean {
    const found = schemaAt(this.#file, schema)
    if (!found) return false
    this.#isThere = true
    this.#declared = found.structure
    this.#type = found.type.kind === 'unknown' ? undefined : found.type
    return true
  }

  declaredAs(type: SyntaxNode): void {
    const read = typeAt(this.#file, type)
    if (read.kind === 'unknown' || (read.kind === 'object' && read.isOpen)) return
    this.#isThere = true
    this.#type ??= read
  }

  /** What is done with an expression that stands for it. */
  of(node: SyntaxNode): void {
    this.#isThere = true
    if (this.#seen.has(node.row)) return
    this.#seen.add(node.row)
    const { parent } = node
    switch (parent?.kind) {
      case 'Await':
      case 'NonNull':
      case 'Parenthesized':
        return this.of(parent)
      case 'Cast': {
        const type = parent.child('type')
        if (type) this.declaredAs(type)
        return this.of(parent)
      }
      case 'Logical':
        // `req.body ?? {}`
        if (node.role === 'left' && /^(?:\?\?|\|\|)$/.test(parent.operator)) this.of(parent)
        return
      case 'Member':
        return this.#member(parent)
      case 'Index': {
        const key = parent.child('index')
        const known = key && node.role === 'object' ? this.#file.constant(key) : undefined
        if (known?.kind === 'string' && key) this.field(known.value, key)
        else this.#isOpen = true
        return
      }
      case 'Declarator': {
        const type = parent.child('type')
        const target = parent.child('target')
        if (type) this.declaredAs(type)
        if (target) this.bound(target)
        return
      }
      case 'Assignment': {
        const target = parent.child('target')
        if (node.role === 'value' && target) this.bound(target)
        return
      }
      case 'Call':
        return this.#given(parent, node)
      case 'If':
      case 'Not':
      case 'Comparison':
      case 'ExpressionStatement':
      case 'Conditional':
      case 'Unary':
        return
      default:
        this.#isOpen = true
    }
  }

  /** What is done with names that it is bound to. */
  bound(target: SyntaxNode): void {
    this.#isThere = true
    if (target.kind === 'Name') {
      const binding = this.#file.binding(target)
      if (binding) this.#reads(binding)
      return
    }
    if (target.kind !== 'ObjectPattern') {
      this.#isOpen = true
      return
    }
    for (const it of target.children('element')) {
      const key =
        it.kind === 'Pair' ? it.child('key') : it.kind === 'DefaultPattern' ? it.child('target') : it
      if (key?.is('Name', 'PropertyName', 'String')) this.field(keyText(key), key)
      else this.#isOpen = true
    }
  }

  #reads(binding: Binding): void {
    for (const it of binding.reads()) this.of(it)
  }

  #member(member: SyntaxNode): void {
    const property = member.child('property')
    if (property && !OWN.test(property.name)) this.field(property.name, property)
    else this.#isOpen = true
  }

  #given(call: SyntaxNode, node: SyntaxNode): void {
    if (node.role !== 'argument') return
    const callee = calleeOf(call)
    const schema = callee?.kind === 'Member' ? callee.child('object') : undefined
    if (schema && CHECKS.test(calleeName(call)) && this.checkedBy(schema)) return
    if (!HARMLESS.test(calleeName(call))) this.#isOpen = true
  }
}

/** Of every object, or of a text that it is first. */
const OWN = /^(?:hasOwnProperty|toString|then|catch|finally|constructor)$/
const CHECKS = /^(?:safe)?(?:parse|validate|check|decode)(?:Async|Sync)?$/i
const HARMLESS = /^(?:log|info|debug|warn|error|stringify|isArray|Boolean)$/
