// Calls of Python that run, or fail only when they are reached, and do something else than what was meant.

import { type ApiEntry, trap } from './entry.ts'

type Three = readonly [message: string, why: string, remedy: string]

/** A flag of `re` in the place of a number. */
const FLAGS: readonly ApiEntry[] = (
  [
    ['re.sub', 3, "'a', 'b', text, ", 'count', 'cuántas veces sustituir', 'how many to replace'],
    ['re.subn', 3, "'a', 'b', text, ", 'count', 'cuántas veces sustituir', 'how many to replace'],
    ['re.split', 2, "'a', text, ", 'maxsplit', 'cuántas veces partir', 'how often to split'],
  ] as const
).map(([api, index, given, name, es, en]) =>
  trap(
    ...(['python', api] as const),
    {
      en: [
        `A flag is given to \`${api}\` as \`${name}\``,
        `By position, this argument is ${en}; the flag is a number, so it is taken as one, and ignored as a flag.`,
        'Name it: `flags=re.IGNORECASE`.',
      ],
      es: [
        `Se pasa una opción a \`${api}\` como \`${name}\``,
        `Por posición, este argumento es ${es}; la opción es un número, se toma por tal y no actúa como opción.`,
        'Nómbrala: `flags=re.IGNORECASE`.',
      ],
    },
    `import re\nkept = «${api}»(${given}re.IGNORECASE)`,
    `import re\nkept = ${api}(${given}flags=re.IGNORECASE)`,
    { case: 'flag', when: { argument: { [index]: /^re\.[A-Z]/ } } },
  ),
)

const COMPILED: readonly ApiEntry[] = ['search', 'match', 'fullmatch', 'findall', 'finditer'].map(name =>
  trap(
    ...(['python', `re.Pattern.${name}`] as const),
    {
      en: [
        `A flag is given to \`${name}\` of a compiled pattern as a position`,
        'The second argument is where to begin: the flag is a number, so the first characters are skipped.',
        'Give the flag to `re.compile`.',
      ],
      es: [
        `Se pasa una opción a \`${name}\` de un patrón compilado como posición`,
        'El segundo argumento es dónde empezar: la opción es un número, así que se saltan los primeros caracteres.',
        'Pasa la opción a `re.compile`.',
      ],
    },
    `import re\nword = re.compile('a')\nkept = «word.${name}»(text, re.IGNORECASE)`,
    `import re\nword = re.compile('a', re.IGNORECASE)\nkept = word.${name}(text)`,
    { as: 'method', makers: ['re.compile'], when: { argument: { 1: /^re\.[A-Z]/ } } },
  ),
)

/** A program and what it is given; what only Windows has takes a whole line. */
const COMMAND_LINE =
  /^(['"])(?!(?:wmic|cmd|powershell|reg|netsh|taskkill|tasklist|ipconfig|schtasks)(?:\.exe)? )[\w-]+ [^'"\\]+\1$/

const COMMANDS: readonly ApiEntry[] = ['run', 'call', 'check_call', 'check_output', 'Popen'].map(name =>
  trap(
    ...(['python', `subprocess.${name}`] as const),
    {
      en: [
        `\`subprocess.${name}\` gets a whole command line as the name of a program`,
        'Without a shell, the text is the name of a file to run, spaces and all: on Linux and macOS this raises `FileNotFoundError`.',
        "Give a list: `['git', 'status']`.",
      ],
      es: [
        `\`subprocess.${name}\` recibe una línea de órdenes entera como nombre de programa`,
        'Sin intérprete de órdenes, el texto es el nombre del fichero que se ejecuta, con espacios y todo: en Linux y macOS lanza `FileNotFoundError`.',
        "Pasa una lista: `['git', 'status']`.",
      ],
    },
    `import subprocess\nkept = «subprocess.${name}»('git status')`,
    `import subprocess\nkept = subprocess.${name}(['git', 'status'])`,
    {
      case: 'line',
      when: { argument: { 0: COMMAND_LINE }, without: ['shell', 'executable'] },
    },
  ),
)

const PIPES: readonly ApiEntry[] = ['call', 'check_call'].map(name =>
  trap(
    ...(['python', `subprocess.${name}`] as const),
    {
      en: [
        `\`subprocess.${name}\` writes into a pipe that nobody reads`,
        'It waits for the end of the program and returns a number: when the pipe is full, the program waits as well, for ever.',
        'Use `subprocess.run(…, capture_output=True)`.',
      ],
      es: [
        `\`subprocess.${name}\` escribe en una tubería que nadie lee`,
        'Espera a que termine el programa y devuelve un número: cuando la tubería se llena, el programa también espera, para siempre.',
        'Usa `subprocess.run(…, capture_output=True)`.',
      ],
    },
    `import subprocess\nkept = «subprocess.${name}»(command, stdout=subprocess.PIPE)`,
    `import subprocess\nkept = subprocess.run(command, capture_output=True)`,
    { case: 'pipe', when: { option: { stdout: /\bPIPE$/ } } },
  ),
)

const TASKS: readonly ApiEntry[] = ['asyncio.create_task', 'asyncio.ensure_future'].map(api =>
  trap(
    ...(['python', api] as const),
    {
      en: [
        `Nobody keeps the task that \`${api}\` makes`,
        'The loop knows a task by a weak reference only: it may vanish before it is done, and its errors are told when it does.',
        'Keep it until it is done: in a variable that is awaited, in a set, or in a `TaskGroup`.',
      ],
      es: [
        `Nadie conserva la tarea que crea \`${api}\``,
        'El bucle solo guarda una referencia débil a la tarea: puede desaparecer antes de terminar, y sus errores se dicen entonces.',
        'Consérvala hasta que termine: en una variable que se espera, en un conjunto o en un `TaskGroup`.',
      ],
    },
    `import asyncio\nasync def main():\n    «${api}»(work())\n    await other()`,
    `import asyncio\nasync def main():\n    task = ${api}(work())\n    await task`,
    { case: 'lost', when: { where: 'statement' } },
  ),
)

/** What a view gives back, and nobody sends. */
const ANSWERS: readonly ApiEntry[] = (
  [
    ['django.shortcuts', 'redirect', "'/'"],
    ['django.shortcuts', 'render', "request, 'a.html'"],
    ['django.http', 'HttpResponseRedirect', "'/'"],
    ['django.http', 'JsonResponse', 'data'],
    ['flask', 'redirect', "'/'"],
    ['flask', 'render_template', "'a.html'"],
    ['flask', 'jsonify', 'data'],
  ] as const
).map(([module, name, given]) =>
  trap(
    ...(['python', `${module}.${name}`] as const),
    {
      en: [
        `What \`${name}\` gives is not returned`,
        'It only makes an answer: without `return`, nobody gets it, and the function goes on.',
        `Write \`return ${name}(…)\`.`,
      ],
      es: [
        `Lo que da \`${name}\` no se devuelve`,
        'Solo crea una respuesta: sin `return` nadie la recibe, y la función sigue.',
        `Escribe \`return ${name}(…)\`.`,
      ],
    },
    `from ${module} import ${name}\ndef view(request):\n    «${name}»(${given})`,
    `from ${module} import ${name}\ndef view(request):\n    return ${name}(${given})`,
    { case: 'lost', when: { where: 'statement' } },
  ),
)

/** Made once, when the class is made, and the same for everybody. */
const DEFAULTS: readonly ApiEntry[] = [
  ...(
    [
      ['django.db.models', 'JSONField', '{}', 'dict', /^(?:\{|\[)/],
      ['django.contrib.postgres.fields', 'ArrayField', '[]', 'list', /^(?:\{|\[)/],
    ] as const
  ).map(([module, name, given, instead, pattern]) =>
    trap(
      ...(['python', `${module}.${name}`] as const),
      {
        en: [
          `All that have the default of \`${name}\` share one value`,
          'The dictionary or list is made once: whoever changes it in one object changes it in all.',
          `Hand over what makes one: \`default=${instead}\`.`,
        ],
        es: [
          `Todos los que tienen el valor por defecto de \`${name}\` comparten uno solo`,
          'El diccionario o la lista se crea una vez: quien lo cambia en un objeto lo cambia en todos.',
          `Entrega lo que crea uno: \`default=${instead}\`.`,
        ],
      },
      `from ${module} import ${name}\nclass Order(Base):\n    more = «${name}»(default=${given})`,
      `from ${module} import ${name}\nclass Order(Base):\n    more = ${name}(default=${instead})`,
      { case: 'shared', when: { option: { default: pattern } } },
    ),
  ),
  ...(['dataclasses.field', 'pydantic.Field'] as const).map(api => {
    const [module, name] = api.split('.') as [string, string]
    return trap(
      ...(['python', api] as const),
      {
        en: [
          `\`default_factory\` of \`${name}\` is what a call gave`,
          'It is called to make each default: a list or a dictionary cannot be called, so this raises a `TypeError`.',
          'Leave the parentheses out: `default_factory=list`.',
        ],
        es: [
          `\`default_factory\` de \`${name}\` es lo que ha dado una llamada`,
          'Se llama para crear cada valor: una lista o un diccionario no se pueden llamar, así que lanza un `TypeError`.',
          'Quita los paréntesis: `default_factory=list`.',
        ],
      },
      `from ${module} import ${name}\nclass Order(Base):\n    items = «${name}»(default_factory=list())`,
      `from ${module} import ${name}\nclass Order(Base):\n    items = ${name}(default_factory=list)`,
      { case: 'factory', when: { option: { default_factory: /^(?:(?:list|dict|set)\(\)|\[|\{)/ } } },
    )
  }),
]

const RESULTS: readonly ApiEntry[] = (
  [
    ['drop', "columns=['a']"],
    ['dropna', ''],
    ['fillna', '0'],
    ['rename', "columns={'a': 'b'}"],
    ['sort_values', "'a'"],
    ['reset_index', ''],
    ['set_index', "'a'"],
    ['drop_duplicates', ''],
  ] as const
).map(([name, given]) =>
  trap(
    ...(['python', `pandas.DataFrame.${name}`] as const),
    {
      en: [
        `What \`${name}\` gives is thrown away`,
        'It leaves the table as it is and returns another one.',
        `Keep it: \`table = table.${name}(…)\`.`,
      ],
      es: [
        `Lo que da \`${name}\` se pierde`,
        'Deja la tabla como está y devuelve otra.',
        `Consérvalo: \`table = table.${name}(…)\`.`,
      ],
    },
    `import pandas as pd\ntable = pd.read_csv('a.csv')\n«table.${name}»(${given})`,
    `import pandas as pd\ntable = pd.read_csv('a.csv')\ntable = table.${name}(${given})`,
    {
      ...{
        as: 'method',
        makers: ['pandas.DataFrame', 'pandas.read_csv', 'pandas.read_excel', 'pandas.read_parquet'],
      },
      when: { where: 'statement', without: ['inplace'] },
    },
  ),
)

interface Single {
  readonly api: string
  readonly case: string
  readonly when: ApiEntry['when']
  readonly en: Three
  readonly es: Three
  readonly invalid: string
  readonly valid: string
  readonly as?: ApiEntry['as']
  readonly makers?: readonly string[]
}

const SINGLE: readonly Single[] = [
  ...['os.getenv', 'os.environ.get'].map(api => ({
    ...{ api, case: 'boolean', when: { argument: { 1: /^True$/ } } },
    en: [
      `\`${api}\` gives a text when the variable is set, and a truth value when it is not`,
      'A variable that is set to `false` or `0` is a text that is not empty, so it counts as true.',
      "Compare the text: `os.environ.get('DEBUG', '') == 'true'`.",
    ] as const,
    es: [
      `\`${api}\` da un texto si la variable tiene valor y un booleano si no`,
      'Una variable que vale `false` o `0` es un texto no vacío, así que cuenta como verdadera.',
      "Compara el texto: `os.environ.get('DEBUG', '') == 'true'`.",
    ] as const,
    invalid: `import os\nkept = «${api}»('DEBUG', True)`,
    valid: `import os\nkept = ${api}('DEBUG', '') == 'true'`,
  })),
  {
    ...{ api: 'argparse.ArgumentParser.add_argument', case: 'list', as: 'method', makers: ['*'] },
    when: { argument: { 0: /^['"]-*\w/ }, option: { type: /^list$/ } },
    en: [
      'With `type=list`, a value becomes a list of its letters',
      'The function gets the text of the command line: `--names ab` gives `["a", "b"]`.',
      "Use `nargs='+'`.",
    ],
    es: [
      'Con `type=list`, un valor se convierte en la lista de sus letras',
      'La función recibe el texto de la línea de órdenes: `--names ab` da `["a", "b"]`.',
      "Usa `nargs='+'`.",
    ],
    invalid: `import argparse\nparser = argparse.ArgumentParser()\n«parser.add_argument»('--names', type=list)`,
    valid: `import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--names', nargs='+')`,
  },
  {
    ...{
      api: 'decimal.Decimal',
      case: 'float',
      when: { argument: { 0: /^-?\d+\.(?!0*$|50*$|250*$|750*$)\d+$/ } },
    },
    en: [
      'The decimal is made of a number that is not exact',
      'The number is rounded to binary first: `Decimal(0.1)` is a little more than 0.1.',
      "Give it as a text: `Decimal('0.1')`.",
    ],
    es: [
      'El decimal se crea a partir de un número que no es exacto',
      'El número se redondea antes a binario: `Decimal(0.1)` es algo más que 0.1.',
      "Dáselo como texto: `Decimal('0.1')`.",
    ],
    invalid: `from decimal import Decimal\nkept = «Decimal»(0.1)`,
    valid: `from decimal import Decimal\nkept = Decimal('0.1')`,
  },
  {
    ...{ api: 'datetime.datetime', case: 'pytz', when: { option: { tzinfo: /^pytz\.timezone\(/ } } },
    en: [
      'A zone of pytz is given as `tzinfo`',
      'Without `localize`, the zone is that of its oldest entry: local mean time, off by some minutes.',
      'Use `zoneinfo.ZoneInfo`, or `zone.localize(…)`.',
    ],
    es: [
      'Se da una zona de pytz como `tzinfo`',
      'Sin `localize`, la zona es la de su entrada más antigua: la hora solar media, que difiere en algunos minutos.',
      'Usa `zoneinfo.ZoneInfo` o `zone.localize(…)`.',
    ],
    invalid: `import datetime\nimport pytz\nkept = «datetime.datetime»(2026, 1, 1, tzinfo=pytz.timezone('Europe/Madrid'))`,
    valid: `import datetime\nfrom zoneinfo import ZoneInfo\nkept = datetime.datetime(2026, 1, 1, tzinfo=ZoneInfo('Europe/Madrid'))`,
  },
  {
    ...{ api: 'datetime.datetime.replace', case: 'pytz', as: 'method', makers: ['*'] },
    when: { option: { tzinfo: /^pytz\.timezone\(/ } },
    en: [
      'A zone of pytz is given as `tzinfo`',
      'Without `localize`, the zone is that of its oldest entry: local mean time, off by some minutes.',
      'Use `zoneinfo.ZoneInfo`, or `zone.localize(…)`.',
    ],
    es: [
      'Se da una zona de pytz como `tzinfo`',
      'Sin `localize`, la zona es la de su entrada más antigua: la hora solar media, que difiere en algunos minutos.',
      'Usa `zoneinfo.ZoneInfo` o `zone.localize(…)`.',
    ],
    invalid: `import pytz\nkept = «day.replace»(tzinfo=pytz.timezone('Europe/Madrid'))`,
    valid: `import pytz\nkept = pytz.timezone('Europe/Madrid').localize(day)`,
  },
  {
    ...{ api: 'asyncio.run', case: 'inside', when: { where: 'asynchronous' } },
    en: [
      '`asyncio.run` is called where a loop runs already',
      'Inside an asynchronous function, it raises a `RuntimeError`.',
      'Write `await` before what is to be run.',
    ],
    es: [
      '`asyncio.run` se llama donde ya hay un bucle en marcha',
      'Dentro de una función asíncrona lanza un `RuntimeError`.',
      'Escribe `await` delante de lo que hay que ejecutar.',
    ],
    invalid: `import asyncio\nasync def main():\n    «asyncio.run»(work())`,
    valid: `import asyncio\nasync def main():\n    await work()`,
  },
  ...['json', 'pickle'].map(module => ({
    ...{ api: `${module}.load`, case: 'text', when: { argument: { 0: /\.(?:text|content|read\(\))$/ } } },
    en: [
      `\`${module}.load\` gets the content instead of the file`,
      'It reads from a file: a text or bytes have no `read`, so this raises an `AttributeError`.',
      `Use \`${module}.loads\`.`,
    ] as const,
    es: [
      `\`${module}.load\` recibe el contenido en vez del fichero`,
      'Lee de un fichero: un texto o unos bytes no tienen `read`, así que lanza un `AttributeError`.',
      `Usa \`${module}.loads\`.`,
    ] as const,
    invalid: `import ${module}\nkept = «${module}.load»(source.read())`,
    valid: `import ${module}\nkept = ${module}.loads(source.read())`,
  })),
  ...['json', 'pickle'].map(module => ({
    ...{ api: `${module}.loads`, case: 'file', when: { argument: { 0: /^open\([^()]*\)$/ } } },
    en: [
      `\`${module}.loads\` gets a file instead of its content`,
      'It takes a text or bytes: a file raises a `TypeError`.',
      `Use \`${module}.load\`.`,
    ] as const,
    es: [
      `\`${module}.loads\` recibe un fichero en vez de su contenido`,
      'Toma un texto o unos bytes: un fichero lanza un `TypeError`.',
      `Usa \`${module}.load\`.`,
    ] as const,
    invalid: `import ${module}\nkept = «${module}.loads»(open(path))`,
    valid: `import ${module}\nwith open(path) as source:\n    kept = ${module}.load(source)`,
  })),
  ...['json', 'pickle'].map(module => ({
    ...{ api: `${module}.dump`, case: 'nowhere', when: { least: 1, most: 1, without: ['fp', 'file'] } },
    en: [
      `\`${module}.dump\` is not told where to write`,
      'It writes into a file, which is its second argument: without it, this raises a `TypeError`.',
      `Use \`${module}.dumps\`, or give the file.`,
    ] as const,
    es: [
      `A \`${module}.dump\` no se le dice dónde escribir`,
      'Escribe en un fichero, que es su segundo argumento: sin él lanza un `TypeError`.',
      `Usa \`${module}.dumps\` o pásale el fichero.`,
    ] as const,
    invalid: `import ${module}\nkept = «${module}.dump»(data)`,
    valid: `import ${module}\nkept = ${module}.dumps(data)`,
  })),
  ...['isinstance', 'issubclass'].map(api => ({
    ...{ api, case: 'list', when: { argument: { 1: /^\[/ } } },
    en: [
      `\`${api}\` gets its types in a list`,
      'It takes a type or a tuple of types: a list raises a `TypeError`.',
      'Use a tuple: `(int, str)`.',
    ] as const,
    es: [
      `\`${api}\` recibe los tipos en una lista`,
      'Toma un tipo o una tupla de tipos: una lista lanza un `TypeError`.',
      'Usa una tupla: `(int, str)`.',
    ] as const,
    invalid: `kept = «${api}»(value, [int, str])`,
    valid: `kept = ${api}(value, (int, str))`,
  })),
  {
    ...{ api: 'range', case: 'half', when: { argument: { 0: /^len\([^()]*\)\s*\/\s*\d+$/ } } },
    en: [
      '`range` gets a number with a fraction',
      'A division with `/` gives a `float`, also where nothing is left over: this raises a `TypeError`.',
      'Divide with `//`.',
    ],
    es: [
      '`range` recibe un número con decimales',
      'Una división con `/` da un `float`, también si no sobra nada: lanza un `TypeError`.',
      'Divide con `//`.',
    ],
    invalid: `kept = «range»(len(values) / 2)`,
    valid: `kept = range(len(values) // 2)`,
  },
  {
    ...{
      api: 'open',
      case: 'encoding',
      when: { argument: { 1: /^['"][rwax]\+?b/ }, option: { encoding: /./ } },
    },
    en: [
      'A file of bytes is opened with an encoding',
      'Bytes have none: this raises a `ValueError`.',
      'Leave `encoding` out, or the `b` of the mode.',
    ],
    es: [
      'Un fichero de bytes se abre con una codificación',
      'Los bytes no tienen: lanza un `ValueError`.',
      'Quita `encoding`, o la `b` del modo.',
    ],
    invalid: `with «open»(path, 'rb', encoding='utf-8') as source:\n    kept = source.read()`,
    valid: `with open(path, 'r', encoding='utf-8') as source:\n    kept = source.read()`,
  },
  ...['reader', 'writer'].map(name => ({
    ...{ api: `csv.${name}`, case: 'bytes', when: { argument: { 0: /^open\([^()]*,\s*['"][rw]b['"]\)$/ } } },
    en: [
      `\`csv.${name}\` gets a file of bytes`,
      'In Python 3, it reads and writes text: bytes raise an error.',
      "Open it as text: `open(path, newline='')`.",
    ] as const,
    es: [
      `\`csv.${name}\` recibe un fichero de bytes`,
      'En Python 3 lee y escribe texto: los bytes lanzan un error.',
      "Ábrelo como texto: `open(path, newline='')`.",
    ] as const,
    invalid: `import csv\nkept = «csv.${name}»(open(path, '${name === 'reader' ? 'rb' : 'wb'}'))`,
    valid: `import csv\nwith open(path, newline='') as table:\n    kept = csv.${name}(table)`,
  })),
  {
    ...{ api: 'hmac.new', case: 'digest', when: { most: 2, without: ['digestmod'] } },
    en: [
      '`hmac.new` is not told which hash to use',
      'Since Python 3.8 there is no default: this raises a `TypeError`.',
      "Say it: `digestmod='sha256'`.",
    ],
    es: [
      'A `hmac.new` no se le dice qué resumen usar',
      'Desde Python 3.8 no hay valor por defecto: lanza un `TypeError`.',
      "Dilo: `digestmod='sha256'`.",
    ],
    invalid: `import hmac\nkept = «hmac.new»(key, message)`,
    valid: `import hmac\nkept = hmac.new(key, message, digestmod='sha256')`,
  },
  ...['hashlib.sha256', 'hashlib.sha1', 'hashlib.sha512', 'base64.b64encode'].map(api => ({
    ...{ api, case: 'text', when: { argument: { 0: /^[fr]?(['"])[^'"]*\1$/ } } },
    en: [
      `\`${api}\` gets a text instead of bytes`,
      'Bytes are what it works on: a text raises a `TypeError`.',
      "Encode it: `text.encode('utf-8')`.",
    ] as const,
    es: [
      `\`${api}\` recibe un texto en vez de bytes`,
      'Trabaja con bytes: un texto lanza un `TypeError`.',
      "Codifícalo: `text.encode('utf-8')`.",
    ] as const,
    invalid: `import ${api.split('.')[0]}\nkept = «${api}»(f'{name}')`,
    valid: `import ${api.split('.')[0]}\nkept = ${api}(f'{name}'.encode('utf-8'))`,
  })),
  {
    ...{ api: 'contextlib.suppress', case: 'nothing', when: { most: 0 } },
    en: [
      '`contextlib.suppress` is not told what to suppress',
      'Without an argument it suppresses nothing.',
      'Name the errors: `suppress(FileNotFoundError)`.',
    ],
    es: [
      'A `contextlib.suppress` no se le dice qué suprimir',
      'Sin argumentos no suprime nada.',
      'Nombra los errores: `suppress(FileNotFoundError)`.',
    ],
    invalid: `import contextlib\nwith «contextlib.suppress»():\n    remove(path)`,
    valid: `import contextlib\nwith contextlib.suppress(FileNotFoundError):\n    remove(path)`,
  },
  {
    ...{ api: 'dataclasses.field', case: 'mutable', when: { option: { default: /^(?:\[|\{)/ } } },
    en: [
      'The default of a dataclass is a list or a dictionary',
      'It would be shared by all objects, so `dataclass` raises a `ValueError`.',
      'Use `default_factory=list`.',
    ],
    es: [
      'El valor por defecto de una dataclass es una lista o un diccionario',
      'Lo compartirían todos los objetos, así que `dataclass` lanza un `ValueError`.',
      'Usa `default_factory=list`.',
    ],
    invalid: `from dataclasses import field\nclass Order:\n    items: list = «field»(default=[])`,
    valid: `from dataclasses import field\nclass Order:\n    items: list = field(default_factory=list)`,
  },
  {
    ...{
      api: 'subprocess.run',
      case: 'capture',
      when: { option: { capture_output: /^True$/, stdout: /./ } },
    },
    en: [
      '`capture_output` and `stdout` are given together',
      '`capture_output` sets both streams itself: this raises a `ValueError`.',
      'Leave one of them out.',
    ],
    es: [
      'Se dan a la vez `capture_output` y `stdout`',
      '`capture_output` ya fija los dos flujos: lanza un `ValueError`.',
      'Quita uno de los dos.',
    ],
    invalid: `import subprocess\nkept = «subprocess.run»(command, capture_output=True, stdout=log)`,
    valid: `import subprocess\nkept = subprocess.run(command, capture_output=True)`,
  },
  {
    ...{ api: 'logging.basicConfig', case: 'twice', when: { option: { filename: /./, handlers: /./ } } },
    en: [
      '`filename` and `handlers` are given together',
      'Either makes the handlers: together they raise a `ValueError`.',
      'Leave one of them out.',
    ],
    es: [
      'Se dan a la vez `filename` y `handlers`',
      'Cualquiera de los dos crea los destinos: juntos lanzan un `ValueError`.',
      'Quita uno de los dos.',
    ],
    invalid: `import logging\n«logging.basicConfig»(filename='a.log', handlers=[screen])`,
    valid: `import logging\nlogging.basicConfig(handlers=[screen])`,
  },
]

export const TRAPS_PYTHON: readonly ApiEntry[] = [
  ...FLAGS,
  ...COMPILED,
  ...COMMANDS,
  ...PIPES,
  ...TASKS,
  ...ANSWERS,
  ...DEFAULTS,
  ...RESULTS,
  ...SINGLE.map(({ api, en, es, invalid, valid, ...told }) =>
    trap('python', api, { en, es }, invalid, valid, told),
  ),
]
