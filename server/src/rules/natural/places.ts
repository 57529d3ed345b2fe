// Whether code lies where a sentence speaks of.

import { isTest } from '../../semantics/provenance.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { isInAsync } from '../support/async.ts'
import { loopAround } from '../support/loops.ts'
import { isTestCode } from '../support/test-code.ts'
import type { Place, Scope, Surrounding } from './requirement.ts'

export function isInScope(node: SyntaxNode, file: SourceFile, { inside, outside }: Scope): boolean {
  return inside.every(it => isAt(node, file, it)) && !outside.some(it => isAt(node, file, it))
}

export function isAt(node: SyntaxNode, file: SourceFile, place: Place): boolean {
  switch (place.kind) {
    case 'path':
    case 'layer':
      return isBelow(file.path, place)
    case 'tests':
      return isTestCode(node, file)
    case 'within':
      return isWithin(node, place.what)
  }
}

/** Whether a path lies in the folder, or is the file. */
export function isBelow(path: string, place: Extract<Place, { kind: 'path' | 'layer' }>): boolean {
  if (place.kind === 'layer') {
    const folders = FOLDERS[place.layer] ?? [place.layer]
    return path.split('/').some(it => folders.includes(it.replace(/\.\w+$/, '')))
  }
  const wanted = place.path.replace(/^\.?\//, '')
  if (wanted.includes('*')) return globOf(wanted).test(path)
  return `/${path}${wanted.endsWith('/') ? '/' : ''}`.includes(`/${wanted}`)
}

export function isWithin(node: SyntaxNode, what: Surrounding): boolean {
  switch (what) {
    case 'loop':
      return loopAround(node) !== undefined
    case 'try':
      return isGuarded(node)
    case 'with':
      return node.closest('With', 'WithItem') !== undefined
    case 'catch':
      return node.closest('Catch') !== undefined
    case 'function':
      return node.function !== undefined
    case 'constructor':
      return isConstructor(node.function)
    case 'condition':
      return isInCondition(node)
    case 'class':
      return node.closest('Class', 'Implementation') !== undefined
    case 'async':
      return isInAsync(node)
  }
}

export function isConstructor(fn: SyntaxNode | undefined): boolean {
  return /^(constructor|__init__)$/.test(fn?.child('name')?.name ?? '')
}

/** A test by its own name, and not one of the helpers beside it. */
export function isTestFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return isTest(path) && /^test_|[._-](test|spec|cy)(\.\w+)?$|_tests?(\.\w+)?$/i.test(name)
}

/** The names that a layer's folder has, in either language. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  domain: ['domain', 'dominio'],
  infrastructure: ['infrastructure', 'infraestructura', 'infra'],
  application: ['application', 'aplicacion'],
  presentation: ['presentation', 'presentacion'],
  ui: ['ui', 'interfaz'],
  database: ['database', 'db', 'datos'],
  core: ['core', 'nucleo'],
  api: ['api'],
  services: ['services', 'servicios'],
  controllers: ['controllers', 'controladores'],
  models: ['models', 'modelos'],
  views: ['views', 'vistas'],
}

/** `*` stands for anything in one folder, `**` for folders as well. */
function globOf(glob: string): RegExp {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/?|\*/g, it => (it === '*' ? '[^/]*' : '.*'))
  return new RegExp(`(^|/)${pattern}${glob.endsWith('/') ? '' : '$'}`)
}

/** What is thrown here is caught in the same function. */
function isGuarded(node: SyntaxNode): boolean {
  let child = node
  for (const it of node.ancestors()) {
    if (it.kind === 'Function') return false
    if (it.kind === 'Try' && (child.role === 'body' || child.kind === 'Block')) return true
    child = it
  }
  return false
}

function isInCondition(node: SyntaxNode): boolean {
  let child = node
  for (const it of node.ancestors()) {
    if (child.role === 'condition') return true
    if (it.is('Block', 'Function', 'Module')) return false
    child = it
  }
  return false
}
