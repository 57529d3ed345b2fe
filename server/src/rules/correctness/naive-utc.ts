/** `datetime.utcnow()` does not know that it is in UTC: what asks it for the moment takes it for local time. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { py } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'correctness/naive-utc',
  severity: 'error',
  languages: ['python'],
  cwe: [704],
  concept: 'boundaries',
  impact: { likelihood: 'high', cost: 'days' },
  callees: ['timestamp', 'astimezone'],

  check: {
    *Call(node, file) {
      const object = receiver(node)
      const source = object && naive(object, file)
      if (source) yield { at: node, data: { call: excerpt(node), source, method: calleeName(node) } }
    },
    *Comparison(node, file) {
      yield* mixed(node, file)
    },
    *Binary(node, file) {
      if (node.operator === '-') yield* mixed(node, file)
    },
  },

  explain: {
    en: ({ call, source, method }) => ({
      message:
        method === ''
          ? `\`${call}\` puts a time without a zone beside one that has a zone`
          : `\`${method}\` takes \`${source}\` for local time`,
      why:
        method === ''
          ? 'Python refuses to compare or subtract the two, with a `TypeError`.'
          : 'The time is that of UTC, but nothing in it says so. The result is off by as many hours as the machine is from UTC, and right on the servers where it was tried.',
      remedy: 'Use `datetime.now(timezone.utc)`, which carries its zone along.',
    }),
    es: ({ call, source, method }) => ({
      message:
        method === ''
          ? `\`${call}\` junta una hora sin zona con otra que la tiene`
          : `\`${method}\` toma \`${source}\` por hora local`,
      why:
        method === ''
          ? 'Python se niega a compararlas o restarlas, con un `TypeError`.'
          : 'La hora es la de UTC, pero nada en ella lo dice. El resultado se desvía tantas horas como la máquina diste de UTC, y es correcto en los servidores donde se probó.',
      remedy: 'Usa `datetime.now(timezone.utc)`, que lleva su zona consigo.',
    }),
  },

  examples: {
    invalid: [
      py`
        from datetime import datetime
        stamp = int(«datetime.utcnow().timestamp()»)
      `,
      py`
        import datetime
        def f(seconds):
            when = datetime.datetime.utcfromtimestamp(seconds)
            return «when.astimezone(ZONE)»
      `,
      py`
        from datetime import datetime, timezone
        def late(limit):
            now = datetime.now(timezone.utc)
            return «now - datetime.utcnow()»
      `,
    ],
    valid: [
      py`
        from datetime import datetime, timezone
        stamp = datetime.now(timezone.utc).timestamp()
      `,
      py`
        from datetime import datetime, timezone
        stamp = datetime.utcnow().replace(tzinfo=timezone.utc).timestamp()
        text = datetime.utcnow().isoformat()
      `,
      py`
        from datetime import datetime
        def f(when): return when - datetime.utcnow() if when < datetime.utcnow() else when.timestamp()
      `,
    ],
  },
})

/** `datetime.utcnow()`, or a name that is given nothing else. */
function naive(node: SyntaxNode, file: SourceFile): string | undefined {
  const it = file.value(node)
  const callee = it.kind === 'Call' ? it.child('callee') : undefined
  if (!callee || !/^utc(now|fromtimestamp)$/.test(calleeName(it))) return undefined
  return /^datetime\.(datetime\.)?utc/.test(file.qualifiedName(callee)) ? excerpt(it) : undefined
}

/** `datetime.now(timezone.utc)` */
function isAware(node: SyntaxNode, file: SourceFile): boolean {
  const it = file.value(node)
  const callee = it.kind === 'Call' ? it.child('callee') : undefined
  if (!callee || calleeName(it) !== 'now') return false
  const zone = it.children('argument')[0]
  return (
    zone !== undefined &&
    /(^|\.)(utc|UTC)$|ZoneInfo\(/.test(zone.text) &&
    /^datetime\.(datetime\.)?now$/.test(file.qualifiedName(callee))
  )
}

/** Asked of every comparison and subtraction, so that most files are done with here. */
function speaksOfUtc(file: SourceFile): boolean {
  for (const _ of file.root.named('utcnow', 'any')) return true
  for (const _ of file.root.named('utcfromtimestamp', 'any')) return true
  return false
}

function* mixed(node: SyntaxNode, file: SourceFile) {
  if (file.language !== 'python' || !speaksOfUtc(file)) return
  const left = node.child('left')
  const right = node.child('right')
  if (!left || !right || /^(is|in|==|!=)|not/.test(node.operator)) return
  const [one, other] = [naive(left, file), naive(right, file)]
  if ((one && isAware(right, file)) || (other && isAware(left, file)))
    yield { at: node, data: { call: excerpt(node), source: one ?? other ?? '', method: '' } }
}
