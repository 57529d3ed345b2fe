// Why a rule does not match: each case is what the rule looks for, a code whose mark encloses what is told of, and the sentence.

export type WhyCase = readonly [search: string, code: string, sentence: string]

export const python: readonly WhyCase[] = [
  ['pattern: a.f(...)', '«a.g»(1)', 'the pattern says `a.f`, the code says `a.g`'],
  [
    'pattern: os.system(...)',
    'from os import popen as go\n«go»(1)',
    'the pattern says `os.system`, the code says `go`, which is `os.popen`',
  ],
  ['pattern: f($A)', '«f(a, b)»', 'the call has 2 arguments, the pattern allows 1'],
  ['pattern: f()', '«f(a)»', 'the call has 1 argument, the pattern allows none'],
  ['pattern: f($A, $B)', '«f(a)»', 'the pattern asks for `$B`, which the code does not have here'],
  ['pattern: f(..., x=True, ...)', 'f(a, x=«False»)', 'the pattern says `True`, the code says `False`'],
  [
    'pattern: f(..., x=True, ...)',
    '«f(a, y=True)»',
    'the pattern asks for `x=True`, which the code does not have here',
  ],
  // Of several calls, the one that has more of what is asked for.
  [
    'pattern: a.f(1, 2, 3)',
    'b.g(1, 2, 3)\na.f(1, 2, «4»)\na.f(9)',
    'the pattern says `3`, the code says `4`',
  ],
  ['pattern: $X == $X', 'a == «b»', '$X is `a` already, and here the code says `b`'],
  [
    'pattern: |\n  $F = open(...)\n  ...\n  $F.close()',
    'g = open("a")\nread(g)\n«h».close()',
    '$F is `g` already, and here the code says `h`',
  ],
  ['pattern: f("...")', 'f(«x»)', 'the pattern asks for a text that is written here, the code says `x`'],
  ['pattern: f(<... g() ...>)', 'f(a + «h»())', 'the pattern says `g`, the code says `h`'],
  ['pattern: f(...)', 'a = 1', 'there is no call here'],
  ['pattern-regex: a+b', 'c', 'no text here is what it asks for'],
  ['pattern-either:\n  - pattern: f()\n  - pattern: g()', 'h()', 'none of the alternatives matches here'],
  [
    'patterns:\n  - pattern: f($X)\n  - metavariable-regex:\n      metavariable: $X\n      regex: a.*',
    'f(«b»)',
    '$X is `b`, which the condition does not allow',
  ],
  [
    'patterns:\n  - pattern: f($X)\n  - metavariable-comparison:\n      comparison: $X > 3',
    'f(«2»)',
    '$X is `2`, which the condition does not allow',
  ],
  [
    'patterns:\n  - pattern: f($X)\n  - pattern-not: f(1)',
    'f(1)',
    'it matches, and so the place is left out',
  ],
  [
    'patterns:\n  - pattern: f($X)\n  - pattern-inside: |\n      def $G($X):\n        ...',
    'def g(a):\n  f(b)',
    '$X would be `b` for one part and `a` for the other',
  ],
  [
    'patterns:\n  - pattern: f()\n  - pattern-inside: |\n      def $G():\n        ...',
    'def g():\n  h()\nf()',
    'each part matches, but none of these places lies in the others',
  ],
  [
    'mode: taint\npattern-sources:\n  - pattern: input()\npattern-sinks:\n  - pattern: eval(...)',
    'x = input()\neval(y)',
    'nothing that comes from a source reaches a sink here',
  ],
  [
    'mode: taint\npattern-sources:\n  - pattern: input()\npattern-sinks:\n  - pattern: eval(...)\npattern-sanitizers:\n  - pattern: clean(...)',
    'eval(clean(input()))',
    'what comes from a source is made harmless on the way',
  ],
  ['paths:\n  include: ["*.ts"]\npattern: f()', 'f()', "the rule's `paths` leave `a.py` out"],
]

/** `rule:` of ast-grep's format. */
export const trees: readonly WhyCase[] = [
  ['pattern: f($A)', '«g»(1)', 'the pattern says `f`, the code says `g`'],
  ['pattern: f($A, $A)', 'f(a, «b»)', '$A is `a` already, and here the code says `b`'],
  ['kind: class_definition', 'f()', 'there is no `class_definition` here'],
  [
    'pattern: f($A)\ninside:\n  kind: function_definition',
    '«def g():\n  f(1)»',
    'it looks no further than the nearest node; with `stopBy: end` it would match',
  ],
  ['pattern: f($A)\nregex: ^f.*2', '«f(1)»', 'the text is `f(1)`, which does not match'],
  ['pattern: f($A)\nnot:\n  pattern: f(1)', '«f(1)»', 'it matches, and so the place is left out'],
  ['pattern: f($A)\nhas:\n  kind: string\n  stopBy: end', '«f(1)»', 'no node that was looked at fits'],
  [
    'pattern: f($A)\nhas:\n  pattern: g($B, 2)\n  stopBy: end',
    'f(g(1, «3»))',
    'the pattern says `2`, the code says `3`',
  ],
]
