// What the extension says of logging in at the team's endpoint, in both languages.

import type { Locale } from '@codeant/shared/locale.ts'

interface SignInWords {
  readonly waiting: (host: string) => string
  readonly code: (host: string, code: string) => string
  readonly copyAndOpen: string
  readonly copy: string
  readonly signedIn: (host: string, who: string | undefined) => string
  readonly noLogins: (host: string) => string
  readonly denied: string
  readonly expired: string
  readonly trouble: (host: string, reason: string) => string
  readonly notPrivate: (file: string) => string
  readonly wasNotIn: string
  readonly signedOut: (host: string) => string
  readonly notEnded: (host: string) => string
}

export const SIGN_IN_WORDS: Readonly<Record<Locale, SignInWords>> = {
  en: {
    waiting: host => `Waiting until somebody approves this computer at ${host}`,
    code: (host, code) => `${code} is the code with which this computer comes in at ${host}.`,
    copyAndOpen: 'Copy and Open Page',
    copy: 'Copy',
    signedIn: (host, who) =>
      who ? `You are signed in at ${host} as ${who}.` : `You are signed in at ${host}.`,
    noLogins: host => `${host} has no logins. “CodeAnt: Set Endpoint Key” keeps a key for it.`,
    denied: 'The login was refused. Nothing was changed.',
    expired: 'Nobody approved the code in time. Nothing was changed.',
    trouble: (host, reason) => `No login: ${host} ${reason}.`,
    notPrivate: file => `${file} can be read by others, so it is not used; make it private with chmod 600.`,
    wasNotIn: 'You were not signed in.',
    signedOut: host => `You are signed out at ${host}; the session is over there, too.`,
    notEnded: host =>
      `The login for ${host} is removed from this computer. The endpoint could not be told: an admin can end the session.`,
  },
  es: {
    waiting: host => `Esperando a que alguien apruebe este ordenador en ${host}`,
    code: (host, code) => `${code} es el código con el que este ordenador entra en ${host}.`,
    copyAndOpen: 'Copiar y abrir la página',
    copy: 'Copiar',
    signedIn: (host, who) =>
      who ? `Has iniciado sesión en ${host} como ${who}.` : `Has iniciado sesión en ${host}.`,
    noLogins: host =>
      `${host} no admite inicios de sesión. «CodeAnt: Guardar la clave del servidor de inferencia» guarda una clave.`,
    denied: 'El acceso se ha rechazado. No se ha cambiado nada.',
    expired: 'Nadie ha aprobado el código a tiempo. No se ha cambiado nada.',
    trouble: (host, reason) => `Sin sesión: ${host} ${reason}.`,
    notPrivate: file => `Otros pueden leer ${file}, así que no se usa; hazlo privado con chmod 600.`,
    wasNotIn: 'No habías iniciado sesión.',
    signedOut: host => `Has cerrado la sesión en ${host}; allí también ha terminado.`,
    notEnded: host =>
      `La sesión de ${host} se ha borrado de este ordenador. No se ha podido avisar al servidor: un administrador puede terminarla.`,
  },
}
