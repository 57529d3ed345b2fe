// Tables as a schema of Prisma describes them.

import type { FactWriter } from '../facts.ts'

/** Files that this reads, by name. */
export const PRISMA_FILE = /\.prisma$/

export function extractPrisma(_path: string, text: string, facts: FactWriter): void {
  const models = [...text.matchAll(/^\s*(model|view)\s+(\w+)\s*\{([^}]*)\}/gm)]
  const names = new Set(models.map(it => it[2]!))
  const enums = new Set([...text.matchAll(/^\s*enum\s+(\w+)/gm)].map(it => it[1]!))
  for (const it of models) {
    const [all, kind, name, body] = it as unknown as [string, string, string, string]
    const columns: string[] = []
    const table = (/@@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(body)?.[1] ?? name).toLowerCase()
    let end = it.index + all.lastIndexOf(body)
    for (const line of body.split('\n')) {
      const from = end
      end += line.length + 1
      const field = /^\s*(\w+)\s+(\w+)(\[\])?\??(.*)$/.exec(line)
      // A field of another model is no column.
      if (!field || names.has(field[2]!) || line.trim().startsWith('//')) continue
      const column = (/@map\(\s*(?:name:\s*)?"([^"]+)"/.exec(field[4]!)?.[1] ?? field[1]!).toLowerCase()
      columns.push(column)
      // A model of another file is none either.
      if (!SCALAR.test(field[2]!) && !enums.has(field[2]!)) continue
      const start = from + line.indexOf(field[1]!)
      const at = { start, end: start + field[1]!.length }
      if (kind === 'model') facts.add('modelColumn', { owner: table, column }, at)
    }
    const start = it.index + all.indexOf(name, all.indexOf(kind) + kind.length)
    facts.add(
      'tableChange',
      { source: 'schema', table, kind: 'create', columns, isOpen: kind === 'view' },
      { start, end: start + name.length },
    )
  }
}

const SCALAR = /^(String|Boolean|Int|BigInt|Float|Decimal|DateTime|Json|Bytes)$/
