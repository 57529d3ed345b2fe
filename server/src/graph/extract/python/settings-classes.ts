// Classes of Pydantic whose fields are variables of the environment.

import { calleeName, keyText, keywordArgument } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { Absence } from '../../rows/settings.ts'
import { lineage, superclassesOf } from './classes.ts'

/** Values that come as one text. Others may be put together from several variables. */
const PLAIN =
  /^(?:str|int|float|bool|bytes|Path|SecretStr|SecretBytes|EmailStr|AnyUrl|\w*(?:Url|Dsn)|Literal\[.*\]|UUID\d?)$/

export function readSettingsClasses(file: SourceFile, facts: FactWriter): void {
  if (!/BaseSettings|pydantic_settings/.test(file.tree.text)) return
  for (const it of file.root.descendants('Class')) {
    const isSettings = lineage(file, it).some(one =>
      superclassesOf(one).some(base => /(^|\.)(BaseSettings|\w+Settings)$/.test(base.text)),
    )
    if (isSettings) readClass(it, facts)
  }
}

function readClass(owner: SyntaxNode, facts: FactWriter): void {
  const members = statements(owner)
  const configuration = configurationOf(members)
  const isSimple =
    !configuration.text.includes('fields') && !owner.text.includes('settings_customise_sources')
  for (const it of members) {
    const target = it.kind === 'Assignment' ? it.child('target') : undefined
    const type = it.child('type')
    if (target?.kind !== 'Name' || !type || /^_|^model_config$/.test(target.name)) continue
    if (/^(typing\.)?ClassVar\b|\bPrivateAttr\b/.test(type.text)) continue
    const absence = isSimple ? absenceOf(it, type) : 'handled'
    for (const key of keysOf(it, target.name, configuration.prefix))
      facts.add('environmentRead', { key: key.toUpperCase(), absence, from: 'process' }, target)
  }
}

function statements(owner: SyntaxNode): SyntaxNode[] {
  return (owner.child('body')?.children() ?? []).map(it =>
    it.kind === 'ExpressionStatement' ? (it.child('value') ?? it) : it,
  )
}

/** `model_config = SettingsConfigDict(env_prefix="APP_")`, or a class `Config` inside. */
function configurationOf(members: readonly SyntaxNode[]): { readonly text: string; readonly prefix: string } {
  const own = members.find(
    it =>
      (it.kind === 'Assignment' && it.child('target')?.name === 'model_config') ||
      (it.kind === 'Class' && it.child('name')?.name === 'Config'),
  )
  const text = own?.text ?? ''
  return { text, prefix: /\benv_prefix["']?\s*[=:]\s*["'](\w*)["']/.exec(text)?.[1] ?? '' }
}

/** An alias, or the names of `AliasChoices`, replace the field's own name and take no prefix. */
function keysOf(field: SyntaxNode, name: string, prefix: string): string[] {
  const value = field.child('value')
  const made = value?.kind === 'Call' && calleeName(value) === 'Field' ? value : undefined
  const given =
    made &&
    (keywordArgument(made, 'validation_alias') ??
      keywordArgument(made, 'alias') ??
      keywordArgument(made, 'env'))
  if (!given) return [prefix + name]
  const written = given.kind === 'String' ? [given] : [...given.descendants('String')]
  const keys = written.map(keyText).filter(it => /^\w+$/.test(it))
  return keys.length > 0 ? keys : [prefix + name]
}

function absenceOf(field: SyntaxNode, type: SyntaxNode): Absence {
  const value = field.child('value')
  if (!value) return PLAIN.test(type.text) ? 'fails' : 'unknown'
  if (value.kind !== 'Call' || calleeName(value) !== 'Field') return 'handled'
  const [first] = value.children('argument')
  const isRequired =
    (!first || first.kind === 'Ellipsis' || first.kind === 'KeywordArgument') &&
    !keywordArgument(value, 'default') &&
    !keywordArgument(value, 'default_factory')
  return isRequired && PLAIN.test(type.text) ? 'fails' : isRequired ? 'unknown' : 'handled'
}
