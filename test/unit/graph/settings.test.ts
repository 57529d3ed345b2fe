// Variables of the environment: where code of each language reads them, and where the settings of a project name them.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseFile } from '../../../server/src/features/analyse-file.ts'
import { languageOf } from '../../../server/src/features/languages.ts'
import { Graph } from '../../../server/src/graph/graph.ts'
import { testEngine } from '../../support/engine.ts'

const engine = await testEngine([])

function graphOf(files: Readonly<Record<string, string>>): Graph {
  const graph = new Graph()
  for (const [path, text] of Object.entries(files)) {
    const { facts } = analyseFile(engine, path, languageOf(path)!, text)
    graph.set(path, facts ?? { rows: {}, places: {} })
  }
  return graph
}

/** `KEY: read a.py (fails), set in .env.example` */
function variables(files: Readonly<Record<string, string>>): string[] {
  return graphOf(files).relations.environment.variables.map(({ name, reads, settings }) => {
    const read = reads.map(
      it =>
        `read ${it.file} (${it.absence}${it.from === 'bundler' ? ', bundler' : ''}${it.isClient ? ', client' : ''})`,
    )
    const set = settings.map(it => `${it.in} ${it.file}${it.isComment ? ' (comment)' : ''}`)
    return `${name}: ${[...read, ...set].join(', ')}`
  })
}

function check(what: string, files: Readonly<Record<string, string>>, expected: readonly string[]): void {
  test(what, () => assert.deepEqual(variables(files), expected))
}

check(
  'process.env: by name, by text, taken apart, through a name, with a default',
  {
    'a.ts': `
const a = process.env.A_KEY!
const b = process.env['B_KEY'] ?? 'x'
const { C_KEY, D_KEY: d = 'x' } = process.env
const env = process.env
if (env.E_KEY) start(env.F_KEY as string)
process.env.G_KEY = '1'
const h = 'H_KEY' in process.env
const i = Deno.env.get('I_KEY')
`,
  },
  [
    'G_KEY: code a.ts',
    'A_KEY: read a.ts (fails)',
    'B_KEY: read a.ts (handled)',
    'C_KEY: read a.ts (unknown)',
    'D_KEY: read a.ts (handled)',
    'E_KEY: read a.ts (handled)',
    'F_KEY: read a.ts (fails)',
    'H_KEY: read a.ts (handled)',
    'I_KEY: read a.ts (unknown)',
  ],
)

check(
  'what a bundler knows, and code for browsers',
  {
    'a.tsx': `'use client'\nconst a = import.meta.env.VITE_A\nconst b = process.env.B_KEY`,
    'env.d.ts': `interface ImportMetaEnv { readonly VITE_A: string }`,
    'vite.config.ts': `export default defineConfig({ define: { 'import.meta.env.C_KEY': '1' } })`,
  },
  [
    'VITE_A: read a.tsx (unknown, bundler, client), types env.d.ts',
    'C_KEY: bundler vite.config.ts',
    'B_KEY: read a.tsx (unknown, client)',
  ],
)

check(
  'schemas that are parsed from the environment',
  {
    'a.ts': `
const schema = z.object({ A_KEY: z.string().min(1), B_KEY: z.string().optional() }).strict()
export const settings = schema.parse(process.env)
export const env = createEnv({ server: { C_KEY: z.string() }, runtimeEnv: process.env })
export const clean = cleanEnv(process.env, { D_KEY: str({ default: '' }) })
`,
  },
  [
    'A_KEY: read a.ts (fails)',
    'B_KEY: read a.ts (handled)',
    'D_KEY: read a.ts (handled)',
    'C_KEY: read a.ts (fails)',
  ],
)

check(
  'os.environ and os.getenv',
  {
    'a.py': `
import os
from os import environ, getenv
a = os.environ["A_KEY"]
b = environ.get("B_KEY", "x")
c = getenv("C_KEY")
d = getenv("D_KEY") or "x"
os.environ["E_KEY"] = "1"
os.environ.setdefault("F_KEY", "1")
try:
    g = os.environ["G_KEY"]
except KeyError:
    g = None
KEY = "H_KEY"
h = os.environ[KEY]
`,
  },
  [
    'E_KEY: code a.py',
    'F_KEY: code a.py',
    'A_KEY: read a.py (fails)',
    'B_KEY: read a.py (handled)',
    'G_KEY: read a.py (handled)',
    'H_KEY: read a.py (fails)',
    'C_KEY: read a.py (unknown)',
    'D_KEY: read a.py (handled)',
  ],
)

check(
  'libraries of Python: settings of Pydantic, django-environ, decouple',
  {
    'settings.py': `
from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

class Common(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="app_")
    token: str
    size: int = 3
    nested: Other
    mail: str = Field(..., validation_alias=AliasChoices("MAIL", "SMTP"))
    _hidden: str = ""
`,
    'django.py': `
import environ
env = environ.Env(DEBUG_SQL=(bool, False))
a = env("A_KEY")
b = env.bool("B_KEY", default=False)
`,
    'decoupled.py': `
from decouple import config
c = config("C_KEY", cast=int)
`,
  },
  [
    'C_KEY: read decoupled.py (fails)',
    'DEBUG_SQL: read django.py (handled)',
    'A_KEY: read django.py (fails)',
    'B_KEY: read django.py (handled)',
    'APP_TOKEN: read settings.py (fails)',
    'APP_SIZE: read settings.py (handled)',
    'APP_NESTED: read settings.py (unknown)',
    'MAIL: read settings.py (fails)',
    'SMTP: read settings.py (fails)',
  ],
)

check(
  'Rust: std::env, macros, options of clap, build scripts',
  {
    'src/main.rs': `
use std::env;
const KEY: &str = "A_KEY";
#[derive(Parser)]
struct Options { #[arg(long, env = "B_KEY")] port: u16 }
fn main() {
    env::var(KEY).unwrap();
    std::env::var("C_KEY").unwrap_or_default();
    let d = env!("D_KEY");
    let e = option_env!("E_KEY");
    unsafe { env::set_var("F_KEY", "1") };
}
`,
    'build.rs': `fn main() { println!("cargo:rustc-env=D_KEY={}", revision()); }`,
  },
  [
    'D_KEY: read src/main.rs (fails), code build.rs',
    'F_KEY: code src/main.rs',
    'A_KEY: read src/main.rs (fails)',
    'C_KEY: read src/main.rs (handled)',
    'E_KEY: read src/main.rs (handled)',
    'B_KEY: read src/main.rs (handled)',
  ],
)

check(
  'a function of the project that reads what it is told, in its own language only where it is a reader',
  {
    'env.py': `
import os

def raw(name):
    return os.environ.get(name)

def flag(name, default=False):
    return raw(name) == "true" or default
`,
    'settings.py': `
from env import flag
verbose = flag("SHOW_DETAILS", True)
other = translate("NOT_A_KEY")
`,
  },
  ['SHOW_DETAILS: read settings.py (unknown)'],
)

check(
  'settings: files of variables, compose files, images, workflows, scripts',
  {
    '.env.example': `A_KEY=secret\n# B_KEY=\nexport C_KEY = 1\n`,
    'docker-compose.yml': `
services:
  web:
    environment:
      - D_KEY=1
      - E_KEY
  api:
    environment:
      F_KEY: \${G_KEY:-x}
`,
    Dockerfile: `FROM node\nARG H_KEY\nENV I_KEY=1\n`,
    '.github/workflows/test.yml': `env:\n  J_KEY: 1\n`,
    'deploy/pod.yaml': `env:\n- name: K_KEY\n  value: x\n`,
    'start.sh': `export L_KEY=1\necho "$M_KEY"\n`,
    'package.json': `{ "scripts": { "dev": "N_KEY=1 vite" } }`,
  },
  [
    'A_KEY: example .env.example',
    'B_KEY: example .env.example (comment)',
    'C_KEY: example .env.example',
    'J_KEY: manifest .github/workflows/test.yml',
    'H_KEY: image Dockerfile',
    'I_KEY: image Dockerfile',
    'K_KEY: manifest deploy/pod.yaml',
    'D_KEY: compose docker-compose.yml',
    'E_KEY: compose docker-compose.yml',
    'F_KEY: compose docker-compose.yml',
    'N_KEY: script package.json',
    'L_KEY: script start.sh',
    'G_KEY: read docker-compose.yml (handled)',
    'M_KEY: read start.sh (handled)',
  ],
)

test('no value of a setting is kept', () => {
  const { facts } = analyseFile(engine, '.env', 'text', 'TOKEN_OF_BOT=very-secret\n')
  assert.deepEqual(facts, {
    rows: { environmentSetting: [{ key: 'TOKEN_OF_BOT', in: 'values' }] },
    places: { environmentSetting: [[0, 12]] },
  })
})
