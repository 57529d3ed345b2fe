// Commands of Tauri: functions that a web page calls by their names, once an application lists them.

import { calleeName } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { ForeignParameter } from '../../rows/foreign.ts'
import type { Reference } from '../../rows/names.ts'
import { type Attribute, attributesOf, textOf } from './attributes.ts'
import { rustNameOf, tokenPaths, tokenReference } from './bindings.ts'
import { camelCase, typeNameOf } from './foreign-names.ts'
import { parameterName, rustParameters } from './text.ts'

export function extractTauri(file: SourceFile, facts: FactWriter): void {
  for (const fn of file.root.descendants('Function')) {
    const at = fn.child('name')
    const inCode = rustNameOf(fn)
    const attribute = at && inCode && attributesOf(fn).find(it => COMMAND.test(it.name))
    if (attribute)
      facts.add(
        'foreignExport',
        {
          ...{ bridge: 'tauri', kind: 'function', inCode },
          name: argumentNamed(file, attribute, 'rename') ?? at.name,
          parameters: parametersOf(file, fn, attribute),
        },
        at,
      )
  }
  for (const call of file.root.descendants('MacroCall')) {
    if (!/^(generate_handler|collect_commands)$/.test(calleeName(call))) continue
    const paths = tokenPaths(call.child('argument'))
    const of = paths.map(it => tokenReference(file, it)).filter((it): it is Reference => it !== undefined)
    facts.add('registration', { bridge: 'tauri', of }, call)
  }
}

const COMMAND = /^(?:tauri::)?command$/

/** What Tauri gives by itself. */
const INJECTED =
  /^(State|AppHandle|Window|WebviewWindow|Webview|Request|Invoke|InvokeBody|CommandScope|GlobalScope|PluginHandle)$/

function parametersOf(
  file: SourceFile,
  fn: SyntaxNode,
  attribute: Attribute,
): ForeignParameter[] | undefined {
  const isSnake = argumentNamed(file, attribute, 'rename_all') === 'snake_case'
  const parameters: ForeignParameter[] = []
  for (const it of rustParameters(fn)) {
    const type = typeNameOf(it)
    const own = parameterName(it)
    if (own === '') return undefined
    // `Database<'_>` is most likely an alias of a `State`.
    if (INJECTED.test(type) || (!/^\s*&/.test(textOfType(it)) && /<\s*'/.test(textOfType(it)))) continue
    parameters.push({
      name: isSnake ? own : camelCase(own),
      isOptional: type === 'Option',
      kind: 'keyword',
    })
  }
  return parameters
}

function textOfType(parameter: SyntaxNode): string {
  return parameter.child('type')?.text ?? ''
}

function argumentNamed(file: SourceFile, { arguments: given }: Attribute, name: string): string | undefined {
  return textOf(
    file,
    given.find(it => it.name === name),
  )?.text
}
