// Whether the copies of the database could be used: each whole, readable, and the newest not too old.
//
//   node deploy/operations/verify.mjs --in FOLDER [--max-age-hours 26] [--json]

import { spawnSync } from 'node:child_process'
import { copiesIn, readableCopy, rowsOf, wholeCopy } from './copies.mjs'
import { main, numberOf, say, Trouble, tell } from './program.mjs'
import { privateKeysOf } from './seal.mjs'

const help = say(
  `verify.mjs --in FOLDER [--max-age-hours 26] [--json]

Looks at every copy of backup.mjs in the folder: whether its digest is that of then, whether PostgreSQL can read it, and
whether the newest is young enough. It changes nothing. A sealed copy is opened where CODEANT_BACKUP_PRIVATE_KEY (or _FILE) has its
key; without one, its digest is what is looked at. Whether a copy becomes a database again is what drill.mjs tries.

0: all of them, and one is young enough. 1: not so.`,
  `verify.mjs --in CARPETA [--max-age-hours 26] [--json]

Mira cada copia de backup.mjs en la carpeta: si su resumen es el de entonces, si PostgreSQL puede leerla y si la más nueva
es bastante reciente. No cambia nada. Una copia sellada se abre si CODEANT_BACKUP_PRIVATE_KEY (o _FILE) tiene su clave; sin
ella solo se mira su resumen. Si una copia vuelve a ser una base de datos, lo prueba drill.mjs.

0: todas, y hay una bastante reciente. 1: no es así.`,
)

const options = {
  in: { type: 'string' },
  // One a day, and two hours for it.
  'max-age-hours': { type: 'string', default: '26' },
  json: { type: 'boolean', default: false },
}

await main({ name: 'verify', help, options }, async values => {
  if (!values.in) throw new Trouble(say('--in says in which folder', '--in dice en qué carpeta'))
  const most = numberOf(values['max-age-hours'], 'max-age-hours')
  const copies = []
  for (const file of copiesIn(values.in)) copies.push(await verified(file))
  const ages = copies.filter(it => !it.problem).map(it => it.ageHours)
  const youngest = Math.min(...ages)
  const ok = copies.every(it => !it.problem) && youngest <= most
  if (values.json) tell(JSON.stringify({ ok, copies }, null, 2))
  else {
    for (const { file, at, rows, bytes, sealedFor, problem } of copies) {
      const sealed = sealedFor ? say(`, sealed for ${sealedFor}`, `, sellada para ${sealedFor}`) : ''
      tell(
        problem ? `✘ ${problem}` : `✓ ${file}: ${at}, ${rows} ${say('rows', 'filas')}, ${bytes} B${sealed}`,
      )
    }
    if (ages.length === 0) tell(say('✘ there is no copy', '✘ no hay ninguna copia'))
    else if (youngest > most)
      tell(
        say(
          `✘ the newest is ${youngest.toFixed(1)} hours old; at most ${most} is allowed`,
          `✘ la más nueva tiene ${youngest.toFixed(1)} horas; se admiten ${most} como mucho`,
        ),
      )
  }
  return ok ? 0 : 1
})

async function verified(file) {
  try {
    const about = await (privateKeysOf().length > 0 ? readableCopy : wholeCopy)(file)
    const { at, bytes, sealedFor } = about
    // To open it says more than a list of what it holds: every byte has its tag.
    if (sealedFor === undefined) mustList(file)
    const ageHours = (Date.now() - Date.parse(at)) / 3_600_000
    return { file, at, bytes, rows: rowsOf(about), ageHours, ...(sealedFor && { sealedFor }) }
  } catch (error) {
    return { file, problem: error.message }
  }
}

function mustList(file) {
  const listing = spawnSync('pg_restore', ['--list', file], { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (listing.error)
    throw new Trouble(say('pg_restore of PostgreSQL is needed', 'hace falta pg_restore, de PostgreSQL'))
  if (listing.status !== 0) throw new Trouble(`${file}: ${listing.stderr.trim()}`)
}
