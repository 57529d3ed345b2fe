// What the extension says about the team's endpoint, in both languages.

import type { EndpointStatus, Purpose, Trouble } from '@codeant/shared/endpoint.ts'
import type { Locale } from '@codeant/shared/locale.ts'

export interface EndpointClientWords {
  readonly mayAsk: (host: string) => string
  readonly look: string
  readonly allowed: (host: string, workspace: string) => string
  readonly allow: string
  readonly never: string
  readonly noEndpoint: string
  readonly keyPrompt: (origin: string) => string
  readonly keyKept: (origin: string) => string
  readonly keyRemoved: (origin: string) => string
  readonly nothingSent: string
  readonly sentTitle: (requests: number, bytes: number) => string
  readonly purposes: Readonly<Record<Purpose, string>>
  readonly bytes: (bytes: number) => string
  readonly tokens: (tokens: number) => string
  readonly redacted: (count: number) => string
  readonly noContent: (bytes: number) => string
  readonly forgotten: string
  readonly longer: string
  readonly asking: string
  readonly status: (status: EndpointStatus) => string
}

const TROUBLES: Readonly<Record<Locale, Readonly<Record<Trouble, string>>>> = {
  en: {
    unreachable: 'cannot be reached',
    slow: 'takes too long',
    refused: 'does not accept the key',
    busy: 'has too much to do',
    failing: 'fails',
    broken: 'breaks off its answers',
    garbled: 'gives answers that cannot be used',
    mismatch: 'does not have the right model',
    redirected: 'redirects, which is not followed',
    rejected: 'does not accept the question',
    address: 'has an address that cannot be used',
    budget: 'is not asked: the tokens are used up',
    consent: 'is not asked: nobody allowed it',
    forbidden: 'is not asked: it is forbidden',
  },
  es: {
    unreachable: 'no responde a la conexión',
    slow: 'tarda demasiado',
    refused: 'no acepta la clave',
    busy: 'está saturado',
    failing: 'falla',
    broken: 'corta sus respuestas',
    garbled: 'da respuestas que no sirven',
    mismatch: 'no tiene el modelo adecuado',
    redirected: 'remite a otro sitio, y eso no se sigue',
    rejected: 'no acepta la pregunta',
    address: 'tiene una dirección que no sirve',
    budget: 'no se consulta: se han agotado los tokens',
    consent: 'no se consulta: nadie lo ha permitido',
    forbidden: 'no se consulta: está prohibido',
  },
}

/** What the endpoint does wrong, after its name. */
export function troubleAt(trouble: Trouble, locale: Locale): string {
  return TROUBLES[locale][trouble]
}

export const ENDPOINT_WORDS: Readonly<Record<Locale, EndpointClientWords>> = {
  en: {
    mayAsk: host =>
      `CodeAnt is not sure about a function and could ask your endpoint ${host}. Nothing was sent yet.`,
    look: 'Look at What Would Be Sent',
    allowed: (host, workspace) =>
      `What is shown would be sent to ${host}. May this and later requests of ${workspace} be sent?`,
    allow: 'Allow for This Workspace',
    never: 'Never for This Workspace',
    noEndpoint: 'No endpoint is named in the settings yet: codeant.remote.endpoint.',
    keyPrompt: origin =>
      `The key for ${origin}. It is kept in the editor’s secret storage; an empty one removes it.`,
    keyKept: origin => `The key for ${origin} is kept.`,
    keyRemoved: origin => `There is no key for ${origin} any more.`,
    nothingSent: 'Nothing was sent.',
    sentTitle: (requests, bytes) => `${requests} requests, ${bytes.toLocaleString('en')} bytes`,
    purposes: {
      'second-opinion': 'second opinion',
      fix: 'fix',
      explanation: 'explanation',
      check: 'is it there?',
      account: 'account',
      functions: 'functions for the team',
    },
    bytes: bytes => `${bytes.toLocaleString('en')} bytes`,
    tokens: tokens => `${tokens.toLocaleString('en')} tokens`,
    redacted: count => `${count} secrets taken out`,
    noContent: bytes =>
      bytes === 0 ? 'This request had no content.' : 'The content of this request is no longer kept.',
    forgotten: 'The next request of this workspace is shown to you, and you are asked again.',
    longer: 'Longer explanation from your endpoint',
    asking: 'Asking your endpoint…',
    status: ({ host, state, trouble, requests }) =>
      `Endpoint ${host}: ${trouble ? TROUBLES.en[trouble] : state === 'idle' ? 'not asked yet' : 'answers'} · ${requests} requests`,
  },
  es: {
    mayAsk: host =>
      `CodeAnt duda sobre una función y podría consultar tu servidor de inferencia ${host}. Aún no se ha enviado nada.`,
    look: 'Ver lo que se enviaría',
    allowed: (host, workspace) =>
      `Lo que se muestra se enviaría a ${host}. ¿Se pueden enviar esta petición y las siguientes de ${workspace}?`,
    allow: 'Permitir en este espacio de trabajo',
    never: 'Nunca en este espacio de trabajo',
    noEndpoint: 'Los ajustes aún no indican ningún servidor de inferencia: codeant.remote.endpoint.',
    keyPrompt: origin =>
      `La clave de ${origin}. Se guarda en el almacén de secretos del editor; una vacía la borra.`,
    keyKept: origin => `La clave de ${origin} está guardada.`,
    keyRemoved: origin => `Ya no hay ninguna clave de ${origin}.`,
    nothingSent: 'No se ha enviado nada.',
    sentTitle: (requests, bytes) => `${requests} peticiones, ${bytes.toLocaleString('es')} bytes`,
    purposes: {
      'second-opinion': 'segunda opinión',
      fix: 'corrección',
      explanation: 'explicación',
      check: '¿responde?',
      account: 'cuenta',
      functions: 'funciones para el equipo',
    },
    bytes: bytes => `${bytes.toLocaleString('es')} bytes`,
    tokens: tokens => `${tokens.toLocaleString('es')} tokens`,
    redacted: count => `${count} secretos retirados`,
    noContent: bytes =>
      bytes === 0 ? 'Esta petición no tenía contenido.' : 'El contenido de esta petición ya no se conserva.',
    forgotten: 'La próxima petición de este espacio de trabajo se te mostrará y se te volverá a preguntar.',
    longer: 'Explicación más larga de tu servidor de inferencia',
    asking: 'Consultando tu servidor de inferencia…',
    status: ({ host, state, trouble, requests }) =>
      `Servidor de inferencia ${host}: ${trouble ? TROUBLES.es[trouble] : state === 'idle' ? 'aún sin consultar' : 'responde'} · ${requests} peticiones`,
  },
}
