// What one file says that others may have to know: rows without offsets, and beside them the places they were read from.
//
// Rows are plain data, small, and the same as long as the file says the same: typing in a body changes no row. What rows of
// different files have to do with each other is `relations.ts`.

import type { BodyRows } from './rows/bodies.ts'
import type { DescriptionRows } from './rows/descriptions.ts'
import type { ExchangeRows } from './rows/exchanges.ts'
import type { FlagRows } from './rows/flags.ts'
import type { FlowRows } from './rows/flows.ts'
import type { ForeignRows } from './rows/foreign.ts'
import type { GraphqlRows } from './rows/graphql.ts'
import type { ImportRows } from './rows/imports.ts'
import type { LayerRows } from './rows/layers.ts'
import type { NameRows } from './rows/names.ts'
import type { ProtobufRows } from './rows/protobuf.ts'
import type { RequestRows } from './rows/requests.ts'
import type { RouteRows } from './rows/routes.ts'
import type { SettingRows } from './rows/settings.ts'
import type { ShapeRows } from './rows/shapes.ts'
import type { StubRows } from './rows/stubs.ts'
import type { TableRows } from './rows/tables.ts'
import type { TerraformRows } from './rows/terraform.ts'
import type { TopicRows } from './rows/topics.ts'
import type { ValueRows } from './rows/values.ts'

/** By kind. A family of kinds is a file in `rows/`. */
export interface Rows
  extends NameRows,
    DescriptionRows,
    ImportRows,
    LayerRows,
    RouteRows,
    RequestRows,
    ShapeRows,
    SettingRows,
    TopicRows,
    ForeignRows,
    StubRows,
    ExchangeRows,
    TableRows,
    TerraformRows,
    ValueRows,
    FlagRows,
    FlowRows,
    GraphqlRows,
    BodyRows,
    ProtobufRows {}

export type FactKind = keyof Rows

/** Start and end. */
export type Place = readonly [number, number]

/** Of one file. `places[kind][i]` is where `rows[kind][i]` was read. Kinds of which there is nothing are left out. */
export interface FileFacts {
  readonly rows: Partial<Rows>
  readonly places: { readonly [K in FactKind]?: readonly Place[] }
}

export type Row<K extends FactKind> = Rows[K][number]

/** Gathers the facts of one file. */
export class FactWriter {
  readonly #rows: { [K in FactKind]?: Row<K>[] } = {}
  readonly #places: { [K in FactKind]?: Place[] } = {}

  /** Gives the index of the row among those of its kind. */
  add<K extends FactKind>(
    kind: K,
    row: Row<K>,
    at: { readonly start: number; readonly end: number },
  ): number {
    const rows = (this.#rows[kind] ??= []) as Row<K>[]
    rows.push(row)
    const places = (this.#places[kind] ??= []) as Place[]
    places.push([at.start, at.end])
    return rows.length - 1
  }

  get facts(): FileFacts {
    return { rows: this.#rows as Partial<Rows>, places: this.#places }
  }
}
