// A thread that analyses: the very engine of the command line, on a folder that holds nothing but what was sent.

import { analyseFolder, type FolderAnalysis } from '@codeant/server/api/analysis.ts'
import type { Locale } from '@codeant/shared/locale.ts'

export interface AnalysisTask {
  readonly folder: string
  readonly locale: Locale
  readonly root: string | undefined
}

export default function analyse({ folder, locale, root }: AnalysisTask): Promise<FolderAnalysis> {
  // A cache and a state of their own, below the folder: what this account's own analyses left is none of theirs.
  const env = { CODEANT_CACHE: `${folder}/.git/cache`, CODEANT_STATE: `${folder}/.git/state` }
  return analyseFolder(folder, { locale, root, env })
}
