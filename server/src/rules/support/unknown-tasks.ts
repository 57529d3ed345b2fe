// Tasks and types of messages that are asked for by a name that nothing in the workspace has.

import type { Topic, Topics } from '../../graph/topics.ts'
import { isSpecimen, isTest } from '../../semantics/provenance.ts'
import { nearest } from './near-names.ts'
import type { OneSided } from './open-messages.ts'

export function unknownTask(topic: Topic, topics: Topics): OneSided | undefined {
  const { system, name, receives, sends } = topic
  if ((system !== 'celery' && system !== 'channels') || receives.length > 0 || name.includes('*'))
    return undefined
  // Asking for one that is here shows that they are meant to be.
  if (topics.isOpen(system, 'receives') || topics.agreed(system) === 0) return undefined
  const places = sends.filter(it => !isTest(it.file) && !isSpecimen(it.file))
  const all = topics.all.filter(it => it.system === system && it.receives.length > 0)
  if (system === 'celery' && !all.some(it => packageOf(it.name).endsWith(packageOf(name)))) return undefined
  const [module, own] = [name.slice(0, name.lastIndexOf('.') + 1), name.slice(name.lastIndexOf('.') + 1)]
  const near = all.filter(it => system === 'channels' || it.name.includes(module))
  const last = (it: Topic) => (system === 'channels' ? it.name : it.name.slice(it.name.lastIndexOf('.') + 1))
  const meant = nearest(system === 'channels' ? name : own, near.map(last))
  return places.length > 0 ? { places, meant: near.find(it => last(it) === meant) } : undefined
}

/** A task of a library is known to nobody here: the package must be one of ours. */
function packageOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')))
}
