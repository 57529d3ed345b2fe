// What the calls of a file send and read, a line for each: `request 0 sends {name: string}, asks for none, answers json()`.

import type { CodeLanguage } from '@codeant/shared/language.ts'
import { factsOf } from '../../server/src/graph/extract.ts'
import type { Row } from '../../server/src/graph/facts.ts'
import type { Sent, Slot } from '../../server/src/graph/rows/exchanges.ts'
import type { DataType } from '../../server/src/graph/rows/shapes.ts'
import { analyse, FileReader, SourceFile } from '../../server/src/semantics/source-file.ts'
import { testParser } from './engine.ts'

const parser = await testParser()

/** Exchanges, then the names that are sent, then the fields that are read (`?`: guarded). */
export function exchangesOf(text: string, language: CodeLanguage = 'typescript'): string[] {
  const tree = parser.parseOnce(text, language)!
  const path = { python: 'web/a.py', rust: 'src/a.rs', typescript: 'web/a.ts', javascript: 'web/a.js' }[
    language
  ]
  const { rows, places } = factsOf(new SourceFile(path, language, analyse(tree), new FileReader(tree)))
  const written = (kind: 'sentField' | 'readField', i: number) => text.slice(...places[kind]![i]!)
  return [
    ...(rows.exchange ?? []).map(shownExchange),
    ...(rows.sentField ?? []).map(
      (it, i) => `${it.in} ${it.path.join('.')} as ${written('sentField', i)}: ${shownType(it.type)}`,
    ),
    ...(rows.readField ?? []).map((it, i) => {
      const name = written('readField', i)
      return `reads ${it.path.join('.')}${it.isGuarded ? '?' : ''}${name === it.path.at(-1) ? '' : ` as ${name}`}`
    }),
  ]
}

function shownExchange(row: Row<'exchange'>): string {
  return [
    `${row.of.kind} ${row.of.index}`,
    ...(row.body.kind === 'unknown' ? [] : [`body ${shownSent(row.body)}`]),
    ...(row.query.kind === 'unknown' ? [] : [`query ${shownSent(row.query)}`]),
    ...(row.given ? [`given ${row.given.map(shownType).join(' ')}`] : []),
    ...(row.handed ?? []).map(
      ({ argument, path, from }) => `${shownSlot({ parameter: argument, path })} is ${shownSlot(from)}`,
    ),
    ...(row.answer ? [`answer ${row.answer.join('.') || 'itself'}`] : []),
    ...(row.returned ? [`returned ${row.returned.join('.') || 'itself'}`] : []),
    ...(row.expected
      ? [
          `expected ${shownType(row.expected.type)}${row.expected.at ? ` at ${row.expected.at.join('.')}` : ''}`,
        ]
      : []),
    ...(row.seesFailure ? ['sees failure'] : []),
  ].join(', ')
}

function shownSent(sent: Sent): string {
  if (sent.kind === 'data') return shownType(sent.type)
  if (sent.kind !== 'given') return sent.kind
  return sent.from.map(shownSlot).join('|') + (sent.type ? `: ${shownType(sent.type)}` : '')
}

function shownSlot({ parameter, path }: Slot): string {
  return [`#${parameter}`, ...path].join('.')
}

export function shownType(type: DataType): string {
  switch (type.kind) {
    case 'list':
      return `[${shownType(type.of)}]`
    case 'map':
      return `{*: ${shownType(type.of)}}`
    case 'values':
      return type.values.map(it => JSON.stringify(it)).join('|')
    case 'union':
      return type.of.map(shownType).join('|')
    case 'object': {
      const fields = type.fields.map(it => `${it.name}${it.isOptional ? '?' : ''}: ${shownType(it.type)}`)
      return `{${[...fields, ...(type.isOpen ? ['…'] : [])].join(', ')}}`
    }
    case 'shape':
      return type.of.names.join('.')
    case 'unknown':
      return '?'
    default:
      return type.kind
  }
}
