// Compose files, as rules look at them: their services, and what those may refer to.

import { isSpecimen } from '../../../semantics/provenance.ts'
import type { Range } from '../../rule.ts'
import { lastRead } from '../last-read.ts'
import { isTestPath } from '../test-code.ts'
import { type YamlView, yamlViews } from '../yaml-view.ts'

export interface Compose {
  readonly root: YamlView
  readonly services: readonly Service[]
  /** Another file may bring more: what is not here may be there. */
  readonly isPart: boolean
}

export interface Service {
  readonly name: string
  readonly at: Range
  readonly view: YamlView
}

export const COMPOSE_NEEDLES = ['services:'] as const

/** Undefined for any other file. */
export const composeOf = lastRead(({ path, text }): Compose | undefined => {
  const name = /(?:^|\/)((?:docker-)?compose[^/]*)\.ya?ml$/i.exec(path)?.[1]
  if (!name || isSpecimen(path) || isTestPath(path)) return undefined
  const [root] = yamlViews(text)
  const services = root?.get('services')
  if (!root || !services?.isMap) return undefined
  return {
    root,
    services: services.entries
      .filter(it => it.value.isMap)
      .map(({ key, at, value }) => ({ name: key, at, view: value })),
    // `compose.prod.yml` is mostly read together with `compose.yml`.
    isPart: !/^(?:docker-)?compose$/i.test(name) || root.get('include') !== undefined,
  }
})

/** What a list of texts or a mapping names: `depends_on`, `networks`, `environment`. */
export function namesIn(
  view: YamlView | undefined,
): readonly { readonly name: string; readonly at: Range }[] {
  if (!view) return []
  if (view.isMap) return view.entries.map(it => ({ name: it.key, at: it.at }))
  return view.items.flatMap(it => {
    const name = it.text ?? it.get('source')?.text
    return name === undefined ? [] : [{ name, at: it.get('source') ?? it }]
  })
}
