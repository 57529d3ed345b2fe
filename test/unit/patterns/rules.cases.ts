// Whole rules: how patterns are put together, conditions, and taint.

import { rules } from './cases.ts'

export const ruleCases = [
  rules('python', 'one of several', [
    ['pattern-either:\n  - pattern: a()\n  - pattern: b()', '«a()»; «b()»; c()'],
    [
      'pattern-either:\n  - patterns:\n      - pattern: a($X)\n      - pattern-not: a(1)\n  - pattern: b()',
      'a(1); «a(2)»; «b()»',
    ],
    ['pattern-either:\n  - pattern-either:\n      - pattern: a()\n  - pattern: b()', '«a()»; «b()»'],
    ['patterns:\n  - pattern: a(...)', '«a(1)»'],
    ['pattern-regex: a+b', '«aab» + «ab» + b'],
    ['pattern-regex: (?i)HELLO', '# «hello»'],
    ['pattern-regex: ^x', '«x» = 1\ny = x'],
    ['pattern-regex: foo\\s*\\(', '«foo (»1)'],
  ]),
  rules('python', 'and not', [
    ['patterns:\n  - pattern: a(...)\n  - pattern-not: a(1)', 'a(1); «a(2)»'],
    ['patterns:\n  - pattern: a($X)\n  - pattern-not: a("...")', 'a("b"); «a(c)»'],
    ['patterns:\n  - pattern: $X == $Y\n  - pattern-not: $X == $X', 'a == a; «a == b»'],
    ['patterns:\n  - pattern: a(...)\n  - pattern-not: a(..., b=True, ...)', 'a(b=True); «a(b=False)»'],
    ['patterns:\n  - pattern: a()\n  - pattern-not: b(a())', 'b(«a()»)'],
    ['patterns:\n  - pattern: a()\n  - pattern-not-inside: b(...)', 'b(a()); «a()»'],
    [
      'patterns:\n  - pattern: a()\n  - pattern-not-inside: |\n      def $F(...):\n        ...',
      'def f():\n  a()\n«a()»',
    ],
    [
      'patterns:\n  - pattern: $X.a()\n  - pattern-not-inside: |\n      $X = b()\n      ...',
      'x = b()\nx.a()\n«y.a()»',
    ],
    ['patterns:\n  - pattern: foo\n  - pattern-not-regex: foo', 'foo'],
    ['patterns:\n  - pattern: a(...)\n  - pattern-not-regex: secret', '«a(b)»; a(secret)'],
  ]),
  rules('python', 'inside', [
    [
      'patterns:\n  - pattern-inside: |\n      def $F(...):\n        ...\n  - pattern: a()',
      'def f():\n  «a()»\na()',
    ],
    ['patterns:\n  - pattern: a()\n  - pattern-inside: b(...)', 'b(«a()»); a()'],
    [
      'patterns:\n  - pattern-inside: |\n      class $C(B):\n        ...\n  - pattern-inside: |\n      def f(...):\n        ...\n  - pattern: a()',
      'class A(B):\n  def f(self):\n    «a()»\n  def g(self):\n    a()',
    ],
    [
      'patterns:\n  - pattern-inside: |\n      def $F($X):\n        ...\n  - pattern: foo($X)',
      'def f(a):\n  «foo(a)»\n  foo(b)',
    ],
    ['patterns:\n  - pattern-inside: |\n      import a\n      ...\n  - pattern: b()', 'b()\nimport a\n«b()»'],
    [
      'patterns:\n  - pattern-either:\n      - pattern-inside: a(...)\n      - pattern-inside: b(...)\n  - pattern: c',
      'a(«c»); b(«c»); d(c)',
    ],
    ['patterns:\n  - pattern: a(...)\n  - pattern: a(1)', '«a(1)»; a(2)'],
    ['patterns:\n  - pattern-inside: f($X)\n  - pattern: $X', 'f(«a»); a'],
    ['patterns:\n  - pattern: f(...)\n  - pattern: g(...)', 'f(«g(1)»); g(2)'],
  ]),
  rules('python', 'conditions on metavariables', [
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-regex:\n      metavariable: $X\n      regex: a.*',
      '«foo(abc)»; foo(bca)',
    ],
    [
      'patterns:\n  - pattern: $F(...)\n  - metavariable-regex:\n      metavariable: $F\n      regex: ^(a|b)$',
      '«a()»; «b()»; ab()',
    ],
    [
      'patterns:\n  - pattern: foo("$X")\n  - metavariable-regex:\n      metavariable: $X\n      regex: ^x',
      '«foo("xy")»; foo("yx")',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-regex:\n      metavariable: $X\n      regex: ^(?!a)',
      'foo(a); «foo(b)»',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X > 5',
      '«foo(6)»; foo(5)',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-comparison:\n      comparison: $X > 5 and $X < 10',
      '«foo(6)»; foo(10)',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X % 2 == 0',
      '«foo(2)»; foo(3)',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X in [1, 2]',
      '«foo(1)»; foo(3)',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: int($X) < 8\n      strip: true',
      '«foo("7")»; foo("9")',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X >= 0o600\n      base: 8',
      '«foo(0o644)»; foo(0o400)',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: not $X == 1',
      'foo(1); «foo(2)»',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: re.match("a+$", str($X))',
      '«foo("aa")»; foo("ab")',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-comparison:\n      metavariable: $X\n      comparison: $X > 5',
      'A = 6\n«foo(A)»',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-pattern:\n      metavariable: $X\n      pattern: bar(...)',
      '«foo(bar(1))»; foo(1)',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-pattern:\n      metavariable: $X\n      patterns:\n        - pattern-not: \'"..."\'',
      'foo("a"); «foo(b)»',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-pattern:\n      metavariable: $X\n      pattern-either:\n        - pattern: a\n        - pattern: b',
      '«foo(a)»; «foo(b)»; foo(c)',
    ],
    [
      'patterns:\n  - pattern: a.$M(...)\n  - metavariable-pattern:\n      metavariable: $M\n      pattern: b',
      '«a.b()»; a.c()',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-pattern:\n      metavariable: $X\n      pattern-regex: x\\d',
      '«foo(x1)»; foo(y)',
    ],
    [
      'patterns:\n  - pattern: foo("$X")\n  - metavariable-pattern:\n      metavariable: $X\n      language: javascript\n      pattern: eval(...)',
      '«foo("eval(1)")»; foo("b()")',
    ],
    [
      'patterns:\n  - pattern: foo("$X")\n  - metavariable-analysis:\n      metavariable: $X\n      analyzer: entropy',
      '«foo("fK29slQ0zPxT71mVb83hWq")»; foo("hello world")',
    ],
    [
      'patterns:\n  - pattern: re.compile("$X")\n  - metavariable-analysis:\n      metavariable: $X\n      analyzer: redos',
      '«re.compile("(a+)+b")»; re.compile("a+b")',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-type:\n      metavariable: $X\n      type: str',
      '«foo("a")»; foo(1)',
    ],
    [
      'patterns:\n  - pattern: foo($X)\n  - metavariable-type:\n      metavariable: $X\n      types:\n        - int',
      'foo("a"); «foo(1)»',
    ],
  ]),
  rules('python', 'a text inside of the code', [
    [
      'patterns:\n  - pattern: foo("$X")\n  - metavariable-pattern:\n      metavariable: $X\n      language: generic\n      pattern: <$TAG ...',
      '«foo("<a href>")»; foo("a < 1 or b")'.replace('a < 1 or b', 'text'),
    ],
    [
      'patterns:\n  - pattern: foo("$X")\n  - metavariable-pattern:\n      metavariable: $X\n      language: generic\n      pattern: $SCHEME://%s',
      '«foo("http://%s")»; foo("http://a")',
    ],
    [
      'patterns:\n  - pattern: foo("$X")\n  - metavariable-pattern:\n      metavariable: $X\n      language: generic\n      pattern: <$TAG>...</$TAG>',
      '«foo("<a>b</a>")»; foo("<a>b</c>")',
    ],
  ]),
  rules('python', 'focus', [
    ['patterns:\n  - pattern: foo($X)\n  - focus-metavariable: $X', 'foo(«a»); foo(«b.c»)'],
    [
      'patterns:\n  - pattern: |\n      def $F(..., $X, ...):\n        ...\n  - focus-metavariable: $X',
      'def f(«a», «b»):\n  pass',
    ],
    ['patterns:\n  - pattern: foo($X, $Y)\n  - focus-metavariable:\n      - $X\n      - $Y', 'foo(«a», «b»)'],
    [
      'patterns:\n  - pattern-inside: foo($X)\n  - pattern: bar($Y)\n  - focus-metavariable: $Y',
      'foo(bar(«a»))',
    ],
  ]),
  rules('python', 'options', [
    ['pattern: foo("...")\noptions:\n  constant_propagation: false', 'a = "b"\nfoo(a)\n«foo("c")»'],
    ['pattern: a == b\noptions:\n  symmetric_eq: true', '«a == b»; «b == a»'],
    ['pattern: a and b\noptions:\n  commutative_boolop: true', '«a and b»; «b and a»'],
    ['pattern: a | b\noptions:\n  ac_matching: false', '«a | b»; b | a'],
    ['pattern: foo(bar())\noptions:\n  symbolic_propagation: true', 'x = bar()\n«foo(x)»'],
    ['pattern: foo(bar())', 'x = bar()\nfoo(x)'],
  ]),
  rules('javascript', 'options', [
    ['pattern: $X = 1\noptions:\n  vardef_assign: false', '«a = 1»; const b = 1'],
    ['pattern: a === b\noptions:\n  symmetric_eq: true', '«b === a»'],
  ]),
  rules('python', 'taint', [
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'x = source()\n«sink(x)»\nsink(y)',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      '«sink(source())»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'x = source()\nx = "safe"\nsink(x)',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'x = source()\nif a:\n  x = ""\n«sink(x)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'x = source()\ny = f"a{x}"\n«sink("b" + y)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'x = f(source())\n«sink(x.y[0])»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'for x in source():\n  «sink(x)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'while a:\n  «sink(x)»\n  x = source()',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'a, b = source()\n«sink(b)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'x.a = source()\n«sink(x.a)»\nsink(x.b)',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'def f():\n  x = source()\ndef g(x):\n  sink(x)',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'x = [g(y) for y in source()]\n«sink(x)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'with source() as x:\n  «sink(x)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'if a:\n  x = source()\n  raise E\nelse:\n  x = 1\nsink(x)',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)\npattern-sanitizers:\n  - pattern: clean(...)',
      'x = source()\nsink(clean(x))\n«sink(x)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)\npattern-sanitizers:\n  - pattern: clean(...)',
      'x = clean(source())\nsink(x)',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)\npattern-sanitizers:\n  - patterns:\n      - pattern: check($X)\n      - focus-metavariable: $X\n    by-side-effect: true',
      'x = source()\ncheck(x)\nsink(x)',
    ],
    [
      'mode: taint\npattern-sources:\n  - patterns:\n      - pattern: fill($X)\n      - focus-metavariable: $X\n    by-side-effect: true\npattern-sinks:\n  - pattern: sink(...)',
      'fill(x)\n«sink(x)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - patterns:\n      - pattern-inside: |\n          def $F(..., $X, ...):\n            ...\n      - focus-metavariable: $X\npattern-sinks:\n  - pattern: sink(...)',
      'def f(a, b):\n  «sink(a)»\n  sink(c)',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - patterns:\n      - pattern: sink($X, ...)\n      - focus-metavariable: $X',
      'x = source()\nsink(«x», 1)\nsink(1, x)',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)\npattern-propagators:\n  - pattern: $TO.add($FROM)\n    from: $FROM\n    to: $TO',
      'x = source()\ny.add(x)\n«sink(y)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: a()\n    label: A\n  - pattern: b()\n    label: B\npattern-sinks:\n  - pattern: sink(...)\n    requires: A and not B',
      '«sink(a())»\nsink(b())\nsink(a() + b())',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source\npattern-sinks:\n  - pattern: return ...',
      'def f():\n  «return source.x»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'x = source()\nx += "a"\n«sink(x)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'try:\n  x = source()\nexcept E:\n  «sink(x)»',
    ],
  ]),
  rules('javascript', 'taint', [
    [
      'mode: taint\npattern-sources:\n  - pattern: req.query\npattern-sinks:\n  - pattern: sink(...)',
      'const x = req.query.id; «sink(x)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: req.query\npattern-sinks:\n  - pattern: sink(...)',
      'const { id } = req.query; «sink(id)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: req.query\npattern-sinks:\n  - pattern: sink(...)',
      'const x = `a${req.query.b}`; f(() => { «sink(x)» })',
    ],
    [
      'mode: taint\npattern-sources:\n  - patterns:\n      - pattern-inside: function ... ($REQ, ...) {...}\n      - pattern: $REQ.body\npattern-sinks:\n  - pattern: sink(...)',
      'app.get("/", (r, s) => { «sink(r.body.x)»; sink(s) })',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - patterns:\n      - pattern: $X.innerHTML = $Y\n      - focus-metavariable: $Y',
      'a.innerHTML = «source()»; a.innerHTML = b',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'let x = a ? source() : ""; «sink(x)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'switch (a) { case 1: x = source(); break }\n«sink(x)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'for (const x of source()) { «sink(x)» }',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'const o = { a: source() }; «sink(o)»',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: new Sink(...)',
      '«new Sink(source())»',
    ],
  ]),
  rules('javascript', 'taint and what is assigned to', [
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: $OBJECT[...]',
      '«a[source()]»; a[b] = source(); «a[source()]» = 1',
    ],
  ]),
  rules('rust', 'taint', [
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'fn f() { let x = source(); «sink(x)»; sink(y); }',
    ],
    [
      'mode: taint\npattern-sources:\n  - pattern: source()\npattern-sinks:\n  - pattern: sink(...)',
      'fn f() { let mut x = 1; if a { x = source(); } «sink(&x)»; }',
    ],
  ]),
  rules('text', 'regular expressions over text', [
    ['pattern-regex: a(b|c)', '«ab» «ac» ad'],
    ['patterns:\n  - pattern-regex: key-\\w+\n  - pattern-not-regex: key-test', '«key-abc» key-test'],
    [
      'patterns:\n  - pattern-regex: (?<NAME>\\w+)=1\n  - metavariable-regex:\n      metavariable: $NAME\n      regex: ^a',
      '«ab=1» ba=1',
    ],
    ['pattern-either:\n  - pattern-regex: x\n  - pattern-regex: y', '«x» «y» z'],
    [
      'patterns:\n  - pattern-regex: a(\\d)\n  - metavariable-comparison:\n      metavariable: $1\n      comparison: $1 > 5',
      '«a6» a4',
    ],
    ['pattern-regex: (?s)begin.*end', '«begin\nx\nend»'],
    ['pattern-regex: \\Afirst', '«first» first'],
    ['pattern-regex: hello\\d', 'a«hello1»b hello'],
    ['pattern-regex: a++b', '«aab»'],
  ]),
]
