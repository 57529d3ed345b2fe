// What other tools print, read into one shape: where a finding stands, and which rule tells it.

import { isAbsolute, relative } from 'node:path'

export interface PeerFinding {
  /** As in the folder that was checked, with slashes. */
  readonly path: string
  /** From 1. */
  readonly line: number
  readonly rule: string
  readonly message: string
  /** What the tool itself calls the weakness, where its output says so. */
  readonly cwes?: readonly number[]
}

/** Reads what a tool printed when it ran in `folder`. Throws where that is not its format: then it did not do its work. */
export type ReadOutput = (out: string, folder: string) => PeerFinding[]

export const fromCodeant: ReadOutput = out => {
  const { findings } = JSON.parse(out) as {
    readonly findings: readonly {
      readonly path: string
      readonly rule: string
      readonly message: string
      readonly start: { readonly line: number }
    }[]
  }
  return findings.map(({ path, rule, message, start }) => ({ path, rule, message, line: start.line }))
}

export const fromEslint: ReadOutput = (out, folder) => {
  const files = JSON.parse(out) as readonly {
    readonly filePath: string
    readonly messages: readonly {
      readonly ruleId: string | null
      readonly line?: number
      readonly message: string
    }[]
  }[]
  // What has no rule tells that a file cannot be read.
  return files.flatMap(({ filePath, messages }) =>
    messages.flatMap(({ ruleId, line = 1, message }) =>
      ruleId === null ? [] : [{ path: within(folder, filePath), line, rule: ruleId, message }],
    ),
  )
}

export const fromOxlint: ReadOutput = (out, folder) => {
  const { diagnostics } = JSON.parse(out) as {
    readonly diagnostics: readonly {
      readonly message: string
      /** `eslint(no-eval)` */
      readonly code?: string
      readonly filename: string
      readonly labels: readonly { readonly span: { readonly line: number } }[]
    }[]
  }
  return diagnostics.flatMap(({ message, code, filename, labels }) => {
    const rule = /\((.+)\)$/.exec(code ?? '')?.[1]
    if (rule === undefined) return []
    const line = Math.min(...labels.map(it => it.span.line))
    return [{ path: within(folder, filename), line: Number.isFinite(line) ? line : 1, rule, message }]
  })
}

/** Biome's JSON names places by bytes; what it prints for GitHub names lines. */
export const fromBiome: ReadOutput = (out, folder) =>
  [...out.matchAll(/^::\w+ title=lint\/\w+\/(\w+),file=(.+?),line=(\d+),.*?::(.*)$/gm)].map(
    ([, rule, path, line, message]) => ({
      path: within(folder, path!),
      line: Number(line),
      rule: rule!,
      message: message!,
    }),
  )

export const fromRuff: ReadOutput = (out, folder) => {
  const all = JSON.parse(out) as readonly {
    readonly code: string | null
    readonly filename: string
    readonly message: string
    readonly location: { readonly row: number }
  }[]
  return all.flatMap(({ code, filename, message, location }) =>
    code === null ? [] : [{ path: within(folder, filename), line: location.row, rule: code, message }],
  )
}

export const fromPylint: ReadOutput = (out, folder) => {
  const { messages } = JSON.parse(out) as {
    readonly messages: readonly {
      readonly messageId: string
      readonly absolutePath: string
      readonly line: number
      readonly message: string
    }[]
  }
  return messages.map(({ messageId, absolutePath, line, message }) => ({
    path: within(folder, absolutePath),
    line,
    rule: messageId,
    message,
  }))
}

/** One object a line; rules say in a note which weakness they are about. Lines are counted from 0. */
export const fromAstGrep: ReadOutput = (out, folder) =>
  out
    .split('\n')
    .filter(it => it !== '')
    .map(it => {
      const { file, ruleId, message, note, range } = JSON.parse(it) as {
        readonly file: string
        readonly ruleId: string
        readonly message: string
        readonly note?: string | null
        readonly range: { readonly start: { readonly line: number } }
      }
      const cwes = [...(note ?? '').matchAll(/CWE-(\d+)/g)].map(([, cwe]) => Number(cwe))
      return {
        path: within(folder, file),
        line: range.start.line + 1,
        rule: ruleId,
        message,
        ...(cwes.length > 0 && { cwes }),
      }
    })

/** What ruff says of its rules: the weaknesses that it names itself, by code. */
export function ruffWeaknesses(rules: string): ReadonlyMap<string, readonly number[]> {
  const all = JSON.parse(rules) as readonly { readonly code: string | null; readonly explanation: string }[]
  return new Map(
    all.flatMap(({ code, explanation }) => {
      const cwes = [...explanation.matchAll(/CWE-(\d+)/g)].map(([, cwe]) => Number(cwe))
      return code !== null && cwes.length > 0 ? [[code, [...new Set(cwes)]] as const] : []
    }),
  )
}

function within(folder: string, file: string): string {
  return (isAbsolute(file) ? relative(folder, file) : file).replaceAll('\\', '/').replace(/^\.\//, '')
}
