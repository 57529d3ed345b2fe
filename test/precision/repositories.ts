// What precision is measured on: the repositories of the benchmarks, and some that have what these lack: clusters,
// pipelines, machines, and both sides of a border.

import { CORPORA, readCorpora } from '../bench/corpora.ts'

export const REPOSITORIES = { ...CORPORA, ...readCorpora(new URL('repositories.json', import.meta.url)) }
