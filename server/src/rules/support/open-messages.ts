// Messages of which this workspace holds only one side, though it holds both of others.

import type { At } from '../../graph/routes.ts'
import type { MessageSystem } from '../../graph/rows/topics.ts'
import type { Topic, Topics } from '../../graph/topics.ts'
import { isSpecimen, isTest } from '../../semantics/provenance.ts'
import { nearest } from './near-names.ts'

export interface OneSided {
  /** The side that is there, in code that runs for users. */
  readonly places: readonly At[]
  /** A name of the other side that is nearly this one, and that finds nobody either. */
  readonly meant: Topic | undefined
}

/**
 * So many other names agree before one that does not is strange: then both sides live here. Where many miss the same side, it
 * is written in a way that was not read.
 */
const ENOUGH = 3

/** Systems in which anybody may speak to anybody. Of the others, one side is declared in code. */
const SPOKEN: ReadonlySet<MessageSystem> = new Set([
  'kafka',
  'redis',
  'rabbitmq',
  'nats',
  'socket',
  'tauri',
  'electron',
])

export function oneSided(topic: Topic, topics: Topics, missing: 'sends' | 'receives'): OneSided | undefined {
  const { system, name } = topic
  if (topic[missing].length > 0 || !SPOKEN.has(system) || /[*>#]/.test(name)) return undefined
  const agreed = topics.agreed(system)
  if (topics.isOpen(system, missing) || agreed < ENOUGH || topics.lone(system, missing) > agreed / 2)
    return undefined
  const there = missing === 'sends' ? 'receives' : 'sends'
  const places = topic[there].filter(it => !isTest(it.file) && !isSpecimen(it.file))
  if (places.length === 0) return undefined
  const others = topics.all.filter(it => it.system === system && it[there].length === 0)
  const meant = nearest(
    name,
    others.map(it => it.name),
  )
  return { places, meant: others.find(it => it.name === meant) }
}
