// Limits that fields are declared with, in all languages.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyseFile } from '../../../server/src/features/analyse-file.ts'
import { languageOf } from '../../../server/src/features/languages.ts'
import type { Limits } from '../../../server/src/graph/rows/shapes.ts'
import { testEngine } from '../../support/engine.ts'

const engine = await testEngine([])

function check(what: string, path: string, code: string, expected: readonly string[]): void {
  test(what, () => {
    const rows = analyseFile(engine, path, languageOf(path)!, code).facts?.rows.field ?? []
    assert.deepEqual(
      rows.map(it => `${it.name} ${shown(it.limits)}`.trim()),
      expected,
    )
  })
}

/** `2..40 characters`, `1.. in value`, `/^a$/` */
function shown(limits: Limits | undefined): string {
  const { length, value, pattern } = limits ?? {}
  return [
    ...(length ? [`${length.least ?? ''}..${length.most ?? ''} long`] : []),
    ...(value ? [`${value.least ?? ''}..${value.most ?? ''}`] : []),
    ...(pattern === undefined ? [] : [`/${pattern}/`]),
  ].join(' ')
}

check(
  'Pydantic says them in calls, in annotations, and by names for those',
  'app/models.py',
  `
from typing import Annotated
from annotated_types import MaxLen
from pydantic import BaseModel, Field, PositiveInt, StringConstraints, conint, constr

Name = Annotated[str, StringConstraints(min_length=1, max_length=20)]
LONGEST = 7

class New(BaseModel):
    login: str = Field(min_length=1, max_length=50, pattern=r"^[a-z]+$")
    age: int = Field(gt=0, le=10)
    code: constr(max_length=5)
    note: Annotated[str, Field(max_length=LONGEST)]
    name: Name
    other: Name | None = None
    count: PositiveInt
    share: float = Field(gt=0, lt=3)
    short: Annotated[str, MaxLen(3)] = "x"
    steps: conint(ge=2)
    tags: list[str] = Field(max_length=4)
    plain: str = Field(description="max_length=3")
`,
  [
    'login 1..50 long /^[a-z]+$/',
    'age 1..10',
    'code ..5 long',
    'note ..7 long',
    'name 1..20 long',
    'other 1..20 long',
    'count 1..',
    'share',
    'short ..3 long',
    'steps 2..',
    'tags ..4 long',
    'plain',
  ],
)

check(
  'serializers, with validators',
  'app/serializers.py',
  `
from django.core.validators import MaxLengthValidator, RegexValidator
from rest_framework import serializers

class New(serializers.Serializer):
    login = serializers.CharField(max_length=50, validators=[RegexValidator(r"^a+$"), MaxLengthValidator(40)])
    seats = serializers.IntegerField(min_value=1, max_value=5)
    slug = serializers.RegexField(r"^[a-z-]+$")
    odd = serializers.CharField(validators=[RegexValidator(r"^b$", inverse_match=True)])
`,
  ['login ..40 long /^a+$/', 'seats 1..5', 'slug /^[a-z-]+$/', 'odd'],
)

check(
  'schemas of zod',
  'web/schemas.ts',
  `
import { z } from 'zod'
const LONGEST = 40
export const newUser = z.object({
  login: z.string().trim().min(1).min(2, { message: 'x' }).max(LONGEST).regex(/^[a-z]+$/),
  age: z.number().int().positive().max(3).optional(),
  port: z.coerce.number().min(1).max(65535),
  tags: z.array(z.string().max(4)).max(9),
  lines: z.string().max(5).array(),
  email: z.email().max(90),
  far: z.string().max(OF_ANOTHER_FILE),
})
`,
  [
    'login 2..40 long /^[a-z]+$/',
    'age 1..3',
    'port 1..65535',
    'tags ..9 long',
    'lines',
    'email ..90 long',
    'far',
  ],
)

check(
  'a schema that a component makes for its form',
  'web/form.tsx',
  `
import { z } from 'zod'
export function Form() {
  const schema = useMemo(() => z.object({ login: z.string().max(20) }), [])
  return null
}
`,
  ['login ..20 long'],
)

check(
  'decorators of class-validator',
  'server/new-user.ts',
  `
export class NewUser {
  @IsString() @Length(1, 50) login: string
  @IsInt() @Min(1) @Max(5) seats?: number
  @MaxLength(3, { each: true }) tags: string[]
  @Matches(/^a$/) code: string
}
`,
  ['login 1..50 long', 'seats 1..5', 'tags', 'code /^a$/'],
)

check(
  'attributes of validator and of garde',
  'src/users.rs',
  `
use serde::Deserialize;
static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[a-z]+$").unwrap());
#[derive(Deserialize, Validate)]
struct NewUser {
    #[validate(length(min = 1, max = 50, message = "no, max = 3"))]
    login: String,
    #[validate(range(min = 18, max = 1_000), email)]
    age: u32,
    #[validate(regex(path = *NAME))]
    slug: String,
    #[garde(length(max = 3), pattern(r"^a$"))]
    code: String,
}
`,
  ['login 1..50 long', 'age 18..1000', 'slug /^[a-z]+$/', 'code ..3 long /^a$/'],
)
