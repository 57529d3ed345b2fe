// Why a function cannot be said in another language for certain, and where.

import type { Locale } from '@codeant/shared/locale.ts'
import type { SyntaxNode } from '../../syntax/node.ts'

export type Reason =
  | 'construct'
  | 'type'
  | 'overflow'
  | 'division'
  | 'remainder'
  | 'truthiness'
  | 'text-order'
  | 'characters'
  | 'float-text'
  | 'mixed'
  | 'element'
  | 'alias'
  | 'scope'
  | 'shared-list'
  | 'changing-bound'
  | 'outside'
  | 'reserved'
  | 'no-answer'
  | 'literal'
  | 'language'

/** Thrown by the reader, caught by `translate`: from deep in an expression there is no other way out that says why. */
export class Refused extends Error {
  readonly reason: Reason
  readonly start: number
  readonly end: number

  constructor(reason: Reason, { start, end }: Pick<SyntaxNode, 'start' | 'end'>) {
    super(reason)
    this.reason = reason
    this.start = start
    this.end = end
  }
}

/** Without a full stop; the code stands before it. */
export const REASONS: Readonly<Record<Locale, Readonly<Record<Reason, string>>>> = {
  en: {
    construct: 'this has no certain counterpart in the other language',
    type: 'its type is not written down, or is none that all languages share',
    overflow: 'integers have an end in some languages and none in others: the result may be another one',
    division: 'dividing by zero, or a whole number by another, gives another result in each language',
    remainder: 'the remainder of a negative number has another sign in each language',
    truthiness: 'what counts as true differs: only a boolean is certain here',
    'text-order': 'texts are ordered by code points in one language and by UTF-16 units or bytes in others',
    characters: 'a character is a code point, a UTF-16 unit or a byte, depending on the language',
    'float-text': 'each language writes such a value as text in its own way',
    mixed: 'values of different types meet here',
    element:
      'outside of the list this is an error in one language and nothing in another: it is not certain to lie within',
    alias: 'two names for one list: a change by one of them would not be seen by the other everywhere',
    scope: 'the variable is made in a block and used outside of it, or there are two of this name',
    'shared-list': 'the list is changed while it is walked over, or belongs to the caller',
    'changing-bound': 'the end of the loop, or its counter, changes while it runs',
    outside: 'it is declared outside of the function, or is no function that all languages share',
    reserved: 'the name is a word of the other language',
    'no-answer': 'not every way through the function returns a value',
    literal: 'the literal is written in a way that only its language knows',
    language: 'functions of this language are not read yet',
  },
  es: {
    construct: 'no tiene un equivalente seguro en el otro lenguaje',
    type: 'su tipo no está escrito o no es de los que comparten todos los lenguajes',
    overflow: 'los enteros tienen límite en unos lenguajes y en otros no: el resultado puede ser otro',
    division: 'dividir entre cero, o un entero entre otro, da un resultado distinto en cada lenguaje',
    remainder: 'el resto de un número negativo tiene otro signo en cada lenguaje',
    truthiness: 'qué cuenta como verdadero varía: aquí solo es seguro un booleano',
    'text-order':
      'los textos se ordenan por puntos de código en un lenguaje y por unidades UTF-16 o bytes en otros',
    characters: 'un carácter es un punto de código, una unidad UTF-16 o un byte, según el lenguaje',
    'float-text': 'cada lenguaje escribe como texto un valor así a su manera',
    mixed: 'aquí se juntan valores de tipos distintos',
    element: 'fuera de la lista es un error en un lenguaje y nada en otro: no es seguro que esté dentro',
    alias: 'dos nombres para una lista: un cambio hecho con uno no se vería con el otro en todas partes',
    scope: 'la variable se crea en un bloque y se usa fuera, o hay dos con este nombre',
    'shared-list': 'la lista cambia mientras se recorre, o es de quien llama',
    'changing-bound': 'el final del bucle, o su contador, cambia mientras se ejecuta',
    outside: 'se declara fuera de la función o no es una función que compartan todos los lenguajes',
    reserved: 'el nombre es una palabra del otro lenguaje',
    'no-answer': 'no todos los caminos de la función devuelven un valor',
    literal: 'el literal está escrito de un modo que solo conoce su lenguaje',
    language: 'todavía no se leen funciones de este lenguaje',
  },
}
