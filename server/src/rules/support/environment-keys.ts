// Variables of the environment that nobody's own settings name, and names that somebody mistook for one another.

import type { Environment, Variable } from '../../graph/settings.ts'
import { isSpecimen, isTest } from '../../semantics/provenance.ts'
import { isSlip } from './near-names.ts'

/** Set by systems, shells, platforms and tools. */
const WELL_KNOWN =
  /^(CI|HOME|PATH|USER|USERNAME|LOGNAME|SHELL|PWD|OLDPWD|TERM|LANG|LC_\w+|TZ|TMP|TEMP|TMPDIR|DISPLAY|EDITOR|VISUAL|PAGER|HOSTNAME|HOST|PORT|DEBUG|VERBOSE|MODE|DEV|PROD|SSR|BASE_URL|NODE_\w+|NO_COLOR|FORCE_COLOR|COLORTERM|COLUMNS|LINES|PYTHON\w*|VIRTUAL_ENV|CONDA_\w+|UV_\w+|PIP_\w+|DJANGO_SETTINGS_MODULE|FLASK_\w+|RUST_\w+|CARGO(_\w+)?|RUSTC?(_\w+)?|OUT_DIR|TARGET|PROFILE|DEP_\w+|NPM_\w+|NPM\w*|PNPM\w*|YARN\w*|BUN_\w+|INIT_CWD|JEST_\w+|VITEST\w*|PLAYWRIGHT\w*|CYPRESS\w*|STORYBOOK\w*|TEST|TESTING|PYTEST\w*|XDG_\w+|APPDATA|LOCALAPPDATA|PROGRAMFILES\w*|PROGRAMDATA|SYSTEMROOT|WINDIR|COMSPEC|USERPROFILE|SSH_\w+|GIT_\w+|GITHUB_\w+|GITLAB_\w+|RUNNER_\w+|ACTIONS_\w+|CIRCLE\w*|TRAVIS\w*|JENKINS\w*|BUILDKITE\w*|BUILD_\w+|APPVEYOR\w*|VERCEL\w*|NEXT_RUNTIME|NEXT_PHASE|NETLIFY\w*|HEROKU\w*|DYNO|FLY_\w+|RAILWAY_\w+|RENDER\w*|CF_\w+|AWS_\w+|LAMBDA_\w+|AZURE_\w+|WEBSITE_\w+|GOOGLE_\w+|GCP_\w+|GCLOUD_\w+|K_SERVICE|K_REVISION|KUBERNETES_\w+|DOCKER\w*|DATABRICKS_\w+|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|OTEL_\w+|SENTRY_\w+|DD_\w+|ANALYZE|TAURI_\w+|ELECTRON_\w+|REMOTE_USER|SECRETS_DIR|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|GUNICORN_\w+|UVICORN_\w+|WEB_CONCURRENCY|CELERY_\w+|PROMETHEUS_\w+|PGHOST|PGPORT|PGUSER|PGPASSWORD|PGDATABASE|HF_\w+|CUDA_\w+|TRANSFORMERS_\w+|OPENAI_API_KEY|ANTHROPIC_API_KEY)$/

export function isWellKnown(name: string): boolean {
  return WELL_KNOWN.test(name)
}

/** Somebody says that it exists: it is set, offered in an example, or declared. */
export function isSet({ settings }: Variable): boolean {
  return settings.length > 0
}

/** It is read by code that runs for users. */
export function productReads({ reads }: Variable): Variable['reads'] {
  return reads.filter(it => CODE.test(it.file) && !isTest(it.file) && !isSpecimen(it.file))
}

const CODE = /\.(py|pyi|rs|[cm]?[jt]sx?|vue|svelte)$/

/** By code, or by what a compose file or a script hands it to. */
export function isRead(variable: Variable, environment: Environment): boolean {
  return environment.mayBeRead(variable) || variable.settings.some(it => it.in !== 'example')
}

/** The variable that is set, that nobody reads, and that is called nearly the same: it was meant, or it is the one written wrongly. */
export function meantVariable(read: Variable, environment: Environment): Variable | undefined {
  let only: Variable | undefined
  for (const it of environment.variables) {
    if (!isOffered(it) || !isNearly(read.name, it.name) || environment.mayBeRead(it)) continue
    if (only) return undefined
    only = it
  }
  return only
}

/** It stands where people set what this project reads, and not what other programs do. */
export function isOffered({ settings, name }: Variable): boolean {
  return !isWellKnown(name) && settings.some(it => OFFERED.has(it.in))
}

const OFFERED: ReadonlySet<string> = new Set(['values', 'example', 'compose', 'image'])

const PUBLIC = /^(NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|NUXT|PUBLIC|EXPO_PUBLIC|GATSBY|VUE_APP)_/

/** One is the other with a slip of the fingers, or with a prefix for browsers. */
function isNearly(one: string, other: string): boolean {
  if (one.replace(PUBLIC, '') === other.replace(PUBLIC, '')) return one !== other
  if (one.replaceAll('_', '') === other.replaceAll('_', '')) return true
  const shorter = Math.min(one.length, other.length)
  if (shorter < SHORTEST || Math.abs(one.length - other.length) > 2) return false
  // KEY_1 and KEY_2 are two keys.
  if (one.replace(/\d+/g, '') === other.replace(/\d+/g, '')) return false
  const words = [one.split('_'), other.split('_')] as const
  if (words[0].length !== words[1].length) return false
  const differing = words[0].flatMap((word, i) =>
    word === words[1][i] ? [] : [[word, words[1][i]!] as const],
  )
  const [pair, ...more] = differing
  return pair !== undefined && more.length === 0 && (isSlip(...pair) || isLetterInLongKey(...pair, words[0]))
}

/** `CLIENT_IDD` of an `OIDC_CLIENT_IDD`: the other words say what it is. `URLS` are several. */
function isLetterInLongKey(one: string, other: string, words: readonly string[]): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (words.length < 3 || short.length < 2 || long.length !== short.length + 1 || long === `${short}S`)
    return false
  return [...long].some((_, i) => long.slice(0, i) + long.slice(i + 1) === short)
}

const SHORTEST = 6
