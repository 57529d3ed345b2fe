// The way out of an endpoint as a plan: what is done when, with its dates, and what its people are told.

import { say } from './program.mjs'

const DAY_MS = 86_400_000

/** Days before (negative) and after the last day, each with what is done. */
const STEPS = [
  [
    -60,
    say('Decide and tell', 'Decidir y avisar'),
    [
      say(
        'Who decides, who does it, and who may stop it are written down.',
        'Queda escrito quién decide, quién lo hace y quién puede pararlo.',
      ),
      say(
        'The notice below goes to every team; each names who takes its data along.',
        'El aviso de abajo va a todos los equipos; cada uno nombra a quien se lleva sus datos.',
      ),
      say(
        'What has to be kept by law or contract is listed, with how long and where.',
        'Se enumera lo que hay que conservar por ley o contrato, cuánto tiempo y dónde.',
      ),
      say(
        'decommission.mjs without --execute shows all that will go; its output is kept.',
        'decommission.mjs sin --execute muestra todo lo que desaparecerá; se guarda su salida.',
      ),
    ],
  ],
  [
    -30,
    say('Take along', 'Llevarse los datos'),
    [
      say(
        'Each team has its export (`tenant export`), and has checked it (`sha256sum -c SHA256SUMS`).',
        'Cada equipo tiene su exportación (`tenant export`) y la ha comprobado (`sha256sum -c SHA256SUMS`).',
      ),
      say('No new teams, keys or invitations.', 'Ni equipos, ni claves, ni invitaciones nuevas.'),
      say(
        'Editors and pipelines that ask this endpoint are known; their settings have a date to change.',
        'Se sabe qué editores y procesos preguntan a este servidor; sus ajustes tienen fecha de cambio.',
      ),
    ],
  ],
  [
    -7,
    say('Only answers', 'Solo respuestas'),
    [
      say(
        'limits.readOnly = true: it answers, and takes no changes.',
        'limits.readOnly = true: responde, y no admite cambios.',
      ),
      say('The notice goes out once more.', 'El aviso sale otra vez.'),
      say(
        'A copy is restored as a drill (drill.mjs): the last one has to be good.',
        'Se restaura una copia como simulacro (drill.mjs): la última tiene que ser buena.',
      ),
    ],
  ],
  [
    0,
    say('The last day', 'El último día'),
    [
      say(
        'decommission.mjs --execute: it waits for batches, stops the gateways, makes the last copy, removes, and looks whether anything is left.',
        'decommission.mjs --execute: espera a los lotes, detiene los servidores, hace la última copia, lo elimina todo y mira si queda algo.',
      ),
      say(
        'DNS, certificate, registration at the provider of logins, keys of engines and of stores are withdrawn.',
        'Se retiran el DNS, el certificado, el registro en el proveedor de identidad y las claves de motores y almacenes.',
      ),
      say(
        'Machines, volumes and the database server are given back (terraform destroy).',
        'Se devuelven máquinas, volúmenes y el servidor de base de datos (terraform destroy).',
      ),
    ],
  ],
  [
    7,
    say('Look again', 'Volver a mirar'),
    [
      say(
        'Nobody asks the old address any more; alerts and dashboards of it are gone.',
        'Nadie pregunta ya a la dirección antigua; sus alertas y paneles han desaparecido.',
      ),
      say('The bill shows nothing of it.', 'La factura no muestra nada suyo.'),
      say('The last copy can be read (verify.mjs).', 'La última copia se puede leer (verify.mjs).'),
    ],
  ],
  [
    90,
    say('Forget', 'Olvidar'),
    [
      say(
        'Copies go: decommission.mjs --no-cluster --no-database --backups FOLDER --with-backups --execute.',
        'Las copias desaparecen: decommission.mjs --no-cluster --no-database --backups CARPETA --with-backups --execute.',
      ),
      say(
        'Copies elsewhere (the bucket of `offsite`, snapshots of volumes and of the database server) go as well.',
        'También desaparecen las copias de otros sitios (el almacén de `offsite`, las instantáneas de volúmenes y del servidor de base de datos).',
      ),
      say(
        'What the law wants kept lies where the list of the first day says, and nowhere else.',
        'Lo que la ley manda conservar está donde dice la lista del primer día, y en ningún otro sitio.',
      ),
      say('Who decided is told that it is over.', 'Se comunica a quien lo decidió que ha terminado.'),
    ],
  ],
]

/** As Markdown, to be put wherever the work is tracked. */
export function planFor(last, contact) {
  const lines = [`# ${say('Decommissioning of the endpoint', 'Retirada del servidor')}: ${dayOf(last)}`, '']
  for (const [days, title, tasks] of STEPS) {
    const when = days === 0 ? 'T' : `T${days > 0 ? '+' : '−'}${Math.abs(days)}`
    lines.push(`## ${when} · ${dayOf(new Date(last.getTime() + days * DAY_MS))} · ${title}`, '')
    lines.push(...tasks.map(it => `- [ ] ${it}`), '')
  }
  return [
    ...lines,
    `## ${say('Notice', 'Aviso')}`,
    '',
    ...noticeOf(last, contact).map(it => `> ${it}`.trimEnd()),
  ].join('\n')
}

function noticeOf(last, contact) {
  const forgotten = dayOf(new Date(last.getTime() + 90 * DAY_MS))
  return say(
    [
      `CodeAnt’s endpoint is switched off on ${dayOf(last)}.`,
      '',
      'Your editor goes on with its own models: nothing you see there depends on the endpoint alone. Batches, shared functions',
      `and second opinions of the endpoint end on that day. Take your team’s data along before; an admin does that with`,
      '`GET /api/v1/tenants/<id>/export`, or asks us. From a week before on, nothing can be changed any more.',
      `On ${forgotten} the last copies are deleted.`,
      '',
      `Questions: ${contact}`,
    ],
    [
      `El servidor de CodeAnt se apaga el ${dayOf(last)}.`,
      '',
      'Tu editor sigue con sus propios modelos: nada de lo que ves allí depende solo del servidor. Los lotes, las funciones',
      'compartidas y las segundas opiniones del servidor terminan ese día. Llévate antes los datos de tu equipo; un',
      'administrador lo hace con `GET /api/v1/tenants/<id>/export`, o nos los pide. Desde una semana antes ya no se puede',
      `cambiar nada. El ${forgotten} se borran las últimas copias.`,
      '',
      `Preguntas: ${contact}`,
    ],
  )
}

function dayOf(date) {
  return date.toISOString().slice(0, 10)
}
