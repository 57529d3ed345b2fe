/** `chmod(path, 644)` sets quite other rights than `0o644`: permissions are written in octal. */

import { calleeName, keywordArgument, positional, property } from '../../semantics/calls.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

/** Rights that people write; read as decimal numbers, none of these would be one. */
const RIGHTS = new Set(
  '400 440 444 555 600 640 644 660 664 666 700 711 744 750 755 770 775 777 1777 2755 2775 4755'.split(' '),
)
/** What `umask` takes away. */
const MASKS = new Set(['22', '27', '77'])

/** Which of the arguments holds the rights. */
const PLACE: Readonly<Record<string, number>> = {
  chmod: -1,
  chmodSync: -1,
  fchmod: -1,
  fchmodSync: -1,
  lchmod: -1,
  lchmodSync: -1,
  umask: 0,
  makedirs: 1,
  mkdir: 1,
  mkdirSync: 1,
  mkfifo: 1,
  from_mode: 0,
  set_mode: 0,
  writeFile: 2,
  writeFileSync: 2,
  createWriteStream: 1,
}

export default defineRule({
  id: 'correctness/decimal-permissions',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [732],
  concept: 'permissions',
  impact: { likelihood: 'high', cost: 'days' },
  callees: Object.keys(PLACE),

  check: {
    *Call(node) {
      const name = calleeName(node)
      const mode = modeOf(node, PLACE[name] ?? -1)
      if (mode?.kind !== 'Number') return
      const written = mode.text
      if (!(name === 'umask' ? MASKS : RIGHTS).has(written)) return
      yield {
        at: mode,
        data: {
          written,
          meant: octal(written),
          really: Number(written).toString(8),
          name,
        },
        fix: { safety: 'unsafe', edits: () => [replace(mode, octal(written))] },
      }
    },
  },

  explain: {
    en: ({ written, meant, really, name }) => ({
      message: `\`${name}\` gets the decimal number ${written}, not the rights \`${meant}\``,
      why: `Rights are read three bits at a time, and ${written} in decimal is \`0o${really}\`: other people may read or write the file, or its owner no longer can.`,
      remedy: `Write the number in octal, \`${meant}\`.`,
      fix: 'Write it in octal',
    }),
    es: ({ written, meant, really, name }) => ({
      message: `\`${name}\` recibe el número decimal ${written}, no los permisos \`${meant}\``,
      why: `Los permisos se leen de tres en tres bits, y ${written} en decimal es \`0o${really}\`: otros pueden leer o escribir el archivo, o su dueño deja de poder.`,
      remedy: `Escribe el número en octal, \`${meant}\`.`,
      fix: 'Escribirlo en octal',
    }),
  },

  examples: {
    invalid: [
      fixes(py`os.chmod(path, «600»)`, py`os.chmod(path, 0o600)`),
      fixes(py`Path("run.sh").chmod(«755»)`, py`Path("run.sh").chmod(0o755)`),
      fixes(
        py`os.makedirs(path, mode=«750», exist_ok=True)`,
        py`os.makedirs(path, mode=0o750, exist_ok=True)`,
      ),
      fixes(py`os.umask(«77»)`, py`os.umask(0o77)`),
      fixes(js`fs.chmodSync(file, «644»)`, js`fs.chmodSync(file, 0o644)`),
      fixes(js`await chmod(file, «400»)`, js`await chmod(file, 0o400)`),
      fixes(
        ts`await mkdir(path, { recursive: true, mode: «700» })`,
        ts`await mkdir(path, { recursive: true, mode: 0o700 })`,
      ),
      fixes(js`fs.chmod(file, «755», done)`, js`fs.chmod(file, 0o755, done)`),
      ts`fs.writeFileSync(file, text, { mode: «600» })`,
      fixes(
        rs`fn f(p: &Path) { fs::set_permissions(p, Permissions::from_mode(«600»)).ok(); }`,
        rs`fn f(p: &Path) { fs::set_permissions(p, Permissions::from_mode(0o600)).ok(); }`,
      ),
      rs`fn f(mut p: Permissions) { p.set_mode(«755»); }`,
    ],
    valid: [
      ts`await chmod(path, 0o600)`,
      py`os.chmod(path, 0o600)`,
      py`os.chmod(path, stat.S_IRUSR | stat.S_IWUSR)`,
      // 0o777 and 0o644, written in decimal on purpose.
      py`os.chmod(path, 511)`,
      py`os.chmod(path, 420)`,
      py`os.makedirs(path, exist_ok=True)`,
      js`fs.chmodSync(file, '644')`,
      js`fs.chmodSync(file, mode)`,
      ts`mkdirSync(path, { recursive: true })`,
      rs`fn f() { let a = Permissions::from_mode(0o644); }`,
      rs`fn f(p: &mut Permissions, mode: u32) { p.set_mode(mode); }`,
    ],
  },
})

function octal(written: string): string {
  return `0o${written}`
}

/** `mode=…`, `{ mode: … }`, or the argument at a place; -1 for the last number among them. */
function modeOf(call: SyntaxNode, place: number): SyntaxNode | undefined {
  const named = keywordArgument(call, 'mode')
  if (named) return named
  const all = positional(call)
  for (const it of all) {
    const mode = property(it, 'mode')
    if (mode) return mode
  }
  return place === -1 ? all.findLast(it => it.kind === 'Number') : all[place]
}
