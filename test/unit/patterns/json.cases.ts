// Patterns of JSON.

import { patterns, rules, type Topic } from './cases.ts'

export const json: readonly Topic[] = [
  patterns('json', 'members stand alone', [
    ['"debug": true', '{ "a": 1, «"debug": true» }'],
    ['"debug": true', '{ "a": { «"debug": true» } }'],
    ['"debug": true', '{ "debug": "true" }'],
    ['"debug": null', '{ «"debug": null» }'],
    ['"port": 80', '{ «"port": 80», "ports": [80] }'],
    ['"port": 80,', '{ «"port": 80» }'],
  ]),
  patterns('json', 'metavariables are keys and values', [
    ['"name": $X', '{ «"name": "a"», "b": 1 }'],
    ['"name": $X', '{ «"name": { "b": 1 }» }'],
    ['"name": "$X"', '{ "name": 1 }'],
    ['"name": "$X"', '{ «"name": "one"» }'],
    ['$KEY: "x"', '{ "a": "y", «"b": "x"» }'],
    ['"$KEY": "x"', '{ "a": "y", «"b": "x"» }'],
    ['[$A, $A]', '{ "a": «[1, 1]», "b": [1, 2] }'],
    ['{"a": $V, "b": $V}', '[«{ "b": 2, "a": 2 }», { "a": 1, "b": 2 }]'],
  ]),
  patterns('json', 'an ellipsis is any number of members or elements', [
    ['{..., "Effect": "Allow", ...}', '[«{ "Sid": "1", "Effect": "Allow" }», { "Effect": "Deny" }]'],
    ['{"Effect": "Allow"}', '[{ "Sid": "1", "Effect": "Allow" }, «{ "Effect": "Allow" }»]'],
    ['{...}', '«{ "a": 1 }»'],
    ['[..., "*", ...]', '{ "a": «["x", "*", "y"]», "b": ["x"] }'],
    ['[..., "*"]', '[["*", "x"], «["x", "*"]»]'],
    ['["a", $...REST]', '[«["a", 1, 2]», ["b"]]'],
    ['"Principal": ...', '{ «"Principal": { "AWS": "*" }», "Action": "*" }'],
    ['"key": "..."', '{ «"key": "abc"», "other": 1 }'],
  ]),
  patterns('json', 'strings are what they say', [
    ['"a/b"', '{ "x": «"a\\/b"» }'],
    ['"=~/^http:/"', '[«"http://a"», "https://b"]'],
    ['"*"', '{ "*": 1 }'.replace('"*"', '«"*"»')],
  ]),
  rules('json', 'rules put members together', [
    [
      'patterns:\n  - pattern-inside: |\n      {..., "Effect": "Allow", ...}\n  - pattern: |\n      "Action": "*"',
      '[{ "Effect": "Allow", «"Action": "*"» }, { "Effect": "Deny", "Action": "*" }]',
    ],
    [
      'patterns:\n  - pattern: |\n      "token": "$T"\n  - metavariable-regex:\n      metavariable: $T\n      regex: ^ghp_\n  - focus-metavariable: $T',
      '{ "token": "«ghp_1»", "b": { "token": "x" } }',
    ],
    [
      'patterns:\n  - pattern: |\n      "timeout": $N\n  - metavariable-comparison:\n      metavariable: $N\n      comparison: $N < 10',
      '[{ «"timeout": 5» }, { "timeout": 50 }]',
    ],
    [
      'patterns:\n  - pattern: |\n      "a": $X\n  - pattern-not: |\n      "a": null',
      '[{ "a": null }, { «"a": 1» }]',
    ],
  ]),
]
