/** A character class that holds something else than its author meant: `[A-z]`, `[jpg|png]`, `[:digit:]`. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertAfter } from '../edit.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { REGEX_CALLEES, type RegexInCode, regexOfCall, regexOfLiteral } from '../support/regex/in-code.ts'
import type { CharacterClass, ClassItem, Parsed } from '../support/regex/syntax.ts'

export default defineRule({
  id: 'correctness/regex-character-class',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [625],
  concept: 'regular-expressions',
  impact: { likelihood: 'medium', cost: 'hours' },
  callees: REGEX_CALLEES,

  check: {
    Regex: node => report(regexOfLiteral(node), node),
    Call: compiled,
    New: compiled,
  },

  explain: {
    en: ({ slip, part }) => WORDS.en[slip as Slip](part),
    es: ({ slip, part }) => WORDS.es[slip as Slip](part),
  },

  examples: {
    invalid: [
      fixes(py`re.compile(r"[«A-z»_]+")`, py`re.compile(r"[A-Za-z_]+")`),
      py`re.search(r"\.«[jpg|png|gif]»$", name)`,
      py`re.compile("«[:alpha:]»+")`,
      py`re.compile("[«[:digit:]»]+")`,
      fixes(py`re.compile(r"[.,;:«,»]")`, py`re.compile(r"[.,;:]")`),
      fixes(js`/^[a-z0-9«a-z»]+$/`, js`/^[a-z0-9]+$/`),
      js`/a«[]»b/`,
      js`/«[:space:]»/.test(line)`,
      fixes(js`/^[«👍»]$/`, js`/^[👍]$/u`),
      ts`/^«[^foo|bar]»/`,
      ts`/[a-z,A-Z«,»0-9,_]{19}/`,
      js`/[" !#'()*«"»]/`,
      py`re.compile(r"[<>()«<»«>»]")`,
      ts`/^«[(admin)(editor)]»$/`,
      js`expect(line).toMatch(/\d+ «[custom test logger]»/)`,
      ts`new RegExp('[«A-z»]')`,
    ],
    valid: [
      py`re.compile(r"[A-Za-z][a-z|]+[+|-]")`,
      py`re.compile(r"[\w_]+[\d0-9][\s\n]")`,
      py`re.compile(r"[[:,]+[]")`,
      py`re.compile("[😀😃]")`,
      py`re.compile(r"[A-Z-z]")`,
      py`re.compile(rb"[\0\x00\n\x0a]")`,
      js`/[^]*/`,
      js`/[]/`,
      js`/[a|b]/`,
      js`/[\u200d\-_\]]/`,
      js`/^[👍👎]$/u`,
      js`/\ud83d[\udc4d\udc4e]/`,
      js`/[aA]/i`,
      ts`/[\p{L}--[a-z]]/v`,
    ],
  },
})

type Slip = 'case' | 'words' | 'posix' | 'empty' | 'twice' | 'list' | 'halves'

function compiled(node: SyntaxNode, file: SourceFile) {
  const regex = regexOfCall(node, file)
  return regex && report(regex, node)
}

function report(regex: RegexInCode | undefined, node: SyntaxNode) {
  if (!regex?.parsed.root || regex.parsed.classes.length === 0) return undefined
  return matches(regex, node)
}

function* matches(regex: RegexInCode, node: SyntaxNode) {
  const { parsed, place, isLiteral } = regex
  for (const it of parsed.classes) {
    for (const { slip, start, end, becomes } of slipsIn(it, parsed)) {
      const where = place(start, end)
      const data = { slip, part: parsed.source.slice(start, end) }
      if (slip === 'halves' && node.kind === 'Regex')
        yield { at: where, data, fix: { safety: 'unsafe', edits: () => [insertAfter(node, 'u')] } as const }
      else if (becomes !== undefined && isLiteral)
        yield {
          at: where,
          data,
          fix: {
            safety: 'unsafe',
            edits: () => [{ start: where.start, end: where.end, newText: becomes }],
          } as const,
        }
      else yield { at: where, data }
    }
  }
}

interface Found {
  readonly slip: Slip
  readonly start: number
  readonly end: number
  /** What should stand there instead, when that is plain. */
  readonly becomes?: string
}

function slipsIn(it: CharacterClass, parsed: Parsed): readonly Found[] {
  const { source, dialect, flags } = parsed
  const { start, end, items, negated } = it
  const text = source.slice(start, end)
  if (items.length === 0) {
    const isAll = start === 0 && end === source.length
    return dialect === 'javascript' && !negated && !isAll && !flags.sets
      ? [{ slip: 'empty', start, end }]
      : []
  }
  if (/^\[:\^?[a-z]+:\]$/.test(text) && POSIX.test(text)) {
    // `[[:digit:]]` is read as a class that ends at the first bracket, and a bracket behind it.
    return [{ slip: 'posix', start, end }]
  }
  const nested = /^\[(?:.*[^\\])?(\[:\^?[a-z]+:\])$/.exec(text)?.[1]
  if (nested && POSIX.test(nested)) return [{ slip: 'posix', start: end - nested.length, end }]
  if (/^\[\^?[A-Za-z0-9]{2,}(?:\|[A-Za-z0-9]{2,})+\]$/.test(text)) return [{ slip: 'words', start, end }]
  const found: Found[] = []
  const repeated: ClassItem[] = []
  const seen = new Set<string>()
  for (const [i, item] of items.entries()) {
    const half = halves(item, items[i + 1], flags.unicode || dialect !== 'javascript')
    if (half) {
      found.push(half)
      continue
    }
    if (isHalf(item.from)) continue
    if (item.kind === 'range' && isUpper(item.from) && isLower(item.to) && item.end - item.start === 3)
      found.push({
        slip: 'case',
        start: item.start,
        end: item.end,
        becomes: `${String.fromCharCode(item.from)}-Za-${String.fromCharCode(item.to)}`,
      })
    if (item.kind !== 'character' && item.kind !== 'range') continue
    // What is written in two ways, such as `\n` and `\x0a`, was written so knowingly.
    const written = source.slice(item.start, item.end)
    if (seen.has(written)) repeated.push(item)
    seen.add(written)
  }
  return isListOfWords(repeated) ? [...found, { slip: 'list', start, end }] : [...found, ...twice(repeated)]
}

/** Words repeat letters, and more than one; of signs a set is usually made. */
function isListOfWords(repeated: readonly ClassItem[]): boolean {
  return (
    repeated.some(it => isUpper(it.from) || isLower(it.from)) &&
    repeated.some(it => it.from !== repeated[0]!.from)
  )
}

/** Every repeated character once. What stands there three times was hardly meant to stand there once. */
function twice(repeated: readonly ClassItem[]): Found[] {
  const found = new Map<number, Found>()
  for (const { from, start, end } of repeated) {
    const earlier = found.get(from)
    if (!earlier) found.set(from, { slip: 'twice', start, end, becomes: '' })
    else found.set(from, { slip: 'twice', start: earlier.start, end: earlier.end })
  }
  return [...found.values()]
}

const POSIX = /:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):/

/** A character beyond the first 65,536, which without the flag `u` is two. */
function halves(item: ClassItem, next: ClassItem | undefined, isWhole: boolean): Found | undefined {
  if (isWhole || item.kind !== 'character' || !next || next.end - next.start !== 1) return undefined
  if (item.end - item.start !== 1 || item.from < 0xd800 || item.from > 0xdbff) return undefined
  return next.from >= 0xdc00 && next.from <= 0xdfff
    ? { slip: 'halves', start: item.start, end: next.end }
    : undefined
}

function isHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff
}

function isUpper(code: number): boolean {
  return code >= 0x41 && code <= 0x5a
}

function isLower(code: number): boolean {
  return code >= 0x61 && code <= 0x7a
}

interface ClassWords {
  readonly message: string
  readonly why: string
  readonly remedy: string
  readonly fix: string
}

const WORDS: Readonly<Record<'en' | 'es', Readonly<Record<Slip, (part: string) => ClassWords>>>> = {
  en: {
    case: part => ({
      message: `\`${part}\` also matches \`[\`, \`\\\`, \`]\`, \`^\` and \`_\``,
      why: 'Between the capital and the small letters lie six other signs, and this range takes them in.',
      remedy: 'Write the two ranges: `A-Za-z`.',
      fix: 'Write two ranges',
    }),
    words: part => ({
      message: `\`${part}\` matches one single character, not one of these words`,
      why: 'Inside brackets every letter stands for itself, and so does `|`: the class accepts any one of them.',
      remedy: 'Use parentheses: `(?:one|other)`.',
      fix: 'Use parentheses',
    }),
    posix: part => ({
      message: `\`${part}\` matches a colon or one of these letters, not a kind of character`,
      why: 'Named classes belong to other engines, such as that of `grep`. Here they are a list of letters.',
      remedy: 'Write what is meant: `\\d`, `\\s`, `[A-Za-z]`.',
      fix: 'Write what is meant',
    }),
    empty: () => ({
      message: 'The empty class `[]` matches nothing, so this part can never match',
      why: 'No character is in it, so whatever has to pass through it fails.',
      remedy: 'Put in what is missing. `[^]` matches any character, and `\\[\\]` matches a pair of brackets.',
      fix: 'Put in what is missing',
    }),
    twice: part => ({
      message: `\`${part}\` stands in this class more than once`,
      why: 'The second one changes nothing: either it is left over, or another character was meant.',
      remedy: 'Write the character that was meant, or name this one only once.',
      fix: 'Delete the second one',
    }),
    list: part => ({
      message: `\`${part}\` names several characters twice, as if it were more than a set of single characters`,
      why: 'Inside brackets nearly everything stands for itself: words, commas, and the letters of a group or an escape that was meant.',
      remedy:
        'If words are meant, use parentheses or escape the brackets. Otherwise name each character once.',
      fix: 'Name each character once',
    }),
    halves: part => ({
      message: `Without the flag \`u\`, \`${part}\` is two characters, and the class matches half of it`,
      why: 'The class accepts each half on its own, also as a part of other characters, and never the whole one.',
      remedy: 'Add the flag `u`.',
      fix: 'Add the flag `u`',
    }),
  },
  es: {
    case: part => ({
      message: `\`${part}\` también acepta \`[\`, \`\\\`, \`]\`, \`^\` y \`_\``,
      why: 'Entre las mayúsculas y las minúsculas hay otros seis signos, y este rango los incluye.',
      remedy: 'Escribe los dos rangos: `A-Za-z`.',
      fix: 'Escribir dos rangos',
    }),
    words: part => ({
      message: `\`${part}\` acepta un solo carácter, no una de estas palabras`,
      why: 'Entre corchetes cada letra se representa a sí misma, y `|` también: la clase acepta cualquiera de ellas.',
      remedy: 'Usa paréntesis: `(?:uno|otro)`.',
      fix: 'Usar paréntesis',
    }),
    posix: part => ({
      message: `\`${part}\` acepta los dos puntos o una de estas letras, no un tipo de carácter`,
      why: 'Las clases con nombre son de otros motores, como el de `grep`. Aquí son una lista de letras.',
      remedy: 'Escribe lo que quieres decir: `\\d`, `\\s`, `[A-Za-z]`.',
      fix: 'Escribir lo que se quiere decir',
    }),
    empty: () => ({
      message: 'La clase vacía `[]` no acepta nada, así que esta parte no puede encajar nunca',
      why: 'No contiene ningún carácter, así que lo que tenga que pasar por ella falla.',
      remedy: 'Pon lo que falta. `[^]` acepta cualquier carácter, y `\\[\\]` acepta un par de corchetes.',
      fix: 'Poner lo que falta',
    }),
    twice: part => ({
      message: `\`${part}\` está más de una vez en esta clase`,
      why: 'La segunda no cambia nada: o sobra, o debía ser otro carácter.',
      remedy: 'Escribe el carácter que querías o nombra este una sola vez.',
      fix: 'Eliminar la segunda',
    }),
    list: part => ({
      message: `\`${part}\` nombra varios caracteres dos veces, como si fuera algo más que un conjunto de caracteres sueltos`,
      why: 'Entre corchetes casi todo se representa a sí mismo: las palabras, las comas y las letras de un grupo o de un escape que se quería escribir.',
      remedy:
        'Si querías palabras, usa paréntesis o escapa los corchetes. Si no, nombra cada carácter una sola vez.',
      fix: 'Nombrar cada carácter una vez',
    }),
    halves: part => ({
      message: `Sin la opción \`u\`, \`${part}\` son dos caracteres y la clase acepta la mitad`,
      why: 'La clase acepta cada mitad por separado, también como parte de otros caracteres, y nunca el carácter entero.',
      remedy: 'Añade la opción `u`.',
      fix: 'Añadir la opción `u`',
    }),
  },
}
