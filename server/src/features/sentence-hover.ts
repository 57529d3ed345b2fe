// Beside a sentence of a team's rules: what it was understood to mean, and code that breaks it and keeps it.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import { describe } from '../rules/natural/describe.ts'
import { type ExampleFile, exampleOf } from '../rules/natural/generated-examples.ts'
import { sentencesIn } from '../rules/natural/rule-file.ts'
import { compileSentence } from '../rules/natural/sentence.ts'
import { slugOf } from '../rules/natural/team-rule.ts'
import unclearRule, { unclear } from '../rules/style/unclear-rule.ts'

export interface SentenceHover {
  readonly at: { readonly start: number; readonly end: number }
  readonly markdown: string
}

/** Undefined where there is no sentence, or one that cannot be read: that is a finding, and says so itself. */
export function sentenceHover(text: string, offset: number, locale: Locale): SentenceHover | undefined {
  const sentence = sentencesIn(text).find(it => it.start <= offset && offset <= it.end)
  const markdown = sentence && sentenceMarkdown(sentence.text, locale)
  return sentence && markdown !== undefined ? { at: sentence, markdown } : undefined
}

/** Undefined when it cannot be read. */
export function sentenceMarkdown(sentence: string, locale: Locale): string | undefined {
  const compiled = compileSentence(sentence)
  if (compiled.kind === 'refused') return undefined
  const say = WORDS[locale]
  const parts = [`**${say.understood}** ${describe(compiled.requirement, locale)}.`]
  const example = exampleOf(compiled.requirement)
  if (example) {
    const { language, breaks, keeps } = example
    parts.push(`${say.breaks(breaks.path)}\n\n${fenced(language, breaks)}`)
    parts.push(`${say.keeps(keeps.path)}\n\n${fenced(language, keeps)}`)
  }
  parts.push(`${say.id} \`own/${slugOf(sentence)}\``)
  return parts.join('\n\n')
}

/** Why a sentence cannot be read, and what could be said instead. */
export function unclearWords(sentence: string, locale: Locale): string {
  const { message, remedy } = unclearRule.explain[locale](unclear(sentence)!)
  return `${message}. ${remedy}`
}

/** Longer ones are cut in the middle: how they begin and end is what tells them apart. */
const MOST_LINES = 14

function fenced(language: CodeLanguage, { text }: ExampleFile): string {
  const lines = text.split('\n').map(it => (it.length > 120 ? `${it.slice(0, 117)}…` : it))
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, 6), '…', ...lines.slice(-4)] : lines
  return `\`\`\`${language}\n${shown.join('\n')}\n\`\`\``
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly understood: string
      readonly breaks: (path: string) => string
      readonly keeps: (path: string) => string
      readonly id: string
    }
  >
> = {
  en: {
    understood: 'Understood as:',
    breaks: path => `This breaks it, in \`${path}\`:`,
    keeps: path => `This keeps it, in \`${path}\`:`,
    id: 'In settings and in comments that silence it, it is called',
  },
  es: {
    understood: 'Se ha entendido:',
    breaks: path => `Esto la incumple, en \`${path}\`:`,
    keeps: path => `Esto la cumple, en \`${path}\`:`,
    id: 'En los ajustes y en los comentarios que la silencian se llama',
  },
}
