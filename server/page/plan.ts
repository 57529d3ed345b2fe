// Hot spots and the plan, as tables whose places can be opened.

import type { PlanCell, PlanTable } from '@codeant/shared/plan.ts'
import { editor } from './editor.ts'
import { button, make } from './element.ts'

export function planTable({ title, columns, rows, notes }: PlanTable): HTMLElement[] {
  const table = make('table')
  const head = make('tr')
  for (const it of columns) {
    const cell = make('th', it)
    cell.scope = 'col'
    head.append(cell)
  }
  table.createTHead().append(head)
  const body = table.createTBody()
  for (const row of rows) body.insertRow().append(...row.map(cellOf))
  const list = make('ul', '', 'faint')
  list.append(...notes.map(it => make('li', it)))
  return [make('h1', title), ...(rows.length > 0 ? [table] : []), list]
}

function cellOf(cell: PlanCell): HTMLTableCellElement {
  const made = make('td')
  if (typeof cell === 'string') made.textContent = cell
  else
    for (const { path, line } of cell)
      made.append(
        button(
          `${path}:${line}`,
          () => editor?.postMessage({ kind: 'open', path, line, glance: false }),
          'place',
        ),
      )
  return made
}
