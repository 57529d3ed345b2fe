// What the files of a workspace have to do with each other. Each relation is computed when somebody asks, and again only when
// rows that it read have changed.

import { type Call, Calls, type UnreadCall } from './calls.ts'
import { type CasePair, casePairsOf } from './casing.ts'
import { type Copy, CopyMemory, divergedCopiesOf } from './copies.ts'
import { pairsOf } from './declared-pairs.ts'
import { type Descriptions, descriptionsOf } from './descriptions.ts'
import { ExchangeRows } from './exchange-rows.ts'
import { type Exchange, Exchanges } from './exchanges.ts'
import type { FactKind } from './facts.ts'
import { type FieldTie, fieldTiesOf } from './field-ties.ts'
import { type Flag, flagsOf } from './flags.ts'
import { type Flow, Flows } from './flows.ts'
import { type ForeignUse, foreignUsesOf } from './foreign.ts'
import { type ForeignExport, foreignExportsOf } from './foreign-exports.ts'
import { type ForeignImport, foreignImportsOf } from './foreign-imports.ts'
import { type GraphqlSchema, graphqlSchemasOf } from './graphql-schemas.ts'
import { type GraphqlUses, graphqlUsesOf } from './graphql-uses.ts'
import { Handlers } from './handlers.ts'
import { type ImportCycle, importCyclesOf } from './import-cycles.ts'
import { type Imports, importsOf } from './imports.ts'
import { type LayerBreach, layerBreachesOf } from './layers.ts'
import { type LimitTwin, limitTwinsOf, takenBy } from './limit-twins.ts'
import { type Link, Links } from './links.ts'
import { type UnmadeColumn, unmadeColumnsOf } from './model-columns.ts'
import { Modules } from './modules.ts'
import { Names, type WholeTable } from './names.ts'
import { type ProtoUse, protoUsesOf } from './protobuf.ts'
import { PythonModules } from './python-modules.ts'
import { RouteIndex } from './route-index.ts'
import { type At, type Route, Routes } from './routes.ts'
import type { Bridge } from './rows/foreign.ts'
import { type Environment, environmentOf } from './settings.ts'
import { Shapes } from './shapes.ts'
import { type Stub, stubsOf } from './stubs.ts'
import { type ColumnUse, type Database, databaseOf, type TableUse } from './tables.ts'
import { type TerraformModule, terraformModulesOf } from './terraform/modules.ts'
import { type Topics, topicsOf } from './topics.ts'
import { Derived, Keyed, Mapped, type Tracker } from './tracked.ts'
import { type TypeTwin, TypeTwins } from './type-twins.ts'
import { enumTwinsOf, type Twins, type ValueTwins, valueTwinsOf } from './values.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'
import { writtenRoutesOf } from './written-paths.ts'

export class Relations {
  readonly #facts: WorkspaceFacts
  readonly #tracker: Tracker
  readonly #derived = new Map<string, Derived<unknown>>()
  readonly #copyMemory = new CopyMemory()
  readonly #mapped = new Map<string, Mapped<object, unknown>>()
  readonly #keyed = new Map<string, Keyed<object, unknown>>()
  readonly #exchangeRows: ExchangeRows

  constructor(facts: WorkspaceFacts) {
    this.#facts = facts
    this.#tracker = facts.tracker
    this.#exchangeRows = new ExchangeRows(facts)
  }

  /** All files that were read, those too that say nothing. */
  get files(): ReadonlySet<string> {
    return this.#facts.paths
  }

  /** Something of these kinds was read where a position is, as of now. */
  hasRowAt(path: string, offset: number, kinds: readonly FactKind[]): boolean {
    const places = this.#facts.unnoted(path)?.places
    return kinds.some(kind => places?.[kind]?.some(([start, end]) => start <= offset && offset <= end))
  }

  get modules(): Modules {
    return this.derive('modules', () => new Modules(this.#facts))
  }

  get names(): Names {
    return this.derive('names', () => new Names(this.modules, this.#facts))
  }

  get imports(): Imports {
    return this.derive('imports', () => importsOf(this.#facts, this.modules))
  }

  get importCycles(): readonly ImportCycle[] {
    return this.derive('importCycles', () => importCyclesOf(this.imports))
  }

  get foreignExports(): WholeTable<ForeignExport> {
    return this.derive('foreignExports', () => foreignExportsOf(this.#facts))
  }

  get foreignUses(): readonly ForeignUse[] {
    return this.derive('foreignUses', () =>
      foreignUsesOf(this.#facts, this.names, this.modules, this.foreignExports, this.pythonModules),
    )
  }

  /** Imports of modules that are written in another language. */
  get foreignImports(): readonly ForeignImport[] {
    return this.derive('foreignImports', () =>
      foreignImportsOf(this.#facts, this.names, this.modules, this.foreignExports),
    )
  }

  get pythonModules(): PythonModules {
    return this.derive(
      'pythonModules',
      () => new PythonModules(this.#facts, this.names, this.modules, this.foreignExports),
    )
  }

  get stubs(): readonly Stub[] {
    return this.derive('stubs', () => stubsOf(this.#facts, this.pythonModules))
  }

  /** A function or class of Rust that is made for another language, by the name that it has there. */
  foreignNamed(bridge: Bridge, name: string): ForeignExport | undefined {
    for (const own of this.foreignExports.values())
      for (const it of own.values()) if (it.bridge === bridge && it.name === name) return it
    return undefined
  }

  get database(): Database {
    return this.derive('database', () => databaseOf(this.#facts, this.names))
  }

  /** Columns that models declare and no migration makes. */
  get unmadeColumns(): readonly UnmadeColumn[] {
    return this.derive('unmade columns', () => unmadeColumnsOf(this.#facts, this.names))
  }

  get layerBreaches(): readonly LayerBreach[] {
    return this.derive('layerBreaches', () => layerBreachesOf(this.#facts, this.imports))
  }

  get routes(): readonly Route[] {
    return this.#allRoutes.all
  }

  /** Routes of whose paths nothing is known. */
  get unreadRoutes(): readonly At[] {
    return this.#allRoutes.unread
  }

  get #allRoutes(): Routes {
    return this.derive('routes by file', () => new Routes(this.#facts, this.names))
  }

  /** What types are behind their names. */
  get shapes(): Shapes {
    return this.derive('shapes', () => new Shapes(this.#facts, this.names))
  }

  /** What answers routes. */
  get handlers(): Handlers {
    return this.derive('handlers', () => new Handlers(this.#facts, this.names, this.shapes))
  }

  get calls(): readonly Call[] {
    return this.derive('calls', () => this.#allCalls.all)
  }

  /** Requests that were read and lead nowhere, with the reason. */
  get unreadCalls(): readonly UnreadCall[] {
    return this.#allCalls.unread
  }

  get #allCalls(): Calls {
    return this.derive('calls by file', () => new Calls(this.#facts, this.names))
  }

  get index(): RouteIndex {
    return this.derive<RouteIndex>('index', before => new RouteIndex(this.routes, before))
  }

  get links(): readonly Link[] {
    return this.derive<Links>('links', before => new Links(this.calls, this.index, before)).all
  }

  /** Routes whose paths constants of other files hold. */
  get writtenRoutes(): ReadonlySet<Route> {
    return this.derive('written routes', () => writtenRoutesOf(this.#facts, this.names, this.index))
  }

  /** Types of one value on both sides of a call. */
  get typeTwins(): readonly TypeTwin[] {
    return this.derive('type twins', () => {
      const { handlers, shapes } = this
      const pairs = (it: Link) => pairsOf(it, this.#exchangeRows, handlers, shapes)
      return new TypeTwins(this.#tracker, shapes, pairs, () => this.links)
    }).all
  }

  /** Fields that are checked before they are sent, and where they arrive. */
  get limitTwins(): readonly LimitTwin[] {
    const taken = () =>
      this.map(
        'types taken',
        () => this.routes,
        (it: Route) => takenBy(it, this.handlers, this.shapes),
      )
    return this.derive('limit twins', () => {
      const { typeTwins, exchanges, shapes } = this
      return limitTwinsOf(this.#facts, { typeTwins, exchanges, taken: taken(), shapes })
    })
  }

  /** Fields that both sides write in another case, where nothing mends it. */
  get casePairs(): readonly CasePair[] {
    return this.derive('case pairs', () => casePairsOf(this.#facts, this.typeTwins))
  }

  /** Values of strangers that reach what may do harm, by way of more than one file. */
  get flows(): readonly Flow[] {
    return this.derive('flows', () => new Flows(this.#facts, this.names, this.shapes, () => this.links)).all
  }

  /** What calls send and read, where it is known which route answers. */
  get exchanges(): readonly Exchange[] {
    return this.derive('exchanges', () => {
      const { names, handlers, shapes } = this
      return new Exchanges(this.#facts, names, handlers, shapes, this.#exchangeRows, () => this.links)
    }).all
  }

  /** Fields of what answers, with all that the other side says of them. */
  get fieldTies(): readonly FieldTie[] {
    return this.derive('field ties', () => fieldTiesOf(this.typeTwins, this.exchanges, this.shapes))
  }

  get descriptions(): Descriptions {
    return this.derive('descriptions', () => descriptionsOf(this.#facts, this.index))
  }

  get environment(): Environment {
    return this.derive('environment', () => environmentOf(this.#facts))
  }

  /** Switches of features, by their keys. */
  get flags(): ReadonlyMap<string, Flag> {
    return this.derive('flags', () => flagsOf(this.#facts))
  }

  get topics(): Topics {
    return this.derive('topics', () => topicsOf(this.#facts, this.names))
  }

  get valueTwins(): readonly ValueTwins[] {
    return this.derive('valueTwins', () => valueTwinsOf(this.#facts))
  }

  get enumTwins(): readonly Twins<readonly (string | number)[]>[] {
    return this.derive('enumTwins', () => enumTwinsOf(this.#facts))
  }

  get graphqlSchemas(): readonly GraphqlSchema[] {
    return this.derive('graphqlSchemas', () => graphqlSchemasOf(this.#facts))
  }

  get graphqlUses(): GraphqlUses {
    return this.derive('graphqlUses', () => graphqlUsesOf(this.#facts, this.graphqlSchemas))
  }

  /** Functions that are copies but for one place. */
  get divergedCopies(): readonly Copy[] {
    return this.derive('diverged copies', () => divergedCopiesOf(this.#facts, this.#copyMemory))
  }

  get protoUses(): readonly ProtoUse[] {
    return this.derive('protoUses', () => protoUsesOf(this.#facts))
  }

  get terraformModules(): readonly TerraformModule[] {
    return this.derive('terraformModules', () => terraformModulesOf(this.#facts))
  }

  /**
   * Something made of relations, by a name of its own: computed again when one that it read has changed. What it was before may
   * be used to find the answer sooner, not to find another one.
   */
  derive<T>(name: string, compute: (before: T | undefined) => T): T {
    let known = this.#derived.get(name)
    if (!known) {
      known = new Derived<unknown>(this.#tracker, before => compute(before as T | undefined))
      this.#derived.set(name, known)
    }
    return this.#tracker.read(known) as T
  }

  /** Something made of one thing of a relation, by a name of its own; who asks depends on what was made of this thing only. */
  each<K extends object, T>(name: string, thing: K, compute: (thing: K) => T): T {
    let known = this.#keyed.get(name)
    if (!known) {
      known = new Keyed<object, unknown>(this.#tracker, it => compute(it as K))
      this.#keyed.set(name, known)
    }
    return known.get(thing) as T
  }

  /** Something made of each thing of a list, by a name of its own: see `Mapped`. */
  map<In extends object, Out>(
    name: string,
    source: () => readonly In[],
    compute: (it: In) => readonly Out[],
  ): readonly Out[] {
    let known = this.#mapped.get(name)
    if (!known) {
      known = new Mapped<object, unknown>(this.#tracker, source, it => compute(it as In))
      this.#mapped.set(name, known)
    }
    return this.#tracker.read(known) as readonly Out[]
  }
}

/** What rules are asked about one at a time, and where all of it is. */
export const RELATED = {
  enumTwins: (it: Relations) => it.enumTwins,
  flag: (it: Relations) => [...it.flags.values()],
  flow: (it: Relations) => it.flows,
  importCycle: (it: Relations) => it.importCycles,
  layerBreach: (it: Relations) => it.layerBreaches,
  describedRoute: (it: Relations) => it.descriptions.routes,
  exchange: (it: Relations) => it.exchanges,
  link: (it: Relations) => it.links,
  route: (it: Relations) => it.routes,
  topic: (it: Relations) => it.topics.all,
  variable: (it: Relations) => it.environment.variables,
  typeTwin: (it: Relations) => it.typeTwins,
  limitTwin: (it: Relations) => it.limitTwins,
  casePair: (it: Relations) => it.casePairs,
  foreignUse: (it: Relations) => it.foreignUses,
  stub: (it: Relations) => it.stubs,
  tableUse: (it: Relations): readonly TableUse[] => it.database.tableUses,
  columnUse: (it: Relations): readonly ColumnUse[] => it.database.columnUses,
  unmadeColumn: (it: Relations) => it.unmadeColumns,
  valueTwins: (it: Relations) => it.valueTwins,
  protoUse: (it: Relations) => it.protoUses,
  graphqlField: (it: Relations) => it.graphqlUses.fields,
  graphqlType: (it: Relations) => it.graphqlUses.types,
  terraformModule: (it: Relations) => it.terraformModules,
  divergedCopy: (it: Relations) => it.divergedCopies,
} satisfies Record<string, (relations: Relations) => readonly unknown[]>

/**
 * Of what there are many: the files in which its ends stand, in the order in which one is made of the other. What is told of an
 * open file is mostly found by those that have an end in it.
 */
export const ENDS: { readonly [K in keyof Related]?: (it: Related[K]) => readonly (string | undefined)[] } = {
  link: ({ call, route }) => [call.file, route?.file],
  exchange: ({ call, route, handler }) => [call.file, route.file, handler.at.file],
  typeTwin: ({ link, here, there }) => [link.call.file, here.file, there.file],
}

export type Related = { readonly [K in keyof typeof RELATED]: ReturnType<(typeof RELATED)[K]>[number] }
