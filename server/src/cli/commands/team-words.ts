// What `codeant team` says.

import type { Locale } from '@codeant/shared/locale.ts'

interface TeamWords {
  readonly which: string
  readonly whichRole: string
  readonly days: (given: string) => string
  readonly team: (name: string, members: number) => string
  readonly head: readonly [email: string, name: string, role: string, since: string]
  readonly since: (day: string) => string
  readonly out: (day: string) => string
  readonly invited: (until: string) => string
  readonly wasInvited: (email: string, role: string) => string
  readonly passOn: (until: string) => string
  readonly changed: (email: string, from: string, to: string) => string
  readonly takenBack: (email: string) => string
  readonly removed: (email: string) => string
  readonly restored: (email: string, role: string) => string
  readonly nobody: (email: string) => string
  /** By what was to be done and the code of the refusal. */
  readonly codes: Readonly<Record<string, (whom: string) => string>>
}

export const TEAM_WORDS: Readonly<Record<Locale, TeamWords>> = {
  en: {
    which:
      'Usage: codeant team list | invite EMAIL | role EMAIL --role ROLE | remove EMAIL | restore EMAIL | join CODE',
    whichRole: 'Which role? --role admin, developer, user or read-only',
    days: given => `--days cannot be "${given}"; it is a number from 1 to 30`,
    team: (name, members) => `Team ${name}: ${members === 1 ? '1 member' : `${members} members`}`,
    head: ['Email', 'Name', 'Role', 'Since'],
    since: day => day,
    out: day => `shut out on ${day}`,
    invited: until => `invited until ${until}`,
    wasInvited: (email, role) => `${email} is invited as ${role}.`,
    passOn: until =>
      `Pass this on; the code lets whoever has it in, once, until ${until}, and is shown nowhere else:`,
    changed: (email, from, to) => `${email} was ${from} and is ${to} now.`,
    takenBack: email => `The invitation of ${email} is taken back.`,
    removed: email =>
      `${email} is shut out, with every session and key. \`codeant team restore\` lets them in again.`,
    restored: (email, role) => `${email} may come in again, as ${role}.`,
    nobody: email => `There is nobody with the address ${email} in the team`,
    codes: {
      'invite conflict': email => `${email} is in the team already`,
      'invite invalid': email => `"${email}" is no e-mail address`,
      'invite forbidden': () => 'you may not invite anybody, or nobody with this role',
      'role conflict': () => 'somebody has to remain an admin',
      'remove conflict': () => 'somebody has to remain an admin',
      'join not-found': () => 'this invitation does not count (any more), or the endpoint has no logins',
      'join conflict': () => 'you are in the team already: codeant auth login',
      'join invalid': () => 'this is no code of an invitation',
    },
  },
  es: {
    which:
      'Uso: codeant team list | invite CORREO | role CORREO --role ROL | remove CORREO | restore CORREO | join CÓDIGO',
    whichRole: '¿Qué rol? --role admin, developer, user o read-only',
    days: given => `--days no puede ser «${given}»; es un número del 1 al 30`,
    team: (name, members) => `Equipo ${name}: ${members === 1 ? '1 miembro' : `${members} miembros`}`,
    head: ['Correo', 'Nombre', 'Rol', 'Desde'],
    since: day => day,
    out: day => `sin acceso desde el ${day}`,
    invited: until => `invitado hasta el ${until}`,
    wasInvited: (email, role) => `${email} tiene una invitación como ${role}.`,
    passOn: until =>
      `Hazle llegar esto; el código deja entrar a quien lo tenga, una vez, hasta el ${until}, y no se muestra en ningún otro sitio:`,
    changed: (email, from, to) => `${email} era ${from} y ahora es ${to}.`,
    takenBack: email => `Se ha retirado la invitación de ${email}.`,
    removed: email =>
      `${email} se queda sin acceso, con todas sus sesiones y claves. \`codeant team restore\` se lo devuelve.`,
    restored: (email, role) => `${email} puede entrar otra vez, como ${role}.`,
    nobody: email => `En el equipo no hay nadie con la dirección ${email}`,
    codes: {
      'invite conflict': email => `${email} ya está en el equipo`,
      'invite invalid': email => `«${email}» no es una dirección de correo`,
      'invite forbidden': () => 'no puedes invitar a nadie, o a nadie con ese rol',
      'role conflict': () => 'alguien tiene que seguir siendo admin',
      'remove conflict': () => 'alguien tiene que seguir siendo admin',
      'join not-found': () => 'esta invitación (ya) no vale, o el servidor no admite inicios de sesión',
      'join conflict': () => 'ya estás en el equipo: codeant auth login',
      'join invalid': () => 'esto no es el código de ninguna invitación',
    },
  },
}
