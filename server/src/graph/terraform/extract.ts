// The names that a file of Terraform gives, and those that it refers to.

import type { FactWriter } from '../facts.ts'
import { boundIn, type HclBlock, type HclBody, readHcl, referencesIn } from './hcl.ts'

export const TERRAFORM_FILE = /\.tf(?:\.json)?$/

/** Longer ones are data. */
const MOST_CHARACTERS = 300_000

export function extractTerraform(path: string, text: string, facts: FactWriter): void {
  const body = path.endsWith('.json') || text.length > MOST_CHARACTERS ? undefined : readHcl(text)
  if (!body) {
    facts.add('terraformGap', {}, { start: 0, end: 0 })
    return
  }
  const isOverride = /(?:^|[/_])override\.tf$/.test(path)
  for (const block of body.blocks) {
    const given = nameOf(block)
    if (given) {
      const { kind, name, at } = given
      facts.add('terraformName', { kind, name, ...(isOverride && { isOverride: true as const }) }, at)
    }
    if (block.type === 'locals')
      for (const it of block.body.attributes)
        facts.add(
          'terraformName',
          { kind: 'local', name: it.name },
          { start: it.start, end: it.start + it.name.length },
        )
    // What was moved or removed is named by what it was called before.
    if (/^(?:moved|removed)$/.test(block.type)) continue
    addUses(block.type === 'import' ? withoutTarget(block.body) : block.body, new Set(), facts)
  }
}

function nameOf({ type, labels: [first, second] }: HclBlock) {
  if (type === 'variable' && first) return { kind: 'var', name: first.text, at: first } as const
  if (type === 'module' && first) return { kind: 'module', name: first.text, at: first } as const
  if ((type === 'resource' || type === 'data') && first && second)
    return { kind: type, name: `${first.text}.${second.text}`, at: second } as const
  return undefined
}

/** What is brought in is made by this very block, where the command is asked to write it. */
function withoutTarget({ attributes, blocks }: HclBody): HclBody {
  return { attributes: attributes.filter(it => it.name !== 'to'), blocks }
}

function addUses(body: HclBody, bound: ReadonlySet<string>, facts: FactWriter): void {
  for (const { name, value } of body.attributes) {
    // Types are words of their own, and what is ignored is named from inside of the resource.
    if (name === 'ignore_changes') continue
    const own = new Set([...bound, ...boundIn(value.text)])
    for (const { parts, start } of referencesIn(value)) {
      const [first = '', second = '', third] = parts
      if (own.has(first) || PARTS_OF_OTHERS.has(first)) continue
      const [kind, named] =
        first === 'var' || first === 'local' || first === 'module'
          ? ([first, second] as const)
          : first === 'data'
            ? (['data', `${second}.${third ?? ''}`] as const)
            : (['resource', `${first}.${second}`] as const)
      // Types of resources begin with the name of who provides them.
      if (
        (kind === 'resource' && !/^[a-z][a-z0-9]*_/.test(first)) ||
        (kind === 'data' && third === undefined)
      )
        continue
      const skipped = kind === 'data' ? 'data.'.length : kind === 'resource' ? 0 : first.length + 1
      facts.add(
        'terraformUse',
        { kind, name: named },
        { start: start + skipped, end: start + skipped + named.length },
      )
    }
  }
  for (const block of body.blocks) {
    const names = block.type === 'dynamic' ? [block.labels[0]?.text ?? '', iteratorOf(block.body)] : []
    addUses(block.body, names.length > 0 ? new Set([...bound, ...names]) : bound, facts)
  }
}

function iteratorOf(body: HclBody): string {
  return body.attributes.find(it => it.name === 'iterator')?.value.text ?? ''
}

const PARTS_OF_OTHERS: ReadonlySet<string> = new Set([
  'each',
  'count',
  'self',
  'path',
  'terraform',
  'ephemeral',
  'provider',
])
