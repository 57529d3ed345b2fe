// A tenant's data for itself: all of it as JSON, or one part of it as CSV; the audit is one of the parts.

import { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import { csvLine } from '../csv.ts'
import type { Parts } from '../parts.ts'
import { record } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { EXPORTED, type ExportedPart, exportedRows } from '../store/tenant-export.ts'
import { mustBeOwn } from './own-team.ts'
import { Id } from './shapes.ts'

const PARTS = Object.keys(EXPORTED) as ExportedPart[]
const PartName = Type.Unsafe<ExportedPart>({ type: 'string', enum: PARTS, default: 'audit' })
const Format = Type.Unsafe<'json' | 'csv'>({ type: 'string', enum: ['json', 'csv'], default: 'json' })

export function addExportRoutes(
  app: App,
  { database, usage, chronicle }: Pick<Parts, 'database' | 'usage' | 'chronicle'>,
): void {
  app.get(
    '/api/v1/tenants/:id/export',
    {
      config: { access: 'admin', compressible: true },
      schema: {
        tags: ['history'],
        summary: 'All that is kept of the caller’s own tenant',
        description: `As JSON: every part. As CSV: the part that \`part\` names (${PARTS.join(', ')}). Digests are in none.`,
        params: Type.Object({ id: Id }),
        querystring: Type.Object(
          { format: Type.Optional(Format), part: Type.Optional(PartName) },
          { additionalProperties: false },
        ),
        produces: ['application/json', 'text/csv'],
      },
    },
    async ({ caller, params: { id }, query: { format = 'json', part = 'audit' } }, reply) => {
      mustBeOwn(caller, id)
      await usage.flush()
      await chronicle.flush()
      const details: Record<string, string> = format === 'csv' ? { format, part } : { format }
      await database.asTenant(id, session =>
        record(session, id, { actor: caller.actor, action: 'tenant.export', target: id, details }),
      )
      const name = format === 'csv' ? `${part}.csv` : 'tenant.json'
      const pieces = format === 'csv' ? asCsv(database, id, part) : asJson(database, id)
      return reply
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(Readable.from(pieces, { objectMode: false }))
    },
  )
}

async function* asCsv(database: Database, tenant: string, part: ExportedPart): AsyncGenerator<string> {
  const columns = EXPORTED[part]
  yield csvLine(columns)
  for await (const row of exportedRows(database, tenant, part)) yield csvLine(columns.map(it => row[it]))
}

async function* asJson(database: Database, tenant: string): AsyncGenerator<string> {
  for (const [i, part] of PARTS.entries()) {
    yield `${i === 0 ? '{' : ','}${JSON.stringify(part)}:[`
    let separator = ''
    for await (const row of exportedRows(database, tenant, part)) {
      yield separator + JSON.stringify(Object.fromEntries(EXPORTED[part].map(it => [it, row[it]])))
      separator = ','
    }
    yield ']'
  }
  yield '}'
}
