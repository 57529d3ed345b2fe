// Patterns of YAML: entries and items, in any order and in any notation.

import { patterns, rules, type Topic } from './cases.ts'

export const yaml: readonly Topic[] = [
  patterns('yaml', 'one entry stands for itself among others', [
    ['privileged: true', 'name: a\n«privileged: true»\nimage: b'],
    ['privileged: true', 'spec:\n  - x: 1\n    «privileged: true»'],
    ['privileged: true', 'privileged: false'],
    ['privileged: true', 'unprivileged: true'],
    ['image: "nginx"', '«image: nginx»'],
    ["image: 'nginx'", '«image: "nginx"»'],
    ['port: 80', 'port: "80"'],
    ['port: 80', '«port: 80»'],
  ]),
  patterns('yaml', 'metavariables are keys, values and items', [
    ['image: $IMAGE', '«image: nginx»\nname: x'],
    ['image: $IMAGE', '«image:\n  name: x»'],
    ['$KEY: secret', 'user: a\n«password: secret»'],
    ['"$TEXT"', '- «one»\n- 2'],
    ['$A: $A', 'x: y\n«z: z»'],
    ['pair: [$A, $A]', 'pair: [1, 2]'],
    ['pair: [$A, $A]', '«pair: [1, 1]»'],
  ]),
  patterns('yaml', 'an ellipsis is any number of entries or items', [
    ['spec:\n  ...\n  hostPID: true', '«spec:\n  containers: []\n  hostPID: true»'],
    ['spec:\n  ...\n  hostPID: true\n  ...', '«spec:\n  hostPID: true\n  containers: []»'],
    ['spec:\n  hostPID: true', 'spec:\n  hostPID: true\n  containers: []'],
    ['on: [..., push, ...]', '«on: [pull_request, push]»'],
    ['on: [..., push, ...]', '«on:\n  - push\n  - pull_request»'],
    ['on: [..., push, ...]', 'on: [pull_request]'],
    ['steps:\n  - ...\n  - run: x\n  - ...', '«steps:\n  - uses: a\n  - run: x»'],
    ['branches: [...]', '«branches: []»'],
    ['data: ...', '«data:\n  a: 1»'],
    ['password: "..."', '«password: "abc"»\nport: 1'],
  ]),
  patterns('yaml', 'the order of keys is free', [
    ['name: a\nimage: b', '«image: b\nname: a»'],
    ['name: a\n...\nimage: b', '«image: b\nother: c\nname: a»'],
    ['name: a\nimage: b', 'image: b\nother: c\nname: a'],
    ['- one\n- two', '- two\n- one'],
    ['- one\n- two', '«- one\n- two»'],
  ]),
  patterns('yaml', 'an item stands alone', [
    ['- name: $X\n  ...', 'list:\n  - «name: a\n    port: 1»\n  - «name: b»'],
    ['- ...\n  port: 1', 'list:\n  - «name: a\n    port: 1»\n  - name: b'],
    ['- name: $X\n  ...', 'map:\n  name: a'],
  ]),
  patterns('yaml', 'notation says nothing', [
    ['args: {a: 1, b: 2}', '«args:\n  b: 2\n  a: 1»'],
    ['run: |\n  make', '«run: make»'],
    ['ok: false', '«ok: no»'],
    ['ok: true', '«ok: On»'],
    ['ok: true', 'ok: "yes"'],
    ['a: &x 1', '«a: 1»'],
  ]),
  rules('yaml', 'rules put entries together', [
    [
      'patterns:\n  - pattern-inside: |\n      spec:\n        ...\n  - pattern: "image: $I"\n  - metavariable-regex:\n      metavariable: $I\n      regex: .*:latest$',
      'image: a:latest\nspec:\n  «image: b:latest»\n  other: c:latest\n',
    ],
    [
      'patterns:\n  - pattern: |\n      - name: $N\n        ...\n  - pattern-not: |\n      - name: $N\n        ...\n        readOnly: true\n  - focus-metavariable: $N',
      'mounts:\n  - name: «a»\n  - name: b\n    readOnly: true\n    path: c',
    ],
    [
      'patterns:\n  - pattern: "run: $SCRIPT"\n  - metavariable-pattern:\n      metavariable: $SCRIPT\n      language: generic\n      pattern: ${{ github.head_ref }}',
      'steps:\n  - «run: |\n      git push ${{ github.head_ref }}»\n  - run: make',
    ],
    [
      'patterns:\n  - pattern: "replicas: $N"\n  - metavariable-comparison:\n      metavariable: $N\n      comparison: $N > 3',
      'replicas: 2\n---\n«replicas: 5»',
    ],
    [
      'pattern-either:\n  - pattern: "hostPID: true"\n  - pattern: "hostIPC: true"',
      '«hostPID: true»\nhostIPC: false',
    ],
  ]),
]
