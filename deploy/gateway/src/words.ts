// What the gateway says to the person who starts it.

import type { Locale } from '@codeant/shared/locale.ts'
import type { ConfigProblem } from './config.ts'
import type { TableRows } from './store/tenant-erasure.ts'
import type { WrittenPart } from './store/tenant-files.ts'
import type { Tenant } from './store/tenants.ts'

interface Words {
  readonly listening: (version: string, url: string) => string
  readonly graphql: (url: string) => string
  /** Undefined: a database elsewhere. */
  readonly storage: (folder: string | undefined) => string
  /** It listens where others can reach it. */
  readonly exposed: (host: string) => string
  readonly adminKey: (key: string) => string
  readonly next: (url: string, key: string) => string
  readonly stopping: string
  /** The names of what was applied now. */
  readonly migrated: (names: readonly string[]) => string
  readonly modelsFolder: string
  readonly modelsWritten: (names: readonly string[], folder: string) => string
  readonly modelUnusable: (name: string) => string
  readonly weightsUsage: string
  readonly weightsFile: (name: string, bytes: number, wasThere: boolean) => string
  readonly weightsThere: (folder: string, files: number) => string
  /** `missing`, `size`, `digest`, or what the store said. */
  readonly weightsWrong: (file: string, reason: string) => string
  readonly weightsDescription: (path: string, fields: string) => string
  readonly weightsUnsigned: (path: string) => string
  /** A line of a list. */
  readonly tenant: (tenant: Tenant) => string
  readonly tenantAdded: (name: string) => string
  readonly tenantNext: string
  readonly tenantName: string
  readonly tenantExists: (name: string) => string
  readonly noTenant: (name: string) => string
  readonly retained: (rows: readonly TableRows[], isDone: boolean) => string
  readonly exportFolder: string
  readonly folderNotEmpty: (folder: string) => string
  readonly exported: (name: string, folder: string, parts: readonly WrittenPart[]) => string
  readonly wouldErase: (tenant: Tenant, rows: readonly TableRows[]) => string
  readonly erased: (tenant: Tenant, rows: readonly TableRows[]) => string
  readonly notErased: (detail: string) => string
  readonly noStorage: string
  readonly inUse: (folder: string, process: number) => string
  readonly portTaken: (host: string, port: number) => string
  readonly notAllowed: (detail: string) => string
  readonly cannotStart: (detail: string) => string
  readonly setting: Readonly<Record<ConfigProblem['code'], (problem: ConfigProblem) => string>>
}

export const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    listening: (version, url) => `CodeAnt endpoint ${version} listens on ${url}\n`,
    graphql: url => `GraphQL alone listens on ${url}\n`,
    storage: folder =>
      folder === undefined ? 'Storage: PostgreSQL\n' : `Storage: ${folder} (private to you)\n`,
    exposed: host => `Others can reach ${host}: put TLS in front of it, or keys travel as plain text.\n`,
    adminKey: key =>
      `\nAdmin key, shown this once (only its digest is kept):\n\n  ${key}\n\nKeep it where you keep passwords.\n`,
    next: (url, key) =>
      `\nTry it:\n  curl -H 'x-api-key: ${key}' ${url}/v2/models\n\nIn the editor's settings:\n  "codeant.remote.enabled": true,\n  "codeant.remote.endpoint": "${url}"\nand the command "CodeAnt: Set Endpoint Key".\n\nTo let others in:\n  codeant auth login ${url} --key\n  codeant team invite ana@example.com\n\nCtrl+C stops it; what is in flight is finished first.\n`,
    stopping: 'Stopping; what is in flight is finished first …\n',
    migrated: names =>
      names.length === 0 ? 'The schema is up to date.\n' : `Applied: ${names.join(', ')}\n`,
    modelsFolder: 'into which folder? main.mjs models FOLDER',
    modelsWritten: (names, folder) => `${folder}: ${names.join(', ')}\n`,
    modelUnusable: name => `the model ${name} cannot be loaded, or is not what was shipped`,
    weightsUsage:
      'main.mjs weights fetch DESCRIPTION FOLDER FROM, main.mjs weights check DESCRIPTION FOLDER, or main.mjs weights manifest',
    weightsFile: (name, bytes, wasThere) =>
      `${name}: ${(bytes / 1e6).toFixed(1)} MB${wasThere ? ', was there already' : ''}\n`,
    weightsThere: (folder, files) => `${folder}: ${files} files, each as it was described\n`,
    weightsWrong: (file, reason) =>
      `${file}: ${{ missing: 'is not there; the job `weights` brings it', size: 'is of another size than described', digest: 'is not what was described: its digest is another' }[reason] ?? reason}`,
    weightsDescription: (path, fields) => `${path} does not describe weights: ${fields}`,
    weightsUnsigned: path =>
      `${path}: nobody whose key is in weights.publicKey signed this; nothing is loaded`,
    tenant: ({ id, name, createdAt }) => `${id}  ${createdAt.toISOString().slice(0, 10)}  ${name}\n`,
    tenantAdded: name => `The team "${name}" exists now.\n`,
    tenantNext:
      '\nWhoever has it logs in with it (codeant auth login ADDRESS --key) and invites people (codeant team invite EMAIL).\n',
    tenantName: 'which team? A name of at most 200 characters',
    tenantExists: name => `there is a team called "${name}" already`,
    noTenant: name => `there is no team called "${name}"; codeant endpoint tenant list shows them`,
    retained: (rows, isDone) =>
      `${tableOf(rows)}${rows.length === 0 ? 'Nothing is over.' : isDone ? 'This is gone, or forgotten.' : 'This is over, and goes within the hour, or now with --execute.'}\n`,
    exportFolder: 'into which folder? tenant export NAME --to FOLDER',
    folderNotEmpty: folder => `${folder} is not empty: an export gets a folder of its own`,
    exported: (name, folder, parts) =>
      `${parts.map(it => `${it.file}: ${it.rows}\n`).join('')}All that is kept of "${name}" lies in ${folder}; manifest.json says what it is, and \`sha256sum -c SHA256SUMS\` whether it is whole.\n`,
    wouldErase: ({ name, id }, rows) =>
      `${tableOf(rows)}This is what there is of "${name}" (${id}). With --execute all of it goes for good, and cannot be had back; copies of the database keep it until they are too old. \`tenant export\` takes it along first.\n`,
    erased: ({ id }, rows) =>
      `${tableOf(rows)}The team ${id} is gone, with all of this and with its kept answers. One line of the audit says so, without a name.\n`,
    notErased: detail => `nothing was erased: ${detail}`,
    noStorage:
      'say where to keep data: CODEANT_GATEWAY_DATA_FOLDER (embedded database) or CODEANT_GATEWAY_DATABASE_URL (PostgreSQL)',
    inUse: (folder, process) =>
      `${folder} is in use by process ${process}; stop it, or choose another folder with --data`,
    portTaken: (host, port) =>
      `something else listens on ${host}:${port}; choose another port with --port (0: any free one)`,
    notAllowed: detail => `not allowed: ${detail}`,
    cannotStart: detail => `the endpoint cannot start: ${detail}`,
    setting: {
      unknown: ({ key, from }) => `${from}: there is no setting "${key}"`,
      invalid: ({ key, from, expects, given }) =>
        `${from}: ${key} cannot be ${given === undefined ? 'that' : `"${given}"`}; expected: ${expects}`,
      unreadable: ({ from, given }) => `${from}: cannot be read${given ? `: ${given}` : ''}`,
      needed: ({ key, from }) => `${from} needs ${key} as well`,
    },
  },
  es: {
    listening: (version, url) => `El servidor de inferencia de CodeAnt ${version} escucha en ${url}\n`,
    graphql: url => `Solo para GraphQL, escucha en ${url}\n`,
    storage: folder =>
      folder === undefined
        ? 'Almacenamiento: PostgreSQL\n'
        : `Almacenamiento: ${folder} (solo tú tienes acceso)\n`,
    exposed: host =>
      `Otros pueden alcanzar ${host}: pon TLS delante o las claves viajarán como texto sin cifrar.\n`,
    adminKey: key =>
      `\nClave de administración; solo se muestra esta vez (se guarda únicamente su resumen):\n\n  ${key}\n\nGuárdala donde guardas tus contraseñas.\n`,
    next: (url, key) =>
      `\nPruébalo:\n  curl -H 'x-api-key: ${key}' ${url}/v2/models\n\nEn los ajustes del editor:\n  "codeant.remote.enabled": true,\n  "codeant.remote.endpoint": "${url}"\ny la orden «CodeAnt: Guardar la clave del servidor de inferencia».\n\nPara que otros puedan entrar:\n  codeant auth login ${url} --key\n  codeant team invite ana@example.com\n\nCtrl+C lo detiene; antes termina lo que está en curso.\n`,
    stopping: 'Deteniendo; antes termina lo que está en curso…\n',
    migrated: names =>
      names.length === 0 ? 'El esquema está al día.\n' : `Se ha aplicado: ${names.join(', ')}\n`,
    modelsFolder: '¿en qué carpeta? main.mjs models CARPETA',
    modelsWritten: (names, folder) => `${folder}: ${names.join(', ')}\n`,
    modelUnusable: name => `el modelo ${name} no se puede cargar, o no es el que se distribuyó`,
    weightsUsage:
      'main.mjs weights fetch DESCRIPCIÓN CARPETA ORIGEN, main.mjs weights check DESCRIPCIÓN CARPETA o main.mjs weights manifest',
    weightsFile: (name, bytes, wasThere) =>
      `${name}: ${(bytes / 1e6).toFixed(1)} MB${wasThere ? ', ya estaba' : ''}\n`,
    weightsThere: (folder, files) => `${folder}: ${files} archivos, todos como se describen\n`,
    weightsWrong: (file, reason) =>
      `${file}: ${{ missing: 'no está; lo trae el trabajo `weights`', size: 'no tiene el tamaño descrito', digest: 'no es lo descrito: su resumen es otro' }[reason] ?? reason}`,
    weightsDescription: (path, fields) => `${path} no describe pesos: ${fields}`,
    weightsUnsigned: path =>
      `${path}: no lo ha firmado nadie cuya clave esté en weights.publicKey; no se carga nada`,
    tenant: ({ id, name, createdAt }) => `${id}  ${createdAt.toISOString().slice(0, 10)}  ${name}\n`,
    tenantAdded: name => `Se ha creado el equipo «${name}».\n`,
    tenantNext:
      '\nQuien la tenga inicia sesión con ella (codeant auth login DIRECCIÓN --key) e invita a la gente (codeant team invite CORREO).\n',
    tenantName: '¿qué equipo? Un nombre de 200 caracteres como mucho',
    tenantExists: name => `ya hay un equipo llamado «${name}»`,
    noTenant: name => `no hay ningún equipo llamado «${name}»; codeant endpoint tenant list los muestra`,
    retained: (rows, isDone) =>
      `${tableOf(rows)}${rows.length === 0 ? 'No ha caducado nada.' : isDone ? 'Esto ha desaparecido o se ha olvidado.' : 'Esto ha caducado y desaparece antes de una hora, o ahora con --execute.'}\n`,
    exportFolder: '¿en qué carpeta? tenant export NOMBRE --to CARPETA',
    folderNotEmpty: folder => `${folder} no está vacía: una exportación va en una carpeta propia`,
    exported: (name, folder, parts) =>
      `${parts.map(it => `${it.file}: ${it.rows}\n`).join('')}Todo lo que se guarda de «${name}» está en ${folder}; manifest.json dice qué es y \`sha256sum -c SHA256SUMS\`, si está completo.\n`,
    wouldErase: ({ name, id }, rows) =>
      `${tableOf(rows)}Esto es lo que hay de «${name}» (${id}). Con --execute desaparece todo para siempre y no se puede recuperar; las copias de la base de datos lo conservan hasta que caducan. \`tenant export\` permite llevárselo antes.\n`,
    erased: ({ id }, rows) =>
      `${tableOf(rows)}El equipo ${id} ya no existe, ni nada de esto, ni sus respuestas guardadas. Una línea de la auditoría lo dice, sin ningún nombre.\n`,
    notErased: detail => `no se ha borrado nada: ${detail}`,
    noStorage:
      'indica dónde guardar los datos: CODEANT_GATEWAY_DATA_FOLDER (base de datos integrada) o CODEANT_GATEWAY_DATABASE_URL (PostgreSQL)',
    inUse: (folder, process) =>
      `el proceso ${process} está usando ${folder}; detenlo o elige otra carpeta con --data`,
    portTaken: (host, port) =>
      `otro programa escucha en ${host}:${port}; elige otro puerto con --port (0: cualquiera libre)`,
    notAllowed: detail => `sin permiso: ${detail}`,
    cannotStart: detail => `el servidor no puede arrancar: ${detail}`,
    setting: {
      unknown: ({ key, from }) => `${from}: no existe el ajuste «${key}»`,
      invalid: ({ key, from, expects, given }) =>
        `${from}: ${key} no puede ser ${given === undefined ? 'eso' : `«${given}»`}; se espera: ${expects}`,
      unreadable: ({ from, given }) => `${from}: no se puede leer${given ? `: ${given}` : ''}`,
      needed: ({ key, from }) => `${from} necesita también ${key}`,
    },
  },
}

function tableOf(rows: readonly TableRows[]): string {
  return rows.map(it => `${String(it.rows).padStart(8)}  ${it.table}\n`).join('')
}
