// What is said about the endpoint, in both languages: the page that asks for consent, why it does not answer, what it made.

import type { ConsentParams, EndpointUse, Purpose, Trouble } from '@codeant/shared/endpoint.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import type { Refusal } from './ask-fix.ts'

export interface EndpointWords {
  readonly allow: string
  readonly never: string
  readonly consent: (host: string, workspace: string, file: string) => string
  readonly purposes: Readonly<Record<Purpose, string>>
  /** What a person reads before what would be sent. */
  readonly page: (endpoint: string, workspace: string, purpose: string) => readonly string[]
  readonly contents: Readonly<Record<EndpointUse, string>>
  readonly troubles: Readonly<Record<Trouble, string>>
  readonly label: (model: string, host: string) => string
  readonly askForFix: string
  readonly asking: (host: string) => string
  /** The name of the edit that a generated fix is. */
  readonly fixed: (rule: string, host: string) => string
  /** Why the person is shown the edit before it is made. */
  readonly lookFirst: (model: string) => string
  readonly notAsked: (reason: string) => string
  readonly notFixed: (reason: string) => string
  readonly gone: string
  readonly refusals: { readonly [K in Refusal['kind']]: (why: Extract<Refusal, { kind: K }>) => string }
}

/** Why a generated fix is not made, as a sentence without a full stop. */
export function refusalWords(why: Refusal, locale: Locale): string {
  const say = ENDPOINT_WORDS[locale].refusals[why.kind] as (why: Refusal) => string
  return say(why)
}

/** What would be sent, behind a few lines that say what it is; comments, so that the rest is still JSON with comments. */
export function consentPage(
  { endpoint, workspace, purpose, preview }: ConsentParams,
  locale: Locale,
): string {
  const say = ENDPOINT_WORDS[locale]
  const lines = [
    ...say.page(endpoint, workspace, say.purposes[purpose]),
    ...(purpose in say.contents ? [say.contents[purpose as EndpointUse]] : []),
  ]
  return `${lines.map(it => `// ${it}`).join('\n')}\n\n${preview}\n`
}

/** Why the endpoint gave no answer, as a sentence without a full stop. */
export function troubleWords(trouble: Trouble, locale: Locale): string {
  return ENDPOINT_WORDS[locale].troubles[trouble]
}

export const ENDPOINT_WORDS: Readonly<Record<Locale, EndpointWords>> = {
  en: {
    allow: 'Allow for this workspace',
    never: 'Never for this workspace',
    consent: (host, workspace, file) =>
      `CodeAnt would send code of ${workspace} to ${host}. ${file} shows exactly what. May it?`,
    purposes: {
      'second-opinion': 'a second opinion on a function',
      fix: 'a fix for a finding',
      explanation: 'a longer explanation of a finding',
      check: 'finding out whether the endpoint is there',
      account: 'logins, keys and teams',
      functions: 'functions that the team can find',
    },
    page: (endpoint, workspace, purpose) => [
      `CodeAnt asks before anything leaves this machine. Nothing was sent yet.`,
      `To:        ${endpoint}`,
      `Of:        ${workspace}`,
      `For:       ${purpose}`,
      `If you allow it, this and later requests of this workspace are sent to that address, and to no other.`,
      `“CodeAnt: Show What Was Sent” lists every one of them with its content.`,
    ],
    contents: {
      'second-opinion':
        'Below: numbers that stand for the tokens of one function; names and the beginnings of texts are there as pieces of words. A function with a secret in it is not sent.',
      fix: 'Below: the question and the code around the finding. Secrets that were recognised are REDACTED_SECRET_n.',
      explanation:
        'Below: the question and the code around the finding. Secrets that were recognised are REDACTED_SECRET_n.',
    },
    troubles: {
      unreachable: 'the endpoint cannot be reached',
      slow: 'the endpoint takes too long',
      refused:
        'the endpoint does not accept the key, or the login is over; “CodeAnt: Set Endpoint Key” sets another key, `codeant auth login` logs in',
      busy: 'the endpoint has too much to do right now',
      failing: 'the endpoint fails',
      broken: 'the connection to the endpoint broke off',
      garbled: 'the endpoint’s answer cannot be used',
      mismatch: 'the endpoint does not have the right model',
      redirected: 'the endpoint redirects to somewhere else, which is not followed',
      rejected: 'the endpoint does not accept this question',
      address: 'the address of the endpoint cannot be used; the log says why',
      budget: 'the settings’ tokens for the endpoint are used up',
      consent: 'nobody allowed that code of this workspace is sent',
      forbidden: 'the settings of the project or of the editor forbid it',
    },
    label: (model, host) => `Written by the model ${model} at ${host}. It may be wrong.`,
    askForFix: 'Ask the endpoint for a fix (it is verified before you see it)',
    asking: host => `CodeAnt: asking ${host}`,
    fixed: (rule, host) => `Fix of ${rule}, written at ${host}`,
    lookFirst: model =>
      `Written by the model ${model}. Verified: it parses, the finding is gone, none is new. Look before you accept.`,
    notAsked: reason => `CodeAnt: the endpoint was not asked or gave no answer: ${reason}.`,
    notFixed: reason => `CodeAnt: the fix that the endpoint wrote was refused: ${reason}.`,
    gone: 'this finding is no longer there',
    refusals: {
      declined: ({ message }) => `the model says that it cannot repair this: “${message}”`,
      unchanged: () => 'it changes nothing',
      damaged: () => 'it names secrets that are not in the code',
      syntax: () => 'its syntax is broken',
      stays: () => 'the finding stays',
      silenced: () => 'it silences the finding in place of repairing it',
      adds: ({ rules }) => `it brings in ${rules.join(', ')}`,
      suspected: () => 'the model on this machine still suspects the same',
      unread: ({ sentences }) => `it cannot be read either: ${sentences.map(it => `“${it}”`).join(', ')}`,
      lost: ({ names }) => `it removes ${names.join(', ')}`,
    },
  },
  es: {
    allow: 'Permitir en este espacio de trabajo',
    never: 'Nunca en este espacio de trabajo',
    consent: (host, workspace, file) =>
      `CodeAnt enviaría código de ${workspace} a ${host}. ${file} muestra exactamente qué. ¿Lo permites?`,
    purposes: {
      'second-opinion': 'una segunda opinión sobre una función',
      fix: 'una corrección para un hallazgo',
      explanation: 'una explicación más larga de un hallazgo',
      check: 'saber si el servidor responde',
      account: 'sesiones, claves y equipos',
      functions: 'funciones que el equipo puede encontrar',
    },
    page: (endpoint, workspace, purpose) => [
      `CodeAnt pregunta antes de que nada salga de esta máquina. Aún no se ha enviado nada.`,
      `A:         ${endpoint}`,
      `De:        ${workspace}`,
      `Para:      ${purpose}`,
      `Si lo permites, esta petición y las siguientes de este espacio de trabajo se envían a esa dirección y a ninguna otra.`,
      `«CodeAnt: Mostrar lo que se ha enviado» las enumera todas con su contenido.`,
    ],
    contents: {
      'second-opinion':
        'Debajo: números que representan los tokens de una función; los nombres y los comienzos de los textos van como trozos de palabras. Una función con un secreto no se envía.',
      fix: 'Debajo: la pregunta y el código que rodea al hallazgo. Los secretos reconocidos son REDACTED_SECRET_n.',
      explanation:
        'Debajo: la pregunta y el código que rodea al hallazgo. Los secretos reconocidos son REDACTED_SECRET_n.',
    },
    troubles: {
      unreachable: 'no se puede conectar con el servidor de inferencia',
      slow: 'el servidor de inferencia tarda demasiado',
      refused:
        'el servidor de inferencia no acepta la clave, o la sesión ha terminado; «CodeAnt: Guardar la clave del servidor de inferencia» guarda otra clave y `codeant auth login` inicia sesión',
      busy: 'el servidor de inferencia está saturado en este momento',
      failing: 'el servidor de inferencia falla',
      broken: 'se ha cortado la conexión con el servidor de inferencia',
      garbled: 'la respuesta del servidor de inferencia no sirve',
      mismatch: 'el servidor de inferencia no tiene el modelo adecuado',
      redirected: 'el servidor de inferencia remite a otro sitio, y eso no se sigue',
      rejected: 'el servidor de inferencia no acepta esta pregunta',
      address: 'la dirección del servidor de inferencia no sirve; el registro dice por qué',
      budget: 'se han agotado los tokens que los ajustes dan al servidor de inferencia',
      consent: 'nadie ha permitido enviar código de este espacio de trabajo',
      forbidden: 'lo prohíben los ajustes del proyecto o los del editor',
    },
    label: (model, host) => `Escrito por el modelo ${model} en ${host}. Puede equivocarse.`,
    askForFix: 'Pedir una corrección al servidor de inferencia (se verifica antes de mostrarla)',
    asking: host => `CodeAnt: consultando ${host}`,
    fixed: (rule, host) => `Corrección de ${rule}, escrita en ${host}`,
    lookFirst: model =>
      `Escrita por el modelo ${model}. Verificado: la sintaxis es válida, el hallazgo desaparece y no surge ninguno nuevo. Revísala antes de aceptar.`,
    notAsked: reason =>
      `CodeAnt: no se ha consultado al servidor de inferencia, o no ha respondido: ${reason}.`,
    notFixed: reason =>
      `CodeAnt: se ha rechazado la corrección que ha escrito el servidor de inferencia: ${reason}.`,
    gone: 'este hallazgo ya no está',
    refusals: {
      declined: ({ message }) => `el modelo dice que no puede corregirlo: «${message}»`,
      unchanged: () => 'no cambia nada',
      damaged: () => 'nombra secretos que no están en el código',
      syntax: () => 'su sintaxis no es válida',
      stays: () => 'el hallazgo sigue ahí',
      silenced: () => 'silencia el hallazgo en lugar de corregirlo',
      adds: ({ rules }) => `introduce ${rules.join(', ')}`,
      suspected: () => 'el modelo de esta máquina sigue sospechando lo mismo',
      unread: ({ sentences }) => `tampoco se entiende: ${sentences.map(it => `«${it}»`).join(', ')}`,
      lost: ({ names }) => `elimina ${names.join(', ')}`,
    },
  },
}
