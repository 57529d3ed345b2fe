// What is shown of an installed pack: how many of its rules run, which do not and why, and who signed it.

import type { Locale } from '@codeant/shared/locale.ts'
import { type Signature, trustedKeys } from '../../host/node/pack-signature.ts'
import type { InstalledPack } from '../../host/node/packs.ts'
import { refusalWords } from '../../patterns/refusal.ts'
import type { Refused } from '../../patterns/rule.ts'
import { load } from '../packs.ts'
import type { Terminal } from '../terminal.ts'
import { PACK_WORDS } from './pack-words.ts'

/** A reason that holds for hundreds of rules is followed by the first names; all are in the JSON of `codeant rules list`. */
const NAMES = 8

export async function loadedText({ files }: InstalledPack, terminal: Terminal): Promise<string> {
  const { locale } = terminal
  const { pack, refused } = await load(files, terminal)
  const lines = [PACK_WORDS[locale].runs(pack.rules.length, refused.length), ...reasons(refused, locale)]
  return lines.map(it => `${it}\n`).join('')
}

export function signatureText(signature: Signature, env: NodeJS.ProcessEnv, locale: Locale): string {
  const say = PACK_WORDS[locale]
  if (signature.state === 'unsigned') return say.unsigned
  if (signature.state === 'wrong') return say.wrongSignature
  const name = trustedKeys(env).get(signature.key)
  return name === undefined ? say.signedByStranger(signature.key) : say.signedBy(name)
}

/** The commonest first. */
function reasons(refused: readonly Refused[], locale: Locale): string[] {
  const byReason = new Map<string, string[]>()
  for (const { id, refusal } of refused) {
    const reason = refusalWords(refusal, locale).replace(/\p{Cc}/gu, ' ')
    const names = byReason.get(reason) ?? []
    names.push(id.replace(/\p{Cc}/gu, ''))
    byReason.set(reason, names)
  }
  return [...byReason]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, names]) => {
      const rest = names.length - NAMES
      const more = rest > 0 ? ` ${PACK_WORDS[locale].andMore(rest)}` : ''
      return `  ${reason}: ${names.slice(0, NAMES).join(', ')}${more}`
    })
}
