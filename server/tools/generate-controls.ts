// The page of controls, in both languages, from `deploy/controls.yaml`: one source, so that they cannot say different things.

import type { Locale } from '@codeant/shared/locale.ts'
import { parse } from 'yaml'

type Words<T> = Readonly<Record<Locale, T>>

export interface Control extends Words<{ readonly title: string; readonly text: string }> {
  readonly serves: readonly string[]
  readonly files: readonly string[]
  readonly tests: readonly (readonly [file: string, name: string])[]
  readonly traces: readonly string[]
}

export interface Controls {
  readonly groups: readonly (Words<string> & { readonly controls: readonly Control[] })[]
  readonly gaps: readonly Words<string>[]
  readonly hardening: readonly Words<string>[]
}

export function readControls(text: string): Controls {
  return parse(text) as Controls
}

const SAY = {
  en: {
    title: 'Controls',
    intro: `What an auditor of a team's own [endpoint](run-an-endpoint.md) asks for: where it is done, which check fails when it no longer is, and where it leaves a
trace. Each check is a test that \`npm test\` runs. The page is written from \`deploy/controls.yaml\`; a test fails when a file, a check or a trace that it
names does not exist. **It claims no certification**: [what is missing](#what-is-missing) is a part of it.`,
    serves: 'Serves',
    done: 'Done in',
    shown: 'Shown by',
    traces: 'Trace',
    gaps: 'What is missing',
    hardening: 'Hardening list',
    hardeningIntro: 'Before a team comes in, and once a quarter:',
    audit: 'audit',
    metric: 'metric',
    alert: 'alert',
    workflow: 'runs of',
    file: 'file',
    none: 'none of its own',
    regulation: 'GDPR',
  },
  es: {
    title: 'Controles',
    intro: `Lo que pide quien audita el [servidor propio](run-an-endpoint.md) de un equipo: dónde se hace, qué comprobación falla cuando deja de hacerse y dónde deja
rastro. Cada comprobación es una prueba que ejecuta \`npm test\`. La página se escribe desde \`deploy/controls.yaml\`; una prueba falla si no existe un fichero, una
comprobación o un rastro que nombra. **No afirma ninguna certificación**: [lo que falta](#lo-que-falta) es parte de ella.`,
    serves: 'Sirve para',
    done: 'Se hace en',
    shown: 'Lo muestra',
    traces: 'Rastro',
    gaps: 'Lo que falta',
    hardening: 'Lista de endurecimiento',
    hardeningIntro: 'Antes de que entre un equipo, y cada trimestre:',
    audit: 'auditoría',
    metric: 'métrica',
    alert: 'alerta',
    workflow: 'ejecuciones de',
    file: 'fichero',
    none: 'ninguno propio',
    regulation: 'RGPD',
  },
} as const

export function controlsPage(controls: Controls, locale: Locale): string {
  const say = SAY[locale]
  const link = (path: string) =>
    `[\`${path}\`](${path.startsWith('docs/en/') ? path.replace('docs/en/', '') : `../../${path}`})`
  const traceOf = (trace: string) => {
    const [kind, name] = trace.split(/:(.*)/) as ['audit' | 'metric' | 'alert' | 'workflow' | 'file', string]
    return kind === 'alert'
      ? `${say.alert} [\`${name}\`](runbooks.md#${name.toLowerCase()})`
      : `${say[kind]} \`${name}\``
  }
  const section = (it: Control) => `### ${it[locale].title}

${it[locale].text}

- **${say.serves}**: ${it.serves.map(one => one.replace('GDPR', say.regulation)).join(' · ')}
- **${say.done}**: ${it.files.map(link).join(', ')}
- **${say.shown}**: ${it.tests.map(([file, name]) => `${link(file)} “${name}”`).join('; ')}
- **${say.traces}**: ${it.traces.map(traceOf).join(', ') || say.none}
`
  const groups = controls.groups.map(it => `## ${it[locale]}\n\n${it.controls.map(section).join('\n')}`)
  const list = (all: readonly Words<string>[]) =>
    all.map(it => `- ${it[locale].replace(' - ', ': ')}\n`).join('')
  return `# ${say.title}

${say.intro}

${groups.join('\n')}
## ${say.gaps}

${list(controls.gaps)}
## ${say.hardening}

${say.hardeningIntro}

${list(controls.hardening)}`
}
