// Why a file was not analysed, in words.

import type { Locale } from '@codeant/shared/locale.ts'
import type { SkipReason } from './admission.ts'

export const SKIP_REASONS: Readonly<Record<Locale, Readonly<Record<SkipReason, string>>>> = {
  en: {
    'too-large': 'larger than max-file-size',
    binary: 'not text',
    minified: 'minified',
    encoding: 'neither UTF-8 nor UTF-16, nor an old Windows encoding',
    'too-deep': 'nested too deeply',
    'too-slow': 'took longer than max-file-time',
    unreadable: 'cannot be read',
    gone: 'deleted in the meantime',
    crashed: 'the analysis of this file failed; please report it',
  },
  es: {
    'too-large': 'supera max-file-size',
    binary: 'no es texto',
    minified: 'minificado',
    encoding: 'ni UTF-8 ni UTF-16 ni una codificación antigua de Windows',
    'too-deep': 'anidado demasiado hondo',
    'too-slow': 'tardó más que max-file-time',
    unreadable: 'no se puede leer',
    gone: 'se borró mientras tanto',
    crashed: 'falló el análisis de este archivo; por favor, avísanos',
  },
}
