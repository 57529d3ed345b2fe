// Findings for machines: JSON, GitHub's workflow commands, GitLab's code quality report, JUnit. SARIF has its own file.

import type { Severity } from '@codeant/shared/finding.ts'
import type { Analysis, PlacedFinding } from '../analysis.ts'

/** Our own format: everything there is. `findings` is the same, byte for byte, for the same files. */
export function jsonReport({ findings, skipped, summary }: Analysis, version: string): string {
  return `${JSON.stringify({ version: 1, tool: `codeant ${version}`, findings, skipped, summary }, null, 2)}\n`
}

const GITHUB_LEVEL: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
}

/** Lines that GitHub Actions turns into annotations. */
export function githubReport({ findings }: Analysis): string {
  const property = (text: string) =>
    text
      .replace(/%/g, '%25')
      .replace(/\r/g, '%0D')
      .replace(/\n/g, '%0A')
      .replace(/:/g, '%3A')
      .replace(/,/g, '%2C')
  const data = (text: string) => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
  return findings
    .map(({ severity, path, start, end, rule, message, remedy }) => {
      const place = `file=${property(path)},line=${start.line},endLine=${end.line},col=${start.column},endColumn=${end.column}`
      return `::${GITHUB_LEVEL[severity]} ${place},title=${property(rule)}::${data(`${message}. ${remedy}`)}\n`
    })
    .join('')
}

const GITLAB_LEVEL: Readonly<Record<Severity, string>> = {
  error: 'major',
  warning: 'minor',
  info: 'info',
  hint: 'info',
}

/** GitLab's code quality report. */
export function gitlabReport({ findings }: Analysis): string {
  const seen = new Map<string, number>()
  const issues = findings.map(({ rule, severity, path, start, message, fingerprint }) => {
    const base = `${path}:${rule}:${fingerprint}`
    const again = seen.get(base) ?? 0
    seen.set(base, again + 1)
    return {
      description: message,
      check_name: rule,
      fingerprint: `${base}:${again}`,
      severity: GITLAB_LEVEL[severity],
      location: { path, lines: { begin: start.line } },
    }
  })
  return `${JSON.stringify(issues, null, 2)}\n`
}

/** JUnit XML: each file is a suite, each finding a failed case. */
export function junitReport({ findings, skipped, summary }: Analysis): string {
  const byFile = new Map<string, PlacedFinding[]>()
  for (const it of findings) byFile.set(it.path, [...(byFile.get(it.path) ?? []), it])
  const suites = [...byFile].map(([path, list]) => {
    const cases = list.map(({ rule, severity, start, message, why, remedy }) => {
      const text = xml(`${path}:${start.line}:${start.column}\n${why}\n${remedy}`)
      return `    <testcase classname="${xml(path)}" name="${xml(rule)}:${start.line}:${start.column}">\n      <failure type="${severity}" message="${xml(message)}">${text}</failure>\n    </testcase>`
    })
    return `  <testsuite name="${xml(path)}" tests="${list.length}" failures="${list.length}" errors="0" skipped="0">\n${cases.join('\n')}\n  </testsuite>`
  })
  if (skipped.length > 0) {
    const cases = skipped.map(
      it =>
        `    <testcase classname="${xml(it.path)}" name="analysed">\n      <skipped message="${it.reason}"/>\n    </testcase>`,
    )
    suites.push(
      `  <testsuite name="skipped" tests="${skipped.length}" failures="0" errors="0" skipped="${skipped.length}">\n${cases.join('\n')}\n  </testsuite>`,
    )
  }
  if (suites.length === 0)
    suites.push(
      '  <testsuite name="codeant" tests="1" failures="0" errors="0" skipped="0">\n    <testcase classname="codeant" name="clean"/>\n  </testsuite>',
    )
  const seconds = (summary.milliseconds / 1000).toFixed(3)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="codeant" time="${seconds}">\n${suites.join('\n')}\n</testsuites>\n`
}

function xml(text: string): string {
  const escaped = text.replace(/[&<>"']/g, it => `&#${it.charCodeAt(0)};`)
  // XML has no way to write most control characters.
  return escaped.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
}
