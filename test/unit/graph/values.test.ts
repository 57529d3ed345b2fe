// Values that stand on both sides of a border: which constants and enumerations of two languages belong together.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractValues } from '../../../server/src/graph/extract/values.ts'
import { factsBy } from '../../support/facts.ts'
import { graphOf } from '../../support/graph.ts'

/** `NAME number 10` */
function checkRows(what: string, path: string, text: string, expected: readonly string[]): void {
  test(what, () =>
    assert.deepEqual(
      factsBy(extractValues, text, path).rows.value?.map(it => `${it.name} ${it.kind} ${it.value}`),
      expected,
    ),
  )
}

checkRows(
  'constants of Python: sums, texts, patterns, of classes too; what is said of everything is left out',
  'app/a.py',
  `
MAX_UPLOAD_SIZE: int = 10 * 1024 * 1024
SHARE_LINK_SALT = "salt" "y"
PAGE_SIZE = 10
retries = 3
TEAM_SLUG_RE = re.compile(r"(?P<a>x)\\/\\Z", re.I)
import re
TEAM_SLUG_RE = re.compile(r"^(?P<a>x)\\/\\Z", re.I)
class Limits:
    MAX_GUEST_COUNT = 1 << 3
class OrderKind(str, Enum):
    SENT_BACK = "sent back"
def f():
    MAX_GUEST_COUNT = 2
`,
  [
    'MAX_UPLOAD_SIZE number 10485760',
    'SHARE_LINK_SALT text salty',
    'TEAM_SLUG_RE pattern (?i)(x)/$',
    'TEAM_SLUG_RE pattern (?i)^(x)/$',
    'Limits.MAX_GUEST_COUNT number 8',
  ],
)

checkRows(
  'constants of TypeScript: exported, frozen, in objects of constants, static',
  'web/a.ts',
  `
export const maxGuestCount = 4 as const
let maxSeatCount = 4
const Limits = Object.freeze({ MAX_GUEST_COUNT: 5, inner: { MAX_SEAT_COUNT: 6 }, maxTableCount: 7 })
export class Hall { static readonly MAX_STAGE_COUNT = 2; maxRowCount = 3 }
const userNamePattern = /^[a-z]+$/i, guestTicket = new RegExp('^\\\\d+$')
`,
  [
    'maxGuestCount number 4',
    'Limits.MAX_GUEST_COUNT number 5',
    'Limits.inner.MAX_SEAT_COUNT number 6',
    'Hall.MAX_STAGE_COUNT number 2',
    'userNamePattern pattern (?i)^[a-z]+$',
    'guestTicket pattern ^\\d+$',
  ],
)

checkRows(
  'constants of Rust, of implementations too, and patterns that are made when they are needed',
  'src/a.rs',
  `
pub const MAX_GUEST_COUNT: usize = 4_000;
static GUEST_CODE_RE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[a-z]+$").unwrap());
impl Hall { pub const STAGE_TOKEN_HEADER: &'static str = "x-stage"; }
`,
  ['MAX_GUEST_COUNT number 4000', 'GUEST_CODE_RE pattern ^[a-z]+$', 'Hall.STAGE_TOKEN_HEADER text x-stage'],
)

/** `web/a.ts maxGuestCount 4 ~ app/a.py MAX_GUEST_COUNT 5` */
function checkTwins(
  what: string,
  files: Readonly<Record<string, string>>,
  expected: readonly string[],
): void {
  test(what, () => {
    const { valueTwins, enumTwins } = graphOf(files).relations
    const shown = [...valueTwins, ...enumTwins].map(({ one, other }) =>
      [one, other].map(it => `${it.file} ${it.name} ${it.value}`).join(' ~ '),
    )
    assert.deepEqual(shown, expected)
  })
}

checkTwins(
  'a constant in two languages, by its name alone, once in each',
  {
    'app/a.py': 'MAX_GUEST_COUNT = 4\nMAX_SEAT_COUNT = 4\nSTAGE_LIGHT_COUNT = 1',
    'app/b.py': 'STAGE_LIGHT_COUNT = 2',
    'web/a.ts': 'const maxGuestCount = 5\nconst STAGE_LIGHT_COUNT = 3\nconst maxSeatCount = "many"',
    'tests/a.test.ts': 'const maxGuestCount = 6',
  },
  ['web/a.ts maxGuestCount 5 ~ app/a.py MAX_GUEST_COUNT 4'],
)

const ENUMS = `
from enum import Enum
class OrderStatus(str, Enum):
    OPEN = "open"
    PAID = "paid"
    SENT = "sent"
class Role(str, Enum):
    ADMIN = "admin"
    GUEST = "guest"
    STAFF = "staff"
    OWNER = "owner"
class Theme(str, Enum):
    DARK = "dark"
    LIGHT = "light"
class Mail:
    class DeliveryWindow(Enum):
        MORNING = "morning"
        NOON = "noon"
`

checkTwins(
  'enumerations whose names say the same and that share most of their values',
  {
    'app/a.py': ENUMS,
    'web/a.ts': `
export type OrderStatuses = 'open' | 'paid' | 'lost'
export enum IDeliveryWindowType { Morning = 'morning', Noon = 'noon' }
export type Role = 'admin' | 'guest' | 'staff'
export type MailDeliveryWindow = 'noon' | 'morning' | 'night'
`,
  },
  [
    'web/a.ts OrderStatuses open,paid,lost ~ app/a.py OrderStatus open,paid,sent',
    'web/a.ts IDeliveryWindowType morning,noon ~ app/a.py Mail.DeliveryWindow morning,noon',
    'web/a.ts Role admin,guest,staff ~ app/a.py Role admin,guest,staff,owner',
    'web/a.ts MailDeliveryWindow noon,morning,night ~ app/a.py Mail.DeliveryWindow morning,noon',
  ],
)

checkTwins(
  'a word that everybody uses ties nothing that says more, and other values nothing at all',
  {
    'app/a.py': ENUMS,
    'web/a.ts': `
export type Theme = 'dark' | 'light' | 'system'
export type OrderStatus = 'up' | 'down' | 'open'
`,
  },
  [],
)

checkTwins(
  'lists of texts, choices, and objects whose members say their own names',
  {
    'app/a.py': `
DELIVERY_WINDOWS = ["morning", "noon"]
SORT_ORDER_CHOICES = (("up", "Upwards"), ("down", "Downwards"))
PAINT_COLORS = ["red", "green", 3]
MOOD_NAMES = {"glad": "joy", "sad": "tears"}
`,
    'web/a.js': `
export const DeliveryWindow = { Morning: 'morning', Noon: 'noon', Evening: 'evening' }
const sortOrders = ['up', 'down']
const PAINT_COLORS = ['red', 'green']
const MOOD_NAMES = { glad: 'joy', sad: 'tears' }
`,
  },
  [
    'web/a.js DeliveryWindow morning,noon,evening ~ app/a.py DELIVERY_WINDOWS morning,noon',
    'web/a.js sortOrders up,down ~ app/a.py SORT_ORDER_CHOICES up,down',
  ],
)
