// Which rules the verdicts of people mute in a project, and nobody's settings switched on again.

import type { ProjectSettings } from '@codeant/shared/settings.ts'
import { isMuted } from '../../features/ledger.ts'
import { ruleSettings } from '../../features/report.ts'
import { ledgerOf } from '../../host/node/ledgers.ts'

export function mutedIn(root: string, settings: ProjectSettings): readonly string[] {
  const ledger = ledgerOf(root) ?? new Map()
  return [...ledger]
    .filter(([id, it]) => isMuted(it) && ruleSettings(id, settings).enabled === false)
    .map(([id]) => id)
}
