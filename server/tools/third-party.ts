// Whose code is in what people install: every package that a bundle took something of, or of which a file was copied, with its
// licence. `npm run build` writes it down; a licence that is not allowed here ends the build's test.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'

/** What people install: the extension with its server and command line, and the gateway of the endpoint. */
export type Part = 'extension' | 'gateway'

export interface ThirdParty {
  readonly name: string
  readonly version: string
  /** As SPDX writes it. */
  readonly licence: string
  readonly parts: readonly Part[]
  /** Of its author's archive, as the lock file has it. */
  readonly integrity?: string
}

/** Asks for no more than to be named. Anything else is a decision of people, not of whoever adds a package. */
export const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/** For tools that stay at home: a licence that asks for its own files' sources only asks whoever passes them on. */
export const ALLOWED_AT_HOME: ReadonlySet<string> = new Set([...ALLOWED, 'CC0-1.0', 'MPL-2.0'])

/** Whether somebody may choose among what an expression offers so that all of it is allowed. */
export function isAllowed(licence: string, allowed = ALLOWED): boolean {
  const plain = licence.replace(/[()]/g, '').trim()
  return plain.split(/\s+OR\s+/).some(choice => choice.split(/\s+AND\s+/).every(it => allowed.has(it.trim())))
}

export class Shipped {
  readonly #root: string
  readonly #parts = new Map<string, Set<Part>>()

  constructor(root: string) {
    this.#root = root
  }

  /** Everything of which at least a byte came into the bundle. */
  bundled(part: Part, { outputs }: Metafile): void {
    for (const { inputs } of Object.values(outputs))
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = bytesInOutput > 0 ? packageFolder(path) : undefined
        if (folder) this.#add(part, folder)
      }
  }

  copied(part: Part, ...packages: readonly string[]): void {
    for (const it of packages) this.#add(part, `node_modules/${it}`)
  }

  write(folder: string): void {
    const all = this.#list()
    writeFileSync(join(folder, 'third-party.json'), `${JSON.stringify(all, null, 1)}\n`)
    writeFileSync(join(folder, 'THIRD-PARTY-LICENSES.txt'), this.#texts(all))
  }

  #add(part: Part, folder: string): void {
    // The gateway runs the engine that lies beside it, so what the engine is made of is in it, too; only the image adds that.
    this.#parts.set(folder, (this.#parts.get(folder) ?? new Set()).add(part))
  }

  #list(): readonly (ThirdParty & { readonly folder: string })[] {
    const { packages } = read(join(this.#root, 'package-lock.json')) as {
      readonly packages: Readonly<Record<string, { readonly integrity?: string }>>
    }
    return [...this.#parts]
      .map(([folder, parts]) => {
        const { name, version, license } = read(join(this.#root, folder, 'package.json')) as Record<
          string,
          string
        >
        const { integrity } = packages[folder] ?? {}
        return {
          ...{ name: name!, version: version!, licence: license ?? 'unknown', parts: [...parts].sort() },
          ...(integrity && { integrity }),
          folder,
        }
      })
      .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1))
  }

  #texts(all: readonly (ThirdParty & { readonly folder: string })[]): string {
    const sections = all.map(({ name, version, licence, folder }) => {
      const file = readdirSync(join(this.#root, folder)).find(it => /^(licen[cs]e|copying)/i.test(it))
      const text = file ? readFileSync(join(this.#root, folder, file), 'utf8').trim() : ''
      const notice = join(this.#root, folder, 'NOTICE')
      const more = existsSync(notice) ? `\n\n${readFileSync(notice, 'utf8').trim()}` : ''
      return `${name} ${version}: ${licence}\n${'-'.repeat(70)}\n${text || 'Its archive holds no text of its licence.'}${more}\n`
    })
    return `CodeAnt holds work of other people. Their names, and the terms under which they give it.\n\n${sections.join('\n\n')}`
  }
}

/** The folder of the package that a file belongs to; undefined for our own files. */
export function packageFolder(path: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}
