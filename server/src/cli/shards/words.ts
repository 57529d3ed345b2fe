// What `codeant shards` says, in both languages.

import type { Locale } from '@codeant/shared/locale.ts'

export interface ShardsWords {
  readonly which: string
  readonly noPlaces: string
  readonly noPlanGiven: string
  readonly number: (option: string, value: string) => string
  readonly noRule: (id: string) => string
  readonly list: (file: string, reason: string) => string
  readonly planning: (parts: number, place: string) => string
  readonly planned: (file: string, counts: PlanCounts) => string
  readonly divided: (root: string, parts: number) => string
  readonly noPlan: (file: string, reason: string) => string
  readonly notAPlan: (file: string) => string
  readonly waiting: (what: string) => string
  readonly twice: (place: string) => string
  readonly inside: (place: string, other: string) => string
  readonly partOf: (place: string, root: string) => string
  readonly unreadable: (place: string) => string
  readonly changed: (root: string) => string
  readonly otherEngine: (planned: string, here: string) => string
  readonly noShard: (given: number, shards: number) => string
  readonly models: string
  readonly ran: (shard: number, shards: number, counts: RunCounts) => string
  readonly missing: (count: number, shards: readonly number[]) => string
  readonly byAnother: (root: string, contexts: readonly string[]) => string
  readonly damaged: (file: string) => string
  readonly merged: (counts: MergeCounts) => string
  readonly status: (shard: number, done: number, all: number, lines: number) => string
}

export interface PlanCounts {
  readonly shards: number
  readonly parts: number
  readonly projects: number
  readonly files: number
  readonly lines: number
}

export interface RunCounts {
  readonly parts: number
  readonly known: number
  readonly files: number
  readonly lines: number
  readonly seconds: number
  readonly cpuSeconds: number
}

export interface MergeCounts {
  readonly parts: number
  readonly files: number
  readonly lines: number
  readonly findings: number
  readonly seconds: number
}

/** More numbers than this are no help to anybody. */
const NAMED = 20

export const SHARDS_WORDS: Readonly<Record<Locale, ShardsWords>> = {
  en: {
    which: 'what: plan, run, merge or status?',
    noPlaces: 'name the repositories: as paths, with --list or with --each-in',
    noPlanGiven: 'name one plan, such as plan.json',
    number: (option, value) => `--${option} cannot be "${value}"`,
    noRule: id => `there is no rule or category "${id}"; \`codeant rules\` lists them`,
    list: (file, reason) => `the list ${file} cannot be read: ${reason}`,
    planning: (parts, place) => `${n(parts, 'en')} parts … ${place}`,
    planned: (file, it) =>
      `${file}: ${many(it.shards, 'shard', 'shards', 'en')}, ${many(it.parts, 'part', 'parts', 'en')} of ${many(it.projects, 'project', 'projects', 'en')}, ${many(it.files, 'file', 'files', 'en')}, ${many(it.lines, 'line', 'lines', 'en')}`,
    divided: (root, parts) =>
      `${root} is large: ${n(parts, 'en')} parts, compared with each other at the end`,
    noPlan: (file, reason) => `the plan ${file} cannot be read: ${reason}`,
    notAPlan: file => `${file} is no plan of \`codeant shards plan\`, or of another version`,
    waiting: what => `waiting: ${what}`,
    twice: place => `${place} is named twice`,
    inside: (place, other) => `${place} lies in ${other}, which is named too`,
    partOf: (place, root) =>
      `${place} is part of the project ${root}: name that, or say \`root = true\` in ${place}/.codeant.toml (a repository needs none)`,
    unreadable: place => `cannot read ${place}; shards run in the folder in which the plan was made`,
    changed: root => `${root} or its settings are not what they were when the plan was made: plan again`,
    otherEngine: (planned, here) =>
      `the plan is of another engine, other rules, other models or other settings of this folder (${planned}) than here (${here})`,
    noShard: (given, shards) => `there is no shard ${given}: the plan has shards from 0 to ${shards - 1}`,
    models:
      'a model could not answer, so that the result would be another one than elsewhere: nothing was kept of this part (`[models] enabled = false` does without)',
    ran: (shard, shards, it) =>
      `shard ${shard} of ${shards}: ${many(it.parts, 'part', 'parts', 'en')} analysed (${n(it.files, 'en')} files, ${n(it.lines, 'en')} lines), ${n(it.known, 'en')} known already, ${n(it.seconds, 'en')} s, ${n(it.cpuSeconds, 'en')} s of processor time`,
    missing: (count, shards) =>
      `${many(count, 'part is', 'parts are', 'en')} missing: of ${shards.length === 1 ? 'shard' : 'shards'} ${listed(shards)}`,
    byAnother: (root, contexts) => `${root} was analysed by another engine: ${contexts.join(', ')}`,
    damaged: file => `${file} is not what a shard wrote; remove it and run its shard again`,
    merged: it =>
      `${many(it.parts, 'part', 'parts', 'en')}: ${many(it.findings, 'finding', 'findings', 'en')} in ${many(it.files, 'file', 'files', 'en')}, ${many(it.lines, 'line', 'lines', 'en')}, ${n(it.seconds, 'en')} s`,
    status: (shard, done, all, lines) => `shard ${shard}: ${done} of ${all} parts, ${n(lines, 'en')} lines`,
  },
  es: {
    which: '¿qué: plan, run, merge o status?',
    noPlaces: 'indica los repositorios: como rutas, con --list o con --each-in',
    noPlanGiven: 'indica un plan, por ejemplo plan.json',
    number: (option, value) => `--${option} no puede ser «${value}»`,
    noRule: id => `no existe la regla o categoría «${id}»; \`codeant rules\` las enumera`,
    list: (file, reason) => `no se puede leer la lista ${file}: ${reason}`,
    planning: (parts, place) => `${n(parts, 'es')} partes … ${place}`,
    planned: (file, it) =>
      `${file}: ${many(it.shards, 'fragmento', 'fragmentos', 'es')}, ${many(it.parts, 'parte', 'partes', 'es')} de ${many(it.projects, 'proyecto', 'proyectos', 'es')}, ${many(it.files, 'archivo', 'archivos', 'es')}, ${many(it.lines, 'línea', 'líneas', 'es')}`,
    divided: (root, parts) =>
      `${root} es grande: ${n(parts, 'es')} partes, que se comparan entre sí al final`,
    noPlan: (file, reason) => `no se puede leer el plan ${file}: ${reason}`,
    notAPlan: file => `${file} no es un plan de \`codeant shards plan\`, o es de otra versión`,
    waiting: what => `esperando: ${what}`,
    twice: place => `${place} aparece dos veces`,
    inside: (place, other) => `${place} está dentro de ${other}, que también aparece`,
    partOf: (place, root) =>
      `${place} es parte del proyecto ${root}: indica ese, o pon \`root = true\` en ${place}/.codeant.toml (un repositorio no lo necesita)`,
    unreadable: place =>
      `no se puede leer ${place}; los fragmentos se ejecutan en la carpeta en la que se hizo el plan`,
    changed: root => `${root} o sus ajustes no son los de cuando se hizo el plan: haz otro plan`,
    otherEngine: (planned, here) =>
      `el plan es de otro motor, otras reglas, otros modelos u otros ajustes de esta carpeta (${planned}) que los de aquí (${here})`,
    noShard: (given, shards) =>
      `no existe el fragmento ${given}: el plan tiene fragmentos del 0 al ${shards - 1}`,
    models:
      'un modelo no ha podido responder, así que el resultado sería distinto del de otra máquina: de esta parte no se ha guardado nada (`[models] enabled = false` prescinde de ellos)',
    ran: (shard, shards, it) =>
      `fragmento ${shard} de ${shards}: ${many(it.parts, 'parte analizada', 'partes analizadas', 'es')} (${n(it.files, 'es')} archivos, ${n(it.lines, 'es')} líneas), ${n(it.known, 'es')} ya conocidas, ${n(it.seconds, 'es')} s, ${n(it.cpuSeconds, 'es')} s de procesador`,
    missing: (count, shards) =>
      `${count === 1 ? 'falta 1 parte' : `faltan ${n(count, 'es')} partes`}: ${shards.length === 1 ? 'del fragmento' : 'de los fragmentos'} ${listed(shards)}`,
    byAnother: (root, contexts) => `${root} lo ha analizado otro motor: ${contexts.join(', ')}`,
    damaged: file => `${file} no es lo que escribió un fragmento; bórralo y vuelve a ejecutar su fragmento`,
    merged: it =>
      `${many(it.parts, 'parte', 'partes', 'es')}: ${many(it.findings, 'hallazgo', 'hallazgos', 'es')} en ${many(it.files, 'archivo', 'archivos', 'es')}, ${many(it.lines, 'línea', 'líneas', 'es')}, ${n(it.seconds, 'es')} s`,
    status: (shard, done, all, lines) =>
      `fragmento ${shard}: ${done} de ${all} partes, ${n(lines, 'es')} líneas`,
  },
}

function n(value: number, locale: Locale): string {
  return value.toLocaleString(locale, { maximumFractionDigits: 1 })
}

function many(value: number, one: string, more: string, locale: Locale): string {
  return `${n(value, locale)} ${value === 1 ? one : more}`
}

function listed(shards: readonly number[]): string {
  return shards.length <= NAMED ? shards.join(', ') : `${shards.slice(0, NAMED).join(', ')} …`
}
