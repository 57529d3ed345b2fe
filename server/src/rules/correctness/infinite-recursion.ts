/** A function that calls itself before anything can stop it never comes back. */

import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { hasAttribute } from '../support/attributes.ts'
import { statementsOf } from '../support/branches.ts'
import { isFirstToLeave, mayLeave, surelyRun } from '../support/unconditional.ts'

export default defineRule({
  id: 'correctness/infinite-recursion',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [674],
  concept: 'control-flow',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {
    *Function(node, file) {
      const body = node.child('body')
      const test = body && !isOfCompiler(node) ? selfCallOf(node, file) : undefined
      if (!body || !test) return
      for (const statement of statementsOf(body)) {
        for (const it of surelyRun(statement)) {
          if (!test(it) || !isFirstToLeave(it, statement) || isDeferred(it, node)) continue
          if (isGenerator(node) || isReplaced(node) || isInherentElsewhere(node, file)) return
          if (isWanted(node, file)) return
          yield { at: it, data: { name: nameOf(node)?.text ?? '' } }
          return
        }
        if (mayLeave(statement)) return
      }
    },
  },

  explain: {
    en: ({ name }) => ({
      message: `\`${name}\` always calls itself, so it never ends`,
      why: 'Nothing on the way to this call can stop it: whoever uses it gets a stack overflow.',
      remedy:
        'Return before this line when there is nothing left to do, or name what was meant: a field, another function, the parent class.',
    }),
    es: ({ name }) => ({
      message: `\`${name}\` siempre se llama a sí misma, así que nunca termina`,
      why: 'Nada puede detenerla antes de esta llamada: quien la use desbordará la pila.',
      remedy:
        'Vuelve antes de esta línea cuando no quede nada por hacer, o nombra lo que querías: un campo, otra función, la clase padre.',
    }),
  },

  examples: {
    invalid: [
      py`
        def fact(n):
            return n * «fact(n - 1)»
      `,
      py`
        class A:
            @property
            def name(self):
                return «self.name»
      `,
      py`
        class A:
            @property
            def name(self): return self._name
            @name.setter
            def name(self, value): «self.name = value»
      `,
      py`
        class A:
            def run(self):
                """Runs."""
                it = 1
                if «self.run()»: return it
      `,
      js`function f(a) { const b = a + 1; return «f(b)» }`,
      js`const f = a => «f(a)» + 1`,
      js`const a = { get size() { return «this.size» } }`,
      js`async function f() { await «f()» }`,
      ts`class A { get b(): number { return «this.b» } set b(c) { «this.b = c» } }`,
      ts`class A { static run(): void { «this.run()» } }`,
      rs`fn f(n: u32) -> u32 { «f(n - 1)» * n }`,
      rs`impl A { fn len(&self) -> usize { «self.len()» } }`,
      rs`impl A { fn new() -> Self { «Self::new()» } }`,
      rs`impl fmt::Display for A { fn fmt(&self, f: &mut Formatter) -> fmt::Result { «write!(f, "{} {}", self.a, self)» } }`,
      rs`impl fmt::Debug for A { fn fmt(&self, f: &mut Formatter) -> fmt::Result { «write!(f, "{self:?}")» } }`,
      rs`impl Display for A { fn fmt(&self, f: &mut Formatter) -> fmt::Result { f.write_str(&«self.to_string()») } }`,
      rs`impl PartialEq for A { fn eq(&self, other: &Self) -> bool { «self == other» } }`,
      rs`impl Default for A { fn default() -> Self { Self { a: 1, ..«Default::default()» } } }`,
      rs`impl From<B> for A { fn from(b: B) -> Self { «b.into()» } }`,
      rs`impl Clone for A { fn clone(&self) -> Self { «self.clone()» } }`,
    ],
    valid: [
      py`
        def overflow():
            def recurse():
                recurse()
            try:
                recurse()
            except RecursionError as error:
                return error
      `,
      js`function recurse() { recurse() } try { recurse() } catch (e) { if (!(e instanceof RangeError)) throw e }`,
      py`
        def fact(n):
            return 1 if n < 2 else n * fact(n - 1)
      `,
      py`
        def visit(it):
            check(it)
            return visit(it.next)
      `,
      py`
        def visit(it):
            return visit(next(it))
      `,
      py`
        class A:
            @property
            def name(self): return self._name
            @cached_property
            def size(self): return super().size
            def open(self, path): return open(path)
      `,
      py`
        def walk(it):
            yield it
            yield from walk(it)
      `,
      py`
        class A:
            def load(self):
                self.load = self.read
                return self.load()
      `,
      py`
        @cache
        def f(n): return f(n)
      `,
      js`function f(a) { return a && f(a.b) }`,
      js`async function poll() { await sleep(1); return poll() }`,
      js`function f() { setTimeout(() => f(), 10); return () => f() }`,
      js`let f = () => f(); f = () => 1`,
      js`class A { get b() { delete this.b; return this.b } c() { return this.d.c() } e() { return this?.f?.(this.e()) } }`,
      ts`class A { run(): void { super.run() } static make(): A { return this.create() } }`,
      ts`class A { load(): B { const it = this.cached; if (it) return it; return this.load() } }`,
      rs`#[lang = "drop"] unsafe fn drop(it: *mut T) { unsafe { drop(it) } }`,
      rs`fn f(n: u32) -> u32 { if n == 0 { 1 } else { f(n - 1) } }`,
      rs`impl Shape for A { fn len(&self) -> usize { self.len() } }`,
      rs`impl A { fn run(&self) { run() } fn next(&self) -> Option<B> { self.inner()?; self.next() } }`,
      rs`impl Display for A { fn fmt(&self, f: &mut Formatter) -> fmt::Result { write!(f, "{:?} {}", self, self.b) } }`,
      rs`impl Display for A { fn fmt(&self, f: &mut Formatter) -> fmt::Result { fmt::Debug::fmt(self, f) } }`,
      rs`impl PartialEq for A { fn eq(&self, other: &Self) -> bool { self.a == other.a && **self == **other } }`,
      rs`impl Default for A { fn default() -> Self { Self { a: Default::default(), ..Self::new() } } }`,
      rs`impl PartialOrd for A { fn partial_cmp(&self, b: &Self) -> Option<Ordering> { Some(self.cmp(b)) } }`,
      rs`impl A { fn run() { run() } }`,
      rs`impl A { const fn default() -> Self { A } } impl Default for A { fn default() -> Self { Self::default() } }`,
    ],
  },
})

/** Somebody wants to see the stack run over: the error that this gives is spoken of around the function. */
function isWanted(node: SyntaxNode, file: SourceFile): boolean {
  return (node.function ?? file.root).mentions('RecursionError', 'RangeError', 'setrecursionlimit')
}

type Test = (node: SyntaxNode) => boolean

/** How this function would refer to itself; undefined when it cannot be told for sure. */
function selfCallOf(node: SyntaxNode, file: SourceFile): Test | undefined {
  const name = nameOf(node)
  if (!name) return undefined
  if (file.language === 'rust') return selfCallInRust(node, name, file)
  const owner = ownerOf(node)
  if (!owner) return callOfName(node, name, file)
  const accessor = accessorKind(node, name)
  const self = file.language === 'python' ? node.child('parameters')?.children('parameter')[0]?.name : 'this'
  if (!self) return undefined
  const isOwn = (it: SyntaxNode | undefined) =>
    it?.kind === 'Member' &&
    it.child('property')?.name === name.name &&
    (self === 'this' ? it.child('object')?.kind === 'This' : it.child('object')?.name === self)
  if (accessor === 'get')
    return it => isOwn(it) && it.role !== 'target' && it.parent?.kind !== 'Delete' && !isDeleted(it)
  if (accessor === 'set') return it => it.kind === 'Assignment' && isOwn(it.child('target'))
  if (accessor === 'other' || owner.kind !== 'Class') return undefined
  return it => it.kind === 'Call' && isOwn(it.child('callee'))
}

function nameOf(node: SyntaxNode): SyntaxNode | undefined {
  const name = node.child('name')
  if (name) return name.is('Name', 'PropertyName') ? name : undefined
  return node.parent?.kind === 'Declarator' ? node.parent.child('target') : undefined
}

/** `#[lang = "…"]`: the compiler puts its own code in the place of this one. */
function isOfCompiler(node: SyntaxNode): boolean {
  return hasAttribute(node, /\b(lang\s*=|rustc_intrinsic)/)
}

function isGenerator(node: SyntaxNode): boolean {
  for (const _ of node.ownDescendants('Yield')) return true
  return false
}

/** The class or object whose method this is. */
function ownerOf(node: SyntaxNode): SyntaxNode | undefined {
  const { parent } = node
  if (node.role === 'member' || (parent?.kind === 'Dictionary' && node.role === 'element')) return parent
  const around = parent?.kind === 'Decorated' ? parent.parent : parent
  return around?.parent?.kind === 'Class' && around.role === 'body' ? around.parent : undefined
}

function accessorKind(node: SyntaxNode, name: SyntaxNode): 'get' | 'set' | 'method' | 'other' {
  for (const it of node.children()) {
    if (it.kind === 'Keyword' && (it.type === 'get' || it.type === 'set')) return it.type
    if (it.row === name.row) break
  }
  if (node.parent?.kind !== 'Decorated') return 'method'
  const decorators = node.parent.children('decorator').map(it => it.text.replace(/^@\s*/, ''))
  if (decorators.length !== 1) return 'other'
  if (/^(property|(functools\.)?cached_property)$/.test(decorators[0]!)) return 'get'
  return decorators[0] === `${name.name}.setter` ? 'set' : 'other'
}

function isDeleted(node: SyntaxNode): boolean {
  return node.parent?.kind === 'Unary' && node.parent.operator === 'delete'
}

/** `self.load = …` in the class puts another function in the method's place. */
function isReplaced(node: SyntaxNode): boolean {
  const owner = ownerOf(node)
  const name = nameOf(node)?.name
  if (owner?.kind !== 'Class' || accessorKind(node, nameOf(node)!) !== 'method') return false
  for (const it of owner.descendants('Assignment')) {
    const target = it.child('target')
    if (target?.kind === 'Member' && target.child('property')?.name === name) return true
  }
  return false
}

function callOfName(node: SyntaxNode, name: SyntaxNode, file: SourceFile): Test | undefined {
  if (name.kind !== 'Name' || node.parent?.kind === 'Decorated') return undefined
  const binding = file.binding(name)
  if (binding?.writeCount !== 1 || binding.kind === 'variable') return undefined
  const id = binding.id
  return it => {
    if (it.kind !== 'Call') return false
    const callee = it.child('callee')
    return callee?.kind === 'Name' && callee.name === name.name && file.binding(callee)?.id === id
  }
}

/** Calling an asynchronous function runs it only when it is waited for. */
function isDeferred(it: SyntaxNode, node: SyntaxNode): boolean {
  const isAsync = node.children().some(part => part.kind === 'Keyword' && part.type === 'async')
  return isAsync && it.kind === 'Call' && it.parent?.kind !== 'Await'
}

// Rust: what `self.f()` means inside a trait's implementation depends on methods elsewhere, except for the well-known traits.

function selfCallInRust(node: SyntaxNode, name: SyntaxNode, file: SourceFile): Test | undefined {
  const owner = node.parent?.parent
  if (owner?.kind === 'Interface') return undefined
  if (owner?.kind !== 'Implementation') return callOfName(node, name, file)
  const trait = owner.child('superclass')
  if (trait) return traitCall(lastName(trait), node, name.name)
  return it => {
    if (it.kind !== 'Call') return false
    let callee = it.child('callee')
    if (callee?.kind === 'GenericType') callee = callee.child('callee')
    if (callee?.child('property')?.name !== name.name) return false
    const object = callee.child('object')
    return object?.kind === 'This' || object?.name === 'Self'
  }
}

/** A method of the type's own hides the trait's: `Self::default()` then means that one. */
function isInherentElsewhere(node: SyntaxNode, file: SourceFile): boolean {
  if (file.language !== 'rust' || !node.parent?.parent?.child('superclass')) return false
  const name = nameOf(node)?.name
  for (const it of file.root.descendants('Function')) {
    const owner = it.parent?.parent
    if (owner?.kind === 'Implementation' && !owner.child('superclass') && nameOf(it)?.name === name)
      return true
  }
  return false
}

function lastName(type: SyntaxNode): string {
  const it = type.kind === 'GenericType' ? (type.child('type') ?? type) : type
  return it.kind === 'Path' ? (it.child('property')?.name ?? '') : it.name
}

function traitCall(trait: string, node: SyntaxNode, name: string): Test | undefined {
  const parameter = node.child('parameters')?.children('parameter').at(-1)?.child('target')?.name ?? ''
  switch (`${trait}::${name}`) {
    case 'Display::fmt':
      return it => isOwnCall(it, 'to_string') || formatsSelf(it, /^$|^[^?xXobeE]*$/)
    case 'Debug::fmt':
      return it => formatsSelf(it, /\?$/)
    case 'ToString::to_string':
    case 'Clone::clone':
    case 'Deref::deref':
      return it => isOwnCall(it, name)
    case 'PartialOrd::partial_cmp':
    case 'Ord::cmp':
      return it => isOwnCall(it, name, parameter)
    case 'PartialEq::eq':
      return it => isOwnCall(it, name, parameter) || comparesSelf(it, parameter)
    case 'Default::default':
      return it => isDefault(it, node)
    case 'From::from':
      return it =>
        isTail(it, node) && isCallOf(it, 'into') && it.child('callee')?.child('object')?.name === parameter
    default:
      return undefined
  }
}

function isCallOf(it: SyntaxNode, name: string): boolean {
  return (
    it.kind === 'Call' &&
    it.child('callee')?.kind === 'Member' &&
    it.child('callee')?.child('property')?.name === name
  )
}

function isOwnCall(it: SyntaxNode, name: string, argument?: string): boolean {
  if (!isCallOf(it, name) || it.child('callee')?.child('object')?.kind !== 'This') return false
  const only = it.child('argument')
  return argument === undefined ? only === undefined : only?.name === argument
}

function comparesSelf(it: SyntaxNode, other: string): boolean {
  if (it.kind !== 'Comparison' || !/^[=!]=$/.test(it.operator)) return false
  const left = it.child('left')
  const right = it.child('right')
  if (left?.kind === 'Unary' && right?.kind === 'Unary') {
    if (left.operator !== '*' || right.operator !== '*') return false
    return left.child('operand')?.kind === 'This' && right.child('operand')?.name === other
  }
  return left?.kind === 'This' && right?.name === other
}

function isDefault(it: SyntaxNode, node: SyntaxNode): boolean {
  if (it.kind !== 'Call') return false
  const path = it.child('callee')?.text.replace(/\s/g, '')
  if (path === 'Self::default') return true
  return (
    path === 'Default::default' &&
    (isTail(it, node) || (it.parent?.kind === 'Spread' && it.parent.parent?.child('name')?.name === 'Self'))
  )
}

/** What the function gives back, so that its type is that of the function. */
function isTail(it: SyntaxNode, node: SyntaxNode): boolean {
  const { parent } = it
  return parent?.kind === 'Block' && parent.parent?.row === node.row && it.next === undefined
}

/** `write!(f, "{}", self)`, `write!(f, "{self}")`: a placeholder of this kind stands for the value itself. */
function formatsSelf(it: SyntaxNode, format: RegExp): boolean {
  const name = it.kind === 'MacroCall' ? it.child('callee')?.name : undefined
  if (name !== 'write' && name !== 'writeln' && name !== 'format') return false
  const text = it.child('argument')?.text.slice(1, -1) ?? ''
  const match = /^(?:\s*\w+\s*,)?\s*"((?:[^"\\]|\\.)*)"\s*,?(.*)$/s.exec(text)
  if (!match || (name === 'format') !== /^\s*"/.test(text)) return false
  const [, pattern = '', rest = ''] = match
  if (/[({[]/.test(rest.replace(/\(\)/g, ''))) return false
  const args = rest.split(',').map(arg => arg.trim().replace(/^[&*]+/, ''))
  let position = 0
  for (const [, which = '', how = ''] of pattern
    .replaceAll('{{', '')
    .matchAll(/\{([^{}:]*)(?::([^{}]*))?\}/g)) {
    const value = which === '' ? args[position++] : /^\d+$/.test(which) ? args[Number(which)] : which
    if (value === 'self' && format.test(how)) return true
  }
  return false
}
