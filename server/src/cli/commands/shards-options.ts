// What can be said to `codeant shards`: each option names the steps that it is for.

import type { Options } from '../arguments.ts'

export const SHARDS_OPTIONS: Options = {
  list: {
    type: 'string',
    value: 'FILE',
    help: {
      en: 'plan: a file with a path of a repository in each line',
      es: 'plan: un archivo con la ruta de un repositorio en cada línea',
    },
  },
  'each-in': {
    type: 'string',
    value: 'FOLDER',
    help: {
      en: 'plan: every folder in this one is a repository',
      es: 'plan: cada carpeta de esta es un repositorio',
    },
  },
  shards: {
    type: 'string',
    value: 'N',
    help: {
      en: 'plan: how many shards (default: as many as make some 800,000 lines each)',
      es: 'plan: cuántos fragmentos (por defecto, los que dan unas 800.000 líneas a cada uno)',
    },
  },
  'part-size': {
    type: 'string',
    value: 'MIB',
    help: {
      en: 'plan: a project that is larger is divided (default: 4)',
      es: 'plan: un proyecto mayor se divide (por defecto, 4)',
    },
  },
  only: {
    type: 'string',
    value: 'RULES',
    help: {
      en: 'plan: look for these rules or categories only, separated by commas',
      es: 'plan: busca solo estas reglas o categorías, separadas por comas',
    },
  },
  rules: {
    type: 'string',
    value: 'PLACE',
    help: {
      en: 'plan: also run the rules of this YAML file or folder; several are separated by commas',
      es: 'plan: ejecuta también las reglas de este archivo YAML o carpeta; si son varios, separados por comas',
    },
  },
  shard: {
    type: 'string',
    value: 'K',
    help: {
      en: 'run: which shard, from 0 on (default: $JOB_COMPLETION_INDEX, else all of them)',
      es: 'run: qué fragmento, a partir de 0 (por defecto, $JOB_COMPLETION_INDEX; si no, todos)',
    },
  },
  again: {
    type: 'boolean',
    help: { en: 'run: also what has a result', es: 'run: también lo que ya tiene resultado' },
  },
  results: {
    type: 'string',
    value: 'FOLDER',
    help: {
      en: 'where results of parts lie (default: results, beside the plan)',
      es: 'dónde están los resultados de las partes (por defecto, results, junto al plan)',
    },
  },
  output: {
    type: 'string',
    short: 'o',
    value: 'FILE',
    help: {
      en: 'plan, merge: write to this file (default: plan.json; merge: the standard output)',
      es: 'plan, merge: escribe en este archivo (por defecto, plan.json; merge: la salida estándar)',
    },
  },
  wait: {
    type: 'string',
    value: 'SECONDS',
    help: {
      en: 'run, merge: wait so long for the plan and for results that are missing',
      es: 'run, merge: espera este tiempo al plan y a los resultados que falten',
    },
  },
  'no-cache': { type: 'boolean', help: { en: 'analyse everything again', es: 'analiza todo de nuevo' } },
  threads: {
    type: 'string',
    value: 'N',
    help: {
      en: 'how many threads to use (default: one for each core)',
      es: 'cuántos hilos usar (por defecto, uno por núcleo)',
    },
  },
}
