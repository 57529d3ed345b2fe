// Brings copies of the database to a store somewhere else, so that a cluster that burns does not take them along.
//
//   node deploy/operations/offsite.mjs --from FOLDER --to s3://BUCKET[/PREFIX] [--endpoint URL] [--region eu-west-1]
//
// Who may write there, say CODEANT_STORE_ID and CODEANT_STORE_SECRET (or …_FILE), or the role that a pod has on AWS. It only ever adds: what is too old there, the store's
// own rules forget, so that whoever gets into the cluster cannot take the copies away. Sealed they are by backup.mjs, and encrypted by the store once more.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { digestOf } from './database.mjs'
import { objectStore, roleOfPod, StoreError } from './object-store.mjs'
import { main, say, secretOf, Trouble, tell } from './program.mjs'

const usage = say(
  'offsite.mjs --from FOLDER --to s3://BUCKET[/PREFIX] [--endpoint URL] [--region REGION]',
  'offsite.mjs --from CARPETA --to s3://CUBO[/PREFIJO] [--endpoint URL] [--region REGIÓN]',
)
const help = say(
  `${usage}

Brings every copy in the folder that is not there yet to a store that speaks S3. CODEANT_STORE_ID and CODEANT_STORE_SECRET
(or …_FILE), or a pod's role on AWS, say who writes. Nothing is removed there, and a copy that is damaged is not brought.`,
  `${usage}

Lleva a un almacén que habla S3 cada copia de la carpeta que aún no está allí. CODEANT_STORE_ID y CODEANT_STORE_SECRET
(o …_FILE), o el rol de un pod en AWS, dicen quién escribe. Allí no se borra nada, y una copia dañada no se lleva.`,
)
const options = {
  ...{ from: { type: 'string' }, to: { type: 'string' }, endpoint: { type: 'string' } },
  region: { type: 'string' },
}

await main({ name: 'offsite', help, options }, async values => {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(values.to ?? '') ?? []
  if (!values.from || !bucket) throw new Trouble(usage)
  const region = values.region ?? process.env.AWS_REGION ?? 'us-east-1'
  const { endpoint = `https://s3.${region}.amazonaws.com` } = values
  try {
    const who = await whoWrites(region)
    await bring(objectStore({ endpoint, region, bucket, ...who }), values.from, prefix)
  } catch (error) {
    throw error instanceof StoreError ? new Trouble(error.message) : error
  }
})

/** On AWS, the role of the pod, for an hour; else a key of its own. */
async function whoWrites(region) {
  const { AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ENDPOINT_URL_STS: sts } = process.env
  if (role && token)
    return roleOfPod(sts ?? `https://sts.${region}.amazonaws.com`, role, readFileSync(token, 'utf8'))
  const [id, secret] = [secretOf('CODEANT_STORE_ID'), secretOf('CODEANT_STORE_SECRET')]
  if (id && secret) return { id, secret }
  throw new Trouble(
    say(
      'CODEANT_STORE_ID and CODEANT_STORE_SECRET (or …_FILE), or the role of a pod on AWS, have to say who writes',
      'CODEANT_STORE_ID y CODEANT_STORE_SECRET (o …_FILE), o el rol de un pod en AWS, tienen que decir quién escribe',
    ),
  )
}

async function bring(store, folder, prefix) {
  const copies = readdirSync(folder)
    .filter(it => it.endsWith('.dump.json'))
    .sort()
  if (copies.length === 0)
    throw new Trouble(say(`there is no copy in ${folder}`, `en ${folder} no hay ninguna copia`))
  let brought = 0
  for (const about of copies) {
    const dump = about.replace(/\.json$/, '')
    if ((await digestOf(join(folder, dump))) !== JSON.parse(readFileSync(join(folder, about), 'utf8')).sha256)
      throw new Trouble(
        say(
          `${join(folder, dump)} is damaged: its digest is another than then; it is not brought`,
          `${join(folder, dump)} está dañada: su resumen ya no es el de entonces; no se lleva`,
        ),
      )
    let isNew = false
    // What says that it is a copy comes last, as on disk.
    for (const name of [dump, about]) {
      const key = [prefix.replace(/\/$/, ''), name].filter(Boolean).join('/')
      const bytes = statSync(join(folder, name)).size
      if ((await store.bytesOf(key)) === bytes) continue
      await store.put(key, join(folder, name))
      tell(`${key}: ${(bytes / 1e6).toFixed(1)} MB`)
      isNew = true
    }
    if (isNew) brought++
  }
  const there = copies.length - brought
  tell(say(`${brought} brought, ${there} were there`, `${brought} llevadas, ${there} ya estaban`))
}
