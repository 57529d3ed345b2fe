// The layers of a project as `[architecture]` of `.codeant.toml` declares them: which folders may know which.

export interface Architecture {
  /** From top to bottom: what a layer holds may import its own and what lies below. */
  readonly layers: readonly Layer[]
}

export interface Layer {
  readonly name: string
  /** Patterns as in `.gitignore`, relative to the settings' own folder. */
  readonly files: readonly string[]
  /** Names of layers above that it may import all the same. */
  readonly may: readonly string[]
}

/** What cannot be used is told by its key, and left out. */
export interface ArchitectureProblem {
  readonly key: string
  readonly code: 'unknown-key' | 'wrong-type' | 'unknown-value'
  readonly expected: string
}

const LAYERS = '[{ name = "…", files = ["…"] }, …]'
const MAY = '{ lower = ["upper"] }'

export function readArchitecture(table: Readonly<Record<string, unknown>>): {
  readonly architecture: Architecture
  readonly problems: readonly ArchitectureProblem[]
} {
  const problems: ArchitectureProblem[] = []
  const wrong = (key: string, expected: string) =>
    problems.push({ key: `architecture.${key}`, code: 'wrong-type', expected })
  const layers: { readonly name: string; readonly files: readonly string[] }[] = []
  for (const key of Object.keys(table))
    if (key !== 'layers' && key !== 'may')
      problems.push({ key: `architecture.${key}`, code: 'unknown-key', expected: 'layers, may' })
  if (Array.isArray(table.layers)) {
    for (const it of table.layers as readonly unknown[]) {
      if (isTable(it) && typeof it.name === 'string' && isTexts(it.files))
        layers.push({ name: it.name, files: it.files })
      else wrong('layers', LAYERS)
    }
  } else wrong('layers', LAYERS)
  const may = isTable(table.may) ? table.may : {}
  if (table.may !== undefined && !isTable(table.may)) wrong('may', MAY)
  const names = layers.map(it => it.name)
  for (const [name, others] of Object.entries(may)) {
    if (!isTexts(others)) wrong(`may.${name}`, MAY)
    else if (![name, ...others].every(it => names.includes(it)))
      problems.push({ key: `architecture.may.${name}`, code: 'unknown-value', expected: names.join(', ') })
  }
  const mayOf = (name: string) => {
    const others = may[name]
    return isTexts(others) ? others : []
  }
  return { architecture: { layers: layers.map(it => ({ ...it, may: mayOf(it.name) })) }, problems }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(it => typeof it === 'string')
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
