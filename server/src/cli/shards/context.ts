// Who analyses: all of a machine that a result depends on. Shards with another context are another analysis.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locale } from '@codeant/shared/locale.ts'
import { modelSettings } from '@codeant/shared/settings.ts'
import { ANALYSIS, digest, shipped, VERSION } from '../../host/node/folders.ts'
import type { Terminal } from '../terminal.ts'
import type { Workspace } from '../workspace.ts'

export interface ShardsContext {
  readonly engine: Engine
  /** The language of every sentence. */
  readonly locale: Locale
  /** The only rules or categories that are looked for; absent: all. */
  readonly only?: readonly string[]
  /** Those that people brought. */
  readonly rules?: { readonly places: string; readonly digest: string }
}

export interface Engine {
  readonly version: string
  /** Of rules, syntax and grammars. */
  readonly analysis: string
  /** Of the models, and of what the settings of the folder say about them. */
  readonly models: string
}

/** `planned`: the engine of a plan that this one is to be compared with. */
export function engineOf(workspace: Workspace, { env, cwd }: Terminal, planned?: Engine): Engine {
  const folder = env.CODEANT_MODELS ?? fileURLToPath(shipped('models'))
  const { enabled, engine, memoryLimit } = modelSettings(workspace.projects.at(cwd).settings.models)
  const models = enabled ? descriptions(folder) : []
  return {
    version: VERSION,
    // Run from source there is no telling which analysis it is: no result is taken from another plan.
    analysis: ANALYSIS || (planned?.analysis.startsWith(SOURCE) ? planned.analysis : SOURCE + Date.now()),
    models: digest(JSON.stringify({ enabled, engine, memoryLimit, models })),
  }
}

const SOURCE = 'source-'

/** The name of the folder in which results of this context lie. */
export function contextName({ engine, locale, only, rules }: ShardsContext): string {
  const all = JSON.stringify({ engine, locale, only, rules: rules?.digest })
  return `${engine.version}-${digest(all).slice(0, 16)}`
}

/** Each names the digest of its weights. */
function descriptions(folder: string): string[] {
  try {
    return readdirSync(folder)
      .sort()
      .flatMap(it => {
        try {
          return [`${it}\n${readFileSync(join(folder, it, 'model.json'), 'utf8')}`]
        } catch {
          return [] // no model
        }
      })
  } catch {
    return []
  }
}
