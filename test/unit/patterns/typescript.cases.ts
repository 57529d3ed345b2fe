// Patterns of TypeScript: what JavaScript does not have.

import { patterns } from './cases.ts'

export const typescript = [
  patterns('typescript', 'types', [
    ['function $F($X: $T) {...}', '«function a(b: string) {}»\nfunction c(d) {}'],
    ['function $F($X) {...}', '«function a(b: string) {}»\n«function c(d) {}»'],
    ['function $F($X: string) {...}', '«function a(b: string) {}»\nfunction c(d: number) {}'],
    ['function $F(...): $T {...}', '«function a(): B {}»\nfunction c() {}'],
    ['const $X: $T = $Y', '«const a: B = c»\nconst d = e'],
    ['const $X = $Y', '«const a: B = c»\n«const d = e»'],
    ['$X as any', '«a as any»; a as B'],
    ['$X as $T', '«a as B»'],
    ['$X!', '«a!»; a'],
    ['interface $I {...}', '«interface A { b: C }»'],
    ['type $T = $U', '«type A = B»'],
    ['enum $E {...}', '«enum A { B }»'],
    ['class $C implements $I {...}', '«class A implements B {}»'],
    ['foo<$T>($X)', '«foo<A>(b)»; foo(b)'],
    ['foo($X)', '«foo<A>(b)»; «foo(b)»'],
  ]),
  patterns('typescript', 'the same as JavaScript', [
    ['foo(...)', '«foo(1)»; bar()'],
    ['function ... (..., $X, ...) {...}', '«function a(b: C, d: E) {}»'],
    ['({ $X }: R, ...) => {...}', 'f(«({ a }: R, b) => {}»); f((a: R) => {})'],
    ['const $X = require("a")', '«const b = require("a")»'],
    ['import $X from "a"', '«import b from "a"»'],
    ['class $C { ... $F(...) {...} ... }', '«class A { private b = 1; c(): void {} }»'],
    ['class $C { @D(...) $F(...) {...} }', '«class A { @D(1) b() {} }»\nclass C { d() {} }'],
    ['@D(...)\nclass $C {...}', '«@D({})\nclass A {}»\nclass B {}'],
    ['$X.foo()', '«a.foo()»; «a!.foo()»; «a?.foo()»'],
    ['foo("...")', 'const a: string = "b"\n«foo(a)»'],
    ['a();\n...\nb();', '«a(); const c: D = 1; b();»'],
    ['new $C($X)', '«new A(b)»; «new A<B>(c)»'],
    ['{ ..., a: $X, ... }', 'f(«{ b: 1, a: 2 }»)'],
    ['import type { A } from "a"', '«import type { A } from "a"»'],
  ]),
]
