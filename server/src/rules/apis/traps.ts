// All that does something else than it seems to.

import type { ApiEntry } from './entry.ts'
import { TRAPS_JAVASCRIPT } from './traps-javascript.ts'
import { TRAPS_PYTHON } from './traps-python.ts'
import { TRAPS_RUST } from './traps-rust.ts'

export const TRAPS: readonly ApiEntry[] = [...TRAPS_PYTHON, ...TRAPS_JAVASCRIPT, ...TRAPS_RUST]
