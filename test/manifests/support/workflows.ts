// What a sceptical maintainer asks of workflows, one question after the other; each knows how to break what it asks for.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from './render.ts'

// biome-ignore lint/suspicious/noExplicitAny: YAML of another project's format, of which each question reads what it knows.
type Any = any

export interface Workflow {
  /** Of the repository. */
  readonly path: string
  readonly text: string
  readonly content: Any
}

export interface Question {
  readonly name: string
  /** What is wrong; empty where all is well. */
  readonly check: (all: readonly Workflow[]) => readonly string[]
  /** Makes it wrong in the text of one of them. */
  readonly breakIt: { readonly path: string; readonly from: string; readonly to: string }
}

const CI = '.github/workflows/ci.yml'
const DEPLOY = '.github/workflows/deploy.yml'
const IMAGE = '.github/workflows/image.yml'
const RELEASE = '.github/workflows/release.yml'

export function readWorkflows(): readonly Workflow[] {
  const folder = '.github/workflows'
  return [
    ...readdirSync(join(root, folder)).map(it => `${folder}/${it}`),
    '.github/actions/set-up/action.yml',
  ].map(it => workflow(it, readFileSync(join(root, it), 'utf8')))
}

export function workflow(path: string, text: string): Workflow {
  return { path, text, content: parse(text) }
}

interface Job {
  readonly name: string
  readonly place: string
  readonly job: Any
  readonly of: Workflow
}

const jobsOf = (all: readonly Workflow[]): readonly Job[] =>
  all.flatMap(of =>
    Object.entries<Any>(of.content.jobs ?? {}).map(([name, job]) => ({
      name,
      job,
      of,
      place: `${of.path} ${name}`,
    })),
  )

const stepsOf = (all: readonly Workflow[]): readonly { readonly place: string; readonly step: Any }[] =>
  all.flatMap(of => [
    ...jobsOf([of]).flatMap(({ job, place }) => (job.steps ?? []).map((step: Any) => ({ place, step }))),
    ...(of.content.runs?.steps ?? []).map((step: Any) => ({ place: of.path, step })),
  ])

const named = (all: readonly Workflow[], path: string): Any => all.find(it => it.path === path)?.content

const PINNED = /^\s*(?:- )?uses: ([\w.-]+\/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/

export const QUESTIONS: readonly Question[] = [
  {
    name: 'what others wrote is taken by its digest, with the version beside it, and everywhere the same',
    check: all => {
      const known = new Map<string, string>()
      return all.flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, i) => {
          if (!/^\s*(?:- )?uses:/.test(line) || /uses: \.\//.test(line)) return []
          const [, action = '', digest = '', version = ''] = PINNED.exec(line) ?? []
          if (!digest) return [`${path}:${i + 1} ${line.trim()}`]
          const name = action.split('/').slice(0, 2).join('/')
          const before = known.get(name) ?? `${digest} ${version}`
          known.set(name, before)
          return before === `${digest} ${version}`
            ? []
            : [`${path}:${i + 1} ${name} is another one elsewhere`]
        }),
      )
    },
    breakIt: {
      path: CI,
      from: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
      to: 'actions/checkout@v7',
    },
  },
  {
    name: 'a workflow may read, and what a job may do beyond that it says itself',
    check: all =>
      all
        .filter(it => it.content.jobs)
        .flatMap(({ path, content }) => {
          const { permissions } = content
          if (typeof permissions !== 'object') return [`${path} does not say what it may do`]
          return Object.entries(permissions).some(([it, right]) => it !== 'contents' || right !== 'read')
            ? [`${path} may do more than read`]
            : []
        }),
    breakIt: { path: RELEASE, from: 'permissions:\n  contents: read', to: 'permissions: write-all' },
  },
  {
    name: 'whoever may write is known by name',
    check: all =>
      jobsOf(all).flatMap(({ job, place }) =>
        Object.entries(job.permissions ?? {})
          .filter(([, right]) => right === 'write')
          .filter(([it]) => !WRITERS[place]?.includes(it))
          .map(([it]) => `${place} may write ${it}`),
      ),
    breakIt: { path: CI, from: '      security-events: write', to: '      actions: write' },
  },
  {
    name: 'nothing runs for ever',
    check: all =>
      jobsOf(all).flatMap(({ job, place }) =>
        job.uses || job['timeout-minutes'] <= 60 ? [] : [`${place} has no end`],
      ),
    breakIt: { path: CI, from: '    timeout-minutes: 15\n', to: '' },
  },
  {
    name: 'two runs do not get into each other’s way',
    check: all =>
      all.flatMap(({ path, content }) => {
        if (!content.jobs || content.concurrency) return []
        // One that others call has their turn; else each job takes its own.
        if (Object.keys(content.on).join() === 'workflow_call') return []
        return jobsOf([{ path, text: '', content }]).flatMap(({ job, place }) =>
          job.concurrency ? [] : [place],
        )
      }),
    breakIt: {
      path: DEPLOY,
      from: '    concurrency:\n      group: deploy-production\n      cancel-in-progress: false\n',
      to: '',
    },
  },
  {
    name: 'no deployment and no release is stopped half-way',
    check: all =>
      [DEPLOY, RELEASE].flatMap(path => {
        const content = named(all, path)
        const groups = [
          content.concurrency,
          ...Object.values<Any>(content.jobs).map(it => it.concurrency),
        ].filter(Boolean)
        return groups.length > 0 && groups.every(it => it['cancel-in-progress'] === false) ? [] : [path]
      }),
    breakIt: { path: RELEASE, from: 'cancel-in-progress: false', to: 'cancel-in-progress: true' },
  },
  {
    name: 'nothing that somebody else may write becomes a part of a script',
    check: all =>
      stepsOf(all).flatMap(({ place, step }) =>
        /\$\{\{/.test(step.run ?? '') ? [`${place}: ${step.run}`] : [],
      ),
    breakIt: { path: CI, from: 'npm test -- "$PART"', to: 'npm test -- ${{ github.head_ref }}' },
  },
  {
    name: 'what strangers propose never runs with our rights',
    check: all =>
      all.flatMap(({ path, content }) =>
        ['pull_request_target', 'workflow_run', 'issue_comment']
          .filter(it => it in (content.on ?? {}))
          .map(it => `${path}: ${it}`),
      ),
    breakIt: { path: CI, from: '  pull_request:\n', to: '  pull_request_target:\n' },
  },
  {
    name: 'the right to write does not stay on the disk',
    check: all =>
      stepsOf(all).flatMap(({ place, step }) =>
        step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false
          ? [place]
          : [],
      ),
    breakIt: {
      path: IMAGE,
      from: '          persist-credentials: false\n',
      to: '          fetch-depth: 1\n',
    },
  },
  {
    name: 'what is kept is kept for a time that is said',
    check: all =>
      stepsOf(all).flatMap(({ place, step }) =>
        /^actions\/upload-(pages-)?artifact@/.test(step.uses ?? '') &&
        step.with?.['retention-days'] === undefined
          ? [place]
          : [],
      ),
    breakIt: { path: RELEASE, from: '          retention-days: 90\n', to: '' },
  },
  {
    name: 'nothing is fetched and run unseen',
    check: all =>
      stepsOf(all).flatMap(({ place, step }) =>
        /\b(curl|wget)\b[^\n]*\|\s*(sudo )?(ba|z)?sh\b|npx (?!--no-install)|@latest/.test(step.run ?? '')
          ? [`${place}: ${step.run}`]
          : [],
      ),
    breakIt: { path: CI, from: 'npm audit --audit-level=critical', to: 'curl https://example.org/x.sh | sh' },
  },
  {
    name: 'a fault in the middle of a pipe is one',
    check: all =>
      all.flatMap(({ path, content }) =>
        content.jobs && content.defaults?.run?.shell !== 'bash'
          ? [`${path} has a shell that overlooks it`]
          : [],
      ),
    breakIt: { path: IMAGE, from: '    shell: bash\n', to: '    shell: sh\n' },
  },
  {
    name: 'of several systems, all are told',
    check: all =>
      jobsOf(all).flatMap(({ job, place }) =>
        job.strategy?.matrix && job.strategy['fail-fast'] !== false ? [`${place} stops at the first`] : [],
      ),
    breakIt: { path: CI, from: '      fail-fast: false\n', to: '      fail-fast: true\n' },
  },
  {
    name: 'units run on three systems and two versions of Node',
    check: all => {
      const { os = [], node = [] } = named(all, CI).jobs.unit.strategy.matrix
      const kinds = new Set(os.map((it: string) => it.split('-')[0]))
      return kinds.size === 3 && new Set(node).size === 2 ? [] : [`${[...kinds]} ${node}`]
    },
    breakIt: { path: CI, from: '[ubuntu-24.04, windows-2025, macos-15]', to: '[ubuntu-24.04, ubuntu-22.04]' },
  },
  {
    name: 'machines are named by their version',
    check: all =>
      jobsOf(all).flatMap(({ job, place }) => {
        const all = [job['runs-on'] ?? [], job.strategy?.matrix?.os ?? []].flat().join(' ')
        return all.includes('-latest') ? [place] : []
      }),
    breakIt: { path: IMAGE, from: 'runs-on: ubuntu-24.04\n', to: 'runs-on: ubuntu-latest\n' },
  },
  {
    name: 'the last check waits for all others',
    check: all => {
      const { jobs } = named(all, CI)
      const asked = new Set<string>(jobs.summary.needs)
      const missing = Object.keys(jobs).filter(it => !asked.has(it) && !['summary', 'staging'].includes(it))
      return jobs.summary.if === 'always()' ? missing : ['summary is left out when something fails']
    },
    breakIt: { path: CI, from: 'needs: [lint, unit, integration,', to: 'needs: [lint, unit,' },
  },
  {
    name: 'production comes after staging, when somebody has said so, and what does not work goes back',
    check: all => {
      const { staging, production } = named(all, DEPLOY).jobs
      const wrong =
        production.needs === 'staging' && production.if === 'inputs.production'
          ? []
          : ['production does not wait']
      for (const [name, job] of Object.entries<Any>({ staging, production })) {
        if (job.environment?.name !== name) wrong.push(`${name} asks nobody`)
        const at = (text: string) => job.steps.findIndex((it: Any) => it.run?.includes(text))
        const [verify, deploy, smoke, back] = [
          'cosign verify',
          'deploy.mjs --overlay',
          'smoke.mjs',
          'rollback.mjs',
        ].map(at)
        const inOrder = 0 <= verify! && verify! < deploy! && deploy! < smoke! && smoke! < back!
        if (!inOrder || !job.steps[back!].if?.includes('failure()')) wrong.push(`${name} does not go back`)
      }
      return wrong
    },
    breakIt: {
      path: DEPLOY,
      from: "if: failure() && steps.deploy.outcome != 'skipped'",
      to: 'if: success()',
    },
  },
  {
    name: 'what is asked of a step or a job is told by one before it',
    check: all =>
      jobsOf(all).flatMap(({ job, place }) => {
        const seen = new Set<string>()
        const wrong: string[] = []
        for (const step of job.steps ?? []) {
          for (const [, id] of JSON.stringify(step).matchAll(/\bsteps\.([\w-]+)\./g))
            if (!seen.has(id!)) wrong.push(`${place}: steps.${id}`)
          if (step.id) seen.add(step.id)
        }
        const needs = [job.needs ?? []].flat()
        for (const [, id] of JSON.stringify(job).matchAll(/\bneeds\.([\w-]+)\./g))
          if (!needs.includes(id)) wrong.push(`${place}: needs.${id}`)
        return wrong
      }),
    breakIt: { path: IMAGE, from: '      - id: push\n', to: '      - id: pushed\n' },
  },
]

/** Every script of a workflow, with where it stands. */
export function scriptsOf(
  all: readonly Workflow[],
): readonly { readonly place: string; readonly script: string }[] {
  return stepsOf(all).flatMap(({ place, step }) => (step.run ? [{ place, script: step.run as string }] : []))
}

/** Beyond these nobody may write; each line is a decision. */
const WRITERS: Readonly<Record<string, readonly string[]>> = {
  [`${CI} code`]: ['security-events'],
  [`${CI} image`]: ['packages', 'id-token', 'attestations'],
  [`${IMAGE} publish`]: ['packages', 'id-token', 'attestations'],
  [`${RELEASE} image`]: ['packages', 'id-token', 'attestations'],
  [`${RELEASE} publish`]: ['contents', 'id-token', 'attestations'],
  '.github/workflows/audit.yml image': ['packages', 'id-token', 'attestations'],
  '.github/workflows/pages.yml publish': ['pages', 'id-token'],
  '.github/workflows/retention.yml images': ['packages'],
}
