/** A lock that nobody else can have, or that is let go at once, keeps nobody out. */

import { calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import { py, rs } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'correctness/lock-without-effect',
  severity: 'error',
  languages: ['python', 'rust'],
  cwe: [667],
  concept: 'concurrency',
  impact: { likelihood: 'high', cost: 'days' },

  check: {
    *With(node, file) {
      if (file.language !== 'python' || file.isTest) return
      for (const item of node.children('item')) {
        const value = item.child('value')
        const callee = value?.kind === 'Call' ? value.child('callee') : undefined
        if (!value || !callee || value.child('argument')) continue
        const name = file.qualifiedName(callee)
        if (
          /^(threading|multiprocessing|asyncio)\.(Lock|RLock|Semaphore|BoundedSemaphore|Condition)$/.test(
            name,
          )
        )
          yield { at: value, data: { lock: excerpt(value), how: 'own' as string } }
      }
    },
    *Declarator(node, file) {
      if (file.language !== 'rust' || node.child('target')?.text !== '_' || isTestCode(node, file)) return
      let value = node.child('value')
      while (value?.kind === 'Propagate' || value?.kind === 'Await') value = value.child('value')
      if (value?.kind === 'Call' && /^(unwrap|expect)$/.test(calleeName(value))) value = receiver(value)
      if (value?.kind === 'Await') value = value.child('value')
      const isGuard =
        value?.kind === 'Call' &&
        (calleeName(value) === 'lock' ||
          (/^(read|write)$/.test(calleeName(value)) &&
            /lock|guard|mutex/i.test(receiver(value)?.text ?? '')) ||
          (/^(acquire|enter|entered)$/.test(calleeName(value)) &&
            /semaphore|span/i.test(receiver(value)?.text ?? '')))
      if (value && isGuard && !value.child('argument'))
        yield { at: node, data: { lock: excerpt(value), how: 'dropped' as string } }
    },
  },

  explain: {
    en: ({ lock, how }) => ({
      message:
        how === 'own'
          ? `\`${lock}\` makes a new lock, which nobody else waits for`
          : `\`${lock}\` is let go at once`,
      why:
        how === 'own'
          ? 'A lock keeps others out only if they ask for the same one. Here each call has a lock of its own.'
          : '`_` is no variable: what is given to it is dropped on the spot. The lines behind it run without it.',
      remedy: how === 'own' ? 'Make the lock once, and share it.' : 'Give it a name, such as `_guard`.',
    }),
    es: ({ lock, how }) => ({
      message:
        how === 'own'
          ? `\`${lock}\` crea un candado nuevo, por el que nadie más espera`
          : `\`${lock}\` se suelta en el acto`,
      why:
        how === 'own'
          ? 'Un candado solo deja fuera a los demás si piden el mismo. Aquí cada llamada tiene el suyo.'
          : '`_` no es una variable: lo que se le da se suelta en el acto. Las líneas siguientes corren sin él.',
      remedy: how === 'own' ? 'Crea el candado una vez y compártelo.' : 'Dale un nombre, como `_guard`.',
    }),
  },

  examples: {
    invalid: [
      py`
        import threading
        def save(row):
            with «threading.Lock()»:
                rows.append(row)
      `,
      py`
        from asyncio import Lock
        async def save(row):
            async with «Lock()»:
                await store(row)
      `,
      rs`fn save(state: &State) { «let _ = state.mutex.lock().unwrap();» state.count(); }`,
      rs`async fn save(state: &State) { «let _ = state.rows_lock.write().await;» state.count(); }`,
    ],
    valid: [
      py`
        import threading
        LOCK = threading.Lock()
        def save(row):
            with LOCK: rows.append(row)
      `,
      py`
        from rows import Lock
        def save(row):
            with Lock(): rows.append(row)
      `,
      rs`fn save(state: &State) { let _guard = state.mutex.lock().unwrap(); state.count(); }`,
      rs`fn save(file: &mut File) { let _ = file.write(b"a"); let _ = file.read(&mut buffer); }`,
    ],
  },
})
