// What comes of a field that is not there, in the language that reads it.

import type { At } from '../../graph/routes.ts'

export type Reader = 'script' | 'python' | 'rust'

export function readerOf({ file }: At): Reader {
  if (/\.pyi?$/.test(file)) return 'python'
  return file.endsWith('.rs') ? 'rust' : 'script'
}

export function absenceInEnglish(reader: Reader): string {
  if (reader === 'python') return 'at run time reading it raises a `KeyError`, or gives `None`'
  return reader === 'rust' ? 'at run time the whole answer cannot be read' : 'at run time it is `undefined`'
}

export function absenceInSpanish(reader: Reader): string {
  if (reader === 'python') return 'al ejecutarse, leerlo lanza un `KeyError` o da `None`'
  return reader === 'rust'
    ? 'al ejecutarse no se puede leer la respuesta entera'
    : 'al ejecutarse será `undefined`'
}
