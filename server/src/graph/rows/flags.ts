// Switches that turn features on and off: where code asks for one by its key, and where keys are declared.

/** A key that is written out; its place is that text. */
export interface FlagRow {
  readonly key: string
  readonly role: 'asks' | 'declares'
}

export interface FlagRows {
  readonly flag: readonly FlagRow[]
}
