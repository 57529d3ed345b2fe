/** A regular expression that does not compile fails when the line runs, or never lets the file load. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { REGEX_CALLEES, type RegexInCode, regexOfCall, regexOfLiteral } from '../support/regex/in-code.ts'
import type { Problem } from '../support/regex/syntax.ts'

export default defineRule({
  id: 'correctness/invalid-regex',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [185],
  concept: 'regular-expressions',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: REGEX_CALLEES,

  check: {
    Regex: node => report(regexOfLiteral(node)),
    Call: compiled,
    New: compiled,
  },

  explain: {
    en: ({ problem, part }) => ({
      message: `This regular expression does not compile: ${ENGLISH[problem as Problem](part)}`,
      why: 'It does not match wrongly, it fails: with an error as soon as it is compiled, before any text is looked at.',
      remedy:
        REMEDIES.en[problem as Problem] ?? 'Correct the pattern, or escape the sign if it stands for itself.',
    }),
    es: ({ problem, part }) => ({
      message: `Esta expresión regular no compila: ${SPANISH[problem as Problem](part)}`,
      why: 'No es que busque mal: falla con un error en cuanto se compila, antes de mirar ningún texto.',
      remedy:
        REMEDIES.es[problem as Problem] ??
        'Corrige el patrón, o escapa el signo si se representa a sí mismo.',
    }),
  },

  examples: {
    invalid: [
      py`re.compile("«(»abc")`,
      py`re.search(r"«[»a-z", line)`,
      py`re.compile(r"«*».py")`,
      py`re.sub(r"a*«*»", "", line)`,
      py`re.match(r"«(?<»name>\w+)", line)`,
      py`re.compile(r"(?P<a>x)«(?P=b)»")`,
      py`re.compile(r"«(?<=a|bc)»d")`,
      py`re.compile(r"\d+«\y»")`,
      py`re.compile(r"[«\w-.»]")`,
      py`
        WORD = r"[a-z"
        PATTERN = re.compile(«WORD»)
      `,
      js`new RegExp("«[»a-z")`,
      js`const range = /[«z-a»]/`,
      js`/a«{2,1}»/`,
      js`/«\p»/u`,
      ts`/(?<year>\d+)-«(?<year>»\d+)/`,
      ts`const all = new RegExp("«*».ts")`,
      ts`/(?<a>.)«\k<b>»/`,
      rs`use regex::Regex; fn f() { let name = Regex::new(r"^«(?!»test)\w+").unwrap(); }`,
      rs`fn f() { let twice = regex::Regex::new("(a)«\\1»").unwrap(); }`,
      rs`use regex::Regex; fn f() { let open = Regex::new("«(»a"); }`,
    ],
    valid: [
      py`re.compile("a{,3}b{x}c{}")`,
      py`re.compile(r"[]a]")`,
      py`re.compile(r"a*+(?>b)c++")`,
      py`re.compile("\d\.")`,
      py`re.compile(r"(?x) a  # ( is no group here")`,
      py`re.compile(r"a # (", re.VERBOSE)`,
      py`re.compile(r"(?<=ab|cd)e(?P<n>f)(?P=n)(?(n)g|h)")`,
      py`re.compile("(" + name)`,
      py`glob.compile("*.py")`,
      js`/a{,3}]}{/`,
      js`/\1(a)\8[\w-.]/`,
      js`/\p{L}[\p{L}--[a-z]]/v`,
      js`/(?<y>a)|(?<y>b)/`,
      js`new RegExp(pattern + "(")`,
      js`class RegExp {}; new RegExp("(")`,
      ts`/(?i:a)\//`,
      rs`use regex::Regex; fn f() { let name = Regex::new(r"^(?P<n>\w+)\b[[:alpha:]&&[^x]]{2,}(?i)a**$"); }`,
      rs`use fancy_regex::Regex; fn f() { let name = Regex::new(r"^(?!test)\w+"); }`,
    ],
  },
})

function compiled(node: SyntaxNode, file: SourceFile) {
  return report(regexOfCall(node, file))
}

function report(regex: RegexInCode | undefined) {
  const error = regex?.parsed.error
  if (!regex || !error) return undefined
  const { start, end, problem } = error
  return [{ at: regex.place(start, end), data: { problem, part: regex.parsed.source.slice(start, end) } }]
}

const ENGLISH: Readonly<Record<Problem, (part: string) => string>> = {
  'unclosed-group': () => 'the parenthesis is never closed',
  'unopened-group': () => 'the parenthesis closes nothing',
  'unclosed-class': () => 'the bracket is never closed',
  'lone-bracket': part => `\`${part}\` has to be escaped under the flag \`u\` or \`v\``,
  'nothing-to-repeat': part => `there is nothing before \`${part}\` to repeat`,
  'repeated-twice': part => `\`${part}\` repeats what is already repeated`,
  'unclosed-count': () => 'the brace begins no valid count',
  'count-backwards': part => `\`${part}\` has its larger number first`,
  'range-backwards': part => `the range \`${part}\` runs backwards`,
  'range-of-class': part => `\`${part}\` is no range, for one end is not a single character`,
  'bad-class-set': part => `\`${part}\` has to be escaped inside a class under the flag \`v\``,
  'bad-escape': part => `\`${part}\` is no escape here`,
  'open-end': () => 'it ends with a lone backslash',
  'unknown-group-kind': part => `\`${part}\` begins no group that this engine knows`,
  'bad-group-name': part => `\`${part}\` has no valid name`,
  'repeated-group-name': part => `the name in \`${part}\` is already taken`,
  'unknown-group': part => `\`${part}\` refers to a group that is not there`,
  'open-group': part => `\`${part}\` refers to the group that it is in`,
  'width-behind': part => `the length of what \`${part}\` looks back on varies`,
  'late-flags': part => `\`${part}\` may only stand at the very beginning`,
  'no-look': part => `the crate \`regex\` has no lookaround such as \`${part}\``,
  'no-reference': part => `the crate \`regex\` has no backreferences such as \`${part}\``,
}

const SPANISH: Readonly<Record<Problem, (part: string) => string>> = {
  'unclosed-group': () => 'el paréntesis no se cierra nunca',
  'unopened-group': () => 'el paréntesis no cierra nada',
  'unclosed-class': () => 'el corchete no se cierra nunca',
  'lone-bracket': part => `\`${part}\` debe escaparse con la opción \`u\` o \`v\``,
  'nothing-to-repeat': part => `antes de \`${part}\` no hay nada que repetir`,
  'repeated-twice': part => `\`${part}\` repite lo que ya se repite`,
  'unclosed-count': () => 'la llave no abre ningún recuento válido',
  'count-backwards': part => `\`${part}\` lleva delante el número mayor`,
  'range-backwards': part => `el rango \`${part}\` va hacia atrás`,
  'range-of-class': part => `\`${part}\` no es un rango: uno de sus extremos no es un solo carácter`,
  'bad-class-set': part => `\`${part}\` debe escaparse dentro de una clase con la opción \`v\``,
  'bad-escape': part => `\`${part}\` no es aquí una secuencia de escape`,
  'open-end': () => 'termina con una barra invertida suelta',
  'unknown-group-kind': part => `\`${part}\` no abre ningún grupo que conozca este motor`,
  'bad-group-name': part => `\`${part}\` no lleva un nombre válido`,
  'repeated-group-name': part => `el nombre de \`${part}\` ya está usado`,
  'unknown-group': part => `\`${part}\` se refiere a un grupo que no existe`,
  'open-group': part => `\`${part}\` se refiere al grupo en el que está`,
  'width-behind': part => `lo que \`${part}\` mira hacia atrás no tiene longitud fija`,
  'late-flags': part => `\`${part}\` solo puede ir al principio del todo`,
  'no-look': part => `el crate \`regex\` no admite miradas alrededor como \`${part}\``,
  'no-reference': part => `el crate \`regex\` no admite referencias a grupos como \`${part}\``,
}

const REMEDIES: Readonly<Record<'en' | 'es', Readonly<Partial<Record<Problem, string>>>>> = {
  en: {
    'no-look': 'Check that condition in code, or use the crate `fancy-regex`.',
    'no-reference': 'Compare the groups in code, or use the crate `fancy-regex`.',
    'width-behind': 'Give every alternative the same length, or use several lookbehinds.',
    'late-flags': 'Move it to the beginning, or write `(?i:…)` around the part that it is meant for.',
    'unknown-group-kind':
      'Write the group as this language does: `(?P<name>…)` in Python, `(?<name>…)` in JavaScript.',
    'nothing-to-repeat':
      'Put what should be repeated before it: in a regular expression, `*` alone does not mean “anything”; that is `.*`.',
  },
  es: {
    'no-look': 'Comprueba esa condición en el código o usa el crate `fancy-regex`.',
    'no-reference': 'Compara los grupos en el código o usa el crate `fancy-regex`.',
    'width-behind': 'Da a todas las alternativas la misma longitud o usa varias miradas hacia atrás.',
    'late-flags': 'Muévelo al principio o escribe `(?i:…)` alrededor de la parte a la que va destinado.',
    'unknown-group-kind':
      'Escribe el grupo como lo hace este lenguaje: `(?P<nombre>…)` en Python, `(?<nombre>…)` en JavaScript.',
    'nothing-to-repeat':
      'Pon delante lo que se debe repetir: en una expresión regular, `*` a solas no significa «cualquier cosa»; eso es `.*`.',
  },
}
