// Calls whose place makes them slow: what is expensive to make, made again and again, and what copies all of it to add one.

import { type ApiEntry, type ApiLanguage, type Condition, trap } from './entry.ts'

const IN_A_LOOP: Condition = { where: 'loop' }

/** Made once, they serve all: connections, threads and tables are inside. */
const CLIENTS: readonly (readonly [language: ApiLanguage, api: string, given: string])[] = [
  ['python', 'boto3.client', "'s3'"],
  ['python', 'boto3.resource', "'s3'"],
  ['python', 'boto3.Session', ''],
  ['python', 'sqlalchemy.create_engine', 'url'],
  ['python', 'httpx.Client', ''],
  ['python', 'httpx.AsyncClient', ''],
  ['python', 'aiohttp.ClientSession', ''],
  ['python', 'requests.Session', ''],
  ['python', 'openai.OpenAI', ''],
  ['python', 'pymongo.MongoClient', 'url'],
  ['python', 'concurrent.futures.ThreadPoolExecutor', ''],
  ['python', 'concurrent.futures.ProcessPoolExecutor', ''],
  ['javascript', '@prisma/client.PrismaClient', ''],
  ['javascript', 'pg.Pool', ''],
  ['javascript', 'Intl.NumberFormat', "'es'"],
  ['javascript', 'Intl.DateTimeFormat', "'es'"],
  ['javascript', 'Intl.Collator', "'es'"],
  ['typescript', 'Intl.PluralRules', "'es'"],
  ['rust', 'reqwest.Client.new', ''],
  ['rust', 'reqwest.Client.builder', ''],
  ['rust', 'tokio.runtime.Runtime.new', ''],
]

export const SLOW: readonly ApiEntry[] = [
  ...CLIENTS.map(([language, api, given]) => {
    const path = language === 'rust' ? api.replaceAll('.', '::') : api.slice(api.lastIndexOf('.') + 1)
    return trap(
      ...([language, api] as const),
      {
        en: [
          `\`${path}\` is made anew in every round`,
          'To make it takes longer than to use it: connections, threads or tables of a language are set up each time.',
          'Make it once, before the loop.',
        ],
        es: [
          `\`${path}\` se crea de nuevo en cada vuelta`,
          'Crearlo cuesta más que usarlo: cada vez se preparan conexiones, hilos o las tablas de un idioma.',
          'Créalo una vez, antes del bucle.',
        ],
      },
      ...examplesOf(language, api, given),
      { case: 'loop', when: IN_A_LOOP },
    )
  }),
  ...(
    [
      ['numpy.append', 'np.append(kept, it)', 'import numpy as np'],
      ['numpy.concatenate', 'np.concatenate([kept, it])', 'import numpy as np'],
      ['numpy.vstack', 'np.vstack([kept, it])', 'import numpy as np'],
      ['numpy.hstack', 'np.hstack([kept, it])', 'import numpy as np'],
      ['pandas.concat', 'pd.concat([kept, it])', 'import pandas as pd'],
    ] as const
  ).map(([api, call, line]) => {
    const [callee] = call.split('(') as [string]
    return trap(
      ...(['python', api] as const),
      {
        en: [
          `\`${api}\` copies all that is there in every round`,
          'An array or a table cannot grow: each time, a new one is made and the old one copied, so the work grows with the square.',
          'Collect the pieces in a list, and join them once, behind the loop.',
        ],
        es: [
          `\`${api}\` copia en cada vuelta todo lo que hay`,
          'Un array o una tabla no puede crecer: cada vez se crea otro y se copia el anterior, así que el trabajo crece con el cuadrado.',
          'Reúne las piezas en una lista y únelas una vez, después del bucle.',
        ],
      },
      `${line}\nfor it in items:\n    kept = ${call.replace(callee, `«${callee}»`)}`,
      `${line}\npieces = []\nfor it in items:\n    pieces.append(it)\nkept = ${callee}(pieces)`,
      { case: 'growing', when: { where: 'growing' } },
    )
  }),
  trap(
    ...(['javascript', 'XMLHttpRequest.open'] as const),
    {
      en: [
        'The page stands still until the answer is there',
        'With `false`, the request waits in the thread that draws: nothing can be clicked meanwhile.',
        'Use `fetch`.',
      ],
      es: [
        'La página se queda parada hasta que llega la respuesta',
        'Con `false`, la petición espera en el hilo que dibuja: mientras tanto no se puede pulsar nada.',
        'Usa `fetch`.',
      ],
    },
    "const request = new XMLHttpRequest()\n«request.open»('GET', url, false)",
    "const request = new XMLHttpRequest()\nrequest.open('GET', url, true)",
    { as: 'method', makers: ['XMLHttpRequest'], case: 'waits', when: { argument: { 2: /^false$/ } } },
  ),
  ...['useMemo', 'useCallback'].map(name =>
    trap(
      ...(['javascript', `react.${name}`] as const),
      {
        en: [
          `\`${name}\` is not told what it depends on`,
          'Without a list, it computes anew every time, and remembers for nothing.',
          'Give the list: `[a, b]`.',
        ],
        es: [
          `A \`${name}\` no se le dice de qué depende`,
          'Sin una lista, calcula de nuevo cada vez y recuerda para nada.',
          'Da la lista: `[a, b]`.',
        ],
      },
      `import { ${name} } from 'react'\nconst kept = «${name}»(() => compute(a))`,
      `import { ${name} } from 'react'\nconst kept = ${name}(() => compute(a), [a])`,
      { case: 'always', when: { least: 1, most: 1 } },
    ),
  ),
]

/** In every round, and once before. */
function examplesOf(
  language: ApiLanguage,
  api: string,
  given: string,
): readonly [invalid: string, valid: string] {
  const dot = api.lastIndexOf('.')
  const [module, name] = [api.slice(0, dot), api.slice(dot + 1)]
  if (language === 'python')
    return [
      `from ${module} import ${name}\nfor it in items:\n    use(«${name}»(${given}), it)`,
      `from ${module} import ${name}\nmade = ${name}(${given})\nfor it in items:\n    use(made, it)`,
    ]
  if (language === 'rust') {
    const path = api.replaceAll('.', '::')
    return [
      `fn f() { for it in items { send(«${path}»(), it); } }`,
      `fn f() { let made = ${path}(); for it in items { send(&made, it); } }`,
    ]
  }
  const [line, callee] = module === 'Intl' ? ['', api] : [`import { ${name} } from '${module}'\n`, name]
  return [
    `${line}for (const it of items) use(new «${callee}»(${given}), it)`,
    `${line}const made = new ${callee}(${given})\nfor (const it of items) use(made, it)`,
  ]
}
