// What one file says of functions that are called from another language without a network, and of such calls.

import type { Reference } from './names.ts'

/** How one language calls the other. */
export const BRIDGES = ['pyo3', 'tauri', 'wasm-bindgen', 'napi', 'c'] as const
export type Bridge = (typeof BRIDGES)[number]
/** Those that make modules of JavaScript. */
export type ScriptBridge = Extract<Bridge, 'wasm-bindgen' | 'napi'>

/** Of a Rust package, or of a Python one that is built from Rust. */
export interface CrateRow {
  /** As Rust files write it: `my_crate`; empty where only the names of modules are told. */
  readonly name: string
  /** The file at its root, from the folder of the manifest; undefined: `src/lib.rs`. */
  readonly root: string | undefined
  /** The Python module that is made of it: `package._core`. */
  readonly pythonModule?: string
  /** Where the manifest of the crate lies, from the folder of this file, when this one is not it. */
  readonly manifest?: string
  /** As Cargo.toml writes it, where that is not the name: `my-crate`. */
  readonly package?: string
  /** Crates that become part of it, by their names in Rust. */
  readonly dependencies?: readonly string[]
}

/** What callers may give, by the names that they use. */
export interface ForeignParameter {
  readonly name: string
  readonly isOptional: boolean
  /** `rest`: as many as one likes; `keywords`: any names. */
  readonly kind: 'any' | 'positional' | 'keyword' | 'rest' | 'keywords'
}

/** Something that another language may call; its place is its name. */
export interface ForeignExportRow {
  readonly bridge: Bridge
  /** What the other language calls it: `scale`, `Counter`; of a member `add`. */
  readonly name: string
  /** What it is called in this file: `math.scale`. */
  readonly inCode: string
  readonly kind: 'function' | 'class' | 'method' | 'static' | 'constructor' | 'property' | 'value' | 'type'
  /** The type that it is a member of, by its name in the code. */
  readonly owner?: string
  /** Undefined where nobody can tell. */
  readonly parameters: readonly ForeignParameter[] | undefined
}

/** A file hands out more to another language than its rows tell, as macros do. */
export interface ForeignOpeningRow {
  readonly bridge: Bridge
}

/** A file that a tool has written to load what was built from Rust. */
export interface LoaderRow {
  readonly bridge: ScriptBridge
  /** What the built code is called, where the file says so: `geo` for `geo_bg.wasm`. */
  readonly built?: string
}

/** What a package.json says of code that is built from Rust. */
export interface NativePackageRow {
  /** What it is imported by; empty where it has no name. */
  readonly name: string
  /** The file that whoever imports it gets, from the folder of the manifest. */
  readonly main: string
  /** napi-rs is set up in it. */
  readonly isNapi: boolean
  /** What its scripts build. */
  readonly builds: readonly NativeBuild[]
  /** Packages that lie in the workspace, by their names: `file:../geo/pkg`; an empty folder: wherever they are. */
  readonly local: readonly (readonly [name: string, folder: string])[]
}

export interface NativeBuild {
  readonly bridge: ScriptBridge
  /** The file that JavaScript loads, from the folder of the manifest and without its extension; a folder ends with `/`. */
  readonly into: string
  /** The folder of the crate, from that of the manifest; undefined: nobody says. */
  readonly crate: string | undefined
}

/** What a module hands out that Python may import: `#[pymodule]`, and functions that fill one. */
export interface ForeignModuleRow {
  /** What the other language calls it; undefined for a function that only fills a module that it is given. */
  readonly name: string | undefined
  readonly inCode: string
  readonly items: readonly ForeignItem[]
  /** It may hold more than its items: some of its code was not understood. */
  readonly isOpen: boolean
}

export type ForeignItem =
  /** A function or a class with attributes of its own. */
  | { readonly kind: 'export'; readonly of: Reference; readonly as?: string }
  /** Some value by a name. */
  | { readonly kind: 'value'; readonly name: string }
  /** Another function that fills the same module. */
  | { readonly kind: 'filledBy'; readonly of: Reference }

/** Commands that an application answers: `generate_handler![save, files::load]`. */
export interface RegistrationRow {
  readonly bridge: Bridge
  readonly of: readonly Reference[]
}

/** What is written between the parentheses of a call. */
export interface GivenArguments {
  readonly positional: number
  /** Names, or keys of the object that stands for them. */
  readonly names: readonly string[]
  /** There may be more, by a spread or a variable. */
  readonly isOpen: boolean
}

/** A name of another language, imported or called; its place is that name, or the text that tells it. */
export interface ForeignUseRow {
  /** `script`: a module of JavaScript that may be built from Rust. */
  readonly bridge: Bridge | 'script'
  /** Where it comes from; for a command, the function that asks for it when that is one of the project's own. */
  readonly of: Reference
  /** What a command is called. */
  readonly command?: string
  /** The last of the names is a member of what the others make: `counter.add` after `counter = Counter()`. */
  readonly isMember?: boolean
  /** Undefined where it is only named. */
  readonly arguments: GivenArguments | undefined
  /** Compilers leave it out: it is there as a type only. */
  readonly isType?: boolean
}

/** A function that passes on the name of a command that it is given. */
export interface CommandWrapperRow {
  readonly name: string
}

export interface ForeignRows {
  readonly crate: readonly CrateRow[]
  readonly foreignExport: readonly ForeignExportRow[]
  readonly foreignOpening: readonly ForeignOpeningRow[]
  readonly loader: readonly LoaderRow[]
  readonly nativePackage: readonly NativePackageRow[]
  readonly foreignModule: readonly ForeignModuleRow[]
  readonly registration: readonly RegistrationRow[]
  readonly foreignUse: readonly ForeignUseRow[]
  readonly commandWrapper: readonly CommandWrapperRow[]
}
