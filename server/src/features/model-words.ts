// Why models give fewer answers than they were asked for, in words.

import type { Locale } from '@codeant/shared/locale.ts'
import type { ModelNotice } from '../inference/local/models.ts'

/** One sentence, with what to do about it where there is something. */
export function modelNotice(notice: ModelNotice, locale: Locale): string {
  return WORDS[locale](notice)
}

const MIB = 1024 * 1024

const WORDS: Readonly<Record<Locale, (notice: ModelNotice) => string>> = {
  en(it) {
    switch (it.kind) {
      case 'missing':
        return `The model ${it.model} is switched off: ${it.file} cannot be read. Reinstalling CodeAnt brings it back; everything else works.`
      case 'corrupt':
        return `The model ${it.model} is switched off: ${it.file} is not what was shipped. Reinstalling CodeAnt repairs it; everything else works.`
      case 'broken':
        return `The model ${it.model} is switched off: the engine cannot load it (${it.detail}). Everything else works.`
      case 'engine':
        return `The models are switched off: their engine does not start here (${it.detail}). Everything else works.`
      case 'memory':
        return `Some questions to the model ${it.model} go unanswered: they need more than the ${mib(it.bytes, 'en')} MiB that the settings allow (memory-limit).`
      case 'time':
        return `The models have used the ${seconds(it.ms, 'en')} s that the settings allow (time-budget). What they were not asked, they are asked the next time.`
    }
  },
  es(it) {
    switch (it.kind) {
      case 'missing':
        return `El modelo ${it.model} está desactivado: no se puede leer ${it.file}. Reinstalar CodeAnt lo recupera; todo lo demás funciona.`
      case 'corrupt':
        return `El modelo ${it.model} está desactivado: ${it.file} no es lo que se distribuyó. Reinstalar CodeAnt lo arregla; todo lo demás funciona.`
      case 'broken':
        return `El modelo ${it.model} está desactivado: el motor no puede cargarlo (${it.detail}). Todo lo demás funciona.`
      case 'engine':
        return `Los modelos están desactivados: su motor no arranca aquí (${it.detail}). Todo lo demás funciona.`
      case 'memory':
        return `Algunas preguntas al modelo ${it.model} quedan sin respuesta: necesitan más de los ${mib(it.bytes, 'es')} MiB que permiten los ajustes (memory-limit).`
      case 'time':
        return `Los modelos han gastado los ${seconds(it.ms, 'es')} s que permiten los ajustes (time-budget). Lo que no se les ha preguntado se les preguntará la próxima vez.`
    }
  },
}

function mib(bytes: number, locale: Locale): string {
  return Math.round(bytes / MIB).toLocaleString(locale)
}

function seconds(ms: number, locale: Locale): string {
  return (ms / 1000).toLocaleString(locale)
}
