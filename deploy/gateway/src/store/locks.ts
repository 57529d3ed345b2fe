// The database's advisory locks that instances take, each for one thing: whoever waits for one waits for nobody who does another.

export const LOCKS = {
  migrate: 7_261_431,
  firstKey: 7_261_432,
  signingKeys: 7_261_433,
  cleaning: 7_261_434,
  pointSearch: 7_261_435,
  teams: 7_261_436,
} as const
