// Patterns of HTML: elements, attributes in any order, what is inside.

import { patterns, rules, type Topic } from './cases.ts'

export const html: readonly Topic[] = [
  patterns('html', 'elements by their names', [
    ['<br/>', '<p>«<br/>»</p>'],
    ['<p>...</p>', '«<p>a</p>»<div>b</div>'],
    ['<p></p>', '«<p>a</p>»'],
    ['<$TAG>...</$TAG>', '«<b>a</b>»'],
    ['<meta ...>', '«<meta charset="utf-8">»'],
  ]),
  patterns('html', 'attributes in any order, with others allowed', [
    ['<a href="$URL">...</a>', '«<a class="x" href="y">z</a>»'],
    ['<a href="$URL">...</a>', '<a class="x">z</a>'],
    ['<a href="x" class="y">...</a>', '«<a class="y" href="x">z</a>»'],
    ['<a href="x">...</a>', "«<a href='x'>z</a>»"],
    ['<a href="x">...</a>', '«<a href=x>z</a>»'],
    ['<a href="x">...</a>', '<a href="y">z</a>'],
    ['<a href="...">...</a>', '«<a href="y">z</a>»'],
    ['<input type="password" ...>', '«<input name="p" type="password">»'],
    ['<script ... src="$S">...</script>', '«<script async src="a.js"></script>»<script>b()</script>'],
    ['<form $...ATTRIBUTES>...</form>', '«<form action="a" method="b"><input></form>»'],
    ['<button disabled>...</button>', '«<button disabled>a</button>»<button>b</button>'],
    ['<a $NAME="x">...</a>', '«<a href="x">y</a>»'],
  ]),
  patterns('html', 'what is inside', [
    ['<p>one</p>', '«<p>one</p>»<p>two</p>'],
    ['<ul>...<li>a</li>...</ul>', '«<ul><li>b</li><li>a</li></ul>»<ul><li>b</li></ul>'],
    ['<div><p>...</p></div>', '«<div><p>a</p></div>»<div><b>c</b></div>'],
    ['<script>$...CODE</script>', '«<script>a()</script>»'],
  ]),
  rules('html', 'rules put elements together', [
    [
      'patterns:\n  - pattern: <a href="$URL">...</a>\n  - metavariable-regex:\n      metavariable: $URL\n      regex: ^http://\n  - focus-metavariable: $URL',
      '<a href="«http://a»">b</a><a href="https://c">d</a>',
    ],
    [
      'patterns:\n  - pattern: <img ...>\n  - pattern-not: <img ... alt=...>',
      '«<img src="a">»<img src="b" alt="c">',
    ],
    [
      'patterns:\n  - pattern-inside: <form ...>...</form>\n  - pattern: <input ...>',
      '<input><form>«<input>»</form>',
    ],
    [
      'patterns:\n  - pattern-inside: <script ...>$...CODE</script>\n  - metavariable-pattern:\n      metavariable: $...CODE\n      language: javascript\n      pattern: eval(...)',
      '«<script>eval(a)</script>»<script>b(c)</script>',
    ],
  ]),
]
