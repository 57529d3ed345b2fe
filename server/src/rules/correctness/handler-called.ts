/** A callback is called where it should be handed over: it runs at once, and nothing is left to run later. */

import { calleeName, keywordArgument, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { fixes, js, jsx, py, ts, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'
import { givesNothing } from '../support/nothing.ts'
import { isStateSetter } from '../support/react.ts'

/** At which place these take a callback. */
const SCRIPT: ReadonlyMap<string, readonly number[]> = new Map([
  ['setTimeout', [0]],
  ['setInterval', [0]],
  ['setImmediate', [0]],
  ['requestAnimationFrame', [0]],
  ['queueMicrotask', [0]],
  ['addEventListener', [1]],
  ['then', [0, 1]],
  ['catch', [0]],
  ['finally', [0]],
])
const PYTHON: Readonly<Record<string, readonly (number | string)[]>> = {
  Thread: ['target'],
  Process: ['target'],
  Timer: [1],
  register: [0],
  signal: [1],
  submit: [0],
  add_done_callback: [0],
  run_in_executor: [1],
  call_soon: [0],
  call_later: [1],
}

export default defineRule({
  id: 'correctness/handler-called',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [628],
  concept: 'closures',
  impact: { likelihood: 'high', cost: 'hours' },
  callees: [...SCRIPT.keys(), ...Object.keys(PYTHON)],

  check: {
    *Call(node, file) {
      for (const it of callbacksOf(node, file))
        if (it.kind === 'Call' && isOver(it, file)) yield called(it, calleeName(node), file)
    },
    *JsxAttribute(node, file) {
      const key = node.child('key')
      const value = node.child('value')
      const call = value?.kind === 'JsxExpression' ? value.child('value') : undefined
      if (call?.kind !== 'Call' || !/^on[A-Z]/.test(key?.text ?? '')) return
      if (isOver(call, file) || isStateSetter(file, call.child('callee'))) yield called(call, key!.text, file)
    },
  },

  explain: {
    en: ({ call, to, name }) => ({
      message: `\`${to}\` gets what \`${call}\` gives back, which is nothing`,
      why: `\`${name}\` is called here and now, before anything happened. When the time comes there is nothing to call.`,
      remedy: 'Hand over the function itself, or a small one around the call.',
      fix: 'Hand over a function',
    }),
    es: ({ call, to, name }) => ({
      message: `\`${to}\` recibe lo que devuelve \`${call}\`, que no es nada`,
      why: `\`${name}\` se llama aquí mismo, antes de que haya pasado nada. Cuando llegue el momento, no habrá nada que llamar.`,
      remedy: 'Pasa la función misma, o una pequeña que envuelva la llamada.',
      fix: 'Pasar una función',
    }),
  },

  examples: {
    invalid: [
      fixes(
        js`function tick() { count++ } setInterval(«tick()», 1000)`,
        js`function tick() { count++ } setInterval(tick, 1000)`,
      ),
      fixes(
        ts`function save(id: string): void { store.put(id) } button.addEventListener('click', «save('a')»)`,
        ts`function save(id: string): void { store.put(id) } button.addEventListener('click', () => save('a'))`,
      ),
      fixes(js`load().then(«console.log('done')»)`, js`load().then(() => console.log('done'))`),
      fixes(
        jsx`function Menu() { const [open, setOpen] = useState(false); return <button onClick={«setOpen(!open)»} /> }`,
        jsx`function Menu() { const [open, setOpen] = useState(false); return <button onClick={() => setOpen(!open)} /> }`,
      ),
      tsx`
        function Row({ id }: Props) {
          const remove = (it: string) => { store.delete(it) }
          return <button onClick={«remove(id)»}>x</button>
        }
      `,
      fixes(
        py`
        from threading import Thread
        def work():
            print("working")
        Thread(target=«work()»).start()
      `,
        py`
        from threading import Thread
        def work():
            print("working")
        Thread(target=work).start()
      `,
      ),
      fixes(
        py`
        import atexit
        def close(name):
            files[name].close()
        atexit.register(«close("log")»)
      `,
        py`
        import atexit
        def close(name):
            files[name].close()
        atexit.register(lambda: close("log"))
      `,
      ),
    ],
    valid: [
      js`function tick() { count++ } setInterval(tick, 1000)`,
      js`function later(n) { return () => show(n) } setTimeout(later(1), 10)`,
      js`const f = debounce(save, 10); input.addEventListener('input', f)`,
      js`setTimeout(makeHandler(), 10)`,
      ts`load().then(report('a'))`,
      tsx`const a = <button onClick={handle('x')} />`,
      jsx`function handle() { return () => run() } const a = <button onClick={handle()} />`,
      py`
        from threading import Thread
        def work(): print("working")
        Thread(target=work).start()
      `,
      py`
        from threading import Thread
        def worker(n):
            def run(): print(n)
            return run
        Thread(target=worker(1)).start()
      `,
      // Another kind of register.
      py`
        def view(): print(1)
        registry.register(view())
      `,
    ],
  },
})

function callbacksOf(call: SyntaxNode, file: SourceFile): readonly SyntaxNode[] {
  const name = calleeName(call)
  const all = call.children('argument')
  if (file.language !== 'python') {
    if (/^(then|catch|finally)$/.test(name) && !receiver(call)) return []
    return (SCRIPT.get(name) ?? []).flatMap(it => all[it] ?? [])
  }
  if (/^(register|signal)$/.test(name) && !/^(atexit|signal)\./.test(calledName(file, call))) return []
  return (PYTHON[name] ?? []).flatMap(
    it => (typeof it === 'string' ? keywordArgument(call, it) : all[it]) ?? [],
  )
}

/** Done when it returns, with nothing to hand over. */
function isOver(call: SyntaxNode, file: SourceFile): boolean {
  if (file.language !== 'python') {
    const object = receiver(call)
    if (object?.kind === 'Name' && object.name === 'console' && file.isFree(object)) return true
  } else if (call.child('callee')?.name === 'print' && file.isFree(call.child('callee')!)) return true
  return givesNothing(file, call)
}

function called(call: SyntaxNode, to: string, file: SourceFile) {
  const callee = call.child('callee')!
  const isBare = call.children('argument').length === 0 && callee.kind === 'Name'
  const wrapped = `${file.language === 'python' ? 'lambda:' : '() =>'} ${call.text}`
  return {
    at: call,
    data: { call: excerpt(call), to, name: excerpt(callee) },
    fix: { safety: 'unsafe' as const, edits: () => [replace(call, isBare ? callee.text : wrapped)] },
  }
}
