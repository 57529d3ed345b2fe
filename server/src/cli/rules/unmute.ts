// `codeant rules unmute`: a rule that was muted speaks again, and stays so whatever else is said of it.

import { withKept } from '../../features/ledger.ts'
import { keepLedger, ledgerOf } from '../../host/node/ledgers.ts'
import { UsageError } from '../arguments.ts'
import { EXIT } from '../command.ts'
import { projectRoot } from '../packs.ts'
import type { Terminal } from '../terminal.ts'
import { AUDIT_WORDS } from './audit-words.ts'

export function unmuteRules(ids: readonly string[], terminal: Terminal): number {
  const { out, cwd, locale } = terminal
  const say = AUDIT_WORDS[locale]
  if (ids.length === 0) throw new UsageError(say.whichRule)
  const root = projectRoot(cwd, terminal)
  let ledger = ledgerOf(root) ?? new Map()
  for (const id of ids) {
    const next = withKept(ledger, id)
    if (!next) throw new UsageError(say.neverJudged(id))
    ledger = next
  }
  keepLedger(root, ledger)
  for (const id of ids) out.write(`${say.unmuted(id)}\n`)
  return EXIT.ok
}
