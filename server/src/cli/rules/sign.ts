// `codeant rules keygen|sign|verify|trust`: who makes a pack says that it is theirs, and who uses it says whom they believe.

import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '@codeant/shared/locale.ts'
import { choose } from '../../host/node/pack-install.ts'
import { bring, originOf } from '../../host/node/pack-origin.ts'
import {
  distrustKey,
  isKey,
  makeKey,
  signDigests,
  trustedKeys,
  trustKey,
} from '../../host/node/pack-signature.ts'
import { PackTrouble, SIGNATURE_FILE } from '../../host/node/pack-sources/brought.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { EXIT } from '../command.ts'
import { newReader, shownPlace } from '../packs.ts'
import type { Terminal } from '../terminal.ts'
import { absolute } from '../workspace.ts'
import { signatureText } from './pack-text.ts'
import { PACK_WORDS } from './pack-words.ts'

/** Makes a pair: the private half in a file that only this person may read, the public one shown. */
export function makeSigningKey([given]: readonly string[], terminal: Terminal): number {
  const { out, locale } = terminal
  const file = absolute(terminal, given ?? 'codeant-pack-key.pem')
  if (existsSync(file)) throw new UsageError(WORDS[locale].keyExists(shownPlace(file, terminal)))
  const key = makeKey(file)
  chmodSync(file, 0o600)
  out.write(`${WORDS[locale].keyMade(shownPlace(file, terminal), key)}\n`)
  return EXIT.ok
}

export async function signPack(
  [given]: readonly string[],
  options: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { out, env, locale } = terminal
  const say = WORDS[locale]
  const keyFile = options.value('key')
  if (given === undefined || keyFile === undefined) throw new UsageError(say.whatToSign)
  const folder = absolute(terminal, given)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(say.noFolder(given))
  try {
    const brought = await bring(originOf(folder, folder), undefined, env)
    const { digests } = await choose(brought, await newReader(terminal), given)
    const file = join(folder, SIGNATURE_FILE)
    writeFileSync(file, signDigests(digests, keyText(keyFile, terminal)))
    out.write(`${say.signed(digests.size, shownPlace(file, terminal))}\n`)
    return EXIT.ok
  } catch (error) {
    if (error instanceof PackTrouble)
      throw new UsageError(PACK_WORDS[locale].trouble[error.problem](error.about))
    throw error
  }
}

/** Ends with 1 for what is not signed by a key that this person trusts. */
export async function verifyPack([given]: readonly string[], terminal: Terminal): Promise<number> {
  const { out, cwd, env, locale } = terminal
  if (given === undefined) throw new UsageError(PACK_WORDS[locale].whatToAdd)
  try {
    const { signature } = await choose(
      await bring(originOf(given, cwd), undefined, env),
      await newReader(terminal),
      given,
    )
    if (signature.state === 'wrong')
      out.write(`${PACK_WORDS[locale].trouble['wrong-signature'](signature.file ?? '')}\n`)
    else out.write(`${signatureText(signature, env, locale)}\n`)
    return signature.state === 'signed' && trustedKeys(env).has(signature.key) ? EXIT.ok : EXIT.findings
  } catch (error) {
    if (error instanceof PackTrouble)
      throw new UsageError(PACK_WORDS[locale].trouble[error.problem](error.about))
    throw error
  }
}

/** Without a key, the keys that are trusted. */
export function trust([key]: readonly string[], options: Arguments, terminal: Terminal): number {
  const { out, env, locale } = terminal
  const say = WORDS[locale]
  if (key === undefined) {
    const keys = [...trustedKeys(env)]
    out.write(keys.length > 0 ? keys.map(([it, name]) => `${it}  ${name}\n`).join('') : `${say.nobody}\n`)
    return EXIT.ok
  }
  if (!isKey(key)) throw new UsageError(say.noKey(key))
  if (options.flag('forget')) {
    out.write(`${distrustKey(key, env) ? say.forgotten : say.nobody}\n`)
    return EXIT.ok
  }
  const name = options
    .value('name')
    ?.replace(/\p{Cc}/gu, '')
    .trim()
  if (!name) throw new UsageError(say.whose)
  trustKey(key, name, env)
  out.write(`${say.trusted(name)}\n`)
  return EXIT.ok
}

function keyText(given: string, terminal: Terminal): string {
  const say = WORDS[terminal.locale]
  let text: string
  try {
    text = readFileSync(absolute(terminal, given), 'utf8')
    signDigests(new Map(), text)
  } catch {
    throw new UsageError(say.noPrivateKey(given))
  }
  return text
}

const WORDS: Readonly<
  Record<
    Locale,
    {
      readonly keyExists: (file: string) => string
      readonly keyMade: (file: string, key: string) => string
      readonly whatToSign: string
      readonly noFolder: (place: string) => string
      readonly signed: (files: number, file: string) => string
      readonly noKey: (key: string) => string
      readonly noPrivateKey: (file: string) => string
      readonly whose: string
      readonly trusted: (name: string) => string
      readonly forgotten: string
      readonly nobody: string
    }
  >
> = {
  en: {
    keyExists: file => `${file} is there already, and a key is not overwritten`,
    keyMade: (file, key) =>
      `The private key is in ${file}: keep it to yourself. Others trust you with\n  codeant rules trust ${key} --name WHO`,
    whatToSign: 'Which folder, and with which key? `codeant rules sign rules/ --key codeant-pack-key.pem`',
    noFolder: place => `${place} is no folder`,
    signed: (files, file) => `Signed ${files} ${files === 1 ? 'file' : 'files'} in ${file}.`,
    noKey: key => `"${key}" is no key: it has 64 digits and letters from a to f`,
    noPrivateKey: file => `${file} is no private Ed25519 key; \`codeant rules keygen\` makes one`,
    whose: 'Whose key is it? --name says so.',
    trusted: name => `Packs signed with this key are signed by ${name} from now on.`,
    forgotten: 'The key is no longer trusted.',
    nobody: 'No such key is trusted.',
  },
  es: {
    keyExists: file => `${file} ya existe, y una clave no se sobrescribe`,
    keyMade: (file, key) =>
      `La clave privada está en ${file}: no se la des a nadie. Los demás confían en ti con\n  codeant rules trust ${key} --name QUIÉN`,
    whatToSign: '¿Qué carpeta y con qué clave? `codeant rules sign reglas/ --key codeant-pack-key.pem`',
    noFolder: place => `${place} no es una carpeta`,
    signed: (files, file) =>
      `${files === 1 ? 'Firmado 1 archivo' : `Firmados ${files} archivos`} en ${file}.`,
    noKey: key => `«${key}» no es una clave: tiene 64 cifras y letras de la a a la f`,
    noPrivateKey: file => `${file} no es una clave privada Ed25519; \`codeant rules keygen\` hace una`,
    whose: '¿De quién es la clave? Dilo con --name.',
    trusted: name => `Desde ahora, los paquetes firmados con esta clave están firmados por ${name}.`,
    forgotten: 'Ya no se confía en la clave.',
    nobody: 'No se confía en ninguna clave así.',
  },
}
