// What one file says of the variables of the environment: which it reads, and which it sets. Names only: a value may be a secret,
// and is neither kept nor looked at.

/** What happens where nobody sets a variable. */
export type Absence =
  /** The program stops: `os.environ["KEY"]`, `env::var("KEY").unwrap()`, a required field of settings. */
  | 'fails'
  /** There is a default, or the code asks whether it is there. */
  | 'handled'
  | 'unknown'

export interface EnvironmentReadRow {
  /** As it is written; keys of `BaseSettings`, which takes any case, in upper case. */
  readonly key: string
  readonly absence: Absence
  /** Who knows it: the process, or the bundler that builds the code of a page (`import.meta.env`). */
  readonly from: 'process' | 'bundler'
  /** It runs in a browser, as the file says: `"use client"`. */
  readonly isClient?: true
}

/** A function that reads the variable whose name it is given. */
export interface EnvironmentReaderRow {
  readonly name: string
}

/** A call with what looks like the name of a variable: a read, if `callee` turns out to be a reader. */
export interface EnvironmentCallRow {
  readonly callee: string
  readonly key: string
}

/** All that a file writes in the manner of names of variables: somebody may read those. */
export interface EnvironmentMentionRow {
  readonly keys: readonly string[]
}

/** Reads variables whose names nobody can tell: all of them, or those that begin so. */
export interface EnvironmentSweepRow {
  readonly prefix: string
}

export type SettingPlace =
  /** `.env`, `.env.production` */
  | 'values'
  /** `.env.example`: what whoever installs the program is told to set. */
  | 'example'
  | 'compose'
  | 'image'
  /** Kubernetes, workflows, other settings of tools. */
  | 'manifest'
  | 'script'
  /** `os.environ["KEY"] = …`, `process.env.KEY = …` */
  | 'code'
  /** `define` of Vite, `env` of Next: a bundler puts it in. */
  | 'bundler'
  /** `interface ImportMetaEnv { readonly VITE_KEY: string }` */
  | 'types'

export interface EnvironmentSettingRow {
  readonly key: string
  readonly in: SettingPlace
  /** It is written in a comment, as optional keys are in examples. */
  readonly isComment?: true
}

/** What the settings of a bundler say of variables: which ones it hands to browsers. */
export interface BundlerRow {
  readonly tool: 'vite' | 'next'
  /** `envPrefix`: what the keys begin with, instead of `VITE_`. */
  readonly prefixes: readonly string[]
  /** It hands over others that nobody can tell: a computed `define`, a plugin. */
  readonly isOpen: boolean
  /** A program that calls a bundler: which files it builds nobody can tell. */
  readonly isScript?: true
}

export interface SettingRows {
  readonly environmentRead: readonly EnvironmentReadRow[]
  readonly environmentReader: readonly EnvironmentReaderRow[]
  readonly environmentCall: readonly EnvironmentCallRow[]
  readonly environmentMention: readonly EnvironmentMentionRow[]
  readonly environmentSweep: readonly EnvironmentSweepRow[]
  readonly environmentSetting: readonly EnvironmentSettingRow[]
  readonly bundler: readonly BundlerRow[]
}
