// Names that files share without being asked over a network: variables of the environment, messages, functions of Rust.

import { renames } from '../../support/renames.ts'
import type { Files } from '../../support/workspace-view.ts'

const SETTINGS: Files = {
  '.env.example': 'API_KEY=\n# how long\nAPI_KEY_AGE=1\n',
  'server/settings.py': 'import os\nKEY = os.environ["API_«»KEY"]\n',
  'web/key.ts': 'const { API_KEY } = process.env\nexport const key = process.env.API_KEY ?? API_KEY\n',
  Dockerfile: 'FROM alpine\nENV API_KEY=none\n',
  'README.md': 'Set `API_KEY`.\n',
}
renames(
  'a variable of the environment, wherever it is read and set',
  SETTINGS,
  'SHOP_KEY',
  [
    '.env.example:1 SHOP_KEY=',
    'Dockerfile:2 ENV SHOP_KEY=none',
    'server/settings.py:2 KEY = os.environ["SHOP_KEY"]',
    'web/key.ts:1 const { SHOP_KEY: API_KEY } = process.env',
    'web/key.ts:2 export const key = process.env.SHOP_KEY ?? API_KEY',
  ],
  ['README.md:1 API_KEY → SHOP_KEY', 'web/key.ts:2 API_KEY → SHOP_KEY'],
)
renames('what is set already', { ...SETTINGS, '.env': 'SHOP_KEY=1\n' }, 'SHOP_KEY', 'taken .env:1 SHOP_KEY')
renames('what cannot be a variable', SETTINGS, 'SHOP-KEY', 'no-name')
renames(
  'what browsers are given has to keep its prefix',
  {
    '.env.example': 'VITE_API=\n',
    'web/api.ts': 'export const api = import.meta.env.VITE_«»API\n',
    'web/vite.config.ts': "import { defineConfig } from 'vite'\nexport default defineConfig({})\n",
  },
  'API',
  'prefix',
)
renames(
  'a class of settings has it as a field',
  {
    '.env': 'SHOP_«»KEY=1\n',
    'server/settings.py': `from pydantic_settings import BaseSettings

class Settings(BaseSettings):
    shop_key: str

print(Settings().shop_key)
`,
  },
  'STORE_KEY',
  ['.env:1 STORE_KEY=1', 'server/settings.py:4 store_key: str'],
  ['server/settings.py:6 shop_key → store_key'],
)

const MESSAGES: Files = {
  'jobs/send.py': 'import redis\n\nredis.Redis().publish("orders.«»created", "1")\n',
  'web/listen.ts': `import Redis from 'ioredis'
const redis = new Redis()
redis.subscribe('orders.created')
redis.on('message', name => name === 'orders.created')
`,
}
renames(
  'the name of messages',
  MESSAGES,
  'orders.made',
  [
    'jobs/send.py:3 redis.Redis().publish("orders.made", "1")',
    "web/listen.ts:3 redis.subscribe('orders.made')",
  ],
  ['web/listen.ts:4 orders.created → orders.made'],
)
renames(
  'whose quotes stand around the place',
  { ...MESSAGES, 'web/listen.ts': `import Redis from 'ioredis'\nnew Redis().subscribe('orders.created')\n` },
  'orders.made',
  [
    'jobs/send.py:3 redis.Redis().publish("orders.made", "1")',
    "web/listen.ts:2 new Redis().subscribe('orders.made')",
  ],
)
renames('no name of messages', MESSAGES, 'orders made', 'no-topic')
renames(
  'who waits for many names would miss the new one',
  {
    ...MESSAGES,
    'web/listen.ts': MESSAGES['web/listen.ts']!.replace(
      "subscribe('orders.created')",
      "psubscribe('orders.*')",
    ),
  },
  'sales.made',
  "not-written web/listen.ts:3 'orders.*'",
)

const COMMAND: Files = {
  'src-tauri/src/main.rs': `#[tauri::command]
fn save_note(text: String) {}

fn main() { tauri::Builder::default().invoke_handler(tauri::generate_handler![other, save_note]); }
fn again() { save_note(String::new()) }
`,
  'src/notes.ts': `import { invoke } from '@tauri-apps/api/core'
export const save = (text: string) => invoke('save_«»note', { text })
`,
}
renames(
  'a function of Rust that another language calls',
  COMMAND,
  'keep_note',
  [
    'src-tauri/src/main.rs:2 fn keep_note(text: String) {}',
    'src-tauri/src/main.rs:4 fn main() { tauri::Builder::default().invoke_handler(tauri::generate_handler![other, keep_note]); }',
    "src/notes.ts:2 export const save = (text: string) => invoke('keep_note', { text })",
  ],
  ['src-tauri/src/main.rs:5 save_note → keep_note'],
)
renames(
  'by its alias, where it has one',
  {
    'Cargo.toml': '[package]\nname = "core"\n',
    'pyproject.toml':
      '[build-system]\nbuild-backend = "maturin"\n[tool.maturin]\nmodule-name = "shop.core"\n',
    'src/lib.rs': `use pyo3::prelude::*;

#[pyfunction]
#[pyo3(name = "scale")]
fn scale_all(by: f64) -> f64 { by }

#[pymodule]
fn core(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(scale_all, m)?)
}
`,
    'shop/use.py': 'from shop.core import sca«»le\n\nprint(scale(2))\n',
  },
  'grow',
  [
    'shop/use.py:1 from shop.core import grow',
    'shop/use.py:3 print(grow(2))',
    'src/lib.rs:4 #[pyo3(name = "grow")]',
  ],
)

const ADDON: Files = {
  'addon/package.json':
    '{ "name": "@shop/sums", "main": "binding.js", "scripts": { "build": "napi build --platform --js binding.js" } }',
  'addon/Cargo.toml': '[package]\nname = "sums-addon"\n',
  'addon/src/lib.rs': `use napi_derive::napi;

#[napi]
pub fn sum_«»all(values: Vec<f64>) -> f64 { values.iter().sum() }
`,
  'api/sums.ts': "import { sumAll } from '@shop/sums'\nconsole.log(sumAll([1]))\n",
}
renames('what is built for JavaScript is called in its manner', ADDON, 'add_up', [
  'addon/src/lib.rs:4 pub fn add_up(values: Vec<f64>) -> f64 { values.iter().sum() }',
  "api/sums.ts:1 import { addUp } from '@shop/sums'",
  'api/sums.ts:2 console.log(addUp([1]))',
])
