// Tables as a schema of Prisma describes them.

import type { FactWriter } from '../facts.ts'

/** Files that this reads, by name. */
export const PRISMA_FILE = /\.prisma$/

export function extractPrisma(_path: string, text: string, facts: FactWriter): void {
  const models = [...text.matchAll(/^\s*(model|view)\s+(\w+)\s*\{([^}]*)\}/gm)]
  const names = new Set(models.map(it => it[2]!))
  for (const it of models) {
    const [all, kind, name, body] = it as unknown as [string, string, string, string]
    const columns: string[] = []
    for (const line of body.split('\n')) {
      const field = /^\s*(\w+)\s+(\w+)(\[\])?\??(.*)$/.exec(line)
      // A field of another model is no column.
      if (!field || names.has(field[2]!) || line.trim().startsWith('//')) continue
      columns.push((/@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(field[4]!)?.[1] ?? field[1]!).toLowerCase())
    }
    const table = (/@@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(body)?.[1] ?? name).toLowerCase()
    const start = it.index + all.indexOf(name, all.indexOf(kind) + kind.length)
    facts.add(
      'tableChange',
      { source: 'schema', table, kind: 'create', columns, isOpen: kind === 'view' },
      { start, end: start + name.length },
    )
  }
}
