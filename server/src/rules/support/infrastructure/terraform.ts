// Files of Terraform, as rules of one file look at them.

import { type HclBody, readHcl } from '../../../graph/terraform/hcl.ts'
import { isSpecimen } from '../../../semantics/provenance.ts'
import { lastRead } from '../last-read.ts'
import { isTestPath } from '../test-code.ts'

/** Undefined for any other file, and for one that cannot be read to its end. */
export const terraformOf = lastRead(({ path, text }): HclBody | undefined =>
  path.endsWith('.tf') && !isSpecimen(path) && !isTestPath(path) ? readHcl(text) : undefined,
)
