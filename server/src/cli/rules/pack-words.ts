// What is said of packs, in both languages: what came, what is not run and why, and why something could not be brought.

import type { Locale } from '@codeant/shared/locale.ts'
import type { PackProblem } from '../../host/node/pack-sources/brought.ts'

export interface PackWords {
  readonly trouble: Readonly<Record<PackProblem, (about: string) => string>>
  readonly badName: (name: string) => string
  readonly taken: (name: string, origin: string) => string
  readonly whatToAdd: string
  readonly whichPack: (names: readonly string[]) => string
  readonly noPack: (name: string) => string
  readonly brokenLock: (file: string) => string
  readonly added: (name: string, files: number, at: string) => string
  readonly updated: (name: string, at: string) => string
  readonly same: (name: string) => string
  readonly accepted: (name: string, files: number) => string
  readonly removed: (name: string) => string
  readonly runs: (rules: number, refused: number) => string
  readonly andMore: (count: number) => string
  readonly changes: (fresh: number, gone: number, other: number) => string
  readonly licence: (name: string) => string
  readonly noLicence: string
  readonly links: (count: number) => string
  readonly unsigned: string
  readonly signedBy: (name: string) => string
  readonly signedByStranger: (key: string) => string
  readonly wrongSignature: string
  readonly next: string
}

const en = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
const es = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('es')} ${count === 1 ? one : many}`

export const PACK_WORDS: Readonly<Record<Locale, PackWords>> = {
  en: {
    trouble: {
      gone: it => `there is no ${it}`,
      unreadable: it => `${it} cannot be read`,
      'leads-outside': it => `the archive is refused: a file of it wants to lie elsewhere: ${it}`,
      twice: it => `the archive is refused: it holds ${it} twice`,
      'too-large': it => `refused: ${it || 'the archive'} is larger than rules are`,
      'too-many': it => `refused: there are more than ${it} files`,
      encrypted: it => `the archive cannot be read: ${it} is encrypted`,
      'broken-archive': it => `the archive cannot be read: it is broken at byte ${it}`,
      git: it => `git cannot fetch it: ${it}`,
      'no-git': () => 'git is not installed here',
      download: it => `it cannot be downloaded: ${it}`,
      'no-curl': () => 'curl is not installed here; download the archive and add the file',
      'no-rules': it => `there is no rule in ${it}`,
      'no-text': it => `refused: ${it} is no text in UTF-8`,
      'store-is-link': it => `refused: ${it} is no folder of this project but leads elsewhere`,
      'wrong-signature': it => `refused: the signature does not stand for these files${it && ` (${it})`}`,
      'other-signature': it =>
        `refused: the pack ${it} was signed, and what came is not, or by another key; --accept takes it all the same`,
      'not-trusted': it => `refused: --signed wants a key that you trust, and this is ${it}`,
    },
    badName: name =>
      `"${name}" cannot be a pack’s name: it is made of small letters, digits, dots, dashes and underscores`,
    taken: (name, origin) =>
      `there is a pack ${name} from ${origin}; --name gives this one another name, \`codeant rules remove ${name}\` takes that one away`,
    whatToAdd: 'Which rules? A folder, a file, an archive, or the address of an archive or a git repository.',
    whichPack: names =>
      names.length > 0 ? `Which pack? Installed are ${names.join(', ')}.` : 'No pack is installed here.',
    noPack: name => `there is no pack "${name}"; \`codeant rules list\` lists them`,
    brokenLock: file => `${file} cannot be read; mend it, or delete it and add the packs again`,
    added: (name, files, at) => `Added ${name}: ${en(files, 'file')} in ${at}`,
    updated: (name, at) => `Updated ${name}, in ${at}`,
    same: name => `${name} is what it was.`,
    accepted: (name, files) =>
      `Taken as it is: ${name}, ${en(files, 'file')}. No signature stands for it any more.`,
    removed: name => `Removed ${name}.`,
    runs: (rules, refused) =>
      `${en(rules, 'rule')} ${rules === 1 ? 'runs' : 'run'}${refused > 0 ? `, ${refused.toLocaleString('en')} ${refused === 1 ? 'does' : 'do'} not:` : '.'}`,
    andMore: count => `and ${count} more`,
    changes: (fresh, gone, other) => `New: ${fresh}, gone: ${gone}, changed: ${other}.`,
    licence: name => `Licence: ${name}.`,
    noLicence: 'No licence was found beside the rules.',
    links: count => `${en(count, 'link')} left out.`,
    unsigned: 'Not signed: nobody stands for it but where it came from.',
    signedBy: name => `Signed by ${name}.`,
    signedByStranger: key =>
      `Signed by a key that you have not trusted: \`codeant rules trust ${key} --name WHO\`.`,
    wrongSignature: 'The signature does not stand for these files: the pack is not run.',
    next: 'Commit .codeant/, and everybody has the same rules; `codeant analyze` runs them, without a network.',
  },
  es: {
    trouble: {
      gone: it => `no existe ${it}`,
      unreadable: it => `no se puede leer ${it}`,
      'leads-outside': it =>
        `se rechaza el archivo comprimido: uno de sus archivos quiere ir a otro sitio: ${it}`,
      twice: it => `se rechaza el archivo comprimido: contiene ${it} dos veces`,
      'too-large': it => `se rechaza: ${it || 'el archivo comprimido'} es más grande que unas reglas`,
      'too-many': it => `se rechaza: hay más de ${it} archivos`,
      encrypted: it => `no se puede leer el archivo comprimido: ${it} está cifrado`,
      'broken-archive': it => `no se puede leer el archivo comprimido: está dañado en el byte ${it}`,
      git: it => `git no puede traerlo: ${it}`,
      'no-git': () => 'git no está instalado aquí',
      download: it => `no se puede descargar: ${it}`,
      'no-curl': () => 'curl no está instalado aquí; descarga el archivo comprimido y añádelo',
      'no-rules': it => `no hay ninguna regla en ${it}`,
      'no-text': it => `se rechaza: ${it} no es texto en UTF-8`,
      'store-is-link': it =>
        `se rechaza: ${it} no es una carpeta de este proyecto, sino que lleva a otro sitio`,
      'wrong-signature': it => `se rechaza: la firma no respalda estos archivos${it && ` (${it})`}`,
      'other-signature': it =>
        `se rechaza: el paquete ${it} estaba firmado y lo que ha llegado no lo está, o lo está con otra clave; con --accept se toma de todos modos`,
      'not-trusted': it => `se rechaza: --signed pide una clave en la que confíes, y esto es ${it}`,
    },
    badName: name =>
      `«${name}» no puede ser el nombre de un paquete: se compone de minúsculas, cifras, puntos, guiones y guiones bajos`,
    taken: (name, origin) =>
      `ya hay un paquete ${name} que viene de ${origin}; --name da otro nombre a este y \`codeant rules remove ${name}\` quita aquel`,
    whatToAdd:
      '¿Qué reglas? Una carpeta, un archivo, un archivo comprimido, o la dirección de uno o de un repositorio git.',
    whichPack: names =>
      names.length > 0
        ? `¿Qué paquete? Están instalados ${names.join(', ')}.`
        : 'Aquí no hay ningún paquete instalado.',
    noPack: name => `no existe el paquete «${name}»; \`codeant rules list\` los enumera`,
    brokenLock: file => `no se puede leer ${file}; corrígelo, o bórralo y vuelve a añadir los paquetes`,
    added: (name, files, at) => `Añadido ${name}: ${es(files, 'archivo')} en ${at}`,
    updated: (name, at) => `Actualizado ${name}, en ${at}`,
    same: name => `${name} está como estaba.`,
    accepted: (name, files) =>
      `Tomado como está: ${name}, ${es(files, 'archivo')}. Ya no lo respalda ninguna firma.`,
    removed: name => `Quitado ${name}.`,
    runs: (rules, refused) =>
      `${rules === 1 ? 'Se ejecuta 1 regla' : `Se ejecutan ${rules.toLocaleString('es')} reglas`}${refused > 0 ? `; ${refused.toLocaleString('es')} no:` : '.'}`,
    andMore: count => `y ${count} más`,
    changes: (fresh, gone, other) => `Nuevas: ${fresh}; desaparecidas: ${gone}; cambiadas: ${other}.`,
    licence: name => `Licencia: ${name}.`,
    noLicence: 'Junto a las reglas no hay ninguna licencia.',
    links: count => `${count === 1 ? 'Omitido 1 enlace' : `Omitidos ${count.toLocaleString('es')} enlaces`}.`,
    unsigned: 'Sin firma: solo lo respalda el sitio del que viene.',
    signedBy: name => `Firmado por ${name}.`,
    signedByStranger: key =>
      `Firmado con una clave en la que no has dicho que confíes: \`codeant rules trust ${key} --name QUIÉN\`.`,
    wrongSignature: 'La firma no respalda estos archivos: el paquete no se ejecuta.',
    next: 'Añade .codeant/ al repositorio y todos tendrán las mismas reglas; `codeant analyze` las ejecuta, sin red.',
  },
}
