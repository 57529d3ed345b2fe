// What is said around the playground for rules, in both languages. What stands in it is in the page's own words.

import type { Locale } from '@codeant/shared/locale.ts'

export interface PlaygroundEditorWords {
  readonly title: string
  readonly failed: (why: string) => string
  readonly noFolder: string
  readonly nameTitle: string
  readonly namePrompt: string
  readonly badName: string
  readonly exists: (path: string) => string
  readonly replace: string
  readonly saved: (path: string) => string
  readonly opened: string
}

export const PLAYGROUND_WORDS: Readonly<Record<Locale, PlaygroundEditorWords>> = {
  en: {
    title: 'Playground for rules',
    failed: why => `The rules could not be tried: ${why}`,
    noFolder: 'Open a folder first: rules are saved in its .codeant/rules.',
    nameTitle: 'Rule as a file of this project',
    namePrompt: 'The name of the file in .codeant/rules',
    badName: 'A name has letters, digits, dots and dashes only.',
    exists: path => `${path} is there already. Shall it be replaced?`,
    replace: 'Replace',
    saved: path => `Saved as ${path}: from now on the rule runs in this project.`,
    opened: 'Save both files; then codeant rules test .codeant/rules holds the rule to them.',
  },
  es: {
    title: 'Banco de pruebas de reglas',
    failed: why => `No se han podido probar las reglas: ${why}`,
    noFolder: 'Abre antes una carpeta: las reglas se guardan en su .codeant/rules.',
    nameTitle: 'La regla como archivo de este proyecto',
    namePrompt: 'El nombre del archivo en .codeant/rules',
    badName: 'Un nombre solo tiene letras, cifras, puntos y guiones.',
    exists: path => `${path} ya existe. ¿Se sustituye?`,
    replace: 'Sustituir',
    saved: path => `Guardada como ${path}: desde ahora la regla se ejecuta en este proyecto.`,
    opened: 'Guarda los dos archivos; después, codeant rules test .codeant/rules compara la regla con ellos.',
  },
}
