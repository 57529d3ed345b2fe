// Who sends messages under a name, and who waits for them.

import type { Place } from './facts.ts'
import { type Names, tableOf } from './names.ts'
import type { At } from './routes.ts'
import type { MessageSystem } from './rows/topics.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'

export interface Topic {
  readonly system: MessageSystem
  /** `*` stands for what only the run knows. */
  readonly name: string
  readonly sends: readonly At[]
  /** Those that wait for every name that this one may be. */
  readonly receives: readonly At[]
}

export class Topics {
  readonly all: readonly Topic[]
  /** Who sends or waits for names that nobody can tell. */
  readonly #open: ReadonlySet<string>
  /** Names of each system that are both sent and waited for, by different files. */
  readonly #agreed: ReadonlyMap<MessageSystem, number>
  /** Names of each system of which a side is missing. */
  readonly #lone: ReadonlyMap<string, number>

  constructor(all: readonly Topic[], open: ReadonlySet<string>) {
    this.all = all
    this.#open = open
    const agreed = new Map<MessageSystem, number>()
    const lone = new Map<string, number>()
    for (const { system, sends, receives } of all) {
      if (sends.some(one => receives.some(other => other.file !== one.file))) count(agreed, system)
      else if (sends.length === 0) count(lone, `${system} sends`)
      else if (receives.length === 0) count(lone, `${system} receives`)
    }
    this.#agreed = agreed
    this.#lone = lone
  }

  isOpen(system: MessageSystem, role: 'sends' | 'receives'): boolean {
    return this.#open.has(`${system} ${role}`)
  }

  /** How many names miss that side. */
  lone(system: MessageSystem, missing: 'sends' | 'receives'): number {
    return this.#lone.get(`${system} ${missing}`) ?? 0
  }

  agreed(system: MessageSystem): number {
    return this.#agreed.get(system) ?? 0
  }
}

export function topicsOf(facts: WorkspaceFacts, names: Names): Topics {
  const constants = tableOf(facts, 'constant', row => [row.name, row.text])
  const bySystem = new Map<MessageSystem, { sends: Map<string, At[]>; receives: Map<string, At[]> }>()
  const open = new Set<string>()
  for (const { path, rows } of facts.rows('topic')) {
    for (const [i, { system, role, name }] of rows.entries()) {
      const written = patternOf(names.written(constants, path, name))
      if (written === '*') {
        open.add(`${system} ${role}`)
        continue
      }
      let known = bySystem.get(system)
      if (!known) bySystem.set(system, (known = { sends: new Map(), receives: new Map() }))
      const uses = known[role].get(written) ?? []
      known[role].set(written, uses)
      uses.push({
        file: path,
        get place(): Place {
          return facts.placeOf(path, 'topic', i)
        },
      })
    }
  }
  const elsewhere = bySystem.get('unknown')?.receives ?? new Map<string, At[]>()
  const all: Topic[] = []
  for (const [system, { sends, receives }] of bySystem) {
    if (system === 'unknown') continue
    for (const name of new Set([...sends.keys(), ...receives.keys()])) {
      const own = agreeing(receives, name, system)
      all.push({
        system,
        name,
        sends: agreeing(sends, name, system),
        receives: own.length > 0 ? own : agreeing(elsewhere, name, system),
      })
    }
  }
  return new Topics(all, open)
}

/** `room:{id}` → `room:*`; `*` alone where nothing is known. */
function patternOf(parts: readonly (string | object)[]): string {
  const text = parts.map(it => (typeof it === 'string' ? it : '*')).join('')
  return text.replace(/\*+/g, '*')
}

function agreeing(
  uses: ReadonlyMap<string, readonly At[]>,
  name: string,
  system: MessageSystem,
): readonly At[] {
  const own = uses.get(name) ?? []
  const others: At[] = []
  for (const [other, places] of uses)
    if (other !== name && (agree(other, name, system) || agree(name, other, system))) others.push(...places)
  return others.length > 0 ? [...own, ...others] : own
}

/** `pattern` has wildcards, those of NATS and RabbitMQ among them. */
function agree(pattern: string, name: string, system: MessageSystem): boolean {
  // A task's own name begins where its program does, which need not be the workspace.
  if (system === 'celery') return pattern.endsWith(`.${name}`)
  if (system === 'channels') return pattern.replaceAll('.', '_') === name
  if (!/[*>#]/.test(pattern)) return false
  const source = pattern.replace(/[.+?^${}()|[\]\\/]/g, '\\$&').replace(/[*>#]/g, '.*')
  return new RegExp(`^${source}$`).test(name)
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
