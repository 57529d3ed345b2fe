// Settings of Ruff, Flake8 and Pylint: what they are told to leave out, and the limits that they measure by.

import { parse } from 'smol-toml'
import { namesBeginning } from '../../rules/foreign-names.ts'
import { entriesOf, isTable, numberIn, type Table, tableIn, textsIn } from './data.ts'
import type { CheckerSettings, Decision, Saying } from './decisions.ts'
import { type Ini, iniOf, listIn } from './ini.ts'

/** `pyproject.toml`, which Ruff and Pylint share with others. */
export function readPyproject(text: string): readonly CheckerSettings[] {
  if (!/\[?tool\.(ruff|pylint)/.test(text)) return []
  const tool = tableIn(parse(text), 'tool')
  const ruff = tableIn(tool, 'ruff')
  const pylint = tableIn(tool, 'pylint')
  return [...(ruff ? [ruffSettings(ruff)] : []), ...(pylint ? [pylintSettings(pylint)] : [])]
}

/** `ruff.toml` */
export function readRuff(text: string): readonly CheckerSettings[] {
  return [ruffSettings(parse(text))]
}

/** `.flake8`, and `setup.cfg` and `tox.ini`, which it shares with others. */
export function readFlake8(text: string): readonly CheckerSettings[] {
  const ini = iniOf(text)
  return [...flake8Settings(ini), ...sectionsOfPylint(ini, /^pylint\b/i)]
}

/** `pylintrc` */
export function readPylint(text: string): readonly CheckerSettings[] {
  return sectionsOfPylint(iniOf(text), /^/)
}

const RUFF_LIMITS: readonly (readonly [tool: string, key: string, name: string])[] = [
  ['mccabe', 'max-complexity', 'C901'],
  ['pylint', 'max-args', 'PLR0913'],
  ['pylint', 'max-positional-args', 'PLR0917'],
  ['pylint', 'max-branches', 'PLR0912'],
  ['pylint', 'max-nested-blocks', 'PLR1702'],
  ['pylint', 'max-public-methods', 'PLR0904'],
  ['pylint', 'max-statements', 'PLR0915'],
]

function ruffSettings(ruff: Table): CheckerSettings {
  // Everything below `lint` stood beside it once.
  const both = [ruff, ...(tableIn(ruff, 'lint') ? [tableIn(ruff, 'lint')!] : [])]
  const codes = (...keys: string[]) => both.flatMap(table => keys.flatMap(key => textsIn(table, key)))
  const limits = new Map<string, Saying>()
  for (const table of both)
    for (const [tool, key, name] of RUFF_LIMITS) {
      const limit = numberIn(tableIn(table, tool), key)
      if (limit !== undefined) limits.set(name, { limit })
    }
  const selected = codes('select', 'extend-select')
  const decisions: Decision[] = [
    { says: limits },
    { says: switchedOff(codes('ignore', 'extend-ignore'), selected) },
  ]
  for (const table of both)
    for (const key of ['per-file-ignores', 'extend-per-file-ignores'])
      for (const [pattern, ignored] of entriesOf(tableIn(table, key)))
        decisions.push({
          files: { patterns: [pattern], isStarDeep: true },
          says: switchedOff(textsIn({ ignored }, 'ignored'), []),
        })
  return python('ruff', decisions, !('extend' in ruff))
}

/** What is named more closely by what is wanted than by what is not, is wanted. */
function switchedOff(ignored: readonly string[], selected: readonly string[]): Map<string, Saying> {
  const says = new Map<string, Saying>(selected.map(it => [it, { isOn: true }]))
  for (const code of ignored)
    for (const name of namesBeginning(code))
      if (!selected.some(it => it.length > code.length && name.startsWith(it)))
        says.set(name, { isOn: false })
  return says
}

function flake8Settings(ini: Ini): readonly CheckerSettings[] {
  const section = ini.get('flake8')
  if (!section) return []
  const codes = (key: string) => listIn(section, key).filter(it => /^[A-Z]+[0-9]*$/.test(it))
  const complexity = Number(section.get('max-complexity') ?? -1)
  const limits = complexity > 0 ? [['C901', { limit: complexity }] as const] : []
  const decisions: Decision[] = [
    { says: new Map(limits) },
    { says: switchedOff([...codes('ignore'), ...codes('extend-ignore')], []) },
  ]
  let files: string[] = []
  let ignored: string[] | undefined
  const close = () => {
    const patterns = files
    if (ignored?.length)
      decisions.push({ files: { patterns, isStarDeep: true }, says: switchedOff(ignored, []) })
  }
  // `a.py, b/*.py: F401, E501` and the next patterns, on a line of their own or not.
  for (const it of (section.get('per-file-ignores') ?? '')
    .replaceAll(':', ' : ')
    .split(/[\s,]+/)
    .filter(Boolean))
    if (it === ':') ignored = []
    else if (ignored && /^[A-Z]+[0-9]*$/.test(it)) ignored.push(it)
    else if (ignored) {
      close()
      files = [it]
      ignored = undefined
    } else files.push(it)
  close()
  return [python('flake8', decisions, true)]
}

const PYLINT_LIMITS: Readonly<Record<string, string>> = {
  'max-args': 'too-many-arguments',
  'max-positional-arguments': 'too-many-positional-arguments',
  'max-branches': 'too-many-branches',
  'max-complexity': 'too-complex',
  'max-module-lines': 'too-many-lines',
  'max-nested-blocks': 'too-many-nested-blocks',
  'max-public-methods': 'too-many-public-methods',
  'max-statements': 'too-many-statements',
}

function sectionsOfPylint(ini: Ini, name: RegExp): readonly CheckerSettings[] {
  const sections = [...ini].filter(([it]) => name.test(it))
  if (sections.length === 0) return []
  const pylint = Object.fromEntries(sections.map(([it, keys]) => [it, Object.fromEntries(keys)]))
  return [pylintSettings(pylint)]
}

/** Whichever section a key stands in, Pylint takes it. */
function pylintSettings(pylint: Table): CheckerSettings {
  const says = new Map<string, Saying>()
  const tables = [pylint, ...Object.values(pylint).filter(isTable)]
  for (const table of tables)
    for (const [key, value] of Object.entries(table)) {
      const name = PYLINT_LIMITS[key.replaceAll('_', '-')]
      const limit = name ? Number(value) : Number.NaN
      if (limit > 0) says.set(name!, { limit })
    }
  // `disable=all` is how a list of what is wanted begins: what it does not name says nothing.
  for (const table of tables)
    for (const it of textsIn(table, 'disable'))
      if (it !== 'all') for (const name of messagesOf(it)) says.set(name, { isOn: false })
  return python('pylint', [{ says }], true)
}

/** `C` and `R` are all messages whose codes begin so. */
function messagesOf(name: string): readonly string[] {
  return /^[CREWF]$/.test(name) ? namesBeginning(name).filter(it => /^[A-Z][0-9]{4}$/.test(it)) : [name]
}

function python(checker: string, decisions: readonly Decision[], isLast: boolean): CheckerSettings {
  return { checker, family: 'python', isLast, decisions }
}
