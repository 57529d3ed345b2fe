// A function in a list: where it is, what it is called, how long it is.

import type { PlacedFunction } from '../../features/similar-functions.ts'
import { shownPath } from '../collect.ts'
import { paint, type Terminal } from '../terminal.ts'

export function functionText(fn: PlacedFunction, terminal: Terminal): string {
  const { out, locale } = terminal
  const lines = fn.endLine - fn.line + 1
  const name = fn.owner === '' ? fn.name : `${fn.owner}.${fn.name}`
  const place = `${paint(out, 'bold', shownPath(fn.file, terminal))}:${fn.line}`
  return `${place} ${name} ${paint(out, 'gray', LINES[locale](lines))}`
}

export function functionJson(
  fn: PlacedFunction,
  terminal: Terminal,
): Readonly<Record<string, string | number>> {
  const { name, owner, language, line, endLine } = fn
  return { path: shownPath(fn.file, terminal), line, endLine, name, ...(owner !== '' && { owner }), language }
}

const LINES = {
  en: (lines: number) => `${lines} ${lines === 1 ? 'line' : 'lines'}`,
  es: (lines: number) => `${lines} ${lines === 1 ? 'línea' : 'líneas'}`,
}
