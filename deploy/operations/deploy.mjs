// Brings a version to a cluster: settings, the schema and weights first, then the gateways, and waits until they are there.
//
//   node deploy/operations/deploy.mjs --overlay production --image registry/codeant-gateway@sha256:… [--image …] [--execute]
//
// The image is named by its digest, so that what was tested is what runs. A job's pods cannot be changed, so the last ones are removed
// before the new ones come.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { deploymentOf, kubectl, rolledOut } from './kubectl.mjs'
import { main, numberOf, say, secondsSince, Trouble, tell } from './program.mjs'

const OVERLAYS = fileURLToPath(new URL('../kubernetes/overlays/', import.meta.url))
const NAMESPACE = 'codeant'
const GATEWAY = 'gateway'
/** Of jobs, those that everything waits for, and what it means when one does not come to its end. */
const JOBS = {
  migrations: {
    done: say('the schema is up to date', 'el esquema está al día'),
    failed: say('the schema did not come up to date', 'el esquema no se ha puesto al día'),
  },
  weights: {
    done: say('the weights are there', 'los pesos están'),
    failed: say('the weights did not come', 'los pesos no han llegado'),
  },
}

const help = say(
  `deploy.mjs --overlay NAME --image NAME@sha256:… [--image …] [--timeout SECONDS] [--execute]
deploy.mjs --revision

Brings a version to the cluster that kubectl knows. Without --execute the cluster only says what would change.

  --overlay NAME      of deploy/kubernetes/overlays, or a folder of your own
  --image IMAGE       by its digest; takes the place of those in the overlay whose names end alike
  --timeout SECONDS   until the schema is up to date, and again until the gateways are ready (600)
  --revision          says which revision runs now (for rollback.mjs --to-revision), 0 where there is none

0: done, or shown. 2: it could not be done.`,
  `deploy.mjs --overlay NOMBRE --image NOMBRE@sha256:… [--image …] [--timeout SEGUNDOS] [--execute]
deploy.mjs --revision

Lleva una versión al clúster que conoce kubectl. Sin --execute el clúster solo dice qué cambiaría.

  --overlay NOMBRE    de deploy/kubernetes/overlays, o una carpeta propia
  --image IMAGEN      por su huella (digest); sustituye a las de la superposición cuyo nombre acaba igual
  --timeout SEGUNDOS  hasta que el esquema esté al día, y otra vez hasta que los gateways estén listos (600)
  --revision          dice qué revisión está en marcha (para rollback.mjs --to-revision), 0 si no hay ninguna

0: hecho, o mostrado. 2: no se ha podido hacer.`,
)

const options = {
  overlay: { type: 'string' },
  image: { type: 'string', multiple: true },
  timeout: { type: 'string', default: '600' },
  revision: { type: 'boolean', default: false },
  execute: { type: 'boolean', default: false },
}

await main({ name: 'deploy', help, options }, async values => {
  if (values.revision) return tell(await revisionNow())
  const { overlay, image: images, execute } = values
  if (!overlay || !images) throw new Trouble(help.split('\n')[0])
  const loose = images.find(it => !/^[^@\s]+@sha256:[0-9a-f]{64}$/.test(it))
  if (loose)
    throw new Trouble(
      say(
        `${loose}: which one that is can change; name it by its digest (NAME@sha256:…)`,
        `${loose}: puede ser otra mañana; nómbrala por su huella (NOMBRE@sha256:…)`,
      ),
    )
  const seconds = numberOf(values.timeout, 'timeout', 1)
  const folder = mkdtempSync(join(tmpdir(), 'codeant-deploy-'))
  try {
    const source = isAbsolute(overlay) || overlay.includes('/') ? resolve(overlay) : join(OVERLAYS, overlay)
    const { first, all, shown, jobs, gateways, open } = await render(source, images, folder)
    for (const it of open)
      tell(
        say(
          `${it}: may be another one tomorrow (pin-images.mjs)`,
          `${it}: mañana puede ser otra (pin-images.mjs)`,
        ),
      )
    if (!execute) {
      tell((await kubectl('apply', '--dry-run=server', '-f', shown)).trimEnd())
      for (const { name } of jobs)
        tell(say(`job ${name}: would be made anew`, `trabajo ${name}: se haría de nuevo`))
      tell(say('nothing was changed; --execute does it', 'no se ha cambiado nada; con --execute se hace'))
      return 0
    }
    const began = performance.now()
    await prepare(first, jobs, seconds)
    await kubectl('apply', '-f', all)
    for (const it of gateways) await rolledOut(it, NAMESPACE, seconds)
    const took = secondsSince(began)
    tell(say(`${images.join(', ')}: ready, ${took} s`, `${images.join(', ')}: en marcha, ${took} s`))
    return 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Three files: everything but what runs, for whatever that stands on has to be there before it; all of it; and all but jobs. */
async function render(source, images, folder) {
  const plain = documentsOf(await kubectl('kustomize', source))
  const gateway = plain.find(it => it.kind === 'Deployment' && it.metadata.name === GATEWAY)
  if (!gateway)
    throw new Trouble(say(`${source}: there is no gateway in it`, `${source}: no hay ningún gateway`))
  const used = [...new Set(plain.flatMap(imagesOf).map(it => it.replace(/@.*|:[^/:]*$/, '')))]
  const replaced = images.flatMap(image => {
    const [newName, digest] = image.split('@')
    // As the overlay names them by now.
    const names = used.filter(it => it.split('/').at(-1) === newName.split('/').at(-1))
    if (names.length === 0)
      throw new Trouble(say(`${source}: nothing in it runs ${newName}`, `${source}: nada ejecuta ${newName}`))
    return names.map(name => ({ name, newName, digest }))
  })
  const settings = { resources: [relative(folder, source)], images: replaced }
  writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(settings))
  const text = await kubectl('kustomize', folder)
  const documents = documentsOf(text)
  const listed = (file, items) => {
    const path = join(folder, file)
    writeFileSync(path, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
    return path
  }
  const all = join(folder, 'all.yaml')
  writeFileSync(all, text)
  return {
    all,
    first: listed(
      'first.json',
      documents.filter(it => it.kind !== 'Deployment'),
    ),
    shown: listed(
      'shown.json',
      documents.filter(it => it.kind !== 'Job'),
    ),
    jobs: documents
      .filter(it => it.kind === 'Job' && it.metadata.name in JOBS)
      .map(it => ({ name: it.metadata.name, seconds: it.spec.activeDeadlineSeconds ?? 0 })),
    // Whatever runs an image that was named: one program in several kinds of pods.
    gateways: documents
      .filter(it => it.kind === 'Deployment' && images.includes(it.spec.template.spec.containers[0].image))
      .map(it => it.metadata.name),
    open: [...new Set(documents.flatMap(imagesOf))].filter(it => !it.includes('@')),
  }
}

/** Where an overlay has jobs for it. Weights may take hours, once. */
async function prepare(first, jobs, seconds) {
  const names = jobs.map(it => `job/${it.name}`)
  if (names.length > 0) await kubectl('delete', ...names, '-n', NAMESPACE, '--ignore-not-found', '--wait')
  await kubectl('apply', '-f', first)
  for (const job of jobs) {
    const { done, failed } = JOBS[job.name]
    const patience = job.name === 'migrations' ? seconds : Math.max(seconds, job.seconds)
    const given = ['-n', NAMESPACE, `--timeout=${patience}s`]
    await kubectl('wait', '--for=condition=complete', `job/${job.name}`, ...given).catch(error => {
      const stays = say('the gateways stay as they are', 'los gateways se quedan como están')
      throw new Trouble(`${failed}, ${stays}: ${error.message}`)
    })
    tell(done)
  }
}

function imagesOf({ spec }) {
  const pod = (spec?.jobTemplate?.spec ?? spec)?.template?.spec
  return pod ? [...(pod.initContainers ?? []), ...pod.containers].map(it => it.image) : []
}

async function revisionNow() {
  const found = await kubectl(
    'get',
    'deployment',
    GATEWAY,
    '-n',
    NAMESPACE,
    '--ignore-not-found',
    '-o',
    'name',
  )
  if (!found.trim()) return '0'
  const { metadata } = await deploymentOf(GATEWAY, NAMESPACE)
  return metadata.annotations?.['deployment.kubernetes.io/revision'] ?? '0'
}

function documentsOf(text) {
  return parseAllDocuments(text).map(it => it.toJS())
}
