// ast-grep's format, case by case: a pattern alone, the keys of a rule object, or the keys of a whole rule; code with marks;
// and, for rules with a fix, what the code becomes.

export type TreeCase = readonly [source: string, code: string, fixed?: string]

export interface TreeTopic {
  readonly name: string
  readonly language: 'Python' | 'JavaScript' | 'TypeScript' | 'Tsx' | 'Rust' | 'Go' | 'Java'
  readonly cases: readonly TreeCase[]
}

function topic(language: TreeTopic['language'], name: string, cases: readonly TreeCase[]): TreeTopic {
  return { name, language, cases }
}

export const treeCases: readonly TreeTopic[] = [
  topic('JavaScript', 'one node', [
    ['foo($A)', '«foo(1)»; foo(); foo(1, 2); bar(1)'],
    ['$A.b', '«x.b»; x.c; «y().b»'],
    ['$A == $A', '«a == a»; a == b; «f(1) == f(1)»; «a  ==  a»'],
    ['$_A == $_A', '«a == a»; «a == b»'],
    ['$_ + 1', '«a + 1»; a + 2'],
    ['foo', '«foo»(«foo»); bar.foo'],
    ['a = $B', '«a = 1»; b = 1; const a = 1'],
    ['const $X = $Y', '«const a = 1;» let b = 1'],
    ['const $X = 1', 'f(); «const a = 1;»'],
    ['new $C()', '«new A()»; new B(1)'],
    ['await $P', 'async () => { «await p» }'],
    ['`a`', 'f(«`a`», "a")'],
    [`'a'`, `f(«'a'», "a")`],
    ['foo(foo($A))', '«foo(foo(1))»; foo(1)'],
    ['$F($A)', '«f(«g(1)»)»'],
    ['console.log($GREETING)', 'console.log(); «console.log("a")»; console.log(1, 2)'],
    ['obj["k"]', '«obj["k"]»; obj.k'],
  ]),
  topic('JavaScript', 'several nodes', [
    ['foo($$$)', '«foo()»; «foo(1)»; «foo(1, 2)»; bar()'],
    ['foo($$$A)', '«foo()»; «foo(1, 2)»'],
    // A comma of the pattern must be there.
    ['foo($A, $$$)', 'foo(); foo(1); «foo(1, 2, 3)»'],
    // What stands for several nodes ends where the next part matches first.
    ['foo($$$, $A)', 'foo(); «foo(1)»; foo(1, 2, 3)'],
    ['foo($$$, b)', '«foo(b)»; «foo(a, b)»; foo(a)'],
    ['foo($$$A, b, $$$C)', '«foo(a, b, c)»; foo(b); foo(a)'],
    ['pattern: { context: "foo($$$A, b, $$$C)", strictness: ast }', '«foo(a, b, c)»; «foo(b)»; foo(a)'],
    ['function $F($$$) { $$$ }', '«function a() { }»; «function b(x) { return 1 }»'],
    ['function $F($$$) { return $A }', 'function a() { }; «function b(x) { return 1 }»'],
    ['[$$$, 1]', '[]; «[1]»; «[2, 1]»; [1, 2]'],
    ['({ $$$, a: 1 })', '«({ b: 2, a: 1 })»; ({ a: 2 })'],
    ['f($$$A) + g($$$A)', '«f(1, 2) + g(1, 2)»; f(1) + g(2); «f() + g()»'],
    ['if ($C) { $$$BODY }', '«if (a) { b(); c() }»; «if (a) { }»'],
    ['try { $$$ } catch ($E) { }', '«try { a() } catch (e) { }»; try { a() } catch (e) { b() }'],
    ['import { $$$ } from "a"', '«import { b, c } from "a"»\nimport { b } from "c"'],
  ]),
  topic('JavaScript', 'tokens', [
    [
      'rule: { kind: binary_expression, has: { field: operator, pattern: $$OP } }\nfix: f("$OP")',
      '«a + b»',
      'f("+")',
    ],
    ['kind: binary_expression\nhas: { field: operator, pattern: $OP }', 'a + b'],
    ['kind: binary_expression\nhas: { field: operator, regex: "^[+]$" }', '«a + b»; a - b'],
    ['kind: binary_expression\nregex: "^a"', '«a + b»; b + a'],
  ]),
  topic('JavaScript', 'strictness', [
    ['pattern: { context: "foo(a)", strictness: cst }', '«foo(a)»; foo(a,)'],
    ['pattern: { context: "foo(a)", strictness: smart }', '«foo(a)»; «foo(a,)»'],
    ['pattern: foo(a)', '«foo(a,)»; «foo(/* b */ a)»'],
    ['pattern: { context: "foo(a)", strictness: cst }', 'foo(/* b */ a)'],
    ['pattern: { context: "foo(a)", strictness: ast }', 'foo(/* b */ a); «foo(a,)»'],
    ['pattern: { context: "foo(a)", strictness: relaxed }', '«foo(/* b */ a)»; «foo(a,)»'],
    ['pattern: { context: "foo(a)", strictness: signature }', '«foo(b)»; «bar(c)»; foo(1)'],
    [
      'pattern: { context: "function f() {}", strictness: smart }',
      '«function f() {}»; «async function f() {}»; async function g() {}',
    ],
    ['pattern: { context: "async function f() {}", strictness: ast }', '«function f() {}»'],
    ['pattern: async function f() {}', 'function f() {}; «async function f() {}»'],
    [`pattern: { context: "import a from 'b'", strictness: ast }`, '«import a from "b"»'],
    [`pattern: "import a from 'b'"`, 'import a from "b"'],
    [`pattern: { context: "foo('a')", strictness: relaxed }`, '«foo("a")»'],
  ]),
  topic('JavaScript', 'patterns in a context', [
    ['pattern: { context: "class A { $F = 1 }", selector: field_definition }', 'class B { «a = 1»; b = 2 }'],
    ['pattern: { context: "({ a: $V })", selector: pair }', 'f({ «a: 1», b: 2 })'],
    ['pattern: { context: "foo($A)", selector: identifier }', '«foo»(1); «foo»; bar'],
    ['pattern: { context: "`${$A}`", selector: template_substitution }', 'f(`a «${b}» c`)'],
  ]),
  topic('JavaScript', 'kinds and selectors', [
    ['kind: string', 'f(«"a"», 1)'],
    ['kind: "number, string"', 'f(«"a"», «1», b)'],
    ['kind: call_expression > identifier', '«f»(a); b'],
    ['kind: return_statement identifier', 'function f() { a; return «g»(«b»).c }'],
    ['kind: "call_expression:has(number)"', '«f(1)»; f(a); «f(«g(1)»)»'],
    ['kind: "call_expression:not(:has(number))"', 'f(1); «f(a)»'],
    ['kind: "arguments > number:nth-child(2)"', 'f(1, «2», 3)'],
    ['kind: "arguments > number:nth-last-child(1)"', 'f(1, 2, «3»)'],
    ['kind: ":is(string, number)"', 'f(«"a"», «1»)'],
    ['kind: "lexical_declaration ~ expression_statement"', 'a;\nlet b\n«c;»\n«d;»'],
    ['kind: ERROR', 'a; «)»'],
  ]),
  topic('JavaScript', 'regular expressions', [
    ['kind: identifier\nregex: ^a', '«ab»; ba'],
    ['kind: identifier\nregex: a$', 'ab; «ba»'],
    ['kind: identifier\nregex: (?i)^AB$', '«ab»; «aB»; abc'],
    ['kind: identifier\nregex: "^\\\\w{2}$"', '«ab»; abc'],
    ['kind: statement_block\nregex: ^a', 'if (x) {\na\n}'],
    ['kind: statement_block\nregex: (?m)^a', 'if (x) «{\na\n}»'],
    ['pattern: $A\nkind: identifier\nregex: ^(a|b)$', '«a»; «b»; c'],
    ['kind: identifier\nnot: { regex: ^a }', 'a; «b»'],
    ['kind: identifier\nregex: "^\\\\p{Lu}"', '«Ab»; ab'],
  ]),
  topic('JavaScript', 'positions among siblings', [
    ['kind: number\nnthChild: 1', '[«1», 2, 3]'],
    ['kind: number\nnthChild: 2n+1', '[«1», 2, «3», 4]'],
    ['kind: number\nnthChild: "2n"', '[1, «2», 3, «4»]'],
    ['kind: number\nnthChild: "-n+2"', '[«1», «2», 3]'],
    ['kind: number\nnthChild: { position: 1, reverse: true }', '[1, 2, «3»]'],
    ['kind: number\nnthChild: { position: 1, ofRule: { kind: number } }', '[a, «1», 2]'],
    ['kind: number\nnthChild: { position: 2, ofRule: { regex: "^[13]$" } }', '[1, 2, «3»]'],
    ['kind: number\nrange: { start: { line: 1, column: 0 }, end: { line: 1, column: 1 } }', '1\n«2»\n3'],
    ['kind: number\nrange: { start: { line: 2 }, end: { line: 2 } }', '1\n2\n«3»'],
  ]),
  topic('JavaScript', 'inside', [
    ['pattern: a\ninside: { kind: arguments }', 'f(«a»); a; f([a])'],
    ['pattern: a\ninside: { kind: arguments, stopBy: end }', 'f(«a»); a; f([«a»])'],
    ['pattern: a\ninside: { pattern: f($$$), stopBy: end }', 'f(«a»); g(a)'],
    [
      'pattern: a\ninside: { kind: call_expression, stopBy: { kind: function_expression } }',
      'f(«a»); f(function () { a })',
    ],
    [
      'pattern: a\ninside: { kind: function_expression, stopBy: { kind: function_expression } }',
      'f(function () { «a» })',
    ],
    ['pattern: $F\nkind: identifier\ninside: { kind: call_expression, field: function }', '«f»(a)'],
    [
      'pattern: $A\nkind: identifier\ninside: { kind: call_expression, field: arguments, stopBy: end }',
      'f(«a»)',
    ],
    ['pattern: a\nnot: { inside: { kind: if_statement, field: condition, stopBy: end } }', 'if (a) { «a» }'],
    ['pattern: $X\nkind: identifier\ninside: { pattern: $X.b }', '«a».b; a.c'],
  ]),
  topic('JavaScript', 'has', [
    ['kind: arguments\nhas: { kind: number }', 'f«(1)»; f([1])'],
    ['kind: arguments\nhas: { kind: number, stopBy: end }', 'f«(1)»; f«([1])»'],
    [
      'kind: call_expression\nhas: { pattern: a, stopBy: { kind: call_expression } }',
      '«f(a)»; f(«g(a)»); «f([a])»',
    ],
    ['kind: call_expression\nhas: { field: function, pattern: f }', '«f(1)»; g(f)'],
    ['kind: call_expression\nhas: { field: arguments, has: { pattern: a } }', '«f(a)»; f(b)'],
    ['kind: call_expression\nhas: { field: arguments, stopBy: end, pattern: a }', '«f([a])»; f(b)'],
    [
      'kind: function_declaration\nnot: { has: { kind: return_statement, stopBy: end } }',
      '«function a() { }»; function b() { return 1 }',
    ],
    ['pattern: f($A)\nhas: { pattern: $A, stopBy: end }', '«f(1)»'],
    ['pattern: $F($$$)\nhas: { pattern: $F.b, stopBy: end }', '«f(f.b)»; f(g.b)'],
  ]),
  topic('JavaScript', 'follows and precedes', [
    ['kind: expression_statement\nfollows: { kind: lexical_declaration }', 'let a\n«b;»\nc;'],
    ['kind: expression_statement\nfollows: { kind: lexical_declaration, stopBy: end }', 'let a\n«b;»\n«c;»'],
    ['kind: expression_statement\nprecedes: { kind: lexical_declaration }', 'b;\n«c;»\nlet a'],
    ['kind: expression_statement\nprecedes: { kind: lexical_declaration, stopBy: end }', '«b;»\n«c;»\nlet a'],
    [
      'kind: expression_statement\nfollows: { kind: lexical_declaration, stopBy: { kind: if_statement } }',
      'let a\n«b;»\nif (x) {}\nc;',
    ],
    ['pattern: $A\nkind: number\nfollows: { pattern: $A, stopBy: end }', '[1, 2, «1»]'],
  ]),
  topic('JavaScript', 'together', [
    ['all: [{ kind: identifier }, { regex: ^a }]', '«ab»; b'],
    ['any: [{ pattern: a }, { pattern: b }]', '«a»; «b»; c'],
    ['any: [{ pattern: f($A) }, { pattern: g($A) }]', '«f(1)»; «g(1)»; h(1)'],
    ['pattern: f($A)\nnot: { pattern: f(1) }', 'f(1); «f(2)»'],
    ['all: [{ pattern: $A + $B }, { not: { pattern: $A + $A } }]', 'a + a; «a + b»'],
    [
      'pattern: f($A)\nany: [{ has: { pattern: a, stopBy: end } }, { has: { pattern: b, stopBy: end } }]',
      '«f(a)»; «f(b)»; f(c)',
    ],
    [
      'all: [{ any: [{ pattern: $A.x }, { pattern: $A.y }] }, { inside: { pattern: f($$$), stopBy: end } }]',
      'f(«a.x», «b.y», c.z); a.x',
    ],
  ]),
  topic('JavaScript', 'constraints', [
    ['rule: { pattern: f($A) }\nconstraints: { A: { kind: number } }', '«f(1)»; f(a)'],
    ['rule: { pattern: f($A) }\nconstraints: { A: { regex: ^a } }', '«f(ab)»; f(b)'],
    ['rule: { pattern: f($A) }\nconstraints: { A: { not: { kind: number } } }', 'f(1); «f(a)»'],
    ['rule: { pattern: f($A) }\nconstraints: { A: { has: { pattern: b, stopBy: end } } }', '«f([b])»; f(a)'],
    ['rule: { pattern: "f($A, $B)" }\nconstraints: { A: { pattern: $B } }', '«f(1, 1)»; f(1, 2)'],
  ]),
  topic('JavaScript', 'utilities', [
    [
      'utils: { literal: { any: [{ kind: number }, { kind: string }] } }\nrule: { pattern: f($A), has: { matches: literal, stopBy: end } }',
      '«f(1)»; «f("a")»; f(a)',
    ],
    ['utils: { it: { pattern: f($A) } }\nrule: { matches: it }', '«f(1)»; g(1)'],
    ['utils: { a: { matches: b }, b: { kind: number } }\nrule: { matches: a }', 'f(«1»)'],
    // A utility may look for itself further inside.
    [
      'utils: { flat: { any: [{ kind: number }, { kind: parenthesized_expression, has: { matches: flat } }] } }\nrule: { pattern: const x = $V, has: { kind: variable_declarator, has: { field: value, matches: flat } } }',
      '«const x = ((1));» const x = (a)',
    ],
    // What a utility of the rule binds is the rule's.
    [
      'utils: { it: { pattern: g($A) } }\nrule: { pattern: f($A), has: { matches: it, stopBy: end } }',
      'f(g(1)); f(g(f))',
    ],
  ]),
  topic('JavaScript', 'fixes', [
    ['rule: { pattern: f($A) }\nfix: g($A)', '«f(1)»; h()', 'g(1); h()'],
    ['rule: { pattern: f($$$A) }\nfix: g($$$A)', '«f(1, 2)»', 'g(1, 2)'],
    ['rule: { pattern: "f($A, $B)" }\nfix: f($B, $A)', '«f(1, 2)»', 'f(2, 1)'],
    ['rule: { pattern: debugger }\nfix: ""', 'a; «debugger»', 'a; '],
    [
      'rule: { pattern: f($A) }\nfix: |-\n  g(\n    $A\n  )',
      'if (x) {\n  «f({\n    a: 1,\n  })»\n}',
      'if (x) {\n  g(\n    {\n      a: 1,\n    }\n  )\n}',
    ],
    [
      'rule: { kind: number, inside: { kind: array } }\nfix: { template: "", expandEnd: { regex: "^,$" } }',
      '[«1», a]',
      '[ a]',
    ],
    [
      'rule: { pattern: b, inside: { kind: array } }\nfix: { template: "", expandStart: { regex: "^,$" } }',
      '[a, «b»]',
      '[a]',
    ],
    [
      'rule: { pattern: b, inside: { kind: array } }\nfix:\n  - { title: one, template: c }\n  - { title: two, template: d }',
      '[«b»]',
      '[c]',
    ],
  ]),
  topic('JavaScript', 'transformations', [
    [
      "rule: { pattern: f($A) }\ntransform: { B: { replace: { source: $A, replace: 'get(\\w+)', by: 'set${1}' } } }\nfix: f($B)",
      '«f(getName)»',
      'f(setName)',
    ],
    [
      "rule: { pattern: f($A) }\ntransform: { B: { replace: { source: $A, replace: '(?P<x>a+)', by: '<$x>' } } }\nfix: f(`$B`)",
      '«f(caat)»',
      'f(`c<aa>t`)',
    ],
    [
      'rule: { pattern: f($A) }\ntransform: { B: { substring: { source: $A, startChar: 1, endChar: -1 } } }\nfix: f($B)',
      '«f("a")»',
      'f(a)',
    ],
    [
      'rule: { pattern: f($A) }\ntransform: { B: { convert: { source: $A, toCase: snakeCase } } }\nfix: f($B)',
      '«f(someXMLName)»',
      'f(some_xml_name)',
    ],
    [
      'rule: { pattern: f($A) }\ntransform: { B: { convert: { source: $A, toCase: camelCase } } }\nfix: f($B)',
      '«f(some_name)»',
      'f(someName)',
    ],
    [
      'rule: { pattern: f($A) }\ntransform: { B: { convert: { source: $A, toCase: pascalCase, separatedBy: [underscore] } } }\nfix: f($B)',
      '«f(some_bigName)»',
      'f(SomeBigName)',
    ],
    [
      'rule: { pattern: f($A) }\ntransform: { B: { convert: { source: $A, toCase: kebabCase, separatedBy: [caseChange] } } }\nfix: f(`$B`)',
      '«f(someName_x)»',
      'f(`some-name_x`)',
    ],
    [
      'rule: { pattern: f($A) }\ntransform: { B: { convert: { source: $A, toCase: upperCase } } }\nfix: f($B)',
      '«f(ab)»',
      'f(AB)',
    ],
    [
      `rule: { pattern: f($A) }\ntransform:\n  B: replace($A, replace='a+', by=b)\n  C: convert($B, toCase=capitalize)\nfix: f($C)`,
      '«f(aac)»',
      'f(Bc)',
    ],
    [
      'rule: { pattern: f($A) }\ntransform:\n  B: substring($A, startChar=1)\nfix: f($B)',
      '«f(abc)»',
      'f(bc)',
    ],
    [
      'rule: { pattern: "f($$$A)" }\nrewriters:\n  - { id: number, rule: { kind: number }, fix: n }\ntransform: { B: { rewrite: { rewriters: [number], source: $$$A } } }\nfix: g($B)',
      '«f(1, a, [2])»',
      'g(n, a, [n])',
    ],
    [
      'rule: { pattern: "f($$$A)" }\nrewriters:\n  - { id: name, rule: { pattern: $N, kind: identifier }, fix: $N }\ntransform: { B: { rewrite: { rewriters: [name], source: $$$A, joinBy: " + " } } }\nfix: g($B)',
      '«f(a, 1, b)»',
      'g(a + b)',
    ],
  ]),
  topic('JavaScript', 'comments that silence', [
    ['f()', '// ast-grep-ignore\nf()\n«f()»'],
    ['f()', 'f() // ast-grep-ignore\n«f()»'],
    ['f()', '// ast-grep-ignore: case\nf()'],
    ['f()', '// ast-grep-ignore: other, case\nf()'],
    ['f()', '// ast-grep-ignore: other\n«f()»'],
    ['f()', '// ast-grep-ignore\n\nf()\nf()'],
  ]),
  topic('TypeScript', 'patterns', [
    ['$A as any', '«x as any»; x as T'],
    ['let $X: string = $Y', '«let a: string = "b";» let c: T = d'],
    ['interface $I { $$$ }', '«interface A { b: C }»'],
    ['type $T = $U', '«type A = B»'],
    ['$F<$T>($$$)', '«f<A>(1)»; f(1)'],
    [
      'pattern: { context: "class A { private $F: $T }", selector: public_field_definition }',
      'class B { «private a: C»; b: C }',
    ],
    ['$A!', '«x!»; x'],
  ]),
  topic('Tsx', 'patterns', [
    ['<$C $$$ATTRS />', 'const a = «<B c="d" />»'],
    ['<a>$$$</a>', 'const a = «<a>b {c}</a>»'],
    [
      'kind: jsx_attribute\nhas: { kind: property_identifier, regex: ^on }',
      'const a = <B «onClick={c}» d />',
    ],
  ]),
  topic('Python', 'patterns', [
    ['print($A)', '«print(1)»; print()'],
    ['print($$$)', '«print()»; «print(1, 2)»'],
    ['$A is None', '«a is None»; a is not None'],
    ['def $F($$$):\n    $$$BODY', '«def f(a):\n    return 1»'],
    ['def $F($A):\n    return $A', '«def f(a):\n    return a»\ndef g(a):\n    return b'],
    ['f($A, key=$B)', '«f(1, key=2)»; f(1, other=2)'],
    ['"a"', `x = «"a"»; y = 'a'`],
    ['f"{$A}"', 'x = «f"{a}"»'],
    ['import $M', '«import a»\nfrom a import b'],
    ['from $M import $N', '«from a import b»\nimport a'],
    ['@$D\ndef $F(): $$$', '«@a\ndef f(): pass»\ndef g(): pass'],
    ['kind: call\nhas: { field: function, regex: "^eval$" }', '«eval(a)»; f(eval)'],
    ['kind: except_clause\nnot: { has: { kind: identifier } }', 'try: a\n«except: b»'],
    ['$A = $A', '«a = a»; a = b'],
    ['for $X in $Y:\n    $$$', '«for a in b:\n    c()»'],
    ['with open($P) as $F: $$$', '«with open(a) as f: g()»'],
    ['rule: { pattern: "$A == None" }\nfix: $A is None', 'if «a == None»: pass', 'if a is None: pass'],
  ]),
  topic('Rust', 'patterns', [
    ['$A.unwrap()', 'fn f() { «a.unwrap()»; a.expect("b") }'],
    ['println!($$$)', 'fn f() { «println!("a", b)»; print!("a") }'],
    ['let $X = $Y;', 'fn f() { «let a = b;» let mut c = d; }'],
    ['fn $F($$$) -> $T { $$$ }', '«fn f(a: B) -> C { d }»\nfn g() {}'],
    ['unsafe { $$$ }', 'fn f() { «unsafe { a() }» }'],
    ['$A?', 'fn f() { «a()?»; b() }'],
    ['Some($X)', 'fn f() { «Some(1)»; None }'],
    ['kind: use_declaration', '«use a::b;»\nfn f() {}'],
    ['kind: function_item\nhas: { kind: visibility_modifier }', '«pub fn f() {}»\nfn g() {}'],
    [
      'rule: { pattern: "$A.len() == 0" }\nfix: $A.is_empty()',
      'fn f() { if «a.len() == 0» {} }',
      'fn f() { if a.is_empty() {} }',
    ],
  ]),
  topic('Go', 'patterns', [
    [
      'pattern: { context: "func f() { fmt.Println($A) }", selector: call_expression }',
      'package a\nfunc f() { «fmt.Println(1)»; fmt.Print(1) }',
    ],
    ['kind: go_statement', 'package a\nfunc f() { «go g()» }'],
  ]),
  topic('Java', 'patterns', [
    ['System.out.println($A);', 'class A { void f() { «System.out.println(1);» } }'],
    [
      'kind: method_declaration\nhas: { field: name, regex: ^get }',
      'class A { «int getB() { return 1; }» int c() { return 2; } }',
    ],
  ]),
]
