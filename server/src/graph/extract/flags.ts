// Features that code asks about by their keys: LaunchDarkly, Unleash, OpenFeature, GrowthBook, Flagsmith, PostHog and what is
// called like them; and files that declare such keys.

import { calleeName, keyText, positional } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { FactWriter } from '../facts.ts'

export function extractFlags(file: SourceFile, facts: FactWriter): void {
  if (file.isTest || !MAY_ASK.test(file.tree.text)) return
  const isOfLibrary = LIBRARY.test(file.tree.text)
  for (const call of file.root.descendants('Call')) {
    const name = calleeName(call)
    if (!OWN_NAME.test(name) && !(isOfLibrary && COMMON_NAME.test(name))) continue
    // Rust's clients are told for whom first.
    const key = positional(call)
      .slice(0, file.language === 'rust' ? 2 : 1)
      .find(it => it.kind === 'String')
    const text = key && keyText(key)
    if (key && text && isKey(text)) facts.add('flag', { key: text, role: 'asks' }, key)
  }
}

const MAY_ASK = /[fF]eature|[fF]lag|[vV]ariation|unleash|growthbook|openfeature/
const LIBRARY =
  /launchdarkly|ldclient|unleash|growthbook|openfeature|flagsmith|posthog|flipt|flagd|configcat/i
/** Nothing else is called so. */
const OWN_NAME =
  /^(use)?(is|has|get|are)?_?(feature|flag)s?_?(flag|toggle)?_?(is_?)?(on|enabled|value|payload|variant\w*)$|^(is|has)_?feature(_?enabled)?$|^(get|use)_?feature(_?flag)?(_?(payload|result|value|enabled|variant\w*))?$|^(bool|string|int|float|json|number|str)_?variation(_?detail)?$|^get_?(boolean|string|number|object|integer|float)_?(value|details)$|^use(Boolean|String|Number|Object)Flag(Value|Details)$/i
/** Asked of one of those libraries alone. */
const COMMON_NAME =
  /^(variation(_?detail)?|is_?enabled|get_?variant|use_?variant|is_?on|is_?off|use_?flag|feature|eval_?feature|get_?treatment)$/i

function isKey(text: string): boolean {
  return /^[A-Za-z][\w.:/-]{2,80}$/.test(text)
}

/** `feature-flags.json`, `flags.yaml`: the keys at the top, or below `flags`. */
export function extractFlagFile(text: string, facts: FactWriter): void {
  if (text.length > MOST_CHARACTERS) return
  const lines = [...text.matchAll(/^([ \t]*)(?:- +(?:key|name): *)?["']?([\w.:/-]+)["']?[ \t]*(:|$)/gm)]
  const depths = lines.map(it => it[1]!.replaceAll('\t', '  ').length)
  const around = lines.findIndex(it => AROUND.test(it[2]!))
  const from = around === -1 ? 0 : around + 1
  const depth = depths[from]
  for (const [i, it] of lines.entries()) {
    if (i < from) continue
    if (depth === undefined || depths[i]! < depth) return
    if (depths[i] !== depth || !isKey(it[2]!) || it[2]!.startsWith('$')) continue
    const start = it.index + it[0].indexOf(it[2]!, it[1]!.length)
    facts.add('flag', { key: it[2]!, role: 'declares' }, { start, end: start + it[2]!.length })
  }
}

export const FLAG_FILE = /(^|\/)\.?(feature[-_]?)?(flags?|toggles?|features)(\.\w+)?\.(json|ya?ml)$/i
/** Longer ones are data. */
const MOST_CHARACTERS = 100_000
const AROUND = /^(flags|features|toggles|featureFlags|feature_flags|flagValues)$/
