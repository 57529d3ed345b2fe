/** The time, or an identifier, that is taken when the program starts and then used for everything that comes. */

import { calleeName } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { fixes, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { pathOf } from '../support/imports.ts'

/** What gives something else at every call. */
const PYTHON =
  /^(datetime\.(datetime\.)?(now|utcnow|today)|datetime\.date\.today|date\.today|time\.(time|time_ns|monotonic|localtime|gmtime)|django\.utils\.timezone\.now|timezone\.now|uuid\.uuid[14]|random\.(random|randint|choice|randrange)|secrets\.token_\w+|os\.urandom)$/
const SCRIPT = /^(Date\.now|crypto\.randomUUID|uuid|uuidv4|nanoid|Math\.random|randomUUID)$/

const CALLEES = [
  ...[
    'now',
    'utcnow',
    'today',
    'time',
    'time_ns',
    'monotonic',
    'localtime',
    'gmtime',
    'uuid1',
    'uuid4',
    'random',
  ],
  ...['randint', 'choice', 'randrange', 'token_hex', 'token_urlsafe', 'token_bytes', 'urandom', 'randomUUID'],
  ...['uuid', 'uuidv4', 'nanoid', 'Date'],
]

export default defineRule({
  id: 'correctness/default-computed-once',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [665],
  concept: 'shared-state',
  impact: { likelihood: 'high', cost: 'days' },
  callees: CALLEES,

  check: {
    *Call(node, file) {
      const value = file.language === 'python' ? pythonDefault(node, file) : scriptDefault(node)
      if (value) yield found(node, value)
    },
    *New(node, file) {
      if (file.language === 'python' || node.child('argument') || node.child('callee')?.name !== 'Date')
        return
      if (isInSchema(node)) yield found(node, { of: 'field', canName: false })
    },
  },

  explain: {
    en: ({ call, of }) => ({
      message: `\`${call}\` is called once, when the program starts, and not for each ${of === 'field' ? 'new object' : 'call'}`,
      why:
        of === 'parameter'
          ? 'Python evaluates a default when it reads the `def`. Every call without this argument gets that one value, however long the program runs.'
          : 'The default is a value that was computed while the module was loaded. All objects get the same one until the program is started again.',
      remedy:
        of === 'parameter'
          ? 'Make the default `None` and compute the value in the function.'
          : 'Hand over the function without calling it, so that it is called for each object.',
      fix: 'Hand over the function itself',
    }),
    es: ({ call, of }) => ({
      message: `\`${call}\` se llama una sola vez, al arrancar el programa, y no con cada ${of === 'field' ? 'objeto nuevo' : 'llamada'}`,
      why:
        of === 'parameter'
          ? 'Python evalúa un valor por defecto cuando lee el `def`. Todas las llamadas sin ese argumento reciben aquel valor, por mucho que dure el programa.'
          : 'El valor por defecto se calculó al cargar el módulo. Todos los objetos reciben el mismo hasta que el programa vuelva a arrancar.',
      remedy:
        of === 'parameter'
          ? 'Pon `None` por defecto y calcula el valor dentro de la función.'
          : 'Pasa la función sin llamarla, para que se llame con cada objeto.',
      fix: 'Pasar la función misma',
    }),
  },

  examples: {
    invalid: [
      py`
        from datetime import datetime
        def log(text, when=«datetime.now()»):
            print(when, text)
      `,
      py`
        import time, uuid
        def start(id: str = «uuid.uuid4()», *, at=«time.time()»): ...
      `,
      fixes(
        py`
        from django.utils import timezone
        class Order(models.Model):
            created = models.DateTimeField(default=«timezone.now()»)
      `,
        py`
        from django.utils import timezone
        class Order(models.Model):
            created = models.DateTimeField(default=timezone.now)
      `,
      ),
      fixes(
        py`
        import datetime
        class Order(Base):
            created = Column(DateTime, default=«datetime.datetime.utcnow()»)
      `,
        py`
        import datetime
        class Order(Base):
            created = Column(DateTime, default=datetime.datetime.utcnow)
      `,
      ),
      py`
        from dataclasses import dataclass
        from datetime import datetime
        @dataclass
        class Order:
            created: datetime = «datetime.now()»
      `,
      fixes(
        js`
        const orders = new mongoose.Schema({
          created: { type: Date, default: «Date.now()» },
        })
      `,
        js`
        const orders = new mongoose.Schema({
          created: { type: Date, default: Date.now },
        })
      `,
      ),
      js`const orders = new Schema({ created: { type: Date, default: «new Date()» } })`,
      ts`export const order = new Schema<Order>({ id: { type: String, default: «uuidv4()» } })`,
      ts`const Order = sequelize.define('order', { at: { type: DataTypes.DATE, defaultValue: «new Date()» } })`,
    ],
    valid: [
      py`
        from datetime import datetime
        def log(text, when=None):
            when = when or datetime.now()
      `,
      py`
        from datetime import datetime
        created = Column(DateTime, default=datetime.utcnow)
        show(default=datetime.now())
        def f():
            form = Form(DateField(default=datetime.now()))
      `,
      py`
        import time
        class Timer:
            started = time.time()
        def f(clock=time.time): ...
      `,
      js`const orders = new mongoose.Schema({ created: { type: Date, default: Date.now } })`,
      // JavaScript computes a default at each call.
      js`function log(text, when = new Date()) {}`,
      js`const orders = new mongoose.Schema({ created: { type: Date, default: () => new Date() } })`,
      ts`const options = { default: Date.now() }`,
      ts`function make() { return new Schema({ at: { default: Date.now() } }) }`,
    ],
  },
})

interface Default {
  readonly of: 'parameter' | 'field'
  /** The function may be named in the place of its call. */
  readonly canName: boolean
}

function found(call: SyntaxNode, { of, canName }: Default) {
  const callee = call.child('callee')!
  return {
    at: call,
    data: { call: excerpt(call), of: of as string },
    ...(canName && {
      fix: {
        safety: 'safe' as const,
        edits: () => [{ start: callee.end, end: call.end, newText: '' }],
      },
    }),
  }
}

function pythonDefault(call: SyntaxNode, file: SourceFile): Default | undefined {
  const { parent, role } = call
  if (role !== 'value' || !parent?.is('Parameter', 'KeywordArgument', 'Assignment')) return undefined
  if (!PYTHON.test(pathOf(file, call.child('callee')))) return undefined
  if (parent.kind === 'Parameter') return { of: 'parameter', canName: false }
  if (parent.kind === 'Assignment')
    return parent.child('type') && isDataClass(parent.closest('Class', 'Function'))
      ? { of: 'field', canName: false }
      : undefined
  const label = parent.child('label')?.text
  const owner = parent.parent
  if (label !== 'default' || owner?.kind !== 'Call' || owner.function) return undefined
  const name = calleeName(owner)
  if (!/(Field|Column|mapped_column|column)$/.test(name)) return undefined
  // What pydantic's and dataclasses' own functions take as a default is a value.
  const isPlain = /^(Field|field)$/.test(name)
  return { of: 'field', canName: !isPlain && !call.child('argument') }
}

function isDataClass(home: SyntaxNode | undefined): boolean {
  if (home?.kind !== 'Class') return false
  const decorators = home.parent?.kind === 'Decorated' ? home.parent.children('decorator') : []
  return (
    decorators.some(it =>
      /^@(dataclasses\.)?dataclass\b|^@(attr\.s|attrs?\.define|define)\b/.test(it.text),
    ) ||
    home.children('superclass').some(it => /^(pydantic\.)?(BaseModel|BaseSettings|SQLModel)$/.test(it.text))
  )
}

function scriptDefault(call: SyntaxNode): Default | undefined {
  const callee = call.child('callee')
  if (!callee?.is('Name', 'Member') || !SCRIPT.test(callee.text) || !isInSchema(call)) return undefined
  return { of: 'field', canName: !call.child('argument') && callee.text === 'Date.now' }
}

/** `default: value` of a field, in a schema that is made while the module is loaded. */
function isInSchema(value: SyntaxNode): boolean {
  const pair = value.parent
  if (
    value.role !== 'value' ||
    pair?.kind !== 'Pair' ||
    !/^default(Value)?$/.test(pair.child('key')?.text ?? '')
  )
    return false
  for (const it of value.ancestors()) {
    if (it.kind === 'Function') return false
    const isSchema =
      (it.kind === 'New' && /(^|\.)Schema$/.test(calleePath(it))) ||
      (it.kind === 'Call' && /^sequelize\.define$/i.test(calleePath(it)))
    if (isSchema) return it.function === undefined
  }
  return false
}

function calleePath(call: SyntaxNode): string {
  const callee = call.child('callee')
  return (callee?.kind === 'GenericType' ? callee.child('callee') : callee)?.text ?? ''
}
