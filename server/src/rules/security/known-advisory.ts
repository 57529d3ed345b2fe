/** A version of a package of which a hole is publicly known. */

import { at, fixes, json, text, yaml } from '../example.ts'
import { type AnyRule, defineRule, type TextFile } from '../rule.ts'
import { type Advisories, affects } from '../support/advisories/advisory.ts'
import { type PinnedPackages, pinnedPackages } from '../support/advisories/pinned-packages.ts'
import { compareVersions, packageKey } from '../support/advisories/versions.ts'

const rule = defineRule<{
  readonly name: string
  readonly version: string
  readonly fixed: string
  readonly ids: readonly string[]
  readonly summary: string
}>({
  id: 'security/known-advisory',
  severity: 'warning',
  languages: ['json', 'yaml', 'text'],
  cwe: [1395],
  concept: 'supply-chain',
  impact: { likelihood: 'medium', cost: 'days' },
  needles: ['ersion', '==', 'ependencies', 'packages:'],

  check: { Text: () => undefined },

  explain: {
    en: ({ name, version, fixed, ids, summary }) => ({
      message: `\`${name}\` ${version} has a known hole: ${shown(ids)}`,
      why: `${summary ? `${summary.replace(/\.$/, '')}. ` : ''}Everybody can read how it is used, and programs look for it.`,
      remedy: fixed
        ? `Go to ${fixed} or later.`
        : 'No version without it is known: look for another package, or read whether your use of it is affected.',
      fix: `Write ${fixed}`,
    }),
    es: ({ name, version, fixed, ids, summary }) => ({
      message: `\`${name}\` ${version} tiene un agujero conocido: ${shown(ids)}`,
      why: `${summary ? `${summary.replace(/\.$/, '')}. ` : ''}Cualquiera puede leer cómo se aprovecha, y hay programas que lo buscan.`,
      remedy: fixed
        ? `Pasa a la ${fixed} o una posterior.`
        : 'No se conoce ninguna versión sin él: busca otro paquete o lee si te afecta el uso que haces.',
      fix: `Escribir ${fixed}`,
    }),
  },

  // With the advisories of `test/unit/advisories.test.ts`; without an archive the rule says nothing.
  examples: {
    invalid: [
      fixes(
        at('package.json', json`{ "dependencies": { "left-shop": "«1.2.0»", "right-shop": "^1.2.0" } }`),
        at('package.json', json`{ "dependencies": { "left-shop": "1.2.4", "right-shop": "^1.2.0" } }`),
      ),
      fixes(
        at(
          'requirements.txt',
          text`
            Py_Shop[extra]==«2.0rc1» ; python_version > "3.8"
            other==1.0
          `,
        ),
        at(
          'requirements.txt',
          text`
            Py_Shop[extra]==2.0.1 ; python_version > "3.8"
            other==1.0
          `,
        ),
      ),
      at(
        'pnpm-lock.yaml',
        yaml`
          lockfileVersion: '9.0'
          packages:
            left-shop@«1.2.0»:
              resolution: { integrity: a }
        `,
      ),
    ],
    valid: [
      at('package.json', json`{ "dependencies": { "left-shop": "1.2.4" } }`),
      at('requirements.txt', text`py-shop==2.0.1`),
      at(
        'pnpm-lock.yaml',
        yaml`
          packages:
            left-shop@1.3.0:
              resolution: { integrity: a }
        `,
      ),
    ],
  },
})

export default rule

/** The rule for who has an archive: the same in the editor, on the command line and in CI. */
export function withAdvisories(advisories: Advisories): typeof rule {
  return { ...rule, check: { Text: file => known(advisories, file) } }
}

/** Among all rules, this one with what is known. */
export function rulesWith(rules: readonly AnyRule[], advisories: Advisories | undefined): readonly AnyRule[] {
  return advisories ? rules.map(it => (it.id === rule.id ? withAdvisories(advisories) : it)) : rules
}

function* known(advisories: Advisories, { path, text }: TextFile) {
  const pinned = pinnedPackages(path, text)
  if (!pinned) return
  for (const { name, version, start, end } of pinned.packages) {
    const found = holesOf(advisories, pinned, name, version)
    if (!found) continue
    const { ids, fixed, summary } = found
    yield {
      at: { start, end },
      data: { name, version, fixed, ids, summary },
      ...(pinned.isManifest &&
        fixed && { fix: { safety: 'unsafe' as const, edits: () => [{ start, end, newText: fixed }] } }),
    }
  }
}

/** All that is known of one version, and the first version that has none of it. */
function holesOf(advisories: Advisories, { ecosystem }: PinnedPackages, name: string, version: string) {
  const all = advisories
    .of(ecosystem, packageKey(ecosystem, name))
    .flatMap(it => affects(ecosystem, it, version) ?? [])
  const [first] = all
  if (!first) return undefined
  const isFixed = all.every(it => it.fixed !== undefined)
  const fixed = all.map(it => it.fixed ?? '').sort((a, b) => compareVersions(ecosystem, a, b) ?? 0)
  return {
    ids: [...new Set(all.map(it => it.advisory.alias ?? it.advisory.id))],
    fixed: isFixed ? fixed.at(-1)! : '',
    summary: all.length === 1 ? (first.advisory.summary ?? '') : '',
  }
}

function shown(ids: readonly string[]): string {
  return ids.length <= MOST_IDS
    ? ids.join(', ')
    : `${ids.slice(0, MOST_IDS).join(', ')} + ${ids.length - MOST_IDS}`
}

const MOST_IDS = 3
