// The findings of a report, for who wants a list and not a format.

export interface ReportedFinding {
  readonly project: string
  readonly rule: string
  readonly level: string
  readonly message: string
  readonly path: string
  /** Counted from 1, as `column` is. */
  readonly line: number
  readonly column: number
}

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string
      readonly level: string
      readonly message: { readonly text: string }
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string }
          readonly region: { readonly startLine: number; readonly startColumn: number }
        }
      }[]
    }[]
  }[]
}

/** `sarif` is a report of our own. */
export function* findingsIn(project: string, sarif: string): Generator<ReportedFinding> {
  for (const { results } of (JSON.parse(sarif) as Sarif).runs)
    for (const { ruleId: rule, level, message, locations } of results) {
      const { artifactLocation, region } = locations[0]!.physicalLocation
      yield {
        ...{ project, rule, level, message: message.text },
        path: decodeURIComponent(artifactLocation.uri),
        line: region.startLine,
        column: region.startColumn,
      }
    }
}
