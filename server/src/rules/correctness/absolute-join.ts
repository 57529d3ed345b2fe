/** Joining a path with one that begins with a slash throws the first one away. */

import { calleeName, positional, receiver } from '../../semantics/calls.ts'
import { stringValue } from '../../semantics/constants.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/absolute-join',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [706],
  concept: 'boundaries',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: ['join', 'joinpath', 'resolve'],

  check: {
    *Call(node, file) {
      if (file.isTest) return
      for (const part of joined(node, file)) yield* found(part, calleeName(node))
    },
    *Binary(node, file) {
      if (file.language !== 'python' || file.isTest || node.operator !== '/') return
      const right = node.child('right')
      if (right) yield* found(right, '/')
    },
  },

  explain: {
    en: ({ part, how }) => ({
      message: `\`${part}\` begins with a slash, so \`${how}\` drops everything in front of it`,
      why: 'A path that begins with a slash starts at the root of the file system. What it is joined with is thrown away, and the program reads or writes somewhere else.',
      remedy: 'Leave out the slash at the beginning.',
      fix: 'Leave out the slash',
    }),
    es: ({ part, how }) => ({
      message: `\`${part}\` empieza con una barra, así que \`${how}\` descarta todo lo que hay delante`,
      why: 'Una ruta que empieza con una barra parte de la raíz del sistema de archivos. Aquello con lo que se une se pierde, y el programa lee o escribe en otro sitio.',
      remedy: 'Quita la barra del principio.',
      fix: 'Quitar la barra',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
        import os
        path = os.path.join(root, «"/static/app.css"»)
      `,
        py`
        import os
        path = os.path.join(root, "static/app.css")
      `,
      ),
      py`
        from os.path import join
        path = join(root, name, «'/logs'»)
      `,
      fixes(py`config = Path.home() / «"/.config"»`, py`config = Path.home() / ".config"`),
      py`
        from pathlib import Path
        config = Path(root).joinpath(«"/etc/app.toml"»)
      `,
      fixes(
        js`
        const path = require('path')
        const file = path.resolve(__dirname, «'/views/index.html'»)
      `,
        js`
        const path = require('path')
        const file = path.resolve(__dirname, 'views/index.html')
      `,
      ),
      ts`
        import { resolve } from 'node:path'
        const file = resolve(process.cwd(), «'/dist'», name)
      `,
      fixes(
        rs`fn f(root: &Path) -> PathBuf { root.join(«"/index.html"») }`,
        rs`fn f(root: &Path) -> PathBuf { root.join("index.html") }`,
      ),
      rs`fn f() { let a = dirs::home_dir().unwrap().join(«"/.cache/app"»); }`,
      ts`import * as path from 'path'; const file = path.resolve(root, «'/a.json'»)`,
      js`import { resolve } from 'path'; const file = resolve(root, «'/a.json'»)`,
    ],
    valid: [
      ts`import { join } from 'path'; const file = join(root, '/a.json')`,
      py`
        import os
        path = os.path.join("/", "usr", name)
      `,
      py`
        import os
        drive = os.path.join("C:", "/", name)
      `,
      py`path = Path("/etc") / "hosts"`,
      py`text = "/".join(parts) + ", ".join(["/a"])`,
      py`half = total / 2`,
      at('tests/test_paths.py', py`path = root / "/etc/passwd"`),
      js`
        const path = require('path')
        const file = path.join(__dirname, '/views/index.html')
      `,
      js`const path = require('path'); const file = path.resolve('/tmp', name)`,
      ts`const promise = resolve(a, '/b')`,
      rs`fn f(parts: &[&str]) -> String { parts.join("/") }`,
      rs`fn f(lines: &[&str], base: &Url) { let a = lines.join("/x"); let b = base.join("/api/v1"); }`,
      rs`fn f(root: &Path) -> PathBuf { root.join("index.html") }`,
    ],
  },
})

/** The parts behind the first of something that joins paths. */
function joined(call: SyntaxNode, file: SourceFile): readonly SyntaxNode[] {
  const all = positional(call)
  if (file.language === 'rust') return isRustPath(receiver(call)) ? all : []
  if (file.language === 'python' && calleeName(call) === 'joinpath') return receiver(call) ? all : []
  const name = calledName(file, call)
  if (name !== (file.language === 'python' ? 'os.path.join' : 'path.resolve')) return []
  // On Windows a drive is a part of its own.
  const isDrive = /^['"][A-Za-z]:/.test(all[0]?.text ?? '')
  return isDrive ? [] : all.slice(1)
}

/** By its words: addresses and lists of texts can be joined as well. */
function isRustPath(object: SyntaxNode | undefined): boolean {
  const text = object?.text ?? ''
  return /path|dir|root|home|folder/i.test(text) && !/ur[il]|base|parts|segments|names|lines/i.test(text)
}

function* found(part: SyntaxNode, how: string) {
  const text = stringValue(part)
  if (text === undefined || !/^\/[\w.]/.test(text)) return
  const slash = part.start + part.text.indexOf('/')
  yield {
    at: part,
    data: { part: text, how },
    fix: {
      safety: 'unsafe' as const,
      edits: () => [{ start: slash, end: slash + 1, newText: '' }],
    },
  }
}
