// Named shapes of data in JavaScript and TypeScript: interfaces, types, enums, classes that describe data, schemas of zod.

import { calleeName, positional } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { DataType, ShapeRow } from '../../rows/shapes.ts'
import { isData } from './class-structures.ts'
import { declaredStructure, structureAt, typeAt } from './data-types.ts'
import { constantValues, enumType } from './enumerations.ts'
import { fieldOf, type Structure } from './structure.ts'
import { isGeneric } from './type-nodes.ts'
import { mayHoldSchemas, partsOfSchema, schemaAt } from './zod.ts'

export function extractShapesJavaScript(file: SourceFile, facts: FactWriter): void {
  const shapes = new Shapes(file, facts)
  for (const it of file.root.children()) shapes.read(it, '')
  shapes.readInner()
}

/** What components are given never leaves them. */
const NO_DATA = /Props$/

class Shapes {
  readonly #file: SourceFile
  readonly #facts: FactWriter
  readonly #hasSchemas: boolean
  /** Interfaces are declared in parts, and a type may go by the name of its values. */
  readonly #seen = new Set<string>()

  constructor(file: SourceFile, facts: FactWriter) {
    this.#file = file
    this.#facts = facts
    this.#hasSchemas = mayHoldSchemas(file)
  }

  /** `before`: the namespaces around it. */
  read(statement: SyntaxNode, before: string): void {
    switch (statement.kind) {
      case 'Export': {
        const definition = statement.child('definition')
        if (definition) this.read(definition, before)
        return
      }
      case 'Interface':
      case 'Class':
        return this.#declared(statement, before)
      case 'TypeAlias':
        return this.#alias(statement, before)
      case 'Enum':
        return this.#named(statement, before, enumType(this.#file, statement))
      case 'Declaration':
        for (const it of statement.children('definition')) this.#constant(it, before)
        return
      case 'ExpressionStatement': {
        const value = statement.child('value')
        if (value?.kind === 'Namespace') this.read(value, before)
        return
      }
      case 'Namespace': {
        const name = statement.child('name')
        if (!name?.is('Name', 'Path')) return
        for (const it of statement.child('body')?.children() ?? []) this.read(it, `${before}${name.text}.`)
        return
      }
      case 'Other':
        if (statement.type === 'ambient_declaration')
          for (const it of statement.children()) this.read(it, before)
    }
  }

  /** Schemas that a component makes for its form; nobody else can name them. */
  readInner(): void {
    if (!this.#hasSchemas) return
    for (const it of this.#file.root.descendants('Declarator')) {
      const value = it.child('value')
      const around = value && it.closest('Function')
      const name = it.child('target')
      if (!around || name?.kind !== 'Name' || !value.is('Call') || !/\.object\(/.test(value.text)) continue
      const made = /^(useMemo|useCallback)$/.test(calleeName(value)) ? returnedBy(value) : value
      const schema = made && schemaAt(this.#file, made)
      if (schema?.structure?.fields.some(one => one.limits))
        this.#structure(name, `${around.child('name')?.name ?? around.row}().`, schema.structure)
    }
  }

  #declared(declaration: SyntaxNode, before: string): void {
    const name = declaration.child('name')
    if (!name || NO_DATA.test(name.name)) return
    if (
      declaration.kind === 'Class' &&
      !isData(declaration) &&
      declaration.child('superclass')?.kind !== 'Call'
    )
      return
    const structure = declaredStructure(this.#file, declaration)
    if (structure) this.#structure(name, before, structure)
  }

  #alias(alias: SyntaxNode, before: string): void {
    const name = alias.child('name')
    const value = alias.child('value')
    if (!name || !value || NO_DATA.test(name.name)) return
    const structure = structureAt(this.#file, value)
    if (structure) return this.#structure(name, before, structure)
    const type = typeAt(this.#file, value)
    // `type Role = (typeof Role)[keyof typeof Role]` was said already.
    if (type.kind !== 'unknown' || type.parameter !== undefined) this.#named(alias, before, type)
  }

  #constant(declarator: SyntaxNode, before: string): void {
    const name = declarator.child('target')
    const value = declarator.child('value')
    if (name?.kind !== 'Name' || !value) return
    if (value.kind === 'Cast') {
      const values = constantValues(this.#file, value)
      if (values) this.#shape(name, before, { kind: 'values', values })
      return
    }
    if (!this.#hasSchemas) return
    const parts = value.kind === 'Dictionary' ? partsOfSchema(this.#file, value) : undefined
    if (parts) this.#structure(name, before, parts)
    const schema = value.kind === 'Call' ? schemaAt(this.#file, value) : undefined
    if (schema?.structure) this.#structure(name, before, schema.structure)
    else if (schema && schema.type.kind !== 'unknown') this.#shape(name, before, schema.type)
  }

  #named(declaration: SyntaxNode, before: string, type: DataType): void {
    const name = declaration.child('name')
    if (name) this.#shape(name, before, type)
  }

  #shape(at: SyntaxNode, before: string, type: DataType): void {
    const name = before + at.name
    if (this.#seen.has(name)) return
    this.#seen.add(name)
    this.#add({ name, type, bases: [], isOpen: false, isStrict: false }, at)
  }

  #structure(at: SyntaxNode, before: string, structure: Structure): void {
    const { bases, isOpen, isStrict, fields } = structure
    const name = before + at.name
    // A second part of an interface adds fields; it can take nothing back.
    if (!this.#seen.has(name)) this.#add({ name, type: undefined, bases, isOpen, isStrict }, at)
    this.#seen.add(name)
    for (const it of fields) this.#facts.add('field', { shape: name, ...fieldOf(it) }, it.at)
  }

  #add(row: ShapeRow, at: SyntaxNode): void {
    const { isGenerated } = this.#file
    const isOfGeneric = at.parent !== undefined && isGeneric(at.parent)
    const marks = { ...(isOfGeneric && { isGeneric: true as const }), ...(isGenerated && { isGenerated }) }
    this.#facts.add('shape', { ...row, ...marks }, at)
  }
}

/** `useMemo(() => z.object({ … }), [])` */
function returnedBy(call: SyntaxNode): SyntaxNode | undefined {
  const body = positional(call)[0]?.child('body')
  return body?.kind === 'Block' ? undefined : body
}
