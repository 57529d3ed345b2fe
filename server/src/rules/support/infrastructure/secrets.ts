// Secrets in the settings of programs: a name that says so, and a value that somebody chose or a machine made.

import { isPasswordName, isSecretName } from '../secret-names.ts'
import { isPlaceholder, looksChosen, looksGenerated } from '../secret-values.ts'

/** Not one that is filled in later, stands for a file, or is meant for a developer's own machine. */
export function isRealSecret(name: string, value: string): boolean {
  if (!isSecretName(name) && !isPasswordName(name)) return false
  if (isPlaceholder(value) || /[$`]\{?\(?\w|^\/|^\.\.?\/|:\/\//.test(value)) return false
  if (/^(?:\d+|true|false|yes|no)$/i.test(value) || DEVELOPMENT.test(value)) return false
  return looksGenerated(value) || looksChosen(value)
}

const DEVELOPMENT =
  /dev|local|docker|build|postgres|mysql|redis|minio|rabbit|guest|unsafe|insecure|not[-_ ]?secure|p[a@]ss?w[o0]rd|s[e3]cr[e3]t/i
