// Takes a batch on: written down with its audit in one transaction, and begun as soon as a worker is free.

import { Refusal } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import type { Parts } from '../parts.ts'
import { record } from '../store/audit.ts'
import { addBatch, type Batch, findBatch, openParts } from '../store/batches.ts'
import { digestOf, pack } from './content.ts'
import type { Submission } from './submission.ts'

export interface Enlisted {
  readonly job: Batch
  /** False when the same content is a job already. */
  readonly isNew: boolean
}

/** So long until it is worth to come again, in seconds. */
const RETRY_SECONDS = 60

export async function enlist(
  { projects, locale }: Submission,
  { tenant, actor }: Caller,
  { database, config, version, batches }: Pick<Parts, 'database' | 'config' | 'version' | 'batches'>,
): Promise<Enlisted> {
  const digest = digestOf(version, locale, projects)
  const parts = await Promise.all(
    projects.map(async ({ name, root, files }) => ({
      name,
      ...(root !== undefined && { root }),
      input: await pack(files),
    })),
  )
  const enlisted = await database.asTenant(tenant, async session => {
    const { id, isNew } = await addBatch(session, tenant, { actor, digest, locale, parts })
    if (isNew) {
      // Thrown inside of the transaction: what is too much was never there.
      if ((await openParts(session)) > config.batch.waiting)
        throw new Refusal('too-many', 'Too many projects of this team wait already.', {
          retryAfter: RETRY_SECONDS,
        })
      const details = { projects: parts.length }
      await record(session, tenant, { actor, action: 'batch.create', target: id, details })
    }
    return { job: (await findBatch(session, id))!, isNew }
  })
  batches.wake()
  return enlisted
}
