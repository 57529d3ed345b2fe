/** A file that everybody on the machine may write can be changed by everybody on the machine. */

import { argument, calleeName, positional, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { pathOf } from '../support/imports.ts'
import { isTestCode } from '../support/test-code.ts'

const OTHERS_WRITE = 0o002
const STICKY = 0o1000
const OTHERS_AND_GROUP_WRITE = 0o022

export default defineRule({
  id: 'security/world-writable',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [732],
  concept: 'permissions',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: ['chmod', 'fchmod', 'lchmod', 'chmodSync', 'fchmodSync', 'lchmodSync', 'from_mode', 'set_mode'],

  check: {
    *Call(node, file) {
      const place = modeOf(node, file)
      if (!place || isTestCode(node, file)) return
      const mode = modeValue(place, file)
      const flags = mode === undefined && file.language === 'python' ? othersFlag(place, file) : undefined
      if (flags) {
        yield { at: place, data: { mode: flags } }
        return
      }
      if (mode === undefined || !(mode & OTHERS_WRITE) || mode & STICKY || isMeeting(node)) return
      if (mode === DEFAULT_MODE && isForNewFile(node)) return
      yield {
        at: place,
        data: { mode: place.text },
        fix: { safety: 'unsafe', edits: () => tightened(place, mode & ~OTHERS_AND_GROUP_WRITE) },
      }
    },
  },

  explain: {
    en: ({ mode }) => ({
      message: `With \`${mode}\`, every user of the machine may change this file`,
      why: 'Any program that runs here, under whatever account, can put something else into it: into a script that others run, into a setting that others trust.',
      remedy:
        'Give the right to write to the owner only: `0o644` for a file, `0o755` for a program or a folder, `0o600` for a secret.',
      fix: 'Take the right to write from the others',
    }),
    es: ({ mode }) => ({
      message: `Con \`${mode}\`, cualquier usuario de la máquina puede modificar este archivo`,
      why: 'Cualquier programa que se ejecute aquí, con la cuenta que sea, puede meter otra cosa en él: en un script que otros ejecutan, en un ajuste del que otros se fían.',
      remedy:
        'Da permiso de escritura solo al dueño: `0o644` para un archivo, `0o755` para un programa o una carpeta, `0o600` para un secreto.',
      fix: 'Quitar a los demás el permiso de escritura',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
          import os
          os.chmod(path, «0o777»)
        `,
        py`
          import os
          os.chmod(path, 0o755)
        `,
      ),
      py`
        from pathlib import Path
        Path("run.sh").chmod(«0o766»)
      `,
      py`
        import os
        os.chmod(path, «511»)
        os.chmod(path, «0x1ff»)
        os.chmod(path, «0o100777»)
      `,
      py`
        import os, stat
        os.chmod(path, «stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO»)
      `,
      fixes(
        js`
          const fs = require('fs')
          fs.chmodSync(file, «0o666»)
          fs.chmod(file, «'0777'», done)
        `,
        js`
          const fs = require('fs')
          fs.chmodSync(file, 0o644)
          fs.chmod(file, '0755', done)
        `,
      ),
      ts`
        import { chmod } from 'node:fs/promises'
        await chmod(file, «0o777»)
      `,
      fixes(
        rs`fn f() { fs::set_permissions(path, Permissions::from_mode(«0o777»))?; }`,
        rs`fn f() { fs::set_permissions(path, Permissions::from_mode(0o755))?; }`,
      ),
      rs`fn f() { permissions.set_mode(«0o666»); }`,
    ],
    valid: [
      rs`
        use std::fs::Permissions;
        fn f(builder: &mut Builder) { builder.permissions(Permissions::from_mode(0o666)); }
      `,
      py`
        import os
        os.chmod(path, 0o755)
        os.chmod(folder, 0o1777)
        os.chmod(path, mode)
        os.makedirs(folder, 0o777)
      `,
      py`
        import os, stat
        os.chmod(path, mode & ~stat.S_IWOTH)
        os.chmod(path, stat.S_IRUSR | stat.S_IXOTH)
      `,
      py`
        import os
        os.chmod(socket_path, 0o666)
      `,
      at(
        'tests/test_modes.py',
        py`
          import os
          os.chmod(path, 0o777)
        `,
      ),
      js`
        const fs = require('fs')
        fs.chmodSync(file, 0o644)
        fs.mkdirSync(folder, { mode: 0o777 })
      `,
      js`robot.chmod(file, 0o777)`,
      ts`
        import { chmod } from 'node:fs/promises'
        await chmod(file, executable ? 0o755 : 0o644)
      `,
      rs`fn f() { let a = Permissions::from_mode(0o755); OpenOptions::new().mode(0o666); screen.set_mode(Mode::Full); }`,
    ],
  },
})

/** The argument that says who may do what. */
function modeOf(call: SyntaxNode, file: SourceFile): SyntaxNode | undefined {
  const name = calleeName(call)
  if (file.language === 'rust') {
    if (name === 'set_mode') return receiver(call) && argument(call, 0)
    return /(?:^|\.)Permissions\.from_mode$/.test(pathOf(file, call.child('callee')))
      ? argument(call, 0)
      : undefined
  }
  const path = pathOf(file, call.child('callee'))
  if (file.language === 'python') {
    if (/^os\.[fl]?chmod$/.test(path)) return argument(call, 1, 'mode')
    return name === 'chmod' && receiver(call) && positional(call).length === 1
      ? argument(call, 0, 'mode')
      : undefined
  }
  return /^(?:fs|fs\/promises|fs-extra|graceful-fs|fs\.promises)\./.test(path) ? argument(call, 1) : undefined
}

function modeValue(node: SyntaxNode, file: SourceFile): number | undefined {
  const value = file.value(node)
  const text = value.kind === 'String' ? value.text.slice(1, -1) : value.kind === 'Number' ? value.text : ''
  const octal =
    /^0o?([0-7_]+)(?:u32)?$/i.exec(text)?.[1]?.replace(FILE_TYPE, '') ??
    (value.kind === 'String' ? /^[0-7]{3,4}$/.exec(text)?.[0] : undefined)
  if (octal !== undefined) return Number.parseInt(octal.replaceAll('_', ''), 8)
  // Decimal numbers are another mistake, but for the one that everybody writes who knows its other name.
  return /^(?:511|438|0x1(?:ff|b6))$/i.test(text) && value.kind === 'Number' ? Number(text) : undefined
}

/** `0o100777`: what `os.stat` says of a plain file, type and all. */
const FILE_TYPE = /^10(?=[0-7]{4}$)/

/** `stat.S_IWOTH` or `stat.S_IRWXO` in a sum of flags. */
function othersFlag(node: SyntaxNode, file: SourceFile): string | undefined {
  const it = node.unwrapped
  if (it.kind === 'Binary' && (it.operator === '|' || it.operator === '+')) {
    const left = it.child('left')
    const right = it.child('right')
    const found = (left && othersFlag(left, file)) ?? (right && othersFlag(right, file))
    return found
  }
  if (!it.is('Member', 'Name')) return undefined
  return /^stat\.(?:S_IWOTH|S_IRWXO)$/.test(pathOf(file, it)) ? it.text : undefined
}

const DEFAULT_MODE = 0o666

/** With this mode a file is made by default, and the mask of the process takes from it. */
function isForNewFile(call: SyntaxNode): boolean {
  if (calleeName(call) !== 'from_mode') return false
  for (const it of (call.function ?? call).descendants('PropertyName', 'Name'))
    if (it.name === 'set_permissions') return false
  return true
}

/** Where programs of several users meet on purpose. */
function isMeeting(call: SyntaxNode): boolean {
  return /sock|fifo|pipe|\btty/i.test(call.text)
}

function tightened(node: SyntaxNode, mode: number) {
  const { text } = node
  const digits = /[0-7]{3,4}(?=(?:u32)?['"]?$)/.exec(text)
  if (!node.is('Number', 'String') || !digits) return []
  const becomes = mode.toString(8).padStart(digits[0].length, '0')
  return [replace(node, text.slice(0, digits.index) + becomes + text.slice(digits.index + digits[0].length))]
}
