/** A lock of a thread is held while a task waits: other tasks of the same thread can never get it. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isAsync } from '../support/async.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'correctness/guard-across-await',
  severity: 'error',
  languages: ['python', 'rust'],
  cwe: [833],
  concept: 'concurrency',
  impact: { likelihood: 'medium', cost: 'days' },

  check: {
    *With(node, file) {
      if (file.language !== 'python' || /^async\b/.test(node.text)) return
      const home = node.function
      if (!home || !isAsync(home) || file.isTest) return
      for (const item of node.children('item')) {
        const lock = item.child('value')
        if (!lock || !isThreadLock(lock, file)) continue
        for (const wait of node.child('body')?.ownDescendants('Await') ?? []) {
          yield {
            at: lock,
            data: { lock: excerpt(lock), instead: 'asyncio.Lock' as string },
            related: [wait],
          }
          break
        }
      }
    },
    *Declarator(node, file) {
      if (file.language !== 'rust') return
      const value = node.child('value')
      const target = node.child('target')
      const block = node.parent
      if (!value || target?.kind !== 'Name' || block?.kind !== 'Block' || !isGuard(value)) return
      const around = node.closest('Function', 'AsyncBlock')
      if (!around || (around.kind === 'Function' && !isAsync(around)) || isTestCode(node, file)) return
      const wait = waitUnder(node, target, block)
      if (wait)
        yield {
          at: value,
          data: { lock: excerpt(value), instead: 'tokio::sync::Mutex' as string },
          related: [wait],
        }
    },
  },

  explain: {
    en: ({ lock, instead }) => ({
      message: `\`${lock}\` is held while the task waits`,
      why: 'While this task waits, others run on the same thread. One that wants the lock blocks the thread, and then nobody can go on, not even the task that has it.',
      remedy: `Let go of the lock before the \`await\`, or use \`${instead}\`.`,
      places: ['It waits here'],
    }),
    es: ({ lock, instead }) => ({
      message: `\`${lock}\` se mantiene mientras la tarea espera`,
      why: 'Mientras esta tarea espera, otras corren en el mismo hilo. Si una quiere el candado, bloquea el hilo, y entonces nadie puede seguir, ni siquiera la tarea que lo tiene.',
      remedy: `Suelta el candado antes del \`await\`, o usa \`${instead}\`.`,
      places: ['Aquí espera'],
    }),
  },

  examples: {
    invalid: [
      py`
        import threading
        LOCK = threading.Lock()
        async def save(row):
            with «LOCK»:
                await store(row)
      `,
      py`
        from threading import RLock
        class Store:
            def __init__(self): self.lock = RLock()
            async def save(self, row):
                with «self.lock»:
                    self.rows.append(await load(row))
      `,
      rs`
        async fn save(state: &State) {
            let mut rows = «state.rows.lock().unwrap()»;
            rows.push(load().await);
        }
      `,
      rs`
        async fn save(state: Arc<RwLock<Rows>>) {
            let rows = «state.read().expect("poisoned")»;
            store(&rows).await;
        }
      `,
    ],
    valid: [
      py`
        import asyncio, threading
        LOCK = asyncio.Lock()
        OTHER = threading.Lock()
        async def save(row):
            async with LOCK: await store(row)
            with OTHER: count(row)
      `,
      py`
        import threading
        LOCK = threading.Lock()
        def save(row):
            with LOCK: store(row)
      `,
      rs`
        async fn save(state: &State) {
            let rows = state.rows.lock().await;
            store(&rows).await;
        }
      `,
      rs`
        async fn save(state: &State) {
            let count = { let rows = state.rows.lock().unwrap(); rows.len() };
            let rows = state.rows.lock().unwrap();
            drop(rows);
            store(count).await;
        }
      `,
      rs`
        async fn save(state: &State) {
            let count = state.rows.lock().unwrap().len();
            store(count).await;
        }
      `,
    ],
  },
})

/** A name or an attribute that is given a lock of `threading` in this file. */
function isThreadLock(lock: SyntaxNode, file: SourceFile): boolean {
  if (lock.kind === 'Name') return isMadeByThreading(file.value(lock), file)
  const name =
    lock.kind === 'Member' && lock.child('object')?.name === 'self' ? lock.child('property')?.name : undefined
  if (!name) return false
  for (const it of file.root.named(name, 'any')) {
    const member = it.role === 'property' ? it.parent : undefined
    const value =
      member?.role === 'target' && member.parent?.kind === 'Assignment'
        ? member.parent.child('value')
        : undefined
    if (value) return isMadeByThreading(value, file)
  }
  return false
}

function isMadeByThreading(value: SyntaxNode, file: SourceFile): boolean {
  const callee = value.kind === 'Call' ? value.child('callee') : undefined
  return (
    callee !== undefined && /^threading\.(Lock|RLock|Semaphore|Condition)$/.test(file.qualifiedName(callee))
  )
}

/** `x.lock().unwrap()`: what the standard library's locks give is a result, which other libraries' are not. */
function isGuard(value: SyntaxNode): boolean {
  if (value.kind !== 'Call' || !/^(unwrap|expect)$/.test(calleeName(value))) return false
  const inner = receiver(value)
  return (
    inner?.kind === 'Call' &&
    /^(lock|read|write)$/.test(calleeName(inner)) &&
    !inner.child('argument') &&
    receiver(inner) !== undefined &&
    !/std(in|out|err)\(\)/.test(inner.text)
  )
}

/** An `await` behind it in its block, before it is given up. */
function waitUnder(guard: SyntaxNode, name: SyntaxNode, block: SyntaxNode): SyntaxNode | undefined {
  for (const statement of block.children('statement')) {
    if (statement.row <= guard.row) continue
    for (const it of statement.ownDescendants('Call', 'Await', 'AsyncBlock')) {
      // What is given away, to `drop` or to anybody else, is held no more.
      const isGiven = it.kind === 'Call' && it.children('argument').some(each => each.name === name.name)
      if (isGiven || it.kind === 'AsyncBlock') return undefined
      if (it.kind === 'Await') return it
    }
  }
  return undefined
}
