// Migrations and schemas that are written in SQL.

import type { FactWriter } from '../facts.ts'
import { changesIn } from '../sql/changes.ts'

/** Files that this reads, by name; those that take a migration back are not among them. */
export const SQL_FILE = /^(?!.*(?:(?:^|[/._-])(?:down|rollback|revert|undo)[/._-])).*\.sql(?:\.\w+)?$/i

export function extractSqlFile(path: string, text: string, facts: FactWriter): void {
  const source = /(^|\/)(schema|structure|database|db|init|dump|tables?|setup)\.sql$/i.test(path)
    ? 'schema'
    : 'migration'
  // Both ways in one file.
  const end =
    /^--\s*(?:\+goose Down|\+migrate Down|migrate:down|@?(?:down|undo)\b)/im.exec(text)?.index ?? text.length
  for (const { table, change, at } of changesIn(text.slice(0, end)))
    facts.add('tableChange', { source, table, ...change }, at)
}
