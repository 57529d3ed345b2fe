// A sentence of a team as a rule like our own: found by the same engine, shown in the same way, silenced by the same comments.

import { CODE_LANGUAGES } from '@codeant/shared/language.ts'
import type { ConceptId } from '../concepts.ts'
import type { Example } from '../example.ts'
import type { AnyRule, Rule } from '../rule.ts'
import { checkOf, type Data } from './checks.ts'
import { describe } from './describe.ts'
import { type ExampleFile, exampleOf } from './generated-examples.ts'
import type { Requirement } from './requirement.ts'
import { compileSentence } from './sentence.ts'
import { plain, wordsOf } from './words.ts'

/** Undefined when nobody can say what the sentence means. The same sentence is the same rule. */
export function teamRule(sentence: string): AnyRule | undefined {
  const compiled = compileSentence(sentence)
  if (compiled.kind === 'refused') return undefined
  const { requirement } = compiled
  const { kinds, check } = checkOf(requirement)
  const ending = sentence.replace(/[.\s]+$/, '')
  const rule: Rule<Data> = {
    id: `own/${slugOf(sentence)}`,
    severity: 'warning',
    languages: requirement.scope.languages ?? CODE_LANGUAGES,
    // No page of ours teaches what a team decided for itself.
    concept: 'own' as ConceptId,
    impact: { likelihood: 'low', cost: 'hours' },
    check: Object.fromEntries(kinds.map(it => [it, check])),
    explain: {
      en: ({ measured, name }) => ({
        message: `${ending}${detail(name, measured, 'here')}`,
        why: `The team of this project has given itself this rule, in words. It was understood as: ${describe(requirement, 'en')}.`,
        remedy: 'Change the code so that the sentence is true of it, or the sentence where it goes too far.',
      }),
      es: ({ measured, name }) => ({
        message: `${ending}${detail(name, measured, 'aquí')}`,
        why: `El equipo de este proyecto se ha dado esta regla, en palabras. Se ha entendido así: ${describe(requirement, 'es')}.`,
        remedy: 'Cambia el código para que la frase se cumpla, o la frase si va demasiado lejos.',
      }),
    },
    get examples() {
      return examplesOf(requirement)
    },
  }
  return rule
}

/** Made when somebody looks at them. */
function examplesOf(requirement: Requirement): Rule['examples'] {
  const made = exampleOf(requirement)
  if (!made) return { invalid: [], valid: [] }
  const { language } = made
  const example = ({ path, text }: ExampleFile): Example => ({ language, path, text, jsx: false, marks: [] })
  return { invalid: [example(made.breaks)], valid: [example(made.keeps)] }
}

/** Readable in a comment that silences it, and another one for another sentence. */
export function slugOf(sentence: string): string {
  const words = wordsOf(sentence).flatMap(it => plain(it.text).match(/[\p{L}\p{N}_]+/gu) ?? [])
  const slug = words.join('-')
  return slug.length <= LONGEST ? slug : `${slug.slice(0, LONGEST)}-${checksum(sentence)}`
}

const LONGEST = 72

function detail(name: string | undefined, measured: number | undefined, here: string): string {
  const subject = name ? `\`${name}\`` : here
  if (measured !== undefined) return ` (${subject}: ${measured})`
  return name ? ` (${subject})` : ''
}

/** So that two long sentences with the same beginning are two rules. */
function checksum(text: string): string {
  let sum = 0
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) >>> 0
  return sum.toString(36)
}
