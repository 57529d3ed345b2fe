// What the language server says by itself, in both languages.

import type { FixSafety } from '@codeant/shared/finding.ts'
import type { CodeLanguage } from '@codeant/shared/language.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import type { Beyond, Refusal } from '../features/renaming.ts'

export interface ServerWords {
  /** Shown behind the name of a fix: what was checked before it was offered. */
  readonly evidence: string
  readonly safety: Readonly<Record<FixSafety, string>>
  readonly inFiles: (count: number) => string
  readonly fixAllOf: (rule: string) => string
  readonly fixAll: string
  readonly suppress: (rule: string) => string
  readonly reason: string
  readonly explain: (rule: string) => string
  readonly notABug: string
  readonly scanning: string
  readonly readingWorkspace: string
  readonly comparing: string
  readonly showSimilar: string
  readonly scanned: (files: number) => string
  readonly workerDied: string
  readonly lens: (count: number) => string
  readonly refusedRule: (file: string, id: string, reason: string) => string
  readonly notAnalysed: (reason: string) => string
  readonly sketchIn: (language: CodeLanguage) => string
  readonly noSketch: (why: string) => string
  /** Why a name stays as it is; `place` is what stands in the way. */
  readonly notRenamed: Readonly<Record<Refusal['reason'], (name: string, more: string) => string>> & {
    readonly broken: (path: string) => string
    readonly unasked: (count: number) => string
  }
  /** What a client shows of the edits of a rename before they are made. */
  readonly renamed: {
    readonly certain: string
    readonly doubtful: string
    readonly doubtfulMeans: string
    readonly beyond: Readonly<Record<Beyond, string>>
  }
}

export const WORDS: Readonly<Record<Locale, ServerWords>> = {
  en: {
    evidence: 'verified: parses, finding gone, none new',
    safety: { safe: 'safe', unsafe: 'look before you accept' },
    inFiles: count => `in ${count} files`,
    fixAllOf: rule => `Repair all of ${rule} in this file`,
    fixAll: 'Repair everything that is safe in this file',
    suppress: rule => `Suppress ${rule} here, with a reason`,
    reason: 'say why here',
    explain: rule => `Explain ${rule}`,
    notABug: 'This is not a bug: do not say it again on this computer',
    scanning: 'CodeAnt: analysing the workspace',
    readingWorkspace: 'CodeAnt: reading the workspace',
    comparing: 'CodeAnt: comparing functions',
    showSimilar: 'Show similar code in this workspace',
    scanned: files => `${files.toLocaleString('en')} files`,
    workerDied: 'CodeAnt: a part of the analysis crashed and was started again. No finding was lost.',
    lens: count => `${count} ${count === 1 ? 'finding' : 'findings'}`,
    refusedRule: (file, id, reason) => `${file}: the rule ${id} is not run: ${reason}`,
    notAnalysed: reason => `CodeAnt does not analyse this file: ${reason}`,
    sketchIn: language => `Sketch this function in ${NAMES[language]}`,
    noSketch: why => `CodeAnt cannot sketch this function in another language: ${why}.`,
    notRenamed: {
      'not-written': (name, place) =>
        `“${name}” cannot be renamed everywhere: in ${place} it is put together from other values, or called otherwise`,
      taken: (name, place) => `there is \`${name}\` already: ${place}`,
      'from-elsewhere': (name, place) =>
        `“${name}” is the name of something else, such as an attribute of a model: in ${place} it is only taken from there`,
      'no-segment': name => `“${name}” cannot be a part of a path: letters, digits and -._~%+@ can`,
      'no-name': name => `“${name}” cannot be a name in every language that would have to write it`,
      'no-topic': name => `“${name}” cannot be the name of messages: it has blanks or quotes`,
      'no-case': (name, place) =>
        `“${name}” is not what becomes of a name in ${place}, where names are turned into another case`,
      prefix: (name, prefix) =>
        `“${name}” has to begin with \`${prefix}\`: otherwise browsers would no longer be given it`,
      broken: path => `${path} has a syntax error; once it is mended, this can be renamed`,
      unasked: count =>
        `${count} places may mean this name, and only you can tell; this editor cannot ask you, so nothing was renamed`,
    },
    renamed: {
      certain: 'Certain',
      doubtful: 'May be meant as well',
      doubtfulMeans: 'The text has this name in a file that knows it. Choose the places that mean it.',
      beyond: {
        'unknown callers': 'Programs outside of this workspace that know the old name go on using it.',
        'filled by name':
          'Data comes into this field by its name, such as from a column: rename that one too.',
        machines: 'Where the program runs, the variable has to be set under its new name.',
        'names made at run time': 'Names that are put together at run time are not seen.',
      },
    },
  },
  es: {
    evidence: 'verificado: la sintaxis es válida, el hallazgo desaparece y no surge ninguno nuevo',
    safety: { safe: 'seguro', unsafe: 'revísalo antes de aceptar' },
    inFiles: count => `en ${count} archivos`,
    fixAllOf: rule => `Corregir todos los ${rule} de este archivo`,
    fixAll: 'Corregir todo lo que sea seguro en este archivo',
    suppress: rule => `Suprimir ${rule} aquí, con un motivo`,
    reason: 'explica aquí por qué',
    explain: rule => `Explicar ${rule}`,
    notABug: 'No es un error: no volver a avisar en este equipo',
    scanning: 'CodeAnt: analizando el espacio de trabajo',
    readingWorkspace: 'CodeAnt: leyendo el espacio de trabajo',
    comparing: 'CodeAnt: comparando funciones',
    showSimilar: 'Mostrar código similar en este espacio de trabajo',
    scanned: files => `${files.toLocaleString('es')} archivos`,
    workerDied: 'CodeAnt: una parte del análisis falló y se ha reiniciado. No se ha perdido ningún hallazgo.',
    lens: count => `${count} ${count === 1 ? 'hallazgo' : 'hallazgos'}`,
    refusedRule: (file, id, reason) => `${file}: la regla ${id} no se ejecuta: ${reason}`,
    notAnalysed: reason => `CodeAnt no analiza este archivo: ${reason}`,
    sketchIn: language => `Esbozar esta función en ${NAMES[language]}`,
    noSketch: why => `CodeAnt no puede esbozar esta función en otro lenguaje: ${why}.`,
    notRenamed: {
      'not-written': (name, place) =>
        `«${name}» no se puede renombrar en todas partes: en ${place} se compone de otros valores o se llama de otra manera`,
      taken: (name, place) => `ya existe \`${name}\`: ${place}`,
      'from-elsewhere': (name, place) =>
        `«${name}» es el nombre de otra cosa, como un atributo de un modelo: en ${place} solo se toma de allí`,
      'no-segment': name =>
        `«${name}» no puede formar parte de una ruta: solo letras, cifras y los signos -._~%+@`,
      'no-name': name =>
        `«${name}» no puede ser un nombre en todos los lenguajes que tendrían que escribirlo`,
      'no-topic': name => `«${name}» no puede ser el nombre de unos mensajes: tiene espacios o comillas`,
      'no-case': (name, place) =>
        `«${name}» no es lo que resulta de un nombre en ${place}, donde los nombres se convierten a otra forma`,
      prefix: (name, prefix) =>
        `«${name}» tiene que empezar por \`${prefix}\`: de lo contrario, los navegadores dejarían de recibirla`,
      broken: path => `${path} tiene un error de sintaxis; cuando se corrija, se podrá renombrar`,
      unasked: count =>
        `${count} lugares pueden referirse a este nombre y solo tú lo sabes; este editor no puede preguntarte, así que no se ha renombrado nada`,
    },
    renamed: {
      certain: 'Seguro',
      doubtful: 'Puede que también',
      doubtfulMeans:
        'El texto tiene este nombre en un archivo que lo conoce. Elige los lugares que se refieren a él.',
      beyond: {
        'unknown callers':
          'Los programas ajenos a este espacio de trabajo que conocen el nombre antiguo lo seguirán usando.',
        'filled by name':
          'Los datos llegan a este campo por su nombre, por ejemplo desde una columna: renómbrala también.',
        machines: 'Donde se ejecuta el programa, la variable tiene que definirse con su nombre nuevo.',
        'names made at run time': 'Los nombres que se componen al ejecutarse no se ven.',
      },
    },
  },
}

const NAMES: Readonly<Record<CodeLanguage, string>> = {
  python: 'Python',
  typescript: 'TypeScript',
  javascript: 'JavaScript',
  rust: 'Rust',
}
