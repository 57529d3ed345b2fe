/** Minutes in the place of the month, or months in that of the minutes: the letter differs by its case only. */

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { importsAny } from '../support/imports.ts'
import { literalText } from '../support/literal-text.ts'

const CALLEES = [
  ...['strftime', 'strptime', 'parse_from_str', 'format', 'format_localized', 'parse', 'moment', 'dayjs'],
  ...['utc', 'tz', 'toFormat', 'fromFormat', 'formatDate', 'formatInTimeZone', 'formatTz', 'lightFormat'],
] as const

export default defineRule({
  id: 'correctness/date-format',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [628],
  concept: 'formatting-text',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: CALLEES,

  check: {
    *Call(node, file) {
      const slips = slipsOf(node, file)
      if (!slips) return
      for (const it of node.children('argument')) {
        const text = it.kind === 'KeywordArgument' ? it.child('value') : it
        if (text?.kind === 'String') yield* wrongLetters(text, slips)
      }
    },
  },

  explain: {
    en: ({ format, token, meant, isMonth }) => ({
      message: `\`${token}\` stands for the ${isMonth ? 'minutes' : 'month'} in \`${format}\``,
      why: `Only the case of the letter tells them apart. The ${isMonth ? 'month' : 'minutes'} will be a number that looks possible and is wrong.`,
      remedy: `Write \`${meant}\`.`,
      fix: `Write \`${meant}\``,
    }),
    es: ({ format, token, meant, isMonth }) => ({
      message: `\`${token}\` son ${isMonth ? 'los minutos' : 'el mes'} en \`${format}\``,
      why: `Solo los distingue que la letra sea mayúscula o minúscula. En lugar ${isMonth ? 'del mes' : 'de los minutos'} saldrá un número que parece posible y es falso.`,
      remedy: `Escribe \`${meant}\`.`,
      fix: `Escribir \`${meant}\``,
    }),
  },

  examples: {
    invalid: [
      fixes(py`day = now.strftime("%Y-«%M»-%d")`, py`day = now.strftime("%Y-%m-%d")`),
      fixes(
        py`when = datetime.strptime(text, "%d/%m/%Y %H:«%m»")`,
        py`when = datetime.strptime(text, "%d/%m/%Y %H:%M")`,
      ),
      py`stamp = time.strftime('%Y%m%d_%H«%m»%S')`,
      fixes(
        js`import moment from 'moment'; const day = moment(now).format('YYYY-MM-DD HH:«MM»')`,
        js`import moment from 'moment'; const day = moment(now).format('YYYY-MM-DD HH:mm')`,
      ),
      fixes(
        ts`import { format } from 'date-fns'; const day = format(now, 'yyyy-«mm»-dd')`,
        ts`import { format } from 'date-fns'; const day = format(now, 'yyyy-MM-dd')`,
      ),
      js`const dayjs = require('dayjs'); const when = dayjs(text, 'DD/«mm»/YYYY')`,
      fixes(
        rs`fn f(now: DateTime<Utc>) -> String { now.format("%Y-«%M»-%d").to_string() }`,
        rs`fn f(now: DateTime<Utc>) -> String { now.format("%Y-%m-%d").to_string() }`,
      ),
      rs`fn f(t: &str) { let a = NaiveDateTime::parse_from_str(t, "%Y-%m-%d %H:«%m»:%S"); }`,
      ts`import { DateTime } from 'luxon'; const time = now.toFormat('HH:«MM»')`,
    ],
    valid: [
      ts`import dayjs from 'dayjs'; const day = dayjs(now).format('D MMM YYYY, HH:mm')`,
      py`day = now.strftime("%Y-%m-%d %H:%M:%S")`,
      py`day = now.strftime("%M:%S")`,
      py`text = "%Y-%M".format(now)`,
      py`stamp = now.strftime("%Y%m%d%H%M")`,
      js`import moment from 'moment'; const day = moment(now).format('YYYY-MM-DD HH:mm')`,
      js`import moment from 'moment'; const day = moment(now).format('MM/DD/YYYY')`,
      // Another library's letters.
      js`picker.format('yyyy-mm-dd')`,
      ts`import { format } from 'date-fns'; const time = format(now, 'mm:ss')`,
      rs`fn f(now: DateTime<Utc>) -> String { now.format("%Y-%m-%d %H:%M").to_string() }`,
      rs`fn f(now: Local) -> String { now.format("%H:%M").to_string() }`,
    ],
  },
})

interface Slip {
  /** Its last group is what is wrong. */
  readonly pattern: RegExp
  readonly meant: string
  readonly isMonth: boolean
}

/** `%Y-%m-%d %H:%M`, in Python and in Rust's chrono. */
const PERCENT: readonly Slip[] = [
  { pattern: /(%[Yy][-/. ]?|%d[-/. ]?(?=%M[-/. ]?%[Yy]))(%M)/dg, meant: '%m', isMonth: true },
  { pattern: /(%[HI][:.-]?)(%m)(?![-/.]?%[dY])/dg, meant: '%M', isMonth: false },
]

/** `YYYY-MM-DD HH:mm`, in moment, dayjs, date-fns and luxon. */
const LETTERS: readonly Slip[] = [
  {
    pattern: /((?<![a-zA-Z])[Yy]{4}[-/. ]?|(?<![a-zA-Z])[Dd]{1,2}[-/. ](?=mm[-/. ][Yy]))(mm)(?!m)/dg,
    meant: 'MM',
    isMonth: true,
  },
  { pattern: /((?<![a-zA-Z])[Hh]{1,2}:)(MM)(?!M)/dg, meant: 'mm', isMonth: false },
]

function slipsOf(call: SyntaxNode, file: SourceFile): readonly Slip[] | undefined {
  const name = calleeName(call)
  if (file.language === 'python') return /^str[fp]time$/.test(name) ? PERCENT : undefined
  if (file.language === 'rust')
    return /^(format|format_localized|parse_from_str)$/.test(name) ? PERCENT : undefined
  return importsAny(file, /['"](moment|moment-timezone|dayjs|date-fns|date-fns-tz|luxon)\b/)
    ? LETTERS
    : undefined
}

function* wrongLetters(node: SyntaxNode, slips: readonly Slip[]) {
  const literal = literalText(node)
  if (!literal) return
  for (const { pattern, meant, isMonth } of slips) {
    for (const match of literal.value.matchAll(pattern)) {
      const [from, to] = match.indices![2]!
      const start = literal.offsets[from]!
      const end = literal.offsets[to]!
      yield {
        at: { start, end },
        data: { format: literal.value, token: match[2]!, meant, isMonth },
        fix: { safety: 'unsafe' as const, edits: () => [{ start, end, newText: meant }] },
      }
    }
  }
}
