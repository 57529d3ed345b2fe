// Models of Django, with the columns that their fields stand for.

import { isTrue } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Reference } from '../../rows/names.ts'
import { referenceOf } from '../reference.ts'
import { assignmentsIn, superclassesOf } from './classes.ts'
import { columnOf } from './django-migrations.ts'
import { textIn } from './shape-fields.ts'

export function extractDjangoModels(file: SourceFile, facts: FactWriter): void {
  const app = /(?:^|\/)([^/]+)\/models(?:\.py|\/.*\.py)$/.exec(file.path)?.[1]?.toLowerCase()
  if (!app || !/\bmodels\b/.test(file.tree.text) || !file.tree.text.includes('django')) return
  for (const made of file.root.descendants('Class')) {
    const name = made.child('name')
    if (name && !made.function && !made.closest('Class')) addModel(file, made, name, app, facts)
  }
}

function addModel(file: SourceFile, made: SyntaxNode, at: SyntaxNode, app: string, facts: FactWriter): void {
  const { table, isAbstract, isProxy } = metaOf(file, made)
  const columns: string[] = []
  for (const it of assignmentsIn(made)) {
    const [target, field] = [it.child('target'), it.child('value')?.unwrapped]
    const callee = field?.kind === 'Call' ? field.child('callee') : undefined
    if (target?.kind !== 'Name' || !field || !callee || !isField(file, callee)) continue
    const column = columnOf(file, target.name.toLowerCase(), field)
    if (column === undefined || column === 'none') continue
    columns.push(column)
    facts.add('modelColumn', { owner: at.name, column }, target)
  }
  const bases: Reference[] = superclassesOf(made).flatMap(it =>
    it.is('Name', 'Member') ? (referenceOf(file, it) ?? []) : [],
  )
  if (bases.length === 0 || isProxy) return
  const own = isAbstract ? undefined : (table ?? `${app}_${at.name.toLowerCase()}`)
  facts.add('tableModel', { name: at.name, table: own, columns, bases, isOpen: false, isOfDjango: true }, at)
}

/** A field of Django's own: others may stand for any number of columns. */
function isField(file: SourceFile, callee: SyntaxNode): boolean {
  return (
    /(Field|ForeignKey)$/.test(callee.text) &&
    /^django\.(db|contrib\.\w+\.db)\.models\b/.test(file.qualifiedName(callee))
  )
}

function metaOf(file: SourceFile, made: SyntaxNode) {
  let table: string | undefined
  let [isAbstract, isProxy] = [false, false]
  for (const it of made.child('body')?.children('statement') ?? []) {
    if (it.kind !== 'Class' || it.child('name')?.name !== 'Meta') continue
    for (const one of assignmentsIn(it)) {
      const [name, value] = [one.child('target')?.name, one.child('value')]
      if (name === 'db_table') table = textIn(file, value)?.toLowerCase().replaceAll('"', '') ?? ''
      if (name === 'app_label') isProxy = true
      if (name === 'abstract') isAbstract = isTrue(file, value)
      // What is not managed is made by somebody else.
      if ((name === 'proxy' && isTrue(file, value)) || (name === 'managed' && !isTrue(file, value)))
        isProxy = true
    }
  }
  return { table, isAbstract, isProxy }
}
