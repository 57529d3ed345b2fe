// A function somewhere in a file as a sketch in another language, labelled as one; or why there is none, and at which code.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import type { Locale } from '@codeant/shared/locale.ts'
import { analyse, FileReader, SourceFile } from '../../semantics/source-file.ts'
import { KIND_CODE } from '../../syntax/kinds.ts'
import type { SyntaxTree } from '../../syntax/tree.ts'
import { REASONS } from './refusal.ts'
import { functionAt, translate } from './translate.ts'

export type Sketch =
  | { readonly kind: 'sketch'; readonly text: string }
  /** `why`: a sentence that begins with the code it is about, without a full stop. */
  | { readonly kind: 'refused'; readonly why: string; readonly start: number; readonly end: number }

export interface Sketched {
  /** From the project's root. */
  readonly path: string
  readonly language: CodeLanguage
  readonly tree: SyntaxTree
}

/** Undefined where there is no function. */
export function sketch(
  { path, language, tree }: Sketched,
  from: number,
  to: number,
  target: CodeLanguage,
  locale: Locale,
): Sketch | undefined {
  const file = new SourceFile(path, language, analyse(tree), new FileReader(tree))
  const fn = functionAt(file, from, to)
  if (!fn) return undefined
  const translation = translate(file, fn, target)
  if (translation.kind === 'sketch') {
    const sign = target === 'python' ? '#' : '//'
    return { kind: 'sketch', text: `${sign} ${LABELS[locale](path)}\n${translation.text}` }
  }
  const { reason, start, end } = translation
  const code = tree.text.slice(start, end).split('\n')[0]!.trim().slice(0, LONGEST)
  return { kind: 'refused', why: `\`${code}\`: ${REASONS[locale][reason]}`, start, end }
}

/** More of the code would hide what is said of it. */
const LONGEST = 60

const LABELS: Readonly<Record<Locale, (path: string) => string>> = {
  en: path => `A sketch of a function of ${path}, made by CodeAnt: read it before you use it.`,
  es: path => `Un boceto de una función de ${path}, hecho por CodeAnt: léelo antes de usarlo.`,
}

/** A function begins in this stretch, or what it is given to does. */
export function startsFunction(tree: SyntaxTree, from: number, to: number): boolean {
  for (let row = 1; row < tree.rows; row++) {
    if (tree.start[row]! > to) return false
    if (tree.kind[row] === FUNCTION && tree.start[row]! >= from) return true
  }
  return false
}

const FUNCTION = KIND_CODE.Function
