// A plan in words: for a terminal, as Markdown for an issue, as JSON for programs.

import type { Locale } from '@codeant/shared/locale.ts'
import { EASY, MINUTES, type Plan, type PlanStep, type StepSubject } from '../../features/refactoring-plan.ts'
import { type Output, paint } from '../terminal.ts'

export interface ShownPlan extends Plan {
  readonly since: string
  /** Of all steps, so many are shown. */
  readonly shown: readonly PlanStep[]
}

export function planText(out: Output, plan: ShownPlan, locale: Locale): string {
  const say = WORDS[locale]
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
  const say = WORDS[locale]
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

export function planJson({ since, steps, shown, notWorthIt }: ShownPlan): string {
  const constants = { easyPoints: EASY, minutes: MINUTES }
  return `${JSON.stringify({ version: 1, since, constants, steps: shown, more: steps.length - shown.length, notWorthIt }, undefined, 2)}\n`
}

function endOf({ steps, shown, notWorthIt }: ShownPlan, locale: Locale): string[] {
  const say = WORDS[locale]
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

function hoursText(hours: number, locale: Locale): string {
  return `${hours.toLocaleString(locale, { maximumFractionDigits: hours < 10 ? 1 : 0 })} h`
}

interface PlanWords {
  readonly title: (since: string) => string
  readonly what: (about: StepSubject) => string
  readonly and: string
  readonly numbers: (effort: string, saved: string) => string
  readonly columns: readonly string[]
  readonly nothing: string
  readonly more: (count: number) => string
  readonly notWorthIt: (count: number) => string
  readonly honest: string
  readonly formulas: readonly string[]
}

const WORDS: Readonly<Record<Locale, PlanWords>> = {
  en: {
    title: since => `What to do first, by what it saves for an hour of work (changes since ${since})`,
    what(about) {
      switch (about.kind) {
        case 'simplify':
          return `Simplify ${about.functions === 1 ? 'a function' : `${about.functions} functions`}, ${about.points} points above ${EASY}:`
        case 'repair':
          return `Repair ${about.findings === 1 ? 'a finding' : `${about.findings} findings`}${about.fixable > 0 ? ` (${about.fixable} with a fix)` : ''}, ${about.rules.join(', ')}:`
        case 'merge':
          return `Make one function of two copies of ${about.lines} lines, \`${about.name}\`:`
        case 'untie':
          return `Open a circle of imports through ${about.files} files:`
      }
    },
    and: 'and',
    numbers: (effort, saved) => `effort ${effort}, return ${saved}`,
    columns: ['What', 'Where', 'Effort', 'Return', 'Return ='],
    nothing: 'Nothing pays back within that time.',
    more: count => `${count} more: --limit 0`,
    notWorthIt: count =>
      `${count} ${count === 1 ? 'step is' : 'steps are'} left out, as ${count === 1 ? 'it' : 'they'} would take longer than ${count === 1 ? 'it saves' : 'they save'}.`,
    honest:
      'These are estimates that put work in an order, not promises: the return is what is saved if as much time again brings as many changes.',
    formulas: [
      `simplify: return = changes × points above ${EASY} × ${MINUTES.reading} min; effort = points × ${MINUTES.simplifying} min`,
      `merge: return = changes × share of the file that is the copy, of both files, × ${MINUTES.repeating} min; effort = ${MINUTES.merging} min`,
      `untie: return = changes of the files × ${MINUTES.circle} min; effort = ${MINUTES.untying / 60} h`,
      `repair: return = Σ likelihood × hours, once for each rule; effort = ${MINUTES.repairing} min, or ${MINUTES.accepting} with a fix`,
    ],
  },
  es: {
    title: since => `Qué hacer primero, según lo que ahorra por hora de trabajo (cambios desde ${since})`,
    what(about) {
      switch (about.kind) {
        case 'simplify':
          return `Simplificar ${about.functions === 1 ? 'una función' : `${about.functions} funciones`}, ${about.points} puntos por encima de ${EASY}:`
        case 'repair':
          return `Corregir ${about.findings === 1 ? 'un hallazgo' : `${about.findings} hallazgos`}${about.fixable > 0 ? ` (${about.fixable} con corrección)` : ''}, ${about.rules.join(', ')}:`
        case 'merge':
          return `Hacer una función de dos copias de ${about.lines} líneas, \`${about.name}\`:`
        case 'untie':
          return `Abrir un círculo de importaciones entre ${about.files} archivos:`
      }
    },
    and: 'y',
    numbers: (effort, saved) => `esfuerzo ${effort}, retorno ${saved}`,
    columns: ['Qué', 'Dónde', 'Esfuerzo', 'Retorno', 'Retorno ='],
    nothing: 'Nada se amortiza en ese tiempo.',
    more: count => `${count} más: --limit 0`,
    notWorthIt: count =>
      count === 1
        ? 'Se omite 1 paso, porque llevaría más tiempo del que ahorra.'
        : `Se omiten ${count} pasos, porque llevarían más tiempo del que ahorran.`,
    honest:
      'Son estimaciones para ordenar el trabajo, no promesas: el retorno es lo que se ahorra si otro tanto tiempo trae otros tantos cambios.',
    formulas: [
      `simplificar: retorno = cambios × puntos por encima de ${EASY} × ${MINUTES.reading} min; esfuerzo = puntos × ${MINUTES.simplifying} min`,
      `unir copias: retorno = cambios × parte del archivo que es la copia, de ambos archivos, × ${MINUTES.repeating} min; esfuerzo = ${MINUTES.merging} min`,
      `abrir círculos: retorno = cambios de los archivos × ${MINUTES.circle} min; esfuerzo = ${MINUTES.untying / 60} h`,
      `corregir: retorno = Σ probabilidad × horas, una vez por regla; esfuerzo = ${MINUTES.repairing} min, o ${MINUTES.accepting} con corrección`,
    ],
  },
}
