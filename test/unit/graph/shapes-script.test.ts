// Named shapes of data in TypeScript and JavaScript.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractShapesJavaScript } from '../../../server/src/graph/extract/javascript/shapes.ts'
import { factsBy } from '../../support/facts.ts'
import { shownShapes } from '../../support/shown-data.ts'

function check(what: string, text: string, ...expected: string[]): void {
  test(what, () =>
    assert.deepEqual(shownShapes(factsBy(extractShapesJavaScript, text, 'src/data.ts')), expected),
  )
}

check(
  'interfaces',
  `
import type { Pet } from './pet'
import * as shop from '@/shop'
export interface User extends Base, shop.Owner {
  readonly id: number
  name?: string | null
  email: string | undefined
  pets: Pet[]
  'odd-key': ReadonlyArray<boolean>
  born: Date
  scores: Record<string, number>
  by: Record<'a' | 'b', Pet>
  order: shop.Order
  level: 1 | 2 | 'top'
  onChange: () => void
  rest: [string, number]
}
interface User { late: Promise<string> }
interface Anything { [key: string]: unknown; known: string }
interface Page<T> { items: T[]; next: T | null }
interface ButtonProps { label: string }
declare namespace Api { interface Error { detail: string } }
declare global { interface Window { store: string } }
`,
  "User { id: number, name?: string | null, email?: string, pets: ./pet:Pet[], odd-key: boolean[], born: string, scores: { *: number }, by: { a: ./pet:Pet, b: ./pet:Pet }, order: @/shop:Order, level: 1 | 2 | 'top', onChange: ?, rest: ?[], late: string, … } of @/shop:Owner",
  'Anything { known: string, … }',
  'Page { items: (<0>)[], next: <0> | null }',
  'Api.Error { detail: string }',
)

check(
  'types made of others',
  `
import type { Team } from './team'
type Id = string | number
export type User = { id: Id; name: string; team?: Team }
type Draft = Partial<User>
type Card = Pick<User, 'id' | 'name'> & { isOpen: boolean }
type Bare = Omit<User, 'team'>
type Elsewhere = Omit<Team, 'id'>
type Member = User & Team
type Either = { kind: 'a'; a: number } | { kind: 'b' }
type Users = Readonly<User[]>
type Name = User['name']
type Field = keyof User
type Fn = (it: User) => void
type Counts = { by: { [day: string]: number } }
type Page<T> = { items: T[]; next: T | null }
type OneOf<A, B> = A | B
type Cards = Page<Card>
type Narrow = Omit<Page<Card>, 'next'>
type Branded = string & { readonly brand: 'id' }
type Text = Named & string
type Any = any
type New = Required<Draft>
interface Named extends Omit<User, 'id' | 'team'> { at: Date }
`,
  'Id = string | number',
  'User { id: Id, name: string, team?: ./team:Team }',
  'Draft { id?: Id, name?: string, team?: ./team:Team }',
  'Card { id: Id, name: string, isOpen: boolean }',
  'Bare { id: Id, name: string }',
  'Elsewhere { … }',
  'Member {} of User, ./team:Team',
  "Either = { kind: 'a', a: number } | { kind: 'b' }",
  'Users = User[]',
  'Name = string',
  "Field = 'id' | 'name' | 'team'",
  'Counts { by: { *: number } }',
  'Page { items: (<0>)[], next: <0> | null }',
  'OneOf = <0> | <1>',
  'Cards = Page<Card>',
  'Narrow { items: ?[] }',
  'Branded = string',
  'Text = Named',
  'New { id: Id, name: string, team: ./team:Team }',
  'Named { name: string, at: string }',
)

check(
  'enumerations',
  `
export enum Status { Open = 'open', Closed = 'closed' }
enum Level { Low, High = 5, Higher }
enum Computed { A = 1 << 2, B = 'x'.length }
export const ROLES = ['admin', 'guest'] as const
export type Role = (typeof ROLES)[number]
const Color = { Red: 'RED', Blue: 'BLUE' } as const
type Color = (typeof Color)[keyof typeof Color]
type ColorName = keyof typeof Color
const MIXED = ['a', b] as const
const SETTINGS = { timeout: 5000, size: 3 } as const
const PLAIN = ['a', 'b']
type Size = 'small' | 'large' | null
`,
  "Status = 'open' | 'closed'",
  'Level = 0 | 5 | 6',
  'Computed = ?',
  "ROLES = 'admin' | 'guest'",
  "Role = 'admin' | 'guest'",
  "Color = 'RED' | 'BLUE'",
  "ColorName = 'Red' | 'Blue'",
  "Size = 'small' | 'large' | null",
)

check(
  'classes that describe data',
  `
import { Expose, Exclude, Transform } from 'class-transformer'
import { IsEnum, IsIn, IsInt, IsOptional } from 'class-validator'
import { PartialType, PickType } from '@nestjs/mapped-types'
import { Base } from './base'
export class CreateUser extends Base {
  @Expose({ name: 'first_name' }) firstName: string
  @IsOptional() age: number
  @IsInt() count = 5
  @IsEnum(Status) status: string
  @IsIn(['a', 'b']) kind: string
  @Transform(trim) trimmed: string
  @ApiProperty({ required: false }) note: string
  tags?: string[]
  nothing!: null
  private secret: string
  static shared: string
  #own: string
}
class UpdateUser extends PartialType(CreateUser) {}
class Plain { id: number; name: string }
class Key extends PickType(Plain, ['id'] as const) {}
class Hidden { @Expose() id: number; @Exclude() password: string }
class Service { private users: Users; name: string; list() {} }
class Empty {}
`,
  "CreateUser { first_name (as firstName): string, age?: number, count?: ?, status: string, kind: 'a' | 'b', trimmed: ?, note?: string, tags?: string[], nothing: null } of ./base:Base",
  "UpdateUser { first_name? (as firstName): string, age?: number, count?: ?, status?: string, kind?: 'a' | 'b', trimmed?: ?, note?: string, tags?: string[], nothing?: null, … }",
  'Plain { id: number, name: string }',
  'Key { id: number }',
  'Hidden { id: number, … }',
)

check(
  'schemas of zod',
  `
import { z } from 'zod'
import { base, kinds } from './base'
export const user = z.object({
  id: z.number().int(),
  name: z.string().min(1),
  nick: z.string().optional(),
  note: z.string().nullish(),
  role: z.enum(['admin', 'guest']).default('guest'),
  level: z.literal(1).nullable(),
  tags: z.array(z.string()),
  pets: z.object({ name: z.string() }).array(),
  scores: z.record(z.string(), z.number()),
  either: z.union([z.string(), z.boolean()]),
  or: z.string().or(z.null()),
  at: z.coerce.date(),
  kind: z.nativeEnum(Kind),
  base: base.nullable(),
  any: z.any(),
  email: z.email(),
  ...base.shape,
}).strict()
const id = z.string().uuid()
const draft = user.partial()
const small = plain.pick({ a: true }).extend({ c: id })
const plain = z.object({ a: z.string(), b: z.number() }).passthrough()
const rest = plain.omit({ a: true })
const both = base.extend({ own: z.string() })
const merged = plain.merge(z.object({ b: z.string() }))
const list = z.array(plain)
export type User = z.infer<typeof user>
type Own = z.input<typeof plain> & { more: string }
type Less = Omit<z.infer<typeof plain>, 'b'>
const other = fetch('x')
const text = z.string().transform(Number)
`,
  "user! { id: integer, name: string, nick?: string, note?: string | null, role?: 'admin' | 'guest', level: 1 | null, tags: string[], pets: ({ name: string })[], scores: { *: number }, either: string | boolean, or: string | null, at: ?, kind: ?, base: ./base:base | null, any?: ?, email: string } of ./base:base",
  'id = string',
  "draft! { id?: integer, name?: string, nick?: string, note?: string | null, role?: 'admin' | 'guest', level?: 1 | null, tags?: string[], pets?: ({ name: string })[], scores?: { *: number }, either?: string | boolean, or?: string | null, at?: ?, kind?: ?, base?: ./base:base | null, any?: ?, email?: string, … }",
  'small { a: string, c: id }',
  'plain { a: string, b: number, … }',
  'rest { b: number, … }',
  'both { own: string } of ./base:base',
  'merged { a: string, b: string, … }',
  'list = plain[]',
  'User = user',
  'Own { more: string } of plain',
  'Less { a: string, … }',
)
