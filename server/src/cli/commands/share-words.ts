// What `codeant share` says, in both languages.

import type { Locale } from '@codeant/shared/locale.ts'

export interface ShareCounts {
  readonly sent: number
  readonly points: number
  readonly gone: number
  readonly unchanged: number
}

interface ShareWords {
  readonly forbidden: string
  readonly never: (host: string) => string
  readonly needsYes: string
  readonly may: (functions: number, folder: string, host: string) => string
  /** What a person types to agree, beside `y`. */
  readonly yes: string
  readonly would: (functions: number, host: string) => string
  readonly sending: (done: number, all: number) => string
  readonly shared: (project: string, functions: number, host: string, counts: ShareCounts) => string
  readonly forgotten: (project: string, functions: number, host: string) => string
}

export const SHARE_WORDS: Readonly<Record<Locale, ShareWords>> = {
  en: {
    forbidden: 'the settings of this project forbid sending anything of it ([remote] forbid)',
    never: host => `you decided never to send anything of this folder to ${host}; --yes decides anew`,
    needsYes: 'nobody has allowed it for this folder: run it at a terminal, or with --yes',
    may: (functions, folder, host) =>
      `Names, places and such numbers of ${count(functions, 'en')} functions of ${folder} would be sent to ${host}; none of their code. May it? [y/N]`,
    yes: 'yes',
    would: (functions, host) =>
      `This is how each of ${count(functions, 'en')} functions would be sent to ${host}. Nothing was sent.`,
    sending: (done, all) => `${count(done, 'en')} of ${count(all, 'en')} functions sent …`,
    shared: (project, functions, host, { sent, points, gone, unchanged }) =>
      `Your team can find ${count(functions, 'en')} functions of "${project}" at ${host}: ${count(sent, 'en')} sent (${count(points, 'en')} with numbers that were not known there), ${count(gone, 'en')} taken away, ${count(unchanged, 'en')} unchanged.`,
    forgotten: (project, functions, host) =>
      `${count(functions, 'en')} functions of "${project}" are gone from ${host}.`,
  },
  es: {
    forbidden: 'la configuración de este proyecto prohíbe enviar nada de él ([remote] forbid)',
    never: host => `decidiste no enviar nunca nada de esta carpeta a ${host}; --yes lo decide de nuevo`,
    needsYes: 'nadie lo ha permitido para esta carpeta: ejecútalo en una terminal o con --yes',
    may: (functions, folder, host) =>
      `Se enviarían a ${host} nombres, lugares y números como estos de ${count(functions, 'es')} funciones de ${folder}; nada de su código. ¿Se permite? [s/N]`,
    yes: 's',
    would: (functions, host) =>
      `Así se enviaría a ${host} cada una de las ${count(functions, 'es')} funciones. No se ha enviado nada.`,
    sending: (done, all) => `${count(done, 'es')} de ${count(all, 'es')} funciones enviadas…`,
    shared: (project, functions, host, { sent, points, gone, unchanged }) =>
      `Tu equipo puede encontrar ${count(functions, 'es')} funciones de «${project}» en ${host}: ${count(sent, 'es')} enviadas (${count(points, 'es')} con números que allí no se conocían), ${count(gone, 'es')} retiradas, ${count(unchanged, 'es')} sin cambios.`,
    forgotten: (project, functions, host) =>
      `${count(functions, 'es')} funciones de «${project}» ya no están en ${host}.`,
  },
}

function count(number: number, locale: Locale): string {
  return number.toLocaleString(locale)
}
