// What the rules share whose findings come from the bug finder: the data of a finding, and the words for how sure it is.

/** What `features/learned/findings.ts` puts into a finding. */
export interface LearnedData {
  readonly [field: string]: string | number
  /** What stands there. */
  readonly name: string
  /** What the model would rather see. */
  readonly instead: string
  /** The text that would replace what is underlined. */
  readonly put: string
  /** How much likelier the other is than that nothing is wrong, as the model sees it. */
  readonly times: number
  /** Of such findings on code that it had never seen, how many of a hundred were worth a look; 0: not known. */
  readonly worth: number
  /** What else speaks for it (`features/learned/evidence.ts`), or ''. */
  readonly evidence: string
  /**
   * `second`: the model of this machine was not sure, and another one at the team's endpoint says the same. `instead`: only the
   * endpoint could answer. Else ''.
   */
  readonly opinion: string
}

export function howSureEn({ times, worth, evidence, instead, opinion }: LearnedData): string {
  const known =
    worth > 0
      ? ` When we read such findings on code that it had never seen, ${worth} of 100 were worth a look.`
      : ' How often it is right with this kind of bug in this language has not been measured yet.'
  if (opinion === 'second')
    return `${EVIDENCE_EN[evidence]?.(instead) ?? ''}The model on your machine suspected this without being sure. Another model, at your team’s endpoint, says the same and holds it to be ${ratio(times)} times as likely as that nothing is wrong in the function.`
  return `${EVIDENCE_EN[evidence]?.(instead) ?? ''}A model ${opinion ? 'at your team’s endpoint' : 'on your machine'}, which has read the functions of many repositories, holds this to be ${ratio(times)} times as likely as that nothing is wrong in the function.${known}`
}

export function howSureEs({ times, worth, evidence, instead, opinion }: LearnedData): string {
  const known =
    worth > 0
      ? ` Al leer avisos como este en código que no había visto nunca, ${worth} de cada 100 merecían una mirada.`
      : ' Aún no se ha medido cuántas veces acierta con este tipo de error en este lenguaje.'
  if (opinion === 'second')
    return `${EVIDENCE_ES[evidence]?.(instead) ?? ''}El modelo de tu máquina lo sospechaba sin estar seguro. Otro modelo, en el servidor de inferencia de tu equipo, dice lo mismo y lo considera ${ratio(times)} veces más probable que el que la función esté bien.`
  return `${EVIDENCE_ES[evidence]?.(instead) ?? ''}Un modelo que se ejecuta en ${opinion ? 'el servidor de inferencia de tu equipo' : 'tu máquina'} y que ha leído las funciones de muchos repositorios lo considera ${ratio(times)} veces más probable que el que la función esté bien.${known}`
}

const EVIDENCE_EN: Readonly<Record<string, (instead: string) => string>> = {
  named: instead => `What the value goes to is called \`${instead}\`, too. `,
  unread: instead => `\`${instead}\` is used nowhere else in the function. `,
}

const EVIDENCE_ES: Readonly<Record<string, (instead: string) => string>> = {
  named: instead => `Aquello a lo que va el valor también se llama \`${instead}\`. `,
  unread: instead => `\`${instead}\` no se usa en ningún otro lugar de la función. `,
}

/** 3.4, 34, 340: nobody needs more digits of a guess. */
function ratio(times: number): string {
  return times < 10 ? String(Math.round(times * 10) / 10) : String(Number(times.toPrecision(2)))
}
