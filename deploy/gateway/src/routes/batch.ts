// `batch`: many projects as one job. It is taken on at once, analysed when there is time, watched, cancelled, and read as SARIF.

import { type Static, Type } from 'typebox'
import type { App } from '../app.ts'
import { enlist } from '../batch/enlist.ts'
import { joinedReport } from '../batch/report.ts'
import { fromForm, fromJson, SubmissionBody } from '../batch/submission.ts'
import { Refusal } from '../errors.ts'
import type { Parts } from '../parts.ts'
import { record } from '../store/audit.ts'
import { type Batch, cancelBatch, findBatch, listBatches, partResults } from '../store/batches.ts'

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
const Id = Type.Object({ id: Type.String({ pattern: UUID }) })
const Time = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })
export const JobBody = Type.Object({
  id: Type.String(),
  state: Type.Unsafe<Batch['state']>({
    type: 'string',
    enum: ['waiting', 'running', 'done', 'failed', 'cancelled'],
    description: '`failed` has at least one project that could not be analysed; the others have a report.',
  }),
  createdAt: Time,
  finishedAt: Type.Union([Time, Type.Null()]),
  progress: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'The share of projects that need nothing more.',
  }),
  projects: Type.Object({
    all: Count,
    waiting: Count,
    running: Count,
    done: Count,
    dead: Count,
    cancelled: Count,
  }),
  files: Count,
  findings: Count,
})
const Problem = Type.Object({ project: Type.String(), message: Type.String() })
const Detailed = Type.Object({ ...JobBody.properties, problems: Type.Array(Problem) })

type BatchParts = Pick<Parts, 'database' | 'config' | 'version' | 'batches'>

export function addBatchRoutes(app: App, parts: BatchParts): void {
  const { database, config } = parts
  const tags = ['batch']
  const limits = { ...config.analysis, projects: config.batch.projects }

  app.post(
    '/api/v1/batch',
    {
      config: { access: 'analyze' },
      schema: {
        tags,
        summary: 'Have many projects analysed; the same content is the same job',
        description: 'A form has one archive (tar, tar.gz) for each project, under the project’s name.',
        body: { content: { 'application/json': { schema: SubmissionBody } } },
        consumes: ['application/json', 'multipart/form-data'],
        response: { 200: JobBody, 202: JobBody },
      },
    },
    async (request, reply) => {
      const submission = request.isMultipart()
        ? await fromForm(request, limits)
        : await fromJson(request.body as Static<typeof SubmissionBody>, limits)
      const { job, isNew } = await enlist(submission, request.caller, parts)
      return reply
        .code(isNew ? 202 : 200)
        .header('location', `/api/v1/batch/${job.id}`)
        .send(shownBatch(job))
    },
  )

  app.get(
    '/api/v1/batch',
    {
      config: { access: 'analyze' },
      schema: {
        tags,
        summary: 'The newest jobs of this tenant',
        querystring: Type.Object(
          { limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ jobs: Type.Array(JobBody) }) },
      },
    },
    async ({ caller, query: { limit } }) => {
      const jobs = await database.asTenant(caller.tenant, session => listBatches(session, limit))
      return { jobs: jobs.map(shownBatch) }
    },
  )

  app.get(
    '/api/v1/batch/:id',
    {
      config: { access: 'analyze' },
      schema: { tags, summary: 'How far a job is', params: Id, response: { 200: Detailed } },
    },
    async ({ caller, params: { id } }) => {
      const [job, parts] = await database.asTenant(
        caller.tenant,
        async session => [await findBatch(session, id), await partResults(session, id)] as const,
      )
      if (!job) throw new Refusal('not-found')
      const problems = parts.flatMap(({ name, problem }) =>
        problem === null ? [] : [{ project: name, message: problem }],
      )
      return { ...shownBatch(job), problems }
    },
  )

  app.get(
    '/api/v1/batch/:id/result',
    {
      config: { access: 'analyze', compressible: true },
      schema: {
        tags,
        summary: 'The findings of a job that has ended, as SARIF with a run for each project',
        params: Id,
        produces: ['application/sarif+json'],
      },
    },
    async ({ caller, params: { id } }, reply) => {
      const [job, parts] = await database.asTenant(
        caller.tenant,
        async session => [await findBatch(session, id), await partResults(session, id)] as const,
      )
      if (!job) throw new Refusal('not-found')
      if (job.finishedAt === null)
        throw new Refusal('conflict', 'The job has not ended yet.', { retryAfter: 2 })
      const reports = parts.flatMap(({ name, result }) => (result === null ? [] : [{ name, sarif: result }]))
      return reply.type('application/sarif+json; charset=utf-8').send(joinedReport(reports))
    },
  )

  app.delete(
    '/api/v1/batch/:id',
    {
      config: { access: 'analyze' },
      schema: {
        tags,
        summary: 'Cancel what is left of a job; one that has ended stays as it is',
        params: Id,
        response: { 200: JobBody },
      },
    },
    async ({ caller, params: { id } }) => {
      const job = await database.asTenant(caller.tenant, async session => {
        if (await cancelBatch(session, id)) {
          const { actor } = caller
          await record(session, caller.tenant, { actor, action: 'batch.cancel', target: id })
        }
        return findBatch(session, id)
      })
      if (!job) throw new Refusal('not-found')
      return shownBatch(job)
    },
  )
}

export function shownBatch(job: Batch): Static<typeof JobBody> {
  const { id, state, createdAt, finishedAt, files, findings } = job
  const { all, waiting, running, done, dead, cancelled } = job
  return {
    ...{ id, state, files, findings },
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    progress: (done + dead + cancelled) / all,
    projects: { all, waiting, running, done, dead, cancelled },
  }
}
