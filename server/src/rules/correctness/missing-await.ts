/** The result of an async function is a promise: used as if it were the value, or dropped before it ran. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { insertAfter, insertBefore } from '../edit.ts'
import { fixes, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { asyncFunction, dealsWithErrors, isInAsync, isTried } from '../support/async.ts'
import { isCommented, NOT_AWAITED } from '../support/deliberate.ts'
import { isExpectedToFail } from '../support/exceptions.ts'
import { isTested } from '../support/truth.ts'

type Language = 'javascript' | 'python' | 'rust'

/** What an async call gives at once, and what becomes of it without an await. */
const TALE = {
  javascript: {
    en: {
      thing: 'a promise',
      dropped: 'The lines behind it run before it is done, and an error in it is caught by nobody.',
      used: 'A promise is always true, equal to nothing else, and has none of the fields of its result.',
    },
    es: {
      thing: 'una promesa',
      dropped:
        'Las líneas siguientes se ejecutan antes de que acabe y nadie captura un error que ocurra en ella.',
      used: 'Una promesa siempre es verdadera, no es igual a nada más y no tiene ninguno de los campos de su resultado.',
    },
  },
  python: {
    en: {
      thing: 'a coroutine',
      dropped: 'A coroutine that nobody awaits never runs at all.',
      used: 'A coroutine is always true, equal to nothing else, and has none of the attributes of its result. Its body never runs.',
    },
    es: {
      thing: 'una corrutina',
      dropped: 'Una corrutina a la que nadie espera no llega a ejecutarse.',
      used: 'Una corrutina siempre es verdadera, no es igual a nada más y no tiene ninguno de los atributos de su resultado. Su cuerpo no llega a ejecutarse.',
    },
  },
  rust: {
    en: { thing: 'a future', dropped: 'A future that nobody awaits never runs at all.', used: '' },
    es: { thing: 'un futuro', dropped: 'Un futuro al que nadie espera no llega a ejecutarse.', used: '' },
  },
} as const

export default defineRule({
  id: 'correctness/missing-await',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [362, 691],
  concept: 'waiting-for-results',
  impact: { likelihood: 'high', cost: 'days' },

  check: {
    Call(node, file) {
      const callee = node.child('callee')
      if (!callee?.is('Name', 'Member', 'Path')) return undefined
      const use = useOf(node, file)
      return use ? unawaited(node, callee, use, file) : undefined
    },
  },

  explain: {
    en: ({ name, dropped, language }) => ({
      message: `\`${name}\` is async, and nobody awaits what it gives`,
      why: `The call gives ${TALE[language].en.thing} at once. ${dropped ? TALE[language].en.dropped : TALE[language].en.used}`,
      remedy: 'Await it, or hand it to whoever will.',
      fix: 'Insert `await`',
    }),
    es: ({ name, dropped, language }) => ({
      message: `\`${name}\` es asíncrona y nadie espera lo que da`,
      why: `La llamada da ${TALE[language].es.thing} en el acto. ${dropped ? TALE[language].es.dropped : TALE[language].es.used}`,
      remedy: 'Espérala con `await` o pásasela a quien vaya a hacerlo.',
      fix: 'Insertar `await`',
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`
        async function save(a) { await write(a) }
        async function f(a) { try { «save(a)» } catch (error) { log(error) } }
      `,
        js`
        async function save(a) { await write(a) }
        async function f(a) { try { await save(a) } catch (error) { log(error) } }
      `,
      ),
      fixes(
        js`
        async function save(a) { await write(a) }
        async function f(a) { «save(a)»; done() }
        async function g(a) { await save(a); done() }
      `,
        js`
        async function save(a) { await write(a) }
        async function f(a) { await save(a); done() }
        async function g(a) { await save(a); done() }
      `,
      ),
      ts`
        class A {
          async save() {}
          async f() { await this.save() }
          async g() { «this.save()»; this.done() }
        }
      `,
      fixes(
        ts`
        class A {
          async isOpen(): Promise<boolean> { return true }
          private async f() { if (!«this.isOpen()») return; const g = async () => «this.isOpen()» === true }
        }
      `,
        ts`
        class A {
          async isOpen(): Promise<boolean> { return true }
          private async f() { if (!await this.isOpen()) return; const g = async () => await this.isOpen() === true }
        }
      `,
      ),
      fixes(
        ts`
        const load = async () => ({ a: 1 })
        async function f() { return «load()».a + «load()»['a'] }
      `,
        ts`
        const load = async () => ({ a: 1 })
        async function f() { return (await load()).a + (await load())['a'] }
      `,
      ),
      js`
        async function names() { return ['a'] }
        function f() { for (const name of «names()») log(\`\${«names()»}\`, [...«names()»]) }
      `,
      fixes(
        py`
        async def save(a):
            await write(a)
        async def f(a):
            «save(a)»
            return «save(a)».size
      `,
        py`
        async def save(a):
            await write(a)
        async def f(a):
            await save(a)
            return (await save(a)).size
      `,
      ),
      fixes(
        py`
        class A:
            async def ready(self): return True
            async def f(self):
                while not «self.ready()»: pass
      `,
        py`
        class A:
            async def ready(self): return True
            async def f(self):
                while not await self.ready(): pass
      `,
      ),
      py`
        async def main(): pass
        «main()»
      `,
      fixes(
        rs`
        async fn save() {}
        async fn f() { «save()»; }
      `,
        rs`
        async fn save() {}
        async fn f() { save().await; }
      `,
      ),
      rs`
        impl A {
            async fn save(&self) {}
            fn f(&self) { «self.save()»; }
        }
      `,
    ],
    valid: [
      js`
        async function work() { await step() }
        async function start() {
          await work()
          work() // background; the page asks how far it is
          return true
        }
      `,
      js`async function load() { await g(); h() } function start() { load() } async function f() { try { await g(); load(); h() } catch (e) { log(e) } }`,
      js`async function show() { try { await load() } catch (e) { log(e) } } async function f() { try { await g(); show(); h() } catch (e) { log(e) } }`,
      js`
        async function save(a) {}
        async function f(a) {
          await save(a)
          void save(a)
          save(a).catch(log)
          const saved = save(a)
          await Promise.all([saved, save(a)])
          return save(a)
        }
      `,
      // To start something and go on may be meant.
      js`
        async function save(a) {}
        async function f(a) { save(a); done() }
      `,
      js`
        async function save(a) {}
        async function f(a) { await save(a); save(a); void save(a) }
      `,
      js`
        async function save(a) {}
        async function f(a) { await save(a); done() }
        async function g(a) { done(); save(a) }
      `,
      js`
        async function save(a) {}
        async function f(a) { await save(a).should.be.rejected }
      `,
      // Where nothing can be awaited, starting something and going on may be meant.
      js`
        async function save(a) {}
        function f(a) { save(a); button.onclick = () => save(a) }
      `,
      js`
        async function* names() { yield 'a' }
        async function f() { for await (const name of names()) log(name) }
      `,
      js`
        async function f(save) { save() }
        async function save() {}
      `,
      ts`
        function load(): number
        function load() { return 1 }
        async function f() { load(); return load() > 0 }
      `,
      ts`
        class A {
          async save() {}
          async f() { other.save(); function g() { this.save() } }
        }
      `,
      js`const a = { async save() {}, async f() { this.save() } }`,
      py`
        async def save(a): pass
        async def f(a):
            await save(a)
            task = asyncio.create_task(save(a))
            await asyncio.gather(save(a), task)
            coroutine = save(a)
            await coroutine
            save(a).close()
            return save(a)
      `,
      py`
        @sync_to_async
        async def save(a): pass
        save(1)
      `,
      py`
        async def names():
            yield "a"
        async def f():
            async for name in names(): print(name)
      `,
      py`
        async def save(): pass
        def test_save():
            with pytest.raises(TypeError):
                save(1)
      `,
      rs`
        async fn save() {}
        async fn f() { save().await; let a = save(); tokio::spawn(save()); a.await }
      `,
      rs`
        #[tokio::main]
        async fn main() {}
        fn f() { main(); }
      `,
    ],
  },
})

function* unawaited(call: SyntaxNode, callee: SyntaxNode, use: 'dropped' | 'used', file: SourceFile) {
  const definition = asyncFunction(file, callee)
  if (!definition) return
  const language: Language = file.language === 'typescript' ? 'javascript' : file.language
  // In JavaScript the call runs all the same, so that dropping its promise may be meant.
  if (use === 'dropped' && language === 'javascript') {
    if (!isForgotten(call, callee, file) || dealsWithErrors(definition)) return
  }
  if (isExpectedToFail(call) || (use === 'dropped' && isCommented(call, NOT_AWAITED))) return
  yield {
    at: call,
    data: { name: callee.text, dropped: use === 'dropped', language },
    fix: { safety: 'unsafe' as const, edits: () => (isInAsync(call) ? awaitIt(call, language) : []) },
  }
}

/** A promise that is dropped by mistake: inside a `try` that is there for it, or awaited everywhere else. */
function isForgotten(call: SyntaxNode, callee: SyntaxNode, file: SourceFile): boolean {
  return (
    isInAsync(call) &&
    ((isTried(call) && !isDroppedElsewhere(call, callee, file)) ||
      (!isLast(call) && isAwaitedElsewhere(call, callee, file)))
  )
}

/** Nothing in its function comes behind it. */
function isLast(call: SyntaxNode): boolean {
  const statement = call.closest('ExpressionStatement')
  return statement?.parent?.parent?.kind === 'Function' && !statement.next
}

/** Somewhere else nobody waits for it either: it is meant to go on by itself. */
function isDroppedElsewhere(call: SyntaxNode, callee: SyntaxNode, file: SourceFile): boolean {
  for (const other of otherCallees(callee, file)) {
    const { parent } = other
    if (other.role !== 'callee' || parent?.kind !== 'Call' || parent.row === call.row || isTried(parent))
      continue
    if (parent.parent?.kind === 'ExpressionStatement' || parent.parent?.operator === 'void') return true
  }
  return false
}

/** Every other call of it in this file is awaited, or its promise goes on. */
function isAwaitedElsewhere(call: SyntaxNode, callee: SyntaxNode, file: SourceFile): boolean {
  let awaited = 0
  for (const other of otherCallees(callee, file)) {
    const { parent } = other
    if (other.role !== 'callee' || parent?.kind !== 'Call' || parent.row === call.row) continue
    if (parent.parent?.kind === 'ExpressionStatement' || parent.parent?.operator === 'void') return false
    if (parent.parent?.kind === 'Await') awaited++
  }
  return awaited > 0
}

function* otherCallees(callee: SyntaxNode, file: SourceFile): Generator<SyntaxNode> {
  if (callee.kind === 'Name') yield* file.binding(callee)?.occurrences() ?? []
  else for (const it of callee.closest('Class')?.descendants('Member') ?? []) if (it.same(callee)) yield it
}

/** How the code uses the value of a call, when it is no way to use a promise. */
function useOf(call: SyntaxNode, file: SourceFile): 'dropped' | 'used' | undefined {
  let it = call
  while (it.parent?.kind === 'Parenthesized') it = it.parent
  const { parent, role } = it
  if (!parent) return undefined
  if (parent.kind === 'ExpressionStatement') return 'dropped'
  if (file.language === 'rust') return undefined
  switch (parent.kind) {
    case 'Member': {
      if (role !== 'object') return undefined
      const property = parent.child('property')?.name ?? ''
      return OF_PROMISES.test(property) ? undefined : 'used'
    }
    case 'Index':
      return role === 'object' ? 'used' : undefined
    case 'ForEach':
    case 'ComprehensionFor':
      return role === 'iterable' ? 'used' : undefined
    case 'Comparison':
      return /^(instanceof|in|not in)$/.test(parent.operator) && role !== 'right' ? undefined : 'used'
    case 'Binary':
    case 'Spread':
      return 'used'
    case 'Interpolation':
      return parent.parent?.parent?.kind === 'TaggedTemplate' ? undefined : 'used'
    default:
      return isTested(file, it) ? 'used' : undefined
  }
}

/** What promises and coroutines have themselves. */
const OF_PROMISES = /^(then|catch|finally|should|close|send|throw|cr_\w+|__\w+__)$/

function awaitIt(call: SyntaxNode, language: Language) {
  if (language === 'rust') return [insertAfter(call, '.await')]
  const { parent } = call
  const isHead = parent?.is('Member', 'Index') || parent?.operator === '**'
  return isHead ? [insertBefore(call, '(await '), insertAfter(call, ')')] : [insertBefore(call, 'await ')]
}
