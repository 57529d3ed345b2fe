/** A file opened for one thing and used for another: read though it was opened to be written, text though it holds bytes. */

import { argument, calleeName, property } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/file-mode',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [628],
  concept: 'resources',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: [
    'open',
    'create',
    'openSync',
    'createWriteStream',
    'createReadStream',
    'writeFile',
    'writeFileSync',
  ],

  check: {
    Call(node, file) {
      if (file.language === 'python') return pythonFile(node, file)
      return file.language === 'rust' ? rustFile(node, file) : scriptFile(node, file)
    },
  },

  explain: {
    en: ({ mode, use, wrong }) => ({
      message: {
        unknown: `\`${mode}\` is no mode of opening a file`,
        written: `The file is opened with \`${mode}\`, to be read, and \`${use}\` writes to it`,
        read: `The file is opened with \`${mode}\`, to be written, and \`${use}\` reads from it`,
        text: `\`${use}\` needs a file of bytes, and \`${mode}\` opens one of text`,
        bytes: `\`${use}\` needs a file of text, and \`${mode}\` opens one of bytes`,
      }[wrong],
      why:
        wrong === 'unknown'
          ? 'Opening the file fails whenever this line runs.'
          : 'The file opens without complaint, and the first use of it fails.',
      remedy: {
        unknown: 'Choose one of `r`, `w` and `a`, and add a `+` where the file is both read and written.',
        written: 'Open the file to be written.',
        read: 'Open the file to be read, or for both.',
        text: 'Add a `b` to the mode.',
        bytes: 'Leave the `b` out of the mode.',
      }[wrong],
      fix: wrong === 'text' ? 'Open it for bytes' : 'Open it for text',
    }),
    es: ({ mode, use, wrong }) => ({
      message: {
        unknown: `\`${mode}\` no es un modo de abrir un archivo`,
        written: `El archivo se abre con \`${mode}\`, para leerlo, y \`${use}\` escribe en él`,
        read: `El archivo se abre con \`${mode}\`, para escribirlo, y \`${use}\` lee de él`,
        text: `\`${use}\` necesita un archivo de bytes, y \`${mode}\` abre uno de texto`,
        bytes: `\`${use}\` necesita un archivo de texto, y \`${mode}\` abre uno de bytes`,
      }[wrong],
      why:
        wrong === 'unknown'
          ? 'Abrir el archivo falla siempre que se ejecuta esta línea.'
          : 'El archivo se abre sin queja y falla el primer uso que se haga de él.',
      remedy: {
        unknown: 'Elige una entre `r`, `w` y `a`, y añade un `+` si el archivo se lee y se escribe.',
        written: 'Abre el archivo para escribirlo.',
        read: 'Abre el archivo para leerlo, o para ambas cosas.',
        text: 'Añade una `b` al modo.',
        bytes: 'Quita la `b` del modo.',
      }[wrong],
      fix: wrong === 'text' ? 'Abrirlo para bytes' : 'Abrirlo para texto',
    }),
  },

  examples: {
    invalid: [
      py`f = open(path, «"rw"»)`,
      py`
        with open(path) as f:
            f.«write»(text)
      `,
      py`
        with open(path, "w") as f:
            for line in f.«readlines»(): show(line)
      `,
      fixes(
        py`
        import pickle
        with open(path, «"w"») as f:
            pickle.dump(model, f)
      `,
        py`
        import pickle
        with open(path, "wb") as f:
            pickle.dump(model, f)
      `,
      ),
      fixes(
        py`
        import json
        with open(path, mode=«'wb'») as f:
            json.dump(rows, f)
      `,
        py`
        import json
        with open(path, mode='w') as f:
            json.dump(rows, f)
      `,
      ),
      js`const fs = require('fs'); const file = fs.openSync(path, «'rw'»)`,
      js`const fs = require('fs'); fs.createWriteStream(path, { flags: «'append'» })`,
      ts`import fs from 'node:fs'; fs.writeFileSync(path, text, { flag: «'write'» })`,
      ts`import { openSync } from 'fs'; const file = openSync(path, «'rb'»)`,
      rs`
        fn f(path: &Path) -> io::Result<()> {
            let mut file = File::open(path)?;
            file.«write_all»(b"done")
        }
      `,
      rs`
        fn f(path: &Path) -> io::Result<String> {
            let mut file = std::fs::File::create(path)?;
            let mut text = String::new();
            file.«read_to_string»(&mut text)?;
            Ok(text)
        }
      `,
    ],
    valid: [
      py`
        with open(path, "r+") as f:
            f.write(f.read())
        with open(path, "rb") as f, open(other, "wb") as g:
            g.write(f.read())
      `,
      py`
        with open(path) as f:
            text = f.read()
        with open(path, "w") as f:
            f.write(text)
      `,
      py`
        import pickle, json
        with open(path, "rb") as f: rows = json.load(f)
        with open(path, "wb") as f: pickle.dump(rows, f)
      `,
      py`
        f = open(path, mode)
        f.write(text)
        image = Image.open("rw", "rw")
      `,
      js`const fs = require('fs'); const file = fs.openSync(path, 'r+')`,
      js`dialog.open(name, 'rw')`,
      ts`import fs from 'node:fs'; fs.createWriteStream(path, { flags: 'a' })`,
      ts`import fs from 'node:fs'; const file = fs.openSync(path, fs.constants.O_RDWR)`,
      rs`
        fn f(path: &Path) -> io::Result<()> {
            let mut file = File::create(path)?;
            file.write_all(b"done")
        }
      `,
      rs`
        fn f(path: &Path) -> io::Result<()> {
            let mut file = OpenOptions::new().read(true).write(true).open(path)?;
            file.write_all(b"done")
        }
      `,
    ],
  },
})

type Wrong = 'unknown' | 'written' | 'read' | 'text' | 'bytes'

function data(mode: string, use: string, wrong: Wrong) {
  return { mode, use, wrong }
}

// Python

const WRITES = /^(write|writelines|truncate)$/
const READS = /^(read|readline|readlines|readinto)$/
const OF_BYTES = /^(pickle|marshal|cPickle|tomllib)\.(dump|load)$/
const OF_TEXT = /^json\.dump$/

function* pythonFile(call: SyntaxNode, file: SourceFile) {
  const callee = call.child('callee')
  if (callee?.kind !== 'Name' || callee.name !== 'open' || !file.isFree(callee)) return
  const written = argument(call, 1, 'mode')
  const constant = written ? file.constant(written) : ({ kind: 'string', value: 'r' } as const)
  if (constant?.kind !== 'string' || call.children('argument').some(it => it.kind === 'Spread')) return
  const mode = constant.value
  if (!isPythonMode(mode)) {
    if (written?.kind === 'String' && !isTried(call)) yield { at: written, data: data(mode, '', 'unknown') }
    return
  }
  const canDoBoth = mode.includes('+')
  const isReading = /[rU]/.test(mode)
  const isBytes = mode.includes('b')
  for (const it of usesOf(call, file)) {
    const { parent } = it
    const user = parent?.parent
    const name = parent?.kind === 'Member' && it.role === 'object' ? parent.child('property') : undefined
    if (name && parent?.role === 'callee' && user?.kind === 'Call') {
      if (canDoBoth || isTried(user)) continue
      if (isReading && WRITES.test(name.name)) yield { at: name, data: data(mode, name.name, 'written') }
      else if (!isReading && READS.test(name.name)) yield { at: name, data: data(mode, name.name, 'read') }
    } else if (parent?.kind === 'Call' && it.role === 'argument') {
      const use = calledName(file, parent)
      const wrong =
        !isBytes && OF_BYTES.test(use) ? 'text' : isBytes && OF_TEXT.test(use) ? 'bytes' : undefined
      if (!wrong) continue
      yield {
        at: written ?? call,
        data: data(mode, use, wrong),
        ...(written?.kind === 'String' && {
          fix: {
            safety: 'safe' as const,
            edits: () =>
              wrong === 'text'
                ? [{ start: written.end - 1, end: written.end - 1, newText: 'b' }]
                : [{ start: written.start, end: written.end, newText: written.text.replace('b', '') }],
          },
        }),
      }
      return
    }
  }
}

function isPythonMode(mode: string): boolean {
  const letters = [...mode].sort().join('')
  if (!/^[rwxabtU+]+$/.test(mode) || /(.)\1/.test(letters)) return false
  return (
    (mode.match(/[rwxa]/g)?.length ?? 0) + (/^[Ubt]+$/.test(mode) && mode.includes('U') ? 1 : 0) === 1 &&
    !/b.*t|t.*b/.test(mode)
  )
}

/** Where the opened file is spoken of, as long as its name surely stands for it. */
function* usesOf(call: SyntaxNode, file: SourceFile): Generator<SyntaxNode> {
  const holder = call.parent
  const target = holder?.child('target')
  const binding = target?.kind === 'Name' ? file.binding(target) : undefined
  if (!target || !binding || call.role !== 'value' || !holder?.is('AsPattern', 'Assignment')) return
  const body = holder.kind === 'AsPattern' ? holder.closest('With')?.child('body') : undefined
  if (!body && binding.writeCount > 1) return
  if (body) for (const it of binding.writes()) if (body.contains(it)) return
  for (const it of binding.reads()) if (!body || body.contains(it)) yield it
}

/** It may be meant to fail. */
function isTried(node: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Class')) return false
    if (
      it.kind === 'With' &&
      it.children('item').some(item => /\b(raises|assertRaises|suppress)\b/.test(item.text))
    )
      return true
  }
  return false
}

// JavaScript and TypeScript

const FLAGS = new Set('r rs r+ rs+ sr sr+ w w+ wx xw wx+ xw+ a a+ ax xa ax+ xa+ as sa as+ sa+'.split(' '))
const OPENS = /^(fs|fs\/promises|fs\.promises|fs-extra)(\.default)?\.(open|openSync)$/
const STREAMS =
  /^(fs|fs\/promises|fs\.promises|fs-extra)(\.default)?\.(createWriteStream|createReadStream|writeFile|writeFileSync)$/

function* scriptFile(call: SyntaxNode, file: SourceFile) {
  const name = calledName(file, call)
  const all = call.children('argument')
  const flags = OPENS.test(name)
    ? all[1]
    : STREAMS.test(name)
      ? all.map(it => property(it, 'flags') ?? property(it, 'flag')).find(it => it !== undefined)
      : undefined
  if (flags?.kind !== 'String') return
  const constant = file.constant(flags)
  if (constant?.kind === 'string' && !FLAGS.has(constant.value))
    yield { at: flags, data: data(constant.value, '', 'unknown') }
}

// Rust

const RUST_WRITES = /^(write_all|write|write_fmt|set_len|write_vectored)$/
const RUST_READS = /^(read_to_string|read_to_end|read_exact|read)$/

function* rustFile(call: SyntaxNode, file: SourceFile) {
  const callee = call.child('callee')
  if (callee?.kind !== 'Path' || !/(^|::)File$/.test(callee.child('object')?.text ?? '')) return
  const isReading = calleeName(call) === 'open'
  const mode = isReading ? 'File::open' : 'File::create'
  let value = call
  while (value.parent && (value.parent.is('Propagate', 'Await') || isUnwrapped(value.parent, value)))
    value = value.parent
  const target =
    value.role === 'value' && value.parent?.kind === 'Declarator' ? value.parent.child('target') : undefined
  const binding = target?.kind === 'Name' ? file.binding(target) : undefined
  if (!binding || binding.writeCount > 1) return
  for (const it of binding.reads()) {
    const method = it.parent?.kind === 'Member' && it.role === 'object' ? it.parent : undefined
    const name = method?.child('property')
    if (!name || method?.role !== 'callee') continue
    if (isReading ? RUST_WRITES.test(name.name) : RUST_READS.test(name.name))
      yield { at: name, data: data(mode, name.name, isReading ? 'written' : 'read') }
  }
}

/** `File::open(path).unwrap()`, of which `value` is the member that is called, or what it is called on. */
function isUnwrapped(around: SyntaxNode, value: SyntaxNode): boolean {
  if (around.kind === 'Member')
    return value.role === 'object' && /^(unwrap|expect|context)$/.test(around.child('property')?.name ?? '')
  return around.kind === 'Call' && value.role === 'callee'
}
