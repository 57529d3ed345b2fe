// All that versions took away: of the languages and where they run, which sooner or later everybody updates, and of libraries.

import type { ApiEntry } from './entry.ts'
import { REMOVED_JAVASCRIPT } from './removed-javascript.ts'
import { REMOVED_PYTHON } from './removed-python.ts'
import { REMOVED_PYTHON_DATA } from './removed-python-data.ts'
import { REMOVED_PYTHON_WEB } from './removed-python-web.ts'
import { REMOVED_RUST } from './removed-rust.ts'

const OF_A_PLATFORM = /since (?:Python|Node\.js|Chrome) /

const isOfPlatform = ({ words }: ApiEntry) => OF_A_PLATFORM.test(words.en.message)

export const REMOVED: readonly ApiEntry[] = [...REMOVED_PYTHON, ...REMOVED_JAVASCRIPT.filter(isOfPlatform)]

export const REMOVED_FROM_LIBRARIES: readonly ApiEntry[] = [
  ...REMOVED_PYTHON_DATA,
  ...REMOVED_PYTHON_WEB,
  ...REMOVED_JAVASCRIPT.filter(it => !isOfPlatform(it)),
  ...REMOVED_RUST,
]
