// Patterns over bare text: words, signs, blocks, and the options that say how text is read.

import { generic, genericRules, type Topic } from './cases.ts'

export const genericCases: readonly Topic[] = [
  generic('words and signs', [
    ['debug on', '«debug on»;\ndebug off;'],
    ['debug on', '«debug   on»'],
    ['debug on', '«debug\non»'],
    ['debug on', 'nodebug on'],
    ['debug on', 'debug only'],
    ['a.b()', 'x = «a.b()»'],
    ['<%= raw', '<p>«<%= raw» x %></p>'],
    ['$5', 'costs «$5»'],
  ]),
  generic('metavariables are words', [
    ['user = $NAME', '«user = root»;'],
    ['user = $NAME', 'user = "root";'],
    ['$A = $A', '«x = x»; y = z'],
    ['proxy_pass $$SCHEME://', '«proxy_pass $http://»a;'],
    ['{{ $_ }}', '<b>«{{ name }}»</b>'],
    ['key: "$...VALUE"', '«key: "a b c"»'],
  ]),
  generic('an ellipsis stays near, and takes as little as it can', [
    ['begin ... end', '«begin a end» end'],
    ['begin ... end', 'begin «begin a end»'],
    ['begin ... end', '«begin\na\nend»'],
    ['begin ... end', `begin${'\n'.repeat(11)}end`],
    ['begin ... end', `«begin${'\n'.repeat(10)}end»`],
    ['TODO ...', '«TODO write this»'],
  ]),
  generic('blocks of the pattern are blocks of the text', [
    ['server {\n  ...\n  a;\n  ...\n}', '«server {\n  b;\n  a;\n}»'],
    ['server {\n  ...\n}', '«server {\n  if (x) {\n    b;\n  }\n  c;\n}»'],
    ['server {\n  ...\n  a;\n  ...\n}', 'server {\n  b;\n}\na;\n}'],
    ['f(...)', '«f(a, (b), c)» d)'],
    ['f(..., b)', '«f(a, b)»\nf(b, a)'],
    ['f()', '«f()» f(a)'],
    ['name:\n  kind: a', '«name:\n  kind: a»\n'],
    ['name:\n  kind: a', 'name:\nkind: a'],
  ]),
  genericRules('options say how text is read', [
    ['options:\n  generic_ellipsis_max_span: 0\npattern: a ... b', 'a\nb\n«a c b»'],
    ['options:\n  generic_ellipsis_max_span: 1\npattern: a ... b', '«a\nb»'],
    ['options:\n  generic_multiline: false\npattern: a ... b', 'a\nb\n«a c b»'],
    ['options:\n  generic_comment_style: shell\npattern: a b', '«a # no\nb»'],
    ['options:\n  generic_comment_style: cpp\npattern: a b', '«a // no\n/* no */ b»'],
    ['options:\n  generic_comment_style: c\npattern: a', '/* a */ «a»'],
    ['options:\n  generic_caseless: true\npattern: select $X', '«SELECT a»; «Select b»'],
    [
      'options:\n  generic_engine: aliengrep\n  generic_extra_word_characters: ["-"]\npattern: class $X;',
      '«class a-b»;'.replace('»;', ';»'),
    ],
    ['options:\n  generic_engine: aliengrep\npattern: begin ... end', `«begin${'\n'.repeat(20)}end»`],
  ]),
  genericRules('rules put patterns together', [
    [
      'patterns:\n  - pattern-inside: |\n      location $PATH {\n        ...\n      }\n  - pattern: proxy_pass ...;',
      'proxy_pass x;\nlocation a {\n  «proxy_pass y;»\n}',
    ],
    [
      'patterns:\n  - pattern: token = $T\n  - metavariable-regex:\n      metavariable: $T\n      regex: ^gh',
      '«token = gh1»\ntoken = x',
    ],
    ['patterns:\n  - pattern: href=$X\n  - pattern-not: href=safe', '«href=a» href=safe'],
    ['pattern-either:\n  - pattern: allow all\n  - pattern: deny none', '«allow all»; «deny none»; deny all'],
    [
      'patterns:\n  - pattern: retries $N\n  - metavariable-comparison:\n      metavariable: $N\n      comparison: $N > 3',
      'retries 2\n«retries 9»',
    ],
  ]),
]
