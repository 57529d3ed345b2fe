// A plan in words: for a terminal, as Markdown for an issue, as JSON for programs.

import type { Locale } from '@codeant/shared/locale.ts'
import { hoursText, PLAN_WORDS } from '../../features/plan-words.ts'
import { EASY, MINUTES, type Plan, type PlanStep } from '../../features/refactoring-plan.ts'
import { type Output, paint } from '../terminal.ts'

export interface ShownPlan extends Plan {
  readonly since: string
  /** Of all steps, so many are shown. */
  readonly shown: readonly PlanStep[]
}

export function planText(out: Output, plan: ShownPlan, locale: Locale): string {
  const say = PLAN_WORDS[locale]
  const lines = [paint(out, 'bold', say.title(plan.since)), '']
  for (const [i, step] of plan.shown.entries()) {
    const [first, ...others] = step.places
    lines.push(
      `${String(i + 1).padStart(3)}. ${paint(out, 'bold', say.what(step.about))} ${placeText(first)}`,
      ...(step.about.kind === 'merge' || step.about.kind === 'untie' ? others.slice(0, 5) : []).map(
        it => `     ${say.and} ${placeText(it)}`,
      ),
      `     ${say.numbers(hoursText(step.effortHours, locale), hoursText(step.returnHours, locale))} ${paint(out, 'gray', `= ${step.formula}`)}`,
    )
  }
  lines.push('', ...endOf(plan, locale), '')
  return lines.join('\n')
}

export function planMarkdown(plan: ShownPlan, locale: Locale): string {
  const say = PLAN_WORDS[locale]
  const lines = [
    `## ${say.title(plan.since)}`,
    '',
    `| # | ${say.columns.join(' | ')} |`,
    `|--:|${say.columns.map((_, i) => (i === 2 || i === 3 ? '--:' : '---')).join('|')}|`,
  ]
  for (const [i, { about, places, effortHours, returnHours, formula }] of plan.shown.entries()) {
    const where = places.slice(0, about.kind === 'merge' ? 2 : 1).map(it => `\`${placeText(it)}\``)
    const cells = [
      say.what(about).replace(/:$/, ''),
      where.join(', '),
      hoursText(effortHours, locale),
      hoursText(returnHours, locale),
      formula,
    ]
    lines.push(`| ${i + 1} | ${cells.map(it => it.replaceAll('|', '\\|')).join(' | ')} |`)
  }
  lines.push('', endOf(plan, locale).join('\n\n'), '')
  return lines.join('\n')
}

export function planJson({ since, steps, shown, notWorthIt, hotSpots }: ShownPlan): string {
  const constants = { easyPoints: EASY, minutes: MINUTES }
  return `${JSON.stringify({ version: 1, since, constants, steps: shown, more: steps.length - shown.length, notWorthIt, hotSpots }, undefined, 2)}\n`
}

function endOf({ steps, shown, notWorthIt }: ShownPlan, locale: Locale): string[] {
  const say = PLAN_WORDS[locale]
  const rest = steps.length - shown.length
  return [
    ...(steps.length === 0 ? [say.nothing] : []),
    ...(rest > 0 ? [say.more(rest)] : []),
    ...(notWorthIt > 0 ? [say.notWorthIt(notWorthIt)] : []),
    say.honest,
    ...say.formulas,
  ]
}

function placeText(place: PlanStep['places'][number] | undefined): string {
  return place ? `${place.path}:${place.line}` : ''
}
