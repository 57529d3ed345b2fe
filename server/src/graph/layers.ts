// Imports that point up in the declared layers of a project.

import ignore, { type Ignore } from 'ignore'
import type { Import, Imports } from './imports.ts'
import { folderOf } from './modules.ts'
import type { At } from './routes.ts'
import type { LayerRow } from './rows/layers.ts'
import { placeIn, type WorkspaceFacts } from './workspace-facts.ts'

export interface LayerBreach {
  readonly import: Import
  /** The lower layer, whose file imports one of the upper. */
  readonly from: DeclaredLayer
  readonly to: DeclaredLayer
}

export interface DeclaredLayer {
  readonly row: LayerRow
  /** In the settings. */
  readonly at: At
}

interface Architecture {
  /** The settings' own folder. */
  readonly folder: string
  /** From top to bottom. */
  readonly layers: readonly (DeclaredLayer & { readonly files: Ignore })[]
}

export function layerBreachesOf(facts: WorkspaceFacts, imports: Imports): LayerBreach[] {
  const all = architecturesIn(facts)
  return all.length === 0 ? [] : imports.all.flatMap(it => breachOf(it, all) ?? [])
}

/** The nearest settings that declare layers come first. */
function architecturesIn(facts: WorkspaceFacts): Architecture[] {
  return facts
    .rows('layer')
    .map(({ path, rows }) => ({
      folder: folderOf(path),
      layers: rows.map((row, i) => ({
        ...{ row, at: placeIn(facts, path, 'layer', i) },
        files: ignore().add([...row.files]),
      })),
    }))
    .sort((a, b) => b.folder.length - a.folder.length)
}

function breachOf(it: Import, all: readonly Architecture[]): LayerBreach | undefined {
  // A module of Rust is made of its parts, whatever they are.
  if (it.kind === 'part') return undefined
  const architecture = all.find(({ folder }) => inside(folder, it.file) !== undefined)
  const from = architecture && layerOf(architecture, it.file)
  const to = architecture && layerOf(architecture, it.to)
  if (!from || !to) return undefined
  const isUpwards = architecture.layers.indexOf(to) < architecture.layers.indexOf(from)
  return isUpwards && !from.row.may.includes(to.row.name) ? { import: it, from, to } : undefined
}

/** The first that says so. */
function layerOf({ folder, layers }: Architecture, file: string) {
  const path = inside(folder, file)
  return path === undefined ? undefined : layers.find(it => it.files.ignores(path))
}

function inside(folder: string, file: string): string | undefined {
  if (folder === '') return file
  return file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : undefined
}
