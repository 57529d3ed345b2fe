// One finding, three readers: composed from the rule's sentences, the concept page and the impact, never stored.

import type { Finding } from '@codeant/shared/finding.ts'
import type { Audience, Locale } from '@codeant/shared/locale.ts'
import { CONCEPTS } from '../rules/concepts.generated.ts'
import type { AnyRule, Words } from '../rules/rule.ts'
import { expectation } from './impact.ts'

export interface Reader {
  readonly locale: Locale
  readonly audience: Audience
}

export function wordsOf(rule: AnyRule, finding: Finding, locale: Locale): Words {
  return rule.explain[locale](finding.data)
}

/** The explanation of a finding as Markdown. */
export function explainFinding(rule: AnyRule, finding: Finding, reader: Reader): string {
  const { message, why, remedy } = wordsOf(rule, finding, reader.locale)
  return compose(rule, `${message}.`, why, remedy, reader)
}

/** The same for a reader who has the message before their eyes. */
export function explainBelowMessage(rule: AnyRule, finding: Finding, reader: Reader): string {
  const { why, remedy } = wordsOf(rule, finding, reader.locale)
  return compose(rule, undefined, why, remedy, reader)
}

function compose(
  rule: AnyRule,
  message: string | undefined,
  why: string,
  remedy: string,
  { locale, audience }: Reader,
): string {
  const say = TEXT[locale]
  if (audience === 'executive') {
    const { likelihood, hours, expectedHours } = expectation(rule.impact)
    const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
    const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(likelihood)
    return [
      `**${say.risk(number.format(expectedHours))}**`,
      say.consequence[categoryOf(rule)],
      why,
      `${say.formula}: ${percent} × ${number.format(hours)} h = ${number.format(expectedHours)} h`,
      say.formulaNote,
      `${say.remedy}: ${remedy}`,
    ].join('\n\n')
  }
  const parts = [...(message ? [`**${message}**`] : []), why, `${say.remedy}: ${remedy}`]
  if (audience === 'junior') {
    const concept = CONCEPTS.find(it => it.id === rule.concept)
    if (concept) parts.push(`### ${concept[locale].title}`, concept[locale].body)
  }
  return parts.join('\n\n')
}

function categoryOf(rule: AnyRule): Category {
  return rule.id.slice(0, rule.id.indexOf('/')) as Category
}

type Category =
  | 'correctness'
  | 'security'
  | 'infrastructure'
  | 'performance'
  | 'design'
  | 'style'
  | 'contracts'
  | 'learned'
  | 'suppressions'
  | 'own'

const TEXT: Readonly<
  Record<
    Locale,
    {
      readonly risk: (hours: string) => string
      readonly formula: string
      readonly formulaNote: string
      readonly remedy: string
      readonly consequence: Readonly<Record<Category, string>>
    }
  >
> = {
  en: {
    risk: hours => `Expected cost if nothing is done: ${hours} hours of work`,
    formula: 'Formula: likelihood × cost of one incident',
    formulaNote:
      'The likelihood is the chance that a finding of this kind is, or becomes, a problem in production; the cost is a developer’s time until such a problem is found, repaired and delivered.',
    remedy: 'What to do',
    consequence: {
      correctness:
        'The product may do something else than intended: a wrong result, a crash, or a feature that never runs.',
      security:
        'An attacker may gain access, steal data or stop the service; this kind of weakness is what audits ask about first.',
      infrastructure:
        'A build, a deployment or a whole environment may fail, or stand open to people who have no business there.',
      performance: 'The product becomes slower or more expensive to run as data and users grow.',
      design: 'Changes to this part take longer and break more often than they should.',
      style: 'Something unfinished or accidental is in the code base and may reach customers.',
      contracts: 'Two parts of the product no longer agree: what a user does on one side fails on the other.',
      learned:
        'A line differs from what such code nearly always says: the product may do something else than intended.',
      suppressions:
        'A known problem was set aside, and nobody can tell any more whether that is still right.',
      own: 'The code breaks a rule that the team has given itself.',
    },
  },
  es: {
    risk: hours => `Coste esperado si no se hace nada: ${hours} horas de trabajo`,
    formula: 'Fórmula: probabilidad × coste de un incidente',
    formulaNote:
      'La probabilidad es la de que un hallazgo de este tipo sea, o llegue a ser, un problema en producción; el coste es el tiempo de desarrollo hasta que ese problema se encuentra, se corrige y se entrega.',
    remedy: 'Qué hacer',
    consequence: {
      correctness:
        'El producto puede hacer algo distinto de lo previsto: un resultado erróneo, una caída o una función que nunca se ejecuta.',
      security:
        'Un atacante puede conseguir acceso, robar datos o detener el servicio; es el tipo de debilidad por el que primero preguntan las auditorías.',
      infrastructure:
        'Puede fallar una compilación, un despliegue o un entorno entero, o quedar abierto a quien no debe entrar.',
      performance:
        'El producto se vuelve más lento o más caro de operar a medida que crecen los datos y los usuarios.',
      design: 'Los cambios en esta parte tardan más y fallan más de lo debido.',
      style: 'Hay algo inacabado o accidental en el código que puede llegar a los clientes.',
      contracts:
        'Dos partes del producto ya no están de acuerdo: lo que alguien hace en un lado falla en el otro.',
      learned:
        'Una línea difiere de lo que casi siempre dice un código así: el producto puede hacer algo distinto de lo previsto.',
      suppressions: 'Se apartó un problema conocido y ya nadie puede saber si eso sigue siendo correcto.',
      own: 'El código incumple una regla que el equipo se ha dado.',
    },
  },
}
