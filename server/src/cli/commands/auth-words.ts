// What `codeant auth` says.

import type { EndpointMe } from '@codeant/shared/endpoint-people.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import type { Credential } from '../../host/node/endpoint-credentials.ts'
import { KEY_VARIABLE } from '../../host/node/endpoint-keys.ts'
import type { LoginRefused } from '../../inference/remote/oauth.ts'

interface AuthWords {
  readonly which: string
  readonly noLogins: (host: string) => string
  readonly unknownLogins: (host: string, reason: string) => string
  readonly notLetIn: Readonly<Record<LoginRefused['reason'], string>>
  readonly loggedIn: (host: string, me: EndpointMe | undefined) => string
  readonly keptLogin: (file: string) => string
  readonly keyReplaced: string
  readonly key: (host: string) => string
  readonly noKey: string
  readonly wrong: (host: string, detail: string) => string
  readonly kept: (host: string, file: string) => string
  readonly accepted: string
  readonly unchecked: (reason: string, detail: string) => string
  readonly endpoint: string
  readonly loginLabel: string
  readonly ofFile: (email: string | undefined, file: string) => string
  readonly over: string
  readonly keyLabel: string
  readonly team: string
  readonly may: string
  readonly until: string
  readonly answer: string
  readonly others: string
  readonly none: string
  readonly from: (from: Credential['from'], end: string, file: string) => string
  readonly loggedOut: (host: string) => string
  readonly notEnded: (host: string) => string
  readonly removed: (host: string) => string
  readonly hadNone: (host: string) => string
  readonly variable: string
}

export const AUTH_WORDS: Readonly<Record<Locale, AuthWords>> = {
  en: {
    which: 'Usage: codeant auth login|status|logout [address]',
    noLogins: host => `${host} has no logins; a key serves.`,
    unknownLogins: (host, reason) => `Whether ${host} has logins could not be found out: ${reason}.`,
    notLetIn: {
      denied: 'the login was refused in the browser; nothing was changed',
      expired: 'nobody approved the code in time; nothing was changed',
    },
    loggedIn: (host, me) =>
      me?.user
        ? `Logged in at ${host} as ${me.user.email} (${me.user.role}, team ${me.team.name}).`
        : `Logged in at ${host}.`,
    keptLogin: file =>
      `The login is kept in ${file}, which only you can read. It renews itself; editors use it, too.`,
    keyReplaced: 'The key that was kept for this address is removed from this computer.',
    key: host => `Key for ${host} (it is not shown): `,
    noKey: 'No key was given; nothing was changed',
    wrong: (host, detail) => `${host} does not accept this key (${detail}); nothing was changed`,
    kept: (host, file) => `The key for ${host} is kept in ${file}, which only you can read.`,
    accepted: 'The endpoint answers and accepts it.',
    unchecked: (reason, detail) => `Whether it is right could not be found out: ${reason} (${detail}).`,
    endpoint: 'Endpoint',
    loginLabel: 'Login',
    ofFile: (email, file) => (email ? `${email}, from ${file}` : file),
    over: 'none: the login is over; codeant auth login begins another one',
    keyLabel: 'Key',
    team: 'Team',
    may: 'May',
    until: 'Until',
    answer: 'Answer',
    others: 'Others',
    none: 'none',
    from: (from, end, file) => (from === 'file' ? `${end}, from ${file}` : `${end}, from ${KEY_VARIABLE}`),
    loggedOut: host => `You are logged out at ${host}; the session is over there, too.`,
    notEnded: host =>
      `The login for ${host} is removed here. The endpoint could not be told: an admin can end the session.`,
    removed: host => `The key for ${host} is removed.`,
    hadNone: host => `There was no key and no login for ${host}.`,
    variable: `${KEY_VARIABLE} is still set and goes before any file.`,
  },
  es: {
    which: 'Uso: codeant auth login|status|logout [dirección]',
    noLogins: host => `${host} no admite inicios de sesión; sirve una clave.`,
    unknownLogins: (host, reason) => `No se ha podido saber si ${host} admite inicios de sesión: ${reason}.`,
    notLetIn: {
      denied: 'el acceso se ha rechazado en el navegador; no se ha cambiado nada',
      expired: 'nadie ha aprobado el código a tiempo; no se ha cambiado nada',
    },
    loggedIn: (host, me) =>
      me?.user
        ? `Has iniciado sesión en ${host} como ${me.user.email} (${me.user.role}, equipo ${me.team.name}).`
        : `Has iniciado sesión en ${host}.`,
    keptLogin: file =>
      `La sesión se guarda en ${file}, que solo tú puedes leer. Se renueva sola; los editores también la usan.`,
    keyReplaced: 'La clave que se guardaba para esta dirección se ha borrado de este ordenador.',
    key: host => `Clave de ${host} (no se muestra): `,
    noKey: 'No se ha dado ninguna clave; no se ha cambiado nada',
    wrong: (host, detail) => `${host} no acepta esta clave (${detail}); no se ha cambiado nada`,
    kept: (host, file) => `La clave de ${host} se guarda en ${file}, que solo tú puedes leer.`,
    accepted: 'El servidor responde y la acepta.',
    unchecked: (reason, detail) => `No se ha podido saber si es correcta: ${reason} (${detail}).`,
    endpoint: 'Servidor',
    loginLabel: 'Sesión',
    ofFile: (email, file) => (email ? `${email}, de ${file}` : file),
    over: 'ninguna: la sesión ha terminado; codeant auth login inicia otra',
    keyLabel: 'Clave',
    team: 'Equipo',
    may: 'Permisos',
    until: 'Hasta',
    answer: 'Respuesta',
    others: 'Otros',
    none: 'ninguna',
    from: (from, end, file) => (from === 'file' ? `${end}, de ${file}` : `${end}, de ${KEY_VARIABLE}`),
    loggedOut: host => `Has cerrado la sesión en ${host}; allí también ha terminado.`,
    notEnded: host =>
      `La sesión de ${host} se ha borrado aquí. No se ha podido avisar al servidor: un administrador puede terminarla.`,
    removed: host => `La clave de ${host} se ha borrado.`,
    hadNone: host => `No había ninguna clave ni sesión de ${host}.`,
    variable: `${KEY_VARIABLE} sigue definida y cuenta antes que cualquier archivo.`,
  },
}
