// What a plan says, in both languages: on a terminal, in Markdown, and in the editor.

import type { Locale } from '@codeant/shared/locale.ts'
import { EASY, MINUTES, type StepSubject } from './refactoring-plan.ts'

export function hoursText(hours: number, locale: Locale): string {
  return `${hours.toLocaleString(locale, { maximumFractionDigits: hours < 10 ? 1 : 0 })} h`
}

export interface PlanWords {
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
  readonly hotSpots: {
    readonly title: (since: string) => string
    readonly columns: readonly string[]
    readonly formula: string
    readonly nothing: string
  }
}

export const PLAN_WORDS: Readonly<Record<Locale, PlanWords>> = {
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
    hotSpots: {
      title: since => `Hot spots: what is changed often and hard to follow (changes since ${since})`,
      columns: ['Where', 'Changes', 'Points', 'Heat'],
      formula: `heat = changes × points above ${EASY}, of all functions of the file; points are those of cognitive complexity`,
      nothing: 'No file that changed has a function that is hard to follow.',
    },
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
    hotSpots: {
      title: since => `Puntos calientes: lo que cambia a menudo y cuesta seguir (cambios desde ${since})`,
      columns: ['Dónde', 'Cambios', 'Puntos', 'Calor'],
      formula: `calor = cambios × puntos por encima de ${EASY}, de todas las funciones del archivo; los puntos son de complejidad cognitiva`,
      nothing: 'Ningún archivo que haya cambiado tiene una función difícil de seguir.',
    },
  },
}
