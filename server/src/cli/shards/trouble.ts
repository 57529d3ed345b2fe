// Why a step of the shards cannot be done, and whether trying again may help: that decides the exit code.

export class ShardTrouble extends Error {
  override readonly name = 'ShardTrouble'
  readonly again: 'later' | 'never'

  /** The message is for the user. */
  constructor(message: string, again: 'later' | 'never') {
    super(message)
    this.again = again
  }
}
