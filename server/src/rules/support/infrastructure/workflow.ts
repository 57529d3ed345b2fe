// Workflows and actions of GitHub, as rules look at them: triggers, jobs, steps, and the expressions in them.

import { isSpecimen } from '../../../semantics/provenance.ts'
import type { Range } from '../../rule.ts'
import { lastRead } from '../last-read.ts'
import { type YamlEntry, type YamlView, yamlViews } from '../yaml-view.ts'

export interface Workflow {
  readonly text: string
  readonly root: YamlView
  /** Empty for an action. */
  readonly triggers: readonly Trigger[]
  /** An action is a single one, without a name. */
  readonly jobs: readonly Job[]
  readonly isAction: boolean
}

export interface Trigger {
  readonly name: string
  readonly at: Range
  /** What is said about it, where something is. */
  readonly settings?: YamlView
}

export interface Job {
  readonly id: string
  readonly at: Range
  readonly view: YamlView
  readonly needs: readonly { readonly name: string; readonly at: Range }[]
  readonly steps: readonly Step[]
}

export interface Step {
  readonly view: YamlView
  readonly id?: YamlView
  readonly run?: YamlView
  readonly uses?: Uses
}

/** `owner/name/path@version`. */
export interface Uses {
  readonly view: YamlView
  readonly name: string
  readonly version: string
  readonly isLocal: boolean
}

/** Texts one of which every workflow and every action holds. */
export const WORKFLOW_NEEDLES = ['runs-on', 'uses:', 'using:', 'jobs:'] as const

/** Undefined for any other file. */
export const workflowOf = lastRead(({ path, text }): Workflow | undefined => {
  const isAction = /(^|\/)action\.ya?ml$/.test(path)
  if (!isAction && !/(^|\/)\.(github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/.test(path)) return undefined
  if (isSpecimen(path)) return undefined
  const [root, ...more] = yamlViews(text)
  if (!root?.isMap || more.length > 0) return undefined
  const jobs = isAction ? actionJob(root) : (root.get('jobs')?.entries ?? []).map(jobOf)
  return { text, root, triggers: isAction ? [] : triggersOf(root), jobs, isAction }
})

export function isTriggeredBy({ triggers }: Workflow, ...names: readonly string[]): boolean {
  return triggers.some(it => names.includes(it.name))
}

function triggersOf(root: YamlView): readonly Trigger[] {
  const on = root.get('on')
  if (!on) return []
  if (on.text !== undefined) return [{ name: on.text, at: on }]
  if (on.isList) return on.items.flatMap(it => (it.text ? [{ name: it.text, at: it }] : []))
  return on.entries.map(({ key, at, value }) => ({ name: key, at, settings: value }))
}

function jobOf({ key, at, value }: YamlEntry): Job {
  const needs = value.get('needs')
  const named = needs?.isList ? needs.items : needs ? [needs] : []
  return {
    id: key,
    at,
    view: value,
    needs: named.flatMap(it => (it.text ? [{ name: it.text, at: it }] : [])),
    steps: stepsOf(value),
  }
}

function actionJob(root: YamlView): readonly Job[] {
  const entry = root.entry('runs')
  if (entry?.value.get('using')?.text !== 'composite') return []
  return [{ id: '', at: entry.at, view: entry.value, needs: [], steps: stepsOf(entry.value) }]
}

function stepsOf(job: YamlView): readonly Step[] {
  return (job.get('steps')?.items ?? []).map(view => {
    const [id, run, uses] = [view.get('id'), view.get('run'), view.get('uses')]
    return { view, ...(id && { id }), ...(run && { run }), ...(uses?.text && { uses: usesOf(uses) }) }
  })
}

export function usesOf(view: YamlView): Uses {
  const written = view.text ?? ''
  const at = written.lastIndexOf('@')
  return {
    view,
    name: at === -1 ? written : written.slice(0, at),
    version: at === -1 ? '' : written.slice(at + 1),
    isLocal: /^\.{1,2}\//.test(written),
  }
}

/** An expression with the texts in it blanked out, so that names are nothing but names. */
export interface Expression extends Range {
  readonly code: string
  /** Where `code` begins. */
  readonly from: number
}

/** Each `${{ … }}` in a part of the workflow. */
export function expressionsIn(text: string, part: Range): readonly Expression[] {
  const found: Expression[] = []
  const source = text.slice(part.start, part.end)
  for (const { 0: whole, index } of source.matchAll(/\$\{\{[\s\S]*?\}\}/g)) {
    const start = part.start + index
    found.push({
      start,
      end: start + whole.length,
      from: start + 3,
      code: withoutTexts(whole.slice(3, -2)),
    })
  }
  return found
}

/** A condition, which is an expression whether it says so or not. */
export function conditionIn(text: string, condition: YamlView): readonly Expression[] {
  const inside = expressionsIn(text, condition)
  if (inside.length > 0) return inside
  const { start, end } = condition
  return [{ start, end, from: start, code: withoutTexts(text.slice(start, end)) }]
}

/** All expressions of a part, conditions included. */
export function allExpressionsIn(text: string, part: YamlView): readonly Expression[] {
  const conditions: Expression[] = []
  for (const it of conditionsIn(part))
    if (!text.slice(it.start, it.end).includes('${{')) conditions.push(...conditionIn(text, it))
  return [...expressionsIn(text, part), ...conditions]
}

function* conditionsIn(part: YamlView): Generator<YamlView> {
  for (const { key, value } of part.entries)
    if (key === 'if') yield value
    else if (key === 'steps') for (const step of value.items) yield* conditionsIn(step)
}

function withoutTexts(code: string): string {
  return code.replace(/'(?:[^']|'')*'/g, it => `'${' '.repeat(it.length - 2)}'`)
}

/** What an expression names below a context: `steps.build.outputs.path` for `steps`. */
export interface Named extends Range {
  readonly parts: readonly string[]
}

export type Context = 'steps' | 'needs' | 'inputs' | 'matrix'

/** With a place for each part that is named; stops before what is only known when it runs. */
export function namesBelow(context: Context, { code, from }: Expression): readonly Named[] {
  if (!code.includes('.')) return []
  return [...code.matchAll(BELOW[context])].map(it => {
    const start = from + it.index
    return { parts: it[1]!.slice(1).split('.'), start, end: start + it[0].length }
  })
}

const BELOW: Readonly<Record<Context, RegExp>> = {
  steps: below('steps'),
  needs: below('needs'),
  inputs: below('inputs'),
  matrix: below('matrix'),
}

function below(context: string): RegExp {
  return new RegExp(`(?<![\\w.\\])'-])${context}((?:\\.[A-Za-z_][\\w-]*)+)(?![\\w-]|\\()`, 'gi')
}

/** Where a part stands, counted from the first below the context. */
export function placeOfPart(context: Context, { parts, start }: Named, index: number): Range {
  const before = parts.slice(0, index).reduce((sum, it) => sum + it.length + 1, start + context.length + 1)
  return { start: before, end: before + parts[index]!.length }
}
