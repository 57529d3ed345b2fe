/** A port for administrators or of a database that the whole internet may reach. */

import { attribute, type HclBlock, type HclBody, type HclText, literal } from '../../graph/terraform/hcl.ts'
import { at, text } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import { terraformOf } from '../support/infrastructure/terraform.ts'

export default defineRule({
  id: 'infrastructure/terraform-open-port',
  severity: 'warning',
  languages: ['text'],
  cwe: [284, 668],
  concept: 'cloud-permissions',
  impact: { likelihood: 'medium', cost: 'weeks' },
  needles: ['0.0.0.0/0', '::/0', '"*"', '"Internet"'],

  check: {
    *Text(file) {
      for (const block of terraformOf(file)?.blocks ?? [])
        for (const { at, port } of openIn(block)) yield { at, data: { port, thing: PORTS[port] ?? '' } }
    },
  },

  explain: {
    en: ({ port, thing }) => ({
      message:
        port === 0
          ? 'The whole internet may reach every port'
          : `The whole internet may reach port ${port}${thing ? ` (${thing})` : ''}`,
      why: 'Programs try every address all day, with lists of passwords and of known holes. What listens there is found within minutes.',
      remedy:
        'Name the addresses or the group that need it, or put a gateway or a private network before it.',
    }),
    es: ({ port, thing }) => ({
      message:
        port === 0
          ? 'Todo internet puede llegar a cualquier puerto'
          : `Todo internet puede llegar al puerto ${port}${thing ? ` (${thing})` : ''}`,
      why: 'Hay programas que prueban a diario todas las direcciones, con listas de contraseñas y de agujeros conocidos. Lo que escuche ahí se encuentra en minutos.',
      remedy:
        'Nombra las direcciones o el grupo que lo necesitan, o pon delante una pasarela o una red privada.',
    }),
  },

  examples: {
    invalid: [
      at(
        'main.tf',
        text`
          resource "aws_security_group" "db" {
            ingress {
              from_port   = 5432
              to_port     = 5432
              protocol    = "tcp"
              cidr_blocks = «["0.0.0.0/0"]»
            }
          }
        `,
      ),
      at(
        'main.tf',
        text`
          resource "google_compute_firewall" "ssh" {
            allow {
              protocol = "tcp"
              ports    = ["22"]
            }
            source_ranges = «["0.0.0.0/0"]»
          }
          resource "azurerm_network_security_rule" "rdp" {
            access                     = "Allow"
            direction                  = "Inbound"
            destination_port_range     = "3389"
            source_address_prefix      = «"*"»
          }
        `,
      ),
    ],
    valid: [
      at(
        'main.tf',
        text`
          resource "aws_security_group" "web" {
            ingress {
              from_port   = 443
              to_port     = 443
              protocol    = "tcp"
              cidr_blocks = ["0.0.0.0/0"]
            }
            ingress {
              from_port   = 22
              to_port     = 22
              protocol    = "tcp"
              cidr_blocks = ["10.0.0.0/8"]
            }
            egress {
              from_port   = 0
              to_port     = 0
              protocol    = "-1"
              cidr_blocks = ["0.0.0.0/0"]
            }
          }
        `,
      ),
      text`
        ingress {
          from_port   = 22
          cidr_blocks = ["0.0.0.0/0"]
        }
      `,
    ],
  },
})

const PORTS: Readonly<Record<number, string>> = {
  22: 'SSH',
  23: 'Telnet',
  445: 'SMB',
  1433: 'SQL Server',
  1521: 'Oracle',
  2375: 'Docker',
  2379: 'etcd',
  3306: 'MySQL',
  3389: 'RDP',
  5432: 'PostgreSQL',
  5984: 'CouchDB',
  6379: 'Redis',
  9200: 'Elasticsearch',
  11211: 'Memcached',
  27017: 'MongoDB',
}

interface Open {
  readonly at: Range
  readonly port: number
}

function* openIn({ type, labels, body }: HclBlock): Generator<Open> {
  if (type !== 'resource') return
  switch (labels[0]?.text) {
    case 'aws_security_group':
    case 'aws_default_security_group':
      for (const it of body.blocks)
        if (it.type === 'ingress') yield* ofAmazon(it.body, ['cidr_blocks', 'ipv6_cidr_blocks'])
      return
    case 'aws_security_group_rule':
      if (textOf(body, 'type') === 'ingress') yield* ofAmazon(body, ['cidr_blocks', 'ipv6_cidr_blocks'])
      return
    case 'aws_vpc_security_group_ingress_rule':
      yield* ofAmazon(body, ['cidr_ipv4', 'cidr_ipv6'])
      return
    case 'google_compute_firewall':
      yield* ofGoogle(body)
      return
    case 'azurerm_network_security_rule':
      yield* ofAzure(body)
      return
    case 'azurerm_network_security_group':
      for (const it of body.blocks) if (it.type === 'security_rule') yield* ofAzure(it.body)
  }
}

const ANYWHERE = /"(?:0\.0\.0\.0\/0|::\/0)"/

function* ofAmazon(body: HclBody, keys: readonly string[]): Generator<Open> {
  const source = keys.map(it => attribute(body, it)?.value).find(it => it && ANYWHERE.test(it.text))
  if (!source) return
  const protocol = textOf(body, 'protocol') ?? textOf(body, 'ip_protocol')
  const [from, to] = ['from_port', 'to_port'].map(it => Number(attribute(body, it)?.value.text ?? Number.NaN))
  const port = protocol === '-1' || protocol === 'all' ? 0 : firstIn([[from!, to!]])
  if (port !== undefined) yield { at: rangeOf(source), port }
}

function* ofGoogle(body: HclBody): Generator<Open> {
  const source = attribute(body, 'source_ranges')?.value
  if (!source || !ANYWHERE.test(source.text) || textOf(body, 'direction') === 'EGRESS') return
  // Who names a tag or an account says which machines.
  for (const { type, body: allowed } of body.blocks) {
    if (type !== 'allow') continue
    const ports = attribute(allowed, 'ports')?.value.text
    const protocol = textOf(allowed, 'protocol')
    const port = ports === undefined ? (protocol === 'all' ? 0 : undefined) : firstIn(rangesIn(ports))
    if (port !== undefined) yield { at: rangeOf(source), port }
  }
}

function* ofAzure(body: HclBody): Generator<Open> {
  const source = attribute(body, 'source_address_prefix')?.value
  if (!source || !/^(?:\*|Internet|0\.0\.0\.0\/0)$/.test(literal(source) ?? '')) return
  if (textOf(body, 'access') !== 'Allow' || textOf(body, 'direction') !== 'Inbound') return
  const ports = attribute(body, 'destination_port_range') ?? attribute(body, 'destination_port_ranges')
  const port = ports && (literal(ports.value) === '*' ? 0 : firstIn(rangesIn(ports.value.text)))
  if (port !== undefined) yield { at: rangeOf(source), port }
}

function rangesIn(text: string): readonly (readonly [number, number])[] {
  return [...text.matchAll(/"(\d+)(?:-(\d+))?"/g)].map(it => [Number(it[1]), Number(it[2] ?? it[1])])
}

/** The first port among them that nobody should find; 0 for all of them. */
function firstIn(ranges: readonly (readonly [number, number])[]): number | undefined {
  for (const [from, to] of ranges) {
    if (from <= 1 && to >= 65535) return 0
    for (const port of Object.keys(PORTS).map(Number)) if (from <= port && port <= to) return port
  }
  return undefined
}

const textOf = (body: HclBody, name: string) => literal(attribute(body, name)?.value)
const rangeOf = ({ start, end }: HclText) => ({ start, end })
