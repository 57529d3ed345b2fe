// All that there is of an endpoint, in its database and in its cluster: what would go, and afterwards, what is left.

import pg from 'pg'
import { ASIDE, connected, ownObjects, ROLE } from './database.mjs'
import { kubectl, listed } from './kubectl.mjs'

export const PART_OF = 'app.kubernetes.io/part-of=codeant'

/** `{ tables: [{ name, rows }], functions, aside }`: under the role that sees all teams, while there is one. */
export function inDatabase(url) {
  return connected(url, async client => {
    const own = await ownObjects(client)
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [ROLE])
    const tables = []
    await client.query('BEGIN READ ONLY')
    if (rowCount > 0 && own.length > 0) await client.query(`SET LOCAL ROLE ${ROLE}`)
    for (const { name } of own.filter(it => it.kind === 'TABLE')) {
      const { rows } = await client.query(`SELECT count(*)::int AS rows FROM public.${name}`)
      tables.push({ name, rows: rows[0].rows })
    }
    await client.query('ROLLBACK')
    const { rows: aside } = await client.query(
      'SELECT nspname AS name FROM pg_namespace WHERE starts_with(nspname, $1)',
      [ASIDE],
    )
    const functions = own.filter(it => it.kind === 'FUNCTION').map(it => it.name)
    return { tables, functions, aside: aside.map(it => it.name) }
  })
}

/** Roles belong to the server. Those that another database still needs stay; their names are returned. */
export function dropRoles(url, roles) {
  return connected(url, async client => {
    const kept = []
    for (const role of roles) {
      const name = pg.escapeIdentifier(role)
      try {
        await client.query(`DROP OWNED BY ${name}`)
        await client.query(`DROP ROLE ${name}`)
      } catch (error) {
        // There is none of the name.
        if (error.code !== '42704') kept.push(role)
      }
    }
    return kept
  })
}

/** Every object in the namespace, and those of the cluster that are labelled as ours: `{ kind, name, isOurs }`. */
export async function inCluster(namespace) {
  const kinds = async isOfNamespace =>
    (await kubectl('api-resources', '--verbs=list,delete', `--namespaced=${isOfNamespace}`, '-o', 'name'))
      .split('\n')
      // What happened is no object of anybody, and is gone in an hour.
      .filter(it => it && !it.startsWith('events'))
  const namespaces = await listed('namespaces')
  const here = namespaces.some(it => it.metadata.name === namespace)
    ? await listed((await kinds(true)).join(','), { namespace })
    : []
  const ofCluster = await listed((await kinds(false)).join(','), { labels: PART_OF })
  const [label, value] = PART_OF.split('=')
  const seen = new Map()
  for (const { kind, metadata } of [...here, ...ofCluster]) {
    const key = `${kind}/${metadata.name}`
    // What belongs to something goes with it.
    if (metadata.ownerReferences?.length) continue
    seen.set(key, {
      kind,
      name: metadata.name,
      isOfCluster: !metadata.namespace,
      isOurs: metadata.labels?.[label] === value,
    })
  }
  return [...seen.values()]
}
