// What one file of Terraform says: which names it gives, and which it refers to. A folder is one module.

export type TerraformKind = 'var' | 'local' | 'module' | 'data' | 'resource'

export interface TerraformNameRow {
  readonly kind: TerraformKind
  /** With its type, of resources and data: `aws_instance.shop`. */
  readonly name: string
  /** It replaces what another file says, as a file called `override.tf` does. */
  readonly isOverride?: true
}

export interface TerraformUseRow {
  readonly kind: TerraformKind
  readonly name: string
}

export interface TerraformRows {
  readonly terraformName: readonly TerraformNameRow[]
  readonly terraformUse: readonly TerraformUseRow[]
  /** Something in it cannot be read, so that nobody knows what it gives. */
  readonly terraformGap: readonly Record<string, never>[]
}
