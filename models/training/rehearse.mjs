// Everything that training does, from nothing to shipped models, on so little that it ends within minutes. It runs in a
// copy of this repository from which the models were taken out, so that what comes out of it is never mistaken for what is shipped.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { root } from '../../server/tools/setup.mjs'

/** Small ones of the list, of every language and every split. */
const REPOSITORIES = [
  'tox-dev/tox',
  'jaredpalmer/formik',
  'less/less.js',
  'sharkdp/hyperfine',
  'webpack/webpack',
  'encode/httpx',
  'hyperium/h2',
  'postcss/postcss',
  'pallets/click',
  'psf/requests',
  'expressjs/express',
  'nodemailer/nodemailer',
  'websockets/ws',
  'sindresorhus/got',
  'colinhacks/zod',
  'sharkdp/fd',
  'BurntSushi/ripgrep',
]

/** What the steps make. Cards, and what people judged by reading, stay. */
const MADE = /^models\/(?!training\/)[^/]+\/(?!.*\.md$|verdicts\.json$)/

/** Runs the steps with `args` in a copy in `folder`; a second time goes on where the first stopped. Returns the exit status. */
export function rehearse(folder, args) {
  const copy = resolve(folder)
  if (!existsSync(join(copy, 'package.json'))) {
    const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1e8,
    })
    for (const path of stdout.split('\0').filter(it => it !== '' && existsSync(join(root, it)))) {
      if (MADE.test(path)) continue
      mkdirSync(dirname(join(copy, path)), { recursive: true })
      cpSync(join(root, path), join(copy, path))
    }
    const list = join(copy, 'models/training/repositories.json')
    const chosen = JSON.parse(readFileSync(list, 'utf8')).filter(it => REPOSITORIES.includes(it.repository))
    writeFileSync(list, JSON.stringify(chosen))
    rmSync(join(copy, 'models/training/.data'), { recursive: true, force: true })
  }
  const rest = args.filter((it, i) => it !== '--rehearsal' && args[i - 1] !== '--rehearsal')
  const command = [join(copy, 'models/training/train.mjs'), '--profile', 'rehearsal', ...rest]
  return spawnSync(process.execPath, command, { cwd: copy, stdio: 'inherit' }).status ?? 1
}
