// Whether a text that stands in real code is a credential by its look, so that it is not taken for a false alarm.

import type { SecretInput } from '../../../server/src/inference/tasks/is-secret.ts'
import { isPasswordName, isSecretName } from '../../../server/src/rules/support/secret-names.ts'
import { looksChosen, looksGenerated } from '../../../server/src/rules/support/secret-values.ts'

/** `unclear` is left out everywhere: neither a false alarm nor something that had to be found. */
export type Look = 'credential' | 'unclear' | 'none'

export function lookOf({ name, value, context }: SecretInput): Look {
  if (PUBLIC.test(value) || PUBLIC_CONTEXT.test(context.before + context.after)) return 'none'
  if (MARKED.test(value)) return 'credential'
  if (isPasswordName(name) && (looksChosen(value) || looksGenerated(value))) return 'credential'
  if (isSecretName(name) && looksGenerated(value)) return 'credential'
  return TELLING.test(name) && (looksGenerated(value) || looksChosen(value)) ? 'unclear' : 'none'
}

/** Beginnings that providers, signed tokens and private keys have. */
const MARKED =
  /^\s*-----BEGIN [A-Z ]*PRIVATE KEY|^A[KS]IA[A-Z2-7]{16}$|^gh[pousr]_\w{36}|^github_pat_|^glpat-|^[sr]k_(live|test)_|^whsec_\w{20}|^xox[abp]-|^AIza[\w-]{35}|^eyJ[\w-]{10,}\.eyJ|^npm_\w{36}|^SG\.[\w-]{22}\.|^SK[0-9a-f]{32}$|^(Bearer|Basic|Token) \S{16}|^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:[^\s/@]{4,}@|hooks\.slack\.com\/services\/T/
const PUBLIC = /^(pk_|pk\.|phc_|\$2[aby]\$|\$argon2|pbkdf2_|sha\d+-|6L[\w-]{38}$|UA-\d)/
/** Search in a page and Firebase give their keys to every browser. */
const PUBLIC_CONTEXT = /appId|indexName|authDomain|measurementId|messagingSenderId/
/** A name that speaks of credentials. */
export const TELLING =
  /pass(w|phrase|code)|pwd|secret|token|api_?key|access_?key|private_?key|signing|encrypt|auth|credential|jwt/i
