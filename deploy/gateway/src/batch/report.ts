// The reports of all projects of a batch as one: a run of SARIF for each, under the project's name.

interface Sarif {
  readonly $schema?: string
  readonly version: string
  readonly runs: readonly Readonly<Record<string, unknown>>[]
}

export interface ProjectReport {
  readonly name: string
  readonly sarif: string
}

export function joinedReport(reports: readonly ProjectReport[]): string {
  const all = reports.map(({ name, sarif }) => ({ name, report: JSON.parse(sarif) as Sarif }))
  return JSON.stringify({
    $schema: all[0]?.report.$schema ?? 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: all.flatMap(({ name, report }) =>
      // An id that ends with a slash is that of a kind of run: the project is the kind, and nothing else tells runs apart.
      report.runs.map(it => ({ ...it, automationDetails: { id: `${name}/` } })),
    ),
  })
}
