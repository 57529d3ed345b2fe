// The end of an endpoint: as a plan with dates, as a list of all that there is, and, when it is meant, as its removal, after which
// it looks whether anything is left.
//
//   node deploy/operations/decommission.mjs --plan --date 2027-03-01
//   CODEANT_GATEWAY_DATABASE_URL=postgres://… node deploy/operations/decommission.mjs --backups FOLDER [--execute --confirm NAME]

import { readdirSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { planFor } from './checklist.mjs'
import { copiesIn, ROLES, rowsOf, wholeCopy } from './copies.mjs'
import { connected, databaseUrl, placeOf } from './database.mjs'
import { kubectl } from './kubectl.mjs'
import { main, numberOf, pause, say, Trouble, tell } from './program.mjs'
import { dropRoles, inCluster, inDatabase } from './remains.mjs'
import { gatewaySays } from './schema.mjs'
import { dropEverything } from './set-aside.mjs'
import { stop, whoAsks } from './stop.mjs'

const help = say(
  `decommission.mjs --plan --date YYYY-MM-DD [--contact WHO]
decommission.mjs [--backups FOLDER] [--namespace codeant] [--no-cluster] [--no-database] [--with-backups]
                 [--execute --confirm NAME [--grace 3600] [--without-copy]]

With --plan: what is done from sixty days before to ninety days after the last day, and what people are told.
Otherwise: all objects of the namespace, and all tables of CODEANT_GATEWAY_DATABASE_URL (or _FILE) with their rows. With
--execute they go: it waits for batches, stops the gateways, makes a last copy in --backups, removes, and looks whether
anything is left. Extensions, the database itself, machines and volumes outside of the cluster stay.

  --confirm NAME    the name of the database; without one, of the namespace; with neither, of the folder of backups
  --grace SECONDS   so long batches may take until they are done (3600)
  --without-copy    no last copy is made
  --with-backups    the copies go, too: on the day when they are to be forgotten

0: done, or shown. 1: something is left. 2: it could not be done.`,
  `decommission.mjs --plan --date AAAA-MM-DD [--contact QUIÉN]
decommission.mjs [--backups CARPETA] [--namespace codeant] [--no-cluster] [--no-database] [--with-backups]
                 [--execute --confirm NOMBRE [--grace 3600] [--without-copy]]

Con --plan: qué se hace desde sesenta días antes hasta noventa después del último día, y qué se dice a la gente.
Si no: todos los objetos del espacio de nombres y todas las tablas de CODEANT_GATEWAY_DATABASE_URL (o _FILE) con sus filas.
Con --execute desaparecen: espera a los lotes, detiene los servidores, hace una última copia en --backups, lo elimina todo y
mira si queda algo. Las extensiones, la propia base de datos, las máquinas y los volúmenes fuera del clúster se quedan.

  --confirm NOMBRE  el nombre de la base de datos; si no la hay, del espacio de nombres; si tampoco, de la carpeta de copias
  --grace SEGUNDOS  cuánto pueden tardar los lotes en terminar (3600)
  --without-copy    no se hace una última copia
  --with-backups    también desaparecen las copias: el día en que hay que olvidarlas

0: hecho, o mostrado. 1: queda algo. 2: no se ha podido hacer.`,
)

const options = {
  plan: { type: 'boolean', default: false },
  date: { type: 'string' },
  contact: { type: 'string', default: '…' },
  namespace: { type: 'string', default: 'codeant' },
  backups: { type: 'string' },
  'no-cluster': { type: 'boolean', default: false },
  'no-database': { type: 'boolean', default: false },
  'with-backups': { type: 'boolean', default: false },
  'without-copy': { type: 'boolean', default: false },
  grace: { type: 'string', default: '3600' },
  timeout: { type: 'string', default: '300' },
  confirm: { type: 'string' },
  execute: { type: 'boolean', default: false },
}

await main({ name: 'decommission', help, options }, async values => {
  if (values.plan) {
    const last = new Date(`${values.date}T00:00:00Z`)
    if (Number.isNaN(last.getTime()))
      throw new Trouble(say('--date is the last day: 2027-03-01', '--date es el último día: 2027-03-01'))
    return tell(planFor(last, values.contact))
  }
  const url = values['no-database'] ? undefined : databaseUrl()
  const namespace = values['no-cluster'] ? undefined : values.namespace
  const there = await remains(url, namespace)
  show(there, url, namespace, values.backups)
  const name = url
    ? url.pathname.slice(1)
    : (namespace ?? (values.backups && basename(resolve(values.backups))))
  if (!values.execute)
    return tell(
      say(
        `Nothing was removed. --execute --confirm ${name} does it.`,
        `No se ha eliminado nada. Con --execute --confirm ${name} se hace.`,
      ),
    )
  if (values.confirm !== name)
    throw new Trouble(say(`--confirm has to be ${name}`, `--confirm tiene que ser ${name}`))
  if (url && !values.backups && !values['without-copy'])
    throw new Trouble(
      say('--backups says where the last copy goes', '--backups dice adónde va la última copia'),
    )

  const seconds = numberOf(values.timeout, 'timeout', 1)
  if (url && there.database.tables.length > 0) {
    await batchesEnd(url, numberOf(values.grace, 'grace') * 1000)
    if (namespace && there.cluster.some(it => it.kind === 'Deployment')) {
      await stop(await whoAsks(namespace), seconds)
      tell(say('the gateways are stopped', 'los servidores están detenidos'))
    }
    if (!values['without-copy']) await lastCopy(values.backups)
    await dropEverything(url, there.database.aside)
    for (const it of await dropRoles(url, ROLES))
      tell(
        say(
          `the role ${it} stays: another database needs it`,
          `el rol ${it} se queda: lo necesita otra base de datos`,
        ),
      )
  }
  if (namespace) await removeFromCluster(there.cluster, namespace, seconds)
  if (values['with-backups']) for (const it of filesOf(values.backups)) rmSync(join(values.backups, it))
  return isGone(await remains(url, namespace), values)
})

async function remains(url, namespace) {
  const [database, cluster] = await Promise.all([
    url ? inDatabase(url) : { tables: [], functions: [], aside: [] },
    namespace ? inCluster(namespace) : [],
  ])
  return { database, cluster }
}

function show({ database, cluster }, url, namespace, backups) {
  if (url) tell(placeOf(url))
  for (const { name, rows } of database.tables) tell(`${String(rows).padStart(10)}  ${name}`)
  for (const it of [...database.functions, ...database.aside]) tell(`${' '.repeat(10)}  ${it}`)
  if (namespace) tell(namespace)
  const unknown = say('not labelled as ours', 'sin nuestra etiqueta')
  for (const { kind, name, isOurs } of cluster)
    tell(`${' '.repeat(10)}  ${kind}/${name}${isOurs ? '' : `  (${unknown})`}`)
  if (backups) tell(`${backups}: ${filesOf(backups).length} ${say('files', 'ficheros')}`)
}

/** Who sent something in waits for it; new ones come in meanwhile only where nobody switched on read-only mode. */
async function batchesEnd(url, graceMs) {
  const until = Date.now() + graceMs
  for (;;) {
    const open = await connected(url, async client => {
      await client.query('BEGIN READ ONLY')
      await client.query('SET LOCAL ROLE codeant_system')
      const { rows } = await client.query(
        "SELECT count(*)::int AS open FROM batch_parts WHERE state IN ('waiting', 'running')",
      )
      return rows[0].open
    })
    if (open === 0) return
    if (Date.now() > until)
      throw new Trouble(
        say(
          `${open} parts of batches are not done; nothing was removed`,
          `${open} partes de lotes no han terminado; no se ha eliminado nada`,
        ),
      )
    await pause(Math.min(5000, graceMs))
  }
}

async function lastCopy(folder) {
  const program = fileURLToPath(new URL('backup.mjs', import.meta.url))
  tell(await gatewaySays(['--to', folder], process.env, program))
  const [file] = copiesIn(folder)
  const copy = await wholeCopy(file)
  tell(
    say(`the last copy is whole: ${rowsOf(copy)} rows`, `la última copia está entera: ${rowsOf(copy)} filas`),
  )
}

/** The namespace takes along all that is in it. */
async function removeFromCluster(objects, namespace, seconds) {
  if (
    objects.some(it => it.kind === 'Namespace' && it.name === namespace) ||
    objects.some(it => !it.isOfCluster)
  )
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', `--timeout=${seconds}s`)
  for (const { kind, name } of objects.filter(it => it.isOfCluster && it.kind !== 'Namespace'))
    await kubectl('delete', kind, name, '--ignore-not-found', `--timeout=${seconds}s`)
}

function isGone({ database, cluster }, { backups, 'with-backups': withBackups }) {
  const left = [
    ...database.tables.map(it => it.name),
    ...database.functions,
    ...database.aside,
    ...cluster.map(it => `${it.kind}/${it.name}`),
    ...(withBackups ? filesOf(backups) : []),
  ]
  tell(
    left.length === 0
      ? say('✓ nothing of it is left', '✓ no queda nada')
      : say(`✘ left: ${left.join(', ')}`, `✘ queda: ${left.join(', ')}`),
  )
  return left.length === 0 ? 0 : 1
}

function filesOf(folder) {
  return readdirSync(folder).filter(it => /\.dump(\.json)?$/.test(it))
}
