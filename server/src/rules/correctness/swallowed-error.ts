/** A handler that takes every error and does nothing hides the failures that nobody thought of. */

import { calleeName } from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { hasComment, isEmptyBody, statementsOf } from '../support/branches.ts'
import { guardOf } from '../support/patterns.ts'
import { saidOver } from '../support/said-over.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'correctness/swallowed-error',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [390, 1069],
  concept: 'error-handling',
  impact: { likelihood: 'medium', cost: 'days' },

  check: {
    *Catch(node, file) {
      const body = node.child('body')
      if (!body || !isEmptyBody(body) || !takesEverything(node, file)) return
      const statement = node.parent
      if (
        statement?.kind !== 'Try' ||
        statement.child('alternative') ||
        isExplained(statement) ||
        isAftermath(statement) ||
        isOneOfMany(statement)
      )
        return
      const tried = statement.child('body')
      // A test that goes on after a failure expects it.
      if (file.isTest || isAttempt(tried, file) || isCleanup(tried) || isLastResort(functionName(node)))
        return
      if (!tried || !(stopsStopping(node, file) || hasConsequences(tried))) return
      if (isMeantToBeSilent(node, file)) return
      yield { at: node, data: {} }
    },
    *If(node, file) {
      if (file.language !== 'rust' || isTestCode(node, file)) return
      const condition = node.child('condition')
      const body = node.child('consequence')
      const pattern = condition?.kind === 'LetCondition' ? condition.child('target') : undefined
      if (!pattern || !body || !isAnyError(pattern, file) || !isNothing(body) || node.child('alternative'))
        return
      const call = condition?.child('value')
      if (hasComment(node) || (call && isCleanupCall(call))) return
      yield { at: pattern, data: {} }
    },
    *Case(node, file) {
      if (file.language !== 'rust' || isTestCode(node, file)) return
      const pattern = node.child('pattern')
      const body = node.child('body')
      if (!pattern || !body || guardOf(node)) return
      if (!isAnyError(pattern, file) || !isNothing(body) || hasComment(node)) return
      const statement = node.parent
      const subject = statement?.child('subject')
      if (!statement || !subject || tellsErrorsApart(statement, node) || isFallback(statement, node)) return
      if (isCleanupCall(subject) || isCommented(node, statement)) return
      yield { at: pattern, data: {} }
    },
  },

  explain: {
    en: () => ({
      message: 'Every error is caught here, and nothing is done about it',
      why: 'Misspelt names, full disks and broken data vanish without a trace, and the program goes on as if it had worked.',
      remedy:
        'Catch only the error that you expect, log the others or let them pass, or say in a comment why none of them matters.',
    }),
    es: () => ({
      message: 'Aquí se captura cualquier error y no se hace nada con él',
      why: 'Los nombres mal escritos, los discos llenos y los datos rotos desaparecen sin dejar rastro, y el programa sigue como si hubiera funcionado.',
      remedy:
        'Captura solo el error que esperas, registra los demás o déjalos pasar, o explica en un comentario por qué ninguno importa.',
    }),
  },

  examples: {
    invalid: [
      py`
        try:
            load()
        «except:
            pass»
      `,
      py`
        try:
            save()
        except KeyError:
            retry()
        «except Exception as e:
            ...»
      `,
      py`
        """Ignores the case of names."""
        def main():
            """Saves what is silently changed by others."""
            try: save()
            «except Exception: pass»
      `,
      py`
        try:
            load()
        «except (ValueError, BaseException):
            pass»
      `,
      js`try { save() } «catch {}»`,
      js`try { write(file); file.close() } «catch (e) { }»`,
      ts`class Touch {}; try { send(new Touch()) } «catch {}»`,
      ts`async function f() { try { await api.post() } «catch (e: unknown) {}» finally { done() } }`,
      rs`fn f() { if let «Err(_)» = load() {} }`,
      rs`fn f() { match load() { Ok(it) => show(it), «Err(_)» => {} } }`,
      rs`fn f() { match load() { Ok(it) => show(it), «Err(_e)» => () } }`,
    ],
    valid: [
      rs`
        #[test]
        fn gives_up() { match read() { Ok(0) => {} Err(_) => {} Ok(n) => panic!("{n}") } }
      `,
      js`try { total = JSON.parse(line) } catch {} show()`,
      py`
        try:
            name = request.rule.name
        except Exception:
            pass
      `,
      py`
        def describe(event, user):
            try:
                event.setdefault("id", user.id)
            except Exception:
                pass
            try:
                event.setdefault("mail", user.mail)
            except Exception:
                pass
      `,
      py`
        def generic_repr(a):
            try: show(a.name)
            except Exception: pass
      `,
      js`try { input.setSelectionRange(1, 1) } catch {}`,
      ts`try { const touch = new Touch({ identifier: 0, target }); send(target, touch) } catch {} send(target)`,
      rs`fn f() -> u8 { match g() { Ok(x) => return x, Err(_) => {} } h() }`,
      py`
        def handle_exception(e):
            try: switch_on_again()
            except Exception: pass
      `,
      at('tests/errors.spec.ts', ts`try { click('[') } catch {}`),
      js`try { const native = tools.load('native'); use(native) } catch (e) {}`,
      py`
        try:
            save()
        except KeyError:
            pass
      `,
      py`
        try:
            save()
        except Exception:
            pass  # the cache is only a hint
      `,
      py`
        try:
            save()
        # the cache is only a hint
        except Exception:
            pass
      `,
      py`
        # The cache is only a hint.
        try:
            save()
        except Exception:
            pass
      `,
      py`
        def f(value):
            try:
                return hash(value)
            except Exception:
                pass
            return id(value)
      `,
      py`
        try:
            connection.close()
        except Exception:
            pass
      `,
      py`
        class A:
            def __del__(self):
                try: self.give_back()
                except Exception: pass
      `,
      py`
        class Exception(ValueError): pass
        try: save()
        except Exception: pass
      `,
      py`
        try:
            save()
        finally:
            try: undo()
            except Exception: pass
      `,
      py`
        """Sends what a failed program said. Exits silently when that fails, too."""
        def main():
            try: send(read())
            except Exception: pass
      `,
      py`
        def remember(seen):
            """Best effort: without it, the first start is counted again."""
            try: path.write_text(seen)
            except Exception: pass
      `,
      js`
        // Telemetry.
        import { client } from './client'
        export function started() { try { client.send('started') } catch {} }
      `,
      ts`
        class Feed {
          /** Tells the others; never throws. */
          changed() { try { this.channel.post('changed') } catch {} }
        }
      `,
      js`try { save() } catch {} // the file need not exist`,
      js`try { save() } catch (e) { try { report(e) } catch {} throw e }`,
      js`try { save() } catch { /* the file need not exist */ }`,
      py`
        width = 80
        try:
            width = measure()
        except Exception:
            pass
      `,
      py`
        try:
            line = find()
        except Exception:
            pass
        else:
            show(line)
      `,
      js`let data = {}; try { data = JSON.parse(text) } catch {}`,
      js`try { require.resolve('fast'); found.push('fast') } catch {}`,
      js`function f() { try { return require('fast') } catch {} return require('slow') }`,
      js`try { fs.unlinkSync(path) } catch {}`,
      js`try { await socket.end(); clearTimeout(timer) } catch (e) {}`,
      ts`try { save() } catch (e) { report(e) }`,
      ts`function dispose() { try { this.worker.send('bye') } catch {} }`,
      rs`fn f() { if let Err(it) = load() { warn(it) } }`,
      rs`fn f() { match load() { Ok(it) => show(it), Err(Missing) => {}, Err(it) => warn(it) } }`,
      rs`fn f() { match load() { Ok(it) => show(it), Err(Broken(it)) => warn(it), Err(_) => {} } }`,
      rs`fn f() { match load() { Ok(it) => show(it), Err(_) => {} /* shown next time */ } }`,
      rs`fn f() { if let Err(_) = file.close() {} }`,
    ],
  },
})

function takesEverything(node: SyntaxNode, file: SourceFile): boolean {
  if (file.language !== 'python') return true
  let type = node.child('type')
  if (type?.kind === 'AsPattern') type = type.child('value')
  if (!type) return true
  const types = type.unwrapped.kind === 'Tuple' ? type.unwrapped.children('element') : [type]
  return types.some(it => (it.name === 'Exception' || it.name === 'BaseException') && file.isFree(it))
}

/** What is written over the function, or at the head of the file, promises it. */
function isMeantToBeSilent(node: SyntaxNode, file: SourceFile): boolean {
  const home = node.function
  return (home && SILENT.test(saidOver(home))) || SILENT.test(saidOver(file.root))
}

const SILENT =
  /\b(exit|fail|skip|return|ignore|drop)(s|ed|ing)?\s+silently|\bsilently (exit|fail|skip|return|ignor|drop)|\bsilent (failure|on (error|failure))|best[- ]effort|fire[- ]and[- ]forget|\b(never|must not|(does|do|will) not|doesn['’]t) (fails?|throws?|raises?)\b|\b(errors|failures|exceptions) (are|is) (ignored|swallowed)|\btelemetry\b/i

/** A comment in the statement, right before it, or behind it on its last line. */
function isExplained(statement: SyntaxNode): boolean {
  if (hasComment(statement)) return true
  const siblings = statement.parent?.children('none') ?? []
  const from = statement.previous?.end ?? 0
  const to = statement.next?.start ?? Number.POSITIVE_INFINITY
  return siblings.some(
    it => it.kind === 'Comment' && it.start >= from && it.end <= to && isBeside(it, statement),
  )
}

function isBeside(comment: SyntaxNode, statement: SyntaxNode): boolean {
  if (comment.end <= statement.start) return true
  const parent = statement.parent!
  return !parent.text.slice(statement.end - parent.start, comment.start - parent.start).includes('\n')
}

/** While another error is being dealt with, or in a `finally`, a second failure must not hide the first. */
function isAftermath(statement: SyntaxNode): boolean {
  const around = statement.closest('Function', 'Catch', 'Finally')
  return around !== undefined && around.kind !== 'Function'
}

/** Python's bare `except:` swallows even what should end the program. */
function stopsStopping(node: SyntaxNode, file: SourceFile): boolean {
  if (file.language !== 'python') return false
  const type = node.child('type')
  return !type || type.text.includes('BaseException')
}

/** Something is kept, sent or changed for others, who would want to know that it was not. */
function hasConsequences(tried: SyntaxNode): boolean {
  for (const call of tried.ownDescendants('Call')) if (CONSEQUENCES.test(calleeName(call))) return true
  return false
}

const CONSEQUENCES =
  /^_*(save|store|write|commit|persist|insert|upsert|send|publish|post|put|patch|upload|charge|pay|refund|transfer|migrate|sync|backup|restore|deploy|rename|dispatch|enqueue|notify)/i

/** One attempt after the other, each of which may fail without harm to the next: somebody meant that. */
function isOneOfMany(statement: SyntaxNode): boolean {
  return [statement.previous, statement.next].some(it => {
    const handlers = it?.kind === 'Try' ? it.children().filter(part => part.kind === 'Catch') : []
    return handlers.length > 0 && handlers.every(handler => isEmptyBody(handler.child('body')!))
  })
}

/**
 * What follows the statement is what to do when it fails: `try { return first() } catch {}`, and a variable that keeps the
 * value it had.
 */
function isAttempt(body: SyntaxNode | undefined, file: SourceFile): boolean {
  if (!body) return false
  for (const it of body.ownDescendants('Return', 'Break', 'Continue', 'Throw', 'Assignment', 'Call', 'New')) {
    if (it.kind === 'Assignment') {
      const target = it.child('target')
      const binding = target?.kind === 'Name' ? file.binding(target) : undefined
      if (binding && binding.declaration.row < body.row) return true
    } else if (it.kind === 'New') {
      const callee = it.child('callee')
      if (callee && MAY_BE_MISSING.has(callee.name) && file.isFree(callee)) return true
    } else if (it.kind !== 'Call' || isModuleLookup(it) || MAY_BE_REFUSED.has(calleeName(it))) return true
  }
  return false
}

/** What a page asks of the browser, which may not be able or willing to do it now. */
const MAY_BE_REFUSED = new Set(
  (
    'show showModal showPopover hidePopover setSelectionRange select focus blur play pause vibrate requestFullscreen ' +
    'exitFullscreen setPointerCapture releasePointerCapture requestPointerLock scrollIntoView'
  ).split(' '),
)

/** What not every browser has: the way to ask is to make one. */
const MAY_BE_MISSING = new Set(
  (
    'Touch TouchEvent PointerEvent ClipboardItem BroadcastChannel SharedWorker AudioContext OffscreenCanvas Notification ' +
    'EyeDropper ResizeObserver IntersectionObserver PerformanceObserver ReportingObserver'
  ).split(' '),
)

/** `require('x')`, `require.resolve('x')` and `import('x')` find out whether something is installed. */
function isModuleLookup(call: SyntaxNode): boolean {
  const callee = call.child('callee')
  if (!callee) return false
  if (/^(require(\.resolve)?|import)$/.test(callee.text)) return true
  const only = call.children('argument')
  return (
    only.length === 1 &&
    only[0]!.kind === 'String' &&
    /^(load|require|import|resolve)$/.test(calleeName(call))
  )
}

/** Another arm takes some of the errors. */
function tellsErrorsApart(statement: SyntaxNode, arm: SyntaxNode): boolean {
  return statement
    .children('case')
    .some(it => it.row !== arm.row && /\bErr\b/.test(it.child('pattern')?.text ?? ''))
}

/** Another arm leaves: what follows the statement is what to do when it fails. */
function isFallback(statement: SyntaxNode, arm: SyntaxNode): boolean {
  return statement.children('case').some(it => {
    if (it.row === arm.row) return false
    for (const _ of it.ownDescendants('Return', 'Break', 'Continue')) return true
    return false
  })
}

/** A comment right before this arm. */
function isCommented(node: SyntaxNode, statement: SyntaxNode): boolean {
  const from = node.previous?.end ?? statement.start
  const to = node.next?.start ?? statement.end
  for (const it of statement.children('none'))
    if (it.kind === 'Comment' && it.start >= from && it.end <= to) return true
  return false
}

/** Everything in there lets go of something; what fails at that is gone anyway. */
function isCleanup(body: SyntaxNode | undefined): boolean {
  if (!body) return false
  const statements = statementsOf(body)
  return statements.length > 0 && statements.every(it => it.kind === 'ExpressionStatement' && isCleanupOf(it))
}

function isCleanupOf(statement: SyntaxNode): boolean {
  const value = statement.child('value')
  return value !== undefined && isCleanupCall(value)
}

function isCleanupCall(expression: SyntaxNode): boolean {
  let it: SyntaxNode | undefined = expression.unwrapped
  if (it.kind === 'Await') it = it.child('value')?.unwrapped
  return it?.kind === 'Call' && isCleanupName(calleeName(it))
}

function isCleanupName(name: string): boolean {
  return name.match(/[A-Z]?[a-z]+/g)?.some(word => CLEANUP.has(word.toLowerCase())) ?? false
}

/** Words in the names of functions that let go of something. */
const CLEANUP = new Set(
  (
    'close del exit unlink remove rm rmtree rmdir kill terminate shutdown disconnect delete clean cleanup dispose destroy abort ' +
    'cancel release rollback stop quit end flush join unlock unwatch detach off free clear unregister unsubscribe ' +
    'teardown tear reset finalize revoke drop'
  ).split(' '),
)

/** A function that lets go of something, or that is called because an error has happened. */
function isLastResort(name: string): boolean {
  return isCleanupName(name) || /exception|(handle|on)_?error|repr(_|$)|^__str__$|^toString$/i.test(name)
}

function functionName(node: SyntaxNode): string {
  return node.function?.child('name')?.name ?? ''
}

/** `Err(_)`, `Err(..)` and `Err(_unused)`. */
function isAnyError(pattern: SyntaxNode, file: SourceFile): boolean {
  if (pattern.kind !== 'VariantPattern') return false
  const name = pattern.child('name')
  if (name?.name !== 'Err' || !file.isFree(name)) return false
  const inside = pattern.children().filter(it => it.row !== name.row)
  return (
    inside.length === 1 && inside.every(it => it.text === '_' || it.text === '..' || it.name.startsWith('_'))
  )
}

function isNothing(body: SyntaxNode): boolean {
  return body.kind === 'Block' ? isEmptyBody(body) : body.type === 'unit_expression'
}
