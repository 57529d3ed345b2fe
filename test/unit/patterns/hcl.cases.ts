// Patterns of HCL: Terraform's blocks, attributes and expressions.

import { patterns, rules, type Topic } from './cases.ts'

export const hcl: readonly Topic[] = [
  patterns('hcl', 'blocks by words, labels and what stands in them', [
    ['resource "a" $N {\n  ...\n}', '«resource "a" "x" {\n  b = 1\n}»\nresource "c" "y" {}'],
    ['resource "a" "..." {\n  ...\n}', '«resource "a" "x" {}»'],
    ['resource $T "x" {\n  ...\n}', '«resource "a" "x" {}»\nresource "a" "y" {}'],
    ['$KIND "a" "x" {\n  ...\n}', '«data "a" "x" {}»'],
    ['locals {\n  ...\n}', '«locals {\n  a = 1\n}»'],
    [
      'variable $N {\n  ...\n  sensitive = true\n}',
      '«variable "v" {\n  type = string\n  sensitive = true\n}»',
    ],
    ['variable $N {\n  ...\n  sensitive = true\n}', 'variable "v" {\n  sensitive = false\n}'],
    ['resource "a" "x" {}', '«resource "a" "x" {}»'],
  ]),
  patterns('hcl', 'settings come in any order, among others', [
    [
      'ingress {\n  protocol = "all"\n  action = "allow"\n}',
      '«ingress {\n  action = "allow"\n  port = 1\n  protocol = "all"\n}»',
    ],
    ['a {\n  ...\n  b = 1\n  ...\n}', '«a {\n  c {\n    b = 1\n  }\n}»'],
    ['a {\n  b = 1\n}', 'a {\n  c {\n    b = 1\n  }\n}'],
    ['a {\n  ...\n  c {\n    ...\n  }\n}', '«a {\n  d = 2\n  c {\n    e = 3\n  }\n}»'],
  ]),
  patterns('hcl', 'attributes', [
    ['encrypted = false', 'a {\n  «encrypted = false»\n  b = 1\n}'],
    ['encrypted = $X', 'a {\n  «encrypted = var.e»\n}'],
    ['$K = "public"', 'a {\n  «acl = "public"»\n  b = "private"\n}'],
    ['acl = ...', 'a {\n  «acl = "x"»\n}'],
    ['acl = "..."', 'a {\n  «acl = "${var.a}-x"»\n  b = 1\n}'],
    ['acl = "$V"', 'a {\n  «acl = "x"»\n  b = "y"\n}'],
  ]),
  patterns('hcl', 'expressions', [
    ['"1.0"', 'a {\n  v = «"1.0"»\n  w = "1.1"\n}'],
    ['[..., "0.0.0.0/0", ...]', 'a {\n  c = «["10.0.0.0/8", "0.0.0.0/0"]»\n  d = []\n}'],
    ['jsonencode(...)', 'a {\n  p = «jsonencode({ b = 1 })»\n}'],
    ['jsonencode({ ... Effect = "Allow" ... })', 'p = «jsonencode({ Sid = "1", Effect = "Allow" })»'],
    ['{ ..., Effect = "Allow", ... }', 'p = «{ Sid = "1", Effect = "Allow" }»'],
    ['var.$X', 'p = «var.a»\nq = local.b'],
    ['$A ? $B : $B', 'p = «c ? 1 : 1»\nq = c ? 1 : 2'],
    ['file("$PATH")', 'p = «file("a.txt")»\nq = file(var.b)'],
    ['$X == ""', 'p = «name == ""»'],
    ['resource', '«resource» "a" "b" {}\ndata "a" "b" {}'],
  ]),
  patterns('hcl', 'what this file gives a variable is its value', [
    ['acl = "public"', 'locals {\n  l = "public"\n}\na {\n  «acl = local.l»\n}'],
    ['acl = "public"', 'variable "v" {\n  default = "public"\n}\na {\n  «acl = var.v»\n}'],
    ['open = true', 'variable "v" {\n  default = false\n}\na {\n  open = var.v\n}'],
  ]),
  rules('hcl', 'rules put blocks together', [
    [
      'patterns:\n  - pattern: resource\n  - pattern-inside: |\n      resource "a" "..." {\n        ...\n      }\n  - pattern-not-inside: |\n      resource "a" "..." {\n        ...\n        safe = true\n        ...\n      }',
      '«resource» "a" "x" {}\nresource "a" "y" {\n  safe = true\n}',
    ],
    [
      'patterns:\n  - pattern: policy = "$P"\n  - metavariable-pattern:\n      metavariable: $P\n      language: json\n      pattern: |\n        {..., "Effect": "Allow", ...}',
      'a {\n  «policy = <<EOF\n{ "Effect": "Allow", "Action": "*" }\nEOF»\n}',
    ],
    [
      'patterns:\n  - pattern: days = $N\n  - metavariable-comparison:\n      metavariable: $N\n      comparison: $N < 30',
      'a {\n  «days = 7»\n}\nb {\n  days = 90\n}',
    ],
  ]),
]
