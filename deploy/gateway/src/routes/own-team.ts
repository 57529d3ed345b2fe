// A path that names a team: there is only the caller's own. That others exist is told to nobody.

import { Refusal } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'

export function mustBeOwn(caller: Caller, team: string): void {
  if (team !== caller.tenant) throw new Refusal('not-found')
}
