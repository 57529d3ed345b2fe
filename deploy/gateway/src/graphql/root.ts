// What answers the fields of the schema, for one caller: the same functions as the routes of REST, and the same scopes.

import { Value } from 'typebox/value'
import { enlist } from '../batch/enlist.ts'
import { findingsIn } from '../batch/findings.ts'
import { fromJson, SubmissionBody } from '../batch/submission.ts'
import { Refusal } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import { allows, type Scope } from '../identity/scopes.ts'
import { ask } from '../models/ask.ts'
import { knownModels, routesOf, TEXT_TASK } from '../models/catalogue.ts'
import type { Parts } from '../parts.ts'
import { shownBatch } from '../routes/batch.ts'
import { summaryOf } from '../routes/metrics.ts'
import { record } from '../store/audit.ts'
import { type Batch, findBatch, listBatches, openParts, partResults } from '../store/batches.ts'
import { readUsage } from '../store/usage.ts'

export type GraphQlParts = Pick<
  Parts,
  | 'config'
  | 'version'
  | 'database'
  | 'encoders'
  | 'chat'
  | 'analyser'
  | 'batches'
  | 'usage'
  | 'answers'
  | 'metrics'
>

export interface Asking {
  readonly caller: Caller
  readonly requestId: string
  readonly signal: AbortSignal
  readonly isValid: (input: unknown, schema: object) => boolean
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const MOST_JOBS = 200
const MOST_RESULTS = 200
const MOST_DAYS = 366

export function rootOf(parts: GraphQlParts, { caller, requestId, signal, isValid }: Asking): object {
  const { database, config } = parts
  const { tenant, actor } = caller
  const needs = (scope: Scope) => {
    if (!allows(caller.scopes, scope)) throw new Refusal('forbidden', `This key lacks the scope "${scope}".`)
  }

  const shownJob = (job: Batch) => ({
    ...shownBatch(job),
    async results({ limit }: { readonly limit: number }) {
      if (limit < 1 || limit > MOST_RESULTS) throw new Refusal('invalid', `limit is 1 to ${MOST_RESULTS}.`)
      const done = await database.asTenant(tenant, session => partResults(session, job.id))
      const findings = done.flatMap(({ name, result }) =>
        result === null ? [] : [...findingsIn(name, result)],
      )
      return findings.slice(0, limit)
    },
  })

  const changes = () => {
    if (config.limits.readOnly) throw new Refusal('read-only')
  }

  return {
    models() {
      needs('infer')
      return knownModels(parts, signal)
    },

    async routes() {
      needs('infer')
      return routesOf(await knownModels(parts, signal))
    },

    async systemMetrics({ days }: { readonly days: number }) {
      needs('usage')
      await parts.usage.flush()
      const [usage, openProjects] = await database.asTenant(
        tenant,
        async session =>
          [
            await readUsage(session, Math.min(Math.max(days, 1), MOST_DAYS)),
            await openParts(session),
          ] as const,
      )
      const { inference, ...figures } = summaryOf(parts.metrics, tenant)
      const sum = (of: 'requests' | 'failures') => usage.reduce((all, it) => all + it[of], 0)
      return {
        version: parts.version,
        ...figures,
        rows: inference.rows,
        inference: inference.models,
        analyses: parts.analyser.busy,
        openProjects,
        requests: sum('requests'),
        failures: sum('failures'),
        usage,
      }
    },

    async jobs({ limit }: { readonly limit: number }) {
      needs('analyze')
      if (limit < 1 || limit > MOST_JOBS) throw new Refusal('invalid', `limit is 1 to ${MOST_JOBS}.`)
      return (await database.asTenant(tenant, session => listBatches(session, limit))).map(shownJob)
    },

    async job({ id }: { readonly id: string }) {
      needs('analyze')
      const job = UUID.test(id) && (await database.asTenant(tenant, session => findBatch(session, id)))
      return job ? shownJob(job) : null
    },

    processQuery({
      task,
      input,
      model,
    }: {
      readonly task: string
      readonly input: unknown
      readonly model?: string
    }) {
      needs('infer')
      if (task === TEXT_TASK) needs('chat')
      const headers = { 'x-request-id': requestId }
      const asked = { task, input, tenant, headers, ...(model !== undefined && { model }) }
      return ask(asked, parts, isValid, signal)
    },

    async processBatch(given: unknown) {
      needs('analyze')
      // Goes through in read-only mode, as over REST.
      // Arguments come without prototypes; what is checked is what REST checks.
      const body: unknown = JSON.parse(JSON.stringify(given))
      if (!Value.Check(SubmissionBody, body)) throw new Refusal('invalid')
      const limits = { ...config.analysis, projects: config.batch.projects }
      const { job } = await enlist(await fromJson(body, limits), caller, parts)
      return shownJob(job)
    },

    async clearCache() {
      needs('admin')
      changes()
      const cleared = (await parts.answers?.clear(tenant)) ?? 0
      await database.asTenant(tenant, session =>
        record(session, tenant, { actor, action: 'cache.clear', details: { cleared } }),
      )
      return cleared
    },
  }
}
