// Renames the name under which messages are sent and waited for, where both sides write it as a whole.

import type { Place } from '../graph/facts.ts'
import type { MessageSystem } from '../graph/rows/topics.ts'
import type { Topic } from '../graph/topics.ts'
import { mentions } from './doubtful-names.ts'
import { type Changes, once, type Refusal, type Renaming } from './renaming.ts'
import { endsIn } from './ties.ts'
import type { WorkspaceView } from './workspace-view.ts'
import { escaped } from './written-names.ts'

/** Their names are those of functions, which are renamed as such. */
const OF_FUNCTIONS: ReadonlySet<MessageSystem> = new Set(['celery', 'channels'])

export function renameTopic(view: WorkspaceView, path: string, offset: number): Renaming | undefined {
  const text = view.text(path)
  if (text === undefined) return undefined
  for (const { at, tie } of endsIn(view.relations, path, ['topic'])) {
    if (tie.about.kind !== 'topic' || OF_FUNCTIONS.has(tie.about.topic.system)) continue
    const { topic } = tie.about
    const place = placeOfQuoted(text, at.place, topic.name)
    if (place && place[0] <= offset && offset <= place[1])
      return { at: { file: path, place }, name: topic.name, to: it => renamed(view, topic, it) }
  }
  return undefined
}

function renamed(
  view: WorkspaceView,
  { system, name, sends, receives }: Topic,
  newName: string,
): Changes | Refusal {
  if (!/^[^\s'"`*#>{}\\]+$/.test(newName)) return { reason: 'no-topic', name: newName }
  const { topics } = view.relations
  const other = topics.all.find(it => it.system === system && it.name === newName)
  const taken = other && [...other.receives, ...other.sends][0]
  if (taken) return { reason: 'taken', name: newName, at: taken }
  const places = []
  for (const at of [...sends, ...receives]) {
    const text = view.text(at.file)
    const place = text === undefined ? undefined : placeOfQuoted(text, at.place, name)
    // One side waits for many names, or has this one from elsewhere.
    if (!place) return { reason: 'not-written', name, at }
    places.push({ file: at.file, place })
  }
  const isSpecific = /\W/.test(name)
  const quoted = new RegExp(`(?<=(['"\`]))${escaped(name)}(?=\\1)`, 'g')
  const others = isSpecific ? mentions(view, name, quoted, () => true, places) : []
  const isOpen = topics.isOpen(system, 'sends') || topics.isOpen(system, 'receives')
  return {
    certain: once(places.map(at => ({ at, newText: newName }))),
    doubtful: others.map(({ at }) => ({ at, newText: newName })),
    beyond: isOpen ? 'names made at run time' : 'unknown callers',
  }
}

/** Undefined where it is not the whole of one text there; the quotes may stand around the place. */
function placeOfQuoted(text: string, [start, end]: Place, name: string): Place | undefined {
  const from = Math.max(0, start - 1)
  const quoted = new RegExp(`(?<=(['"\`]))${escaped(name)}(?=\\1)`, 'g')
  const [only, ...others] = [...text.slice(from, end + 1).matchAll(quoted)]
  return only && others.length === 0 ? [from + only.index, from + only.index + name.length] : undefined
}
