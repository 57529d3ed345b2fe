// Writes into an overlay which images its tags stand for now, by their digests: what was tried is what runs, whatever somebody pushes later.
//
//   node deploy/operations/pin-images.mjs --overlay deploy/kubernetes/overlays/production [--write] [--moved] [--through URL]
//   node deploy/operations/pin-images.mjs --overlay deploy/kubernetes/overlays/production --check
//   node deploy/operations/pin-images.mjs --overlay deploy/kubernetes/overlays/airgapped --carry
//
// Digests cannot stand in a repository that anybody may copy: images of the gateway lie in each team's own registry. So they are written
// when a team releases, by this program, and `--check` keeps what has none from being applied. It needs kubectl.

import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments, parseDocument } from 'yaml'
import { main, say, Trouble, tell } from './program.mjs'
import { digestOfTag, RegistryError, referenceOf } from './registry.mjs'

const help = say(
  `pin-images.mjs --overlay FOLDER [--write] [--moved] [--through URL]
pin-images.mjs --overlay FOLDER --check
pin-images.mjs --overlay FOLDER --carry

Asks registries for the digest of every image that an overlay takes.

  --overlay FOLDER  with a kustomization.yaml, whose \`images\` are looked at
  --write           writes the digests there; without it, they are only told
  --moved           also where a tag stands for something else than was written before
  --through URL     a mirror that is asked in the place of all registries
  --check           asks nobody: whether everything that would be applied has a digest
  --carry           asks nobody: the commands that bring images of others into the registry that the overlay names

0: all have one, and it is still that of their tag. 1: something has none, or a tag has moved. 2: it could not be known.
Who may read there is taken from REGISTRY_AUTH_FILE or ~/.docker/config.json.`,
  `pin-images.mjs --overlay CARPETA [--write] [--moved] [--through URL]
pin-images.mjs --overlay CARPETA --check
pin-images.mjs --overlay CARPETA --carry

Pregunta a los registros por el resumen de cada imagen que usa una capa.

  --overlay CARPETA  con un kustomization.yaml, cuyas \`images\` se miran
  --write            escribe allí los resúmenes; sin él, solo se dicen
  --moved            también donde una etiqueta señala ahora otra cosa que la que estaba escrita
  --through URL      un espejo al que se pregunta en lugar de todos los registros
  --check            no pregunta a nadie: si todo lo que se aplicaría tiene resumen
  --carry            no pregunta a nadie: las órdenes que llevan las imágenes de otros al registro que nombra la capa

0: todas tienen uno, y sigue siendo el de su etiqueta. 1: alguna no lo tiene, o una etiqueta se ha movido. 2: no se ha podido saber.
Quién puede leer allí se toma de REGISTRY_AUTH_FILE o de ~/.docker/config.json.`,
)

const flag = { type: 'boolean', default: false }
const options = {
  ...{ overlay: { type: 'string' }, through: { type: 'string' } },
  ...{ write: flag, moved: flag, check: flag, carry: flag },
}

await main({ name: 'pin-images', help, options }, async values => {
  if (!values.overlay) throw new Trouble(help.split('\n')[0])
  if (values.check) return check(values.overlay)
  const file = join(values.overlay, 'kustomization.yaml')
  const document = parseDocument(read(file))
  const entries = document.get('images')?.items ?? []
  if (values.carry) return carry(entries.map(it => it.toJSON()))
  const used = imagesOf(values.overlay)
  const outcomes = []
  for (const entry of entries) {
    const { name, newName = name, newTag, digest } = entry.toJSON()
    if (!used.some(it => it.startsWith(`${newName}:`) || it.startsWith(`${newName}@`))) continue
    outcomes.push(await pin(entry, referenceOf(`${newName}:${newTag}`), digest, values))
  }
  if (values.write) writeFileSync(file, document.toString({ lineWidth: 0 }))
  // What no entry is about keeps whatever tag it has.
  const known = new Set(entries.map(it => it.toJSON()).map(it => it.newName ?? it.name))
  const strangers = used.filter(
    it => !it.includes('@') && ![...known].some(name => it.startsWith(`${name}:`)),
  )
  for (const it of strangers)
    tell(say(`${it}: stands in no \`images\` of ${file}`, `${it}: no está en las \`images\` de ${file}`))
  return strangers.length > 0 || outcomes.includes('moved') || (!values.write && outcomes.includes('new'))
    ? 1
    : 0
})

/** `same`, `new` or `moved`. */
async function pin(entry, reference, before, { write, moved, through }) {
  const name = `${reference.host}/${reference.path}:${reference.tag}`
  if (!reference.tag) throw new Trouble(say(`${name}: has no tag`, `${name}: no tiene etiqueta`))
  const digest = await digestOfTag(reference, through).catch(error => {
    throw error instanceof RegistryError ? new Trouble(error.message) : error
  })
  if (before === digest) {
    tell(`${name}  ${digest}`)
    return 'same'
  }
  const isMove = before !== undefined && !moved
  if (isMove)
    tell(
      say(
        `${name}  ${digest}: the tag has MOVED, ${before} was written; --moved takes the new one`,
        `${name}  ${digest}: la etiqueta se ha MOVIDO, estaba escrito ${before}; --moved toma el nuevo`,
      ),
    )
  else {
    tell(`${name}  ${digest}${write ? '' : say(' (--write writes it)', ' (--write lo escribe)')}`)
    if (write) entry.set('digest', digest)
  }
  return isMove ? 'moved' : 'new'
}

/** All architectures, so that the digest is the same there. */
function carry(entries) {
  for (const { name, newName, newTag } of entries) {
    // Ours have no place but the team's registry: deploy/image/build.mjs makes them.
    if (name.startsWith('codeant-') || !newName || newName === name) continue
    const { host, path } = referenceOf(name)
    tell(`skopeo copy --all docker://${host}/${path}:${newTag} docker://${newName}:${newTag}`)
  }
  return 0
}

function check(overlay) {
  const open = imagesOf(overlay).filter(it => !/@sha256:[0-9a-f]{64}$/.test(it))
  for (const it of open)
    tell(
      say(
        `${it}: may be another one tomorrow; pin it with --write`,
        `${it}: mañana puede ser otra; fíjala con --write`,
      ),
    )
  if (open.length === 0) tell(say('every image has its digest', 'cada imagen tiene su resumen'))
  return open.length > 0 ? 1 : 0
}

/** All that pods would be made of, each once. */
function imagesOf(overlay) {
  const images = new Set()
  const look = value => {
    if (value === null || typeof value !== 'object') return
    for (const [key, it] of Object.entries(value)) {
      if (['containers', 'initContainers', 'ephemeralContainers'].includes(key) && Array.isArray(it))
        for (const { image } of it) if (image) images.add(image)
      look(it)
    }
  }
  for (const it of parseAllDocuments(rendered(overlay))) look(it.toJS())
  return [...images].sort()
}

function rendered(overlay) {
  try {
    const quiet = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 }
    return execFileSync('kubectl', ['kustomize', overlay], quiet)
  } catch (error) {
    if (error.code === 'ENOENT') throw new Trouble(say('kubectl is needed', 'hace falta kubectl'))
    throw new Trouble(`${overlay}: ${error.stderr?.trim() ?? error.message}`)
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Trouble(error.message)
  }
}
