/** An archive can hold names such as `../../bin/sh`: who unpacks it unseen writes where its author wants. */

import { calleeName, hasSpread, keywordArgument, positional, receiver } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { importsAny, pathOf } from '../support/imports.ts'

export default defineRule({
  id: 'security/unsafe-archive',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [22],
  concept: 'untrusted-data',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: ['extractall', 'extract', 'join', 'resolve'],

  check: {
    Call: (node, file) =>
      file.isTest ? undefined : file.language === 'python' ? tar(node, file) : entry(node, file),
  },

  explain: {
    en: ({ code }) => ({
      message: `\`${code}\` writes wherever the archive says`,
      why: 'A name in an archive may begin with `../` or `/`. Whoever made the archive can so overwrite a program, a setting or a key outside of the folder.',
      remedy:
        'In Python, pass `filter="data"`. Elsewhere, check before writing that the resolved path still begins with the folder.',
    }),
    es: ({ code }) => ({
      message: `\`${code}\` escribe donde diga el archivo comprimido`,
      why: 'Un nombre dentro del archivo puede empezar por `../` o `/`. Quien lo hizo puede así sobrescribir un programa, un ajuste o una clave fuera de la carpeta.',
      remedy:
        'En Python, pasa `filter="data"`. En otros lenguajes, antes de escribir comprueba que la ruta resultante siga empezando por la carpeta.',
    }),
  },

  examples: {
    invalid: [
      py`
        import tarfile
        with tarfile.open(path) as archive:
            «archive.extractall(folder)»
      `,
      py`
        import tarfile
        archive = tarfile.TarFile(path)
        for member in archive: «archive.extract(member, folder)»
      `,
      py`
        from tarfile import open as unpack
        «unpack(path).extractall()»
      `,
      py`
        import tarfile
        def unpack(archive: tarfile.TarFile): «archive.extractall(folder, numeric_owner=True)»
      `,
      js`
        const unzipper = require('unzipper')
        stream.on('entry', entry => entry.pipe(fs.createWriteStream(«path.join(folder, entry.path)»)))
      `,
      ts`
        import * as yauzl from 'yauzl'
        zip.on('entry', entry => {
          const target = «path.resolve(folder, entry.fileName)»
          fs.writeFileSync(target, read(entry))
        })
      `,
      ts`
        import tar from 'tar-stream'
        extract.on('entry', (header, stream) => stream.pipe(fs.createWriteStream(«join(folder, header.name)»)))
      `,
    ],
    valid: [
      py`
        import tarfile
        with tarfile.open(path) as archive:
            archive.extractall(folder, filter="data")
      `,
      py`
        import tarfile
        with tarfile.open(path) as archive:
            archive.extractall(folder, members=checked(archive))
      `,
      py`
        import zipfile
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
      `,
      py`
        import tarfile
        with tarfile.open(path) as archive:
            for member in archive:
                if not is_within(folder, member.name): raise ValueError
            archive.extractall(folder)
      `,
      py`
        import tarfile
        with tarfile.open(path) as archive:
            archive.extraction_filter = tarfile.data_filter
            archive.extractall(folder)
      `,
      py`
        import tarfile
        with tarfile.open(path) as archive:
            for name in NAMES: archive.extract(name, folder)
      `,
      at(
        'tests/test_archive.py',
        py`
          import tarfile
          tarfile.open(path).extractall()
        `,
      ),
      js`
        const unzipper = require('unzipper')
        stream.on('entry', entry => {
          const target = path.join(folder, entry.path)
          if (!target.startsWith(folder)) return
          entry.pipe(fs.createWriteStream(target))
        })
      `,
      js`const target = path.join(folder, entry.path)`,
      js`
        const unzipper = require('unzipper')
        log(path.join(folder, entry.path))
      `,
      ts`
        import * as yauzl from 'yauzl'
        zip.on('entry', entry => fs.writeFileSync(path.join(folder, path.basename(entry.fileName)), data))
      `,
    ],
  },
})

function* tar(call: SyntaxNode, file: SourceFile) {
  const name = calleeName(call)
  if (name !== 'extractall' && name !== 'extract') return
  const archive = receiver(call)
  if (!archive || hasSpread(call) || !isTarFile(archive, file)) return
  if (keywordArgument(call, 'filter') || keywordArgument(call, 'members')) return
  if (name === 'extractall' && positional(call).length > 1) return
  if ((name === 'extract' && !isEveryMember(call, archive, file)) || isChecked(call)) return
  yield { at: call, data: { code: call.text.length > 60 ? name : call.text } }
}

/** `for member in archive: archive.extract(member)`; a member asked for by name is one that is known. */
function isEveryMember(call: SyntaxNode, archive: SyntaxNode, file: SourceFile): boolean {
  const member = positional(call)[0]
  if (member?.kind !== 'Name') return false
  const loop = file.binding(member)?.declaration.parent
  return loop?.kind === 'ForEach' && (loop.child('iterable')?.text ?? '').startsWith(archive.text)
}

/** Opened by `tarfile`, directly or by a `with`, or said to be one. */
function isTarFile(archive: SyntaxNode, file: SourceFile): boolean {
  const value = file.value(archive)
  if (value.kind === 'Call')
    return /^tarfile\.(?:open|TarFile(?:\.open)?)$/.test(pathOf(file, value.child('callee')))
  if (value.kind !== 'Name') return false
  const declaration = file.binding(value)?.declaration
  const { parent } = declaration ?? value
  if (!declaration || !parent) return false
  if (parent.kind === 'AsPattern') {
    const opened = parent.child('value')
    return (
      opened?.kind === 'Call' &&
      /^tarfile\.(?:open|TarFile(?:\.open)?)$/.test(pathOf(file, opened.child('callee')))
    )
  }
  const type = parent.kind === 'Parameter' ? parent.child('type')?.firstChild : undefined
  return type !== undefined && pathOf(file, type) === 'tarfile.TarFile'
}

/** The function looks at the names before, or sets a filter for the whole archive. */
function isChecked(call: SyntaxNode): boolean {
  const around = call.function?.text ?? call.closest('With', 'Module')?.text ?? ''
  return /is_?(?:within|safe|relative_to|inside)|commonp(?:ath|refix)|\.\.['"]|startswith|extraction_filter|data_filter|safe_?extract|realpath|abspath|normpath/i.test(
    around,
  )
}

const ARCHIVES =
  /['"](?:unzipper|unzip|unzip-stream|yauzl|yauzl-promise|tar-stream|tar-fs|adm-zip|node-stream-zip|decompress|jszip|fflate)['"]/

function* entry(call: SyntaxNode, file: SourceFile) {
  const name = calleeName(call)
  if (name !== 'join' && name !== 'resolve') return
  const given = call.children('argument')
  const part = given.slice(1).find(isNameInArchive)
  if (
    !part ||
    !/^path(?:\/posix|\.posix)?\.(?:join|resolve)$|^(?:join|resolve)$/.test(
      pathOf(file, call.child('callee')),
    )
  )
    return
  if (!importsAny(file, ARCHIVES)) return
  const around = call.function
  const text = around?.text ?? ''
  if (!around || !/createWriteStream|writeFile|\bcp\b|copyFile|outputFile/.test(text)) return
  // The name is looked at somewhere.
  if (
    /startsWith|\.\.['"/]|relative\(|includes\(|indexOf\(|isAbsolute|sanitize|basename|normalize|safe/i.test(
      text,
    )
  )
    return
  yield { at: call, data: { code: part.text } }
}

/** `entry.path`, `header.name`, `zipEntry.entryName`. */
function isNameInArchive(node: SyntaxNode): boolean {
  if (node.kind !== 'Member') return false
  const property = node.child('property')?.name ?? ''
  const object = node.child('object')
  return (
    /^(?:path|fileName|filename|entryName|name)$/.test(property) &&
    object?.kind === 'Name' &&
    /entry|header|^file$|^zipped/i.test(object.name)
  )
}
