// Modules of Terraform: the names that the files of a folder give, and what refers to them.

import type { Place } from '../facts.ts'
import { folderOf } from '../modules.ts'
import type { At } from '../routes.ts'
import type { TerraformKind } from '../rows/terraform.ts'
import type { WorkspaceFacts } from '../workspace-facts.ts'

export interface TerraformName extends At {
  readonly kind: TerraformKind
  readonly name: string
  readonly isOverride: boolean
}

export interface TerraformModule {
  readonly folder: string
  readonly names: readonly TerraformName[]
  readonly uses: readonly TerraformName[]
  /** All of its files could be read. */
  readonly isWhole: boolean
}

export function terraformModulesOf(facts: WorkspaceFacts): readonly TerraformModule[] {
  const modules = new Map<
    string,
    { folder: string; names: TerraformName[]; uses: TerraformName[]; isWhole: boolean }
  >()
  const moduleOf = (path: string) => {
    const folder = folderOf(path)
    let known = modules.get(folder)
    if (!known) {
      known = { folder, names: [], uses: [], isWhole: true }
      modules.set(folder, known)
    }
    return known
  }
  for (const { path, rows } of facts.rows('terraformName'))
    for (const [i, { kind, name, isOverride }] of rows.entries())
      moduleOf(path).names.push(
        placed(facts, path, 'terraformName', i, { kind, name, isOverride: isOverride === true }),
      )
  for (const { path, rows } of facts.rows('terraformUse'))
    for (const [i, { kind, name }] of rows.entries())
      moduleOf(path).uses.push(placed(facts, path, 'terraformUse', i, { kind, name, isOverride: false }))
  for (const { path } of facts.rows('terraformGap')) moduleOf(path).isWhole = false
  return [...modules.values()]
}

/** With its place as of now. */
function placed(
  facts: WorkspaceFacts,
  file: string,
  kind: 'terraformName' | 'terraformUse',
  index: number,
  said: Pick<TerraformName, 'kind' | 'name' | 'isOverride'>,
): TerraformName {
  return {
    ...said,
    file,
    get place(): Place {
      return facts.placeOf(file, kind, index)
    },
  }
}
