/** Of two copies of a function one was corrected, as it seems, and the other was not. */

import type { Copy, CopySide } from '../../graph/copies.ts'
import type { CopyDifference } from '../../graph/copy-differences.ts'
import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isExamplePath, isTestPath } from '../support/test-code.ts'

type Data = {
  readonly kind: CopyDifference['kind']
  readonly name: string
  /** Where the copy is. */
  readonly file: string
  readonly here: string
  readonly there: string
}

/** A copy, and one in which somebody changed a condition: what keeps them from being told of is where they lie. */
const MIRROR = py`
def mirror(source, target, log):
    names = source.names()
    for name in names:
        if name.hidden:
            continue
        data = source.read(name)
        if len(data) > source.limit:
            log.warn(name, len(data))
        target.write(name, data)
        log.add(name)
    return len(names)
`
const MIRROR_OF_OLD = py`
def mirror(source, target, log):
    names = source.names()
    for name in names:
        if name.hidden and name.old:
            continue
        data = source.read(name)
        if len(data) > source.limit:
            log.warn(name, len(data))
        target.write(name, data)
        log.add(name)
    return len(names)
`

export default defineRule<Data>({
  id: 'design/divergent-duplicate',
  severity: 'info',
  // Hardly ever wrong, and in most projects silent; to know copies again, it has to remember what every function says.
  enabled: false,
  languages: ['python', 'typescript', 'javascript', 'rust'],
  concept: 'duplication',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    *divergedCopy(copy) {
      const { one, other, difference } = copy
      if (!wereOne(copy)) return
      // What one side has is missing from the other. Of two operators, the rarer one is asked about.
      const isOne = difference.one !== '' && (difference.other === '' || copy.counts[0] > copy.counts[1])
      const [here, there] = isOne ? [other, one] : [one, other]
      yield {
        at: here.place,
        data: {
          kind: difference.kind,
          name: here.name,
          file: there.file,
          here: isOne ? difference.other : difference.one,
          there: isOne ? difference.one : difference.other,
        },
        related: [there.place],
      }
    },
  },

  explain: {
    en: data => ({
      message: MESSAGES.en[data.kind](data),
      why: 'The two are copies of each other but for this. Most often somebody corrected one of them and did not know of the other.',
      remedy:
        'Make both say the same, best by keeping one of them and calling it; if they are meant to differ, say so in their names.',
      places: ['the copy that differs'],
    }),
    es: data => ({
      message: MESSAGES.es[data.kind](data),
      why: 'Salvo por esto, una función es copia de la otra. Lo más frecuente es que alguien corrigiera una sin saber que existía la otra.',
      remedy:
        'Haz que ambas digan lo mismo, mejor conservando una sola y llamándola; si deben ser distintas, dilo en sus nombres.',
      places: ['la copia que difiere'],
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'shop/orders.py',
            py`
def shipping_price(order, rates):
    zone = rates.zone_of(order.address)
    total = 0
    for item in order.items:
        if item.weight is None:
            continue
        if item.count < 1:
            continue
        price = zone.price(item.weight)
        total += price * item.count
        order.log(item, price)
    return round(total, 2)
`,
          ),
        ],
        at(
          'shop/returns.py',
          py`
def shipping_price(order, rates):
    zone = rates.zone_of(order.address)
    total = 0
    for item in order.items:
        if item.weight is None:
            continue
        «price = zone.price(item.weight)»
        total += price * item.count
        order.log(item, price)
    return round(total, 2)
`,
        ),
      ),
      beside(
        [
          at(
            'web/names.ts',
            ts`
export function freeName(name: string, taken: Set<string>) {
  const base = name.trim().toLowerCase()
  if (!taken.has(base)) return base
  let count = 1
  while (count <= 100) {
    const next = \`\${base}-\${count}\`
    if (!taken.has(next)) return next
    count += 1
  }
  throw new Error(base)
}
`,
          ),
        ],
        at(
          'admin/names.ts',
          ts`
export function freeName(name: string, taken: Set<string>) {
  const base = name.trim().toLowerCase()
  if (!taken.has(base)) return base
  let count = 1
  «while (count < 100)» {
    const next = \`\${base}-\${count}\`
    if (!taken.has(next)) return next
    count += 1
  }
  throw new Error(base)
}
`,
        ),
      ),
      beside(
        [
          at(
            'src/menu.js',
            js`
export function onKeys(list, event, close) {
  const at = list.indexOf(event.target)
  if (at === -1) return
  if (event.key === 'Enter' && !event.isComposing) {
    event.preventDefault()
    list.choose(at)
    close()
  }
  if (event.key === 'ArrowDown') list.focus(at + 1)
  if (event.key === 'ArrowUp') list.focus(at - 1)
}
`,
          ),
        ],
        at(
          'src/list.js',
          js`
export function onKeys(list, event, close) {
  const at = list.indexOf(event.target)
  if (at === -1) return
  «if (event.key === 'Enter')» {
    event.preventDefault()
    list.choose(at)
    close()
  }
  if (event.key === 'ArrowDown') list.focus(at + 1)
  if (event.key === 'ArrowUp') list.focus(at - 1)
}
`,
        ),
      ),
      beside(
        [
          at(
            'app/mirror.py',
            py`
def mirror(source, target, log):
    names = source.names()
    for name in names:
        if name.hidden:
            continue
        data = source.read(name)
        if len(data) > source.limit:
            log.warn(name, len(data))
        target.write(name, data, timeout=30)
        log.add(name)
    return len(names)
`,
          ),
        ],
        at(
          'jobs/mirror.py',
          py`
def mirror(source, target, log):
    names = source.names()
    for name in names:
        if name.hidden:
            continue
        data = source.read(name)
        if len(data) > source.limit:
            log.warn(name, len(data))
        «target.write(name, data)»
        log.add(name)
    return len(names)
`,
        ),
      ),
      beside(
        [
          at(
            'tool/src/pages.rs',
            rs`
pub fn page_of(items: &[u32], size: usize, page: usize) -> Vec<u32> {
    let mut found = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let first = page * size;
        if index >= first && index < first + size {
            found.push(*item);
        }
    }
    found.sort();
    found
}
`,
          ),
        ],
        at(
          'engine/src/pages.rs',
          rs`
pub fn page_of(items: &[u32], size: usize, page: usize) -> Vec<u32> {
    let mut found = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let first = page * size;
        «if index >= first && index <= first + size» {
            found.push(*item);
        }
    }
    found.sort();
    found
}
`,
        ),
      ),
    ],
    valid: [
      // What is bounded is another name.
      beside(
        [
          at(
            'a/names.ts',
            ts`export function free(taken: Set<string>, most: number) { if (taken.size > 3) { for (const it of taken) { if (it) { taken.delete(it); most -= 1 } } } return most }`,
          ),
        ],
        at(
          'b/names.ts',
          ts`export function free(taken: Set<string>, most: number) { if (most > 3) { for (const it of taken) { if (it) { taken.delete(it); most -= 1 } } } return most }`,
        ),
      ),
      beside(
        [
          at(
            'a/keys.js',
            js`export function keys(list) { for (const it of list) { if (it.a) { it.b(1); it.c('x') } if (it.d) { it.e() } } return list }`,
          ),
        ],
        at(
          'b/keys.js',
          js`export function keys(list) { for (const it of list) { if (it.a) { it.b(1); it.c('y') } if (it.d) { it.e() } } return list }`,
        ),
      ),
      beside(
        [
          at(
            'a/src/sum.rs',
            rs`pub fn sum(a: &[u32]) -> u32 { let mut s = 0; for it in a { if *it > 1 { s += it; } if *it > 2 { s += 2 * it; } } s }`,
          ),
        ],
        at(
          'b/src/sum.rs',
          rs`pub fn sum(a: &[u32]) -> u32 { let mut s = 0; for it in a { if *it > 1 { s += it; } if *it > 2 { s += 3 * it; } } s }`,
        ),
      ),
      // They say the same.
      beside([at('app/mirror.py', MIRROR)], at('jobs/mirror.py', MIRROR)),
      // Another name, another text, another function that is called: two tasks.
      beside(
        [
          at(
            'app/mirror.py',
            py`
def move_shown(source, target, log):
    names = source.names()
    for name in names:
        if name.hidden and name.old:
            continue
        data = source.read(name)
        if len(data) > source.limit:
            log.warn(name, len(data))
        target.write(name, data)
        log.add(name)
    return len(names)
`,
          ),
        ],
        at('jobs/mirror.py', MIRROR),
      ),
      beside(
        [
          at(
            'app/mirror.py',
            py`
def mirror(source, target, log):
    names = source.names()
    for name in names:
        if name.hidden:
            continue
        data = source.read(name)
        if len(data) > source.limit:
            log.warn(name, len(data))
        target.write(name, data)
        log.drop(name)
    return len(names)
`,
          ),
        ],
        at('jobs/mirror.py', MIRROR),
      ),
      // Tests, and code for another platform or another version, differ on purpose.
      beside([at('tests/mirror.py', MIRROR_OF_OLD)], at('jobs/mirror.py', MIRROR)),
      beside([at('api/v1/mirror.py', MIRROR_OF_OLD)], at('api/v2/mirror.py', MIRROR)),
      // Beside each other in one file, somebody saw both.
      py`
class Shown:
    def mirror(source, target, log):
        names = source.names()
        for name in names:
            if name.hidden:
                continue
            data = source.read(name)
            if len(data) > source.limit:
                log.warn(name, len(data))
            target.write(name, data)
            log.add(name)
        return len(names)

class Hidden:
    def mirror(source, target, log):
        names = source.names()
        for name in names:
            if name.hidden and name.old:
                continue
            data = source.read(name)
            if len(data) > source.limit:
                log.warn(name, len(data))
            target.write(name, data)
            log.add(name)
        return len(names)
`,
    ],
  },
})

/** They bear one name, lie in different files, and nothing says that they are for different cases. */
function wereOne({ one, other, difference }: Copy): boolean {
  if (one.name !== other.name || one.file === other.file) return false
  // What one class refuses, another one may take.
  if (difference.kind === 'guard' && one.owner !== other.owner) return false
  if ([one, other].some(it => isTestPath(it.file) || isExamplePath(it.file) || isRetired(it))) return false
  if ([one, other].some(it => isOfItsFile(difference, it))) return false
  return variantOf(one.file) === variantOf(other.file)
}

function isRetired({ file }: CopySide): boolean {
  return /(^|[/_.-])(old|legacy|deprecated|archived?|backup|migrations?|compat)([/_.-]|$)/i.test(file)
}

/** What differs names what its file is about: `if is_npm_project` in `npm.py`. */
function isOfItsFile({ one, other }: CopyDifference, { file }: CopySide): boolean {
  const stem = /([^/]+?)(?:\.\w+)+$/.exec(file)?.[1]?.toLowerCase() ?? ''
  return stem.length >= 3 && `${one} ${other}`.toLowerCase().includes(stem)
}

/** The platforms and versions that a path names: code for one of them differs from that for another on purpose. */
function variantOf(file: string): string {
  return (file.match(VARIANTS) ?? []).join(' ').toLowerCase()
}

const VARIANTS =
  /(?<![a-z])(?:linux|windows|win32|macos|darwin|unix|android|ios|wasm|native|mobile|desktop|v\d+|sync|async|sqlite|postgres(?:ql)?|mysql)(?![a-z])/gi

const MESSAGES: Readonly<Record<'en' | 'es', Readonly<Record<Data['kind'], (data: Data) => string>>>> = {
  en: {
    guard: ({ name, file, there }) =>
      `The copy of \`${name}\` in ${file} leaves here on \`${there}\`; this one goes on`,
    condition: ({ name, file, there }) => `The copy of \`${name}\` in ${file} also asks \`${there}\` here`,
    operator: ({ name, file, here, there }) =>
      `\`${name}\` has \`${here}\` here, and its copy in ${file} has \`${there}\``,
    absence: ({ name, file }) =>
      `The copy of \`${name}\` in ${file} is ready for a missing value here; this one is not`,
    waiting: ({ name, file }) =>
      `The copy of \`${name}\` in ${file} has \`await\` here; this one does not wait`,
    argument: ({ name, file, there }) => `The copy of \`${name}\` in ${file} also gives \`${there}\` here`,
    fallback: ({ name, file, there }) =>
      `The copy of \`${name}\` in ${file} has \`${there}\` to fall back on here`,
  },
  es: {
    guard: ({ name, file, there }) =>
      `La copia de \`${name}\` en ${file} sale aquí con \`${there}\`; esta continúa`,
    condition: ({ name, file, there }) =>
      `La copia de \`${name}\` en ${file} comprueba aquí además \`${there}\``,
    operator: ({ name, file, here, there }) =>
      `\`${name}\` tiene aquí \`${here}\`, y su copia en ${file} tiene \`${there}\``,
    absence: ({ name, file }) => `La copia de \`${name}\` en ${file} prevé aquí que falte un valor; esta no`,
    waiting: ({ name, file }) => `La copia de \`${name}\` en ${file} usa aquí \`await\`; esta no espera`,
    argument: ({ name, file, there }) => `La copia de \`${name}\` en ${file} pasa aquí además \`${there}\``,
    fallback: ({ name, file, there }) =>
      `La copia de \`${name}\` en ${file} recurre aquí a \`${there}\` si falta el valor`,
  },
}
