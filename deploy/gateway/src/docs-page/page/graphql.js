// Asks over GraphQL and shows what comes. Text is put in as text: nothing of an answer is ever markup.

// What the schema says of itself is in English, like the interface that it is.
const WORDS = {
  es: {
    title: 'GraphQL del servidor de inferencia de CodeAnt',
    key: 'Clave',
    stays: 'Se queda en esta página y solo se envía a este servidor.',
    example: 'Ejemplo',
    query: 'Consulta',
    variables: 'Variables',
    run: 'Preguntar',
    shortcut: 'o Ctrl+Intro',
    schema: 'Esquema',
    load: 'Mostrar qué se puede preguntar',
    notJson: 'Las variables no son JSON',
    hidden: 'Este servidor no muestra su esquema (graphql.introspection).',
    examples: ['modelos', 'métricas', 'trabajos', 'una pregunta', 'un proyecto', 'vaciar la caché'],
  },
  en: {
    notJson: 'The variables are no JSON',
    hidden: 'This endpoint does not show its schema (graphql.introspection).',
    examples: ['models', 'metrics', 'jobs', 'a question', 'a project', 'clear the cache'],
  },
}
const isSpanish = navigator.language.startsWith('es')
const words = isSpanish ? WORDS.es : WORDS.en
if (isSpanish) {
  document.documentElement.lang = 'es'
  for (const it of document.querySelectorAll('[data-text]')) it.textContent = words[it.dataset.text]
  document.title = words.title
}

const EXAMPLES = [
  { query: '{\n  models { name kind engine isReady tasks }\n  routes { task model why alternatives }\n}' },
  {
    query:
      'query ($days: Int) {\n  systemMetrics(days: $days) {\n    version since activeCallers requests failures\n    cache { hits misses hitRatio }\n    inference { model requests p50Ms p95Ms }\n    tokens { prompt completion }\n  }\n}',
    variables: { days: 7 },
  },
  {
    query:
      '{\n  jobs(limit: 3) {\n    id state progress findings\n    results(limit: 10) { rule level path line message }\n  }\n}',
  },
  {
    query:
      'mutation ($input: JSON!) {\n  processQuery(task: "is-secret", input: $input) {\n    answer\n    route { model engine why }\n  }\n}',
    variables: {
      input: { name: 'title', value: 'Welcome', context: { before: 'title = "', after: '"' } },
    },
  },
  {
    query:
      'mutation ($projects: [ProjectInput!]!) {\n  processBatch(projects: $projects) { id state projects { all } }\n}',
    variables: {
      projects: [
        {
          name: 'one',
          files: [{ path: 'a.py', content: 'def f(items=[]):\n    items.append(1)\n    return items\n' }],
        },
      ],
    },
  },
  { query: 'mutation { clearCache }' },
]

const find = id => document.querySelector(`#${id}`)
const [key, example, query, variables, answer] = ['key', 'example', 'query', 'variables', 'answer'].map(find)

example.append(...words.examples.map((it, i) => element('option', { value: String(i) }, it)))
example.addEventListener('change', () => show(EXAMPLES[Number(example.value)]))
show(EXAMPLES[0])
find('run').addEventListener('click', run)
find('load').addEventListener('click', showSchema)
document.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run()
})

function show(it) {
  query.value = it.query
  variables.value = it.variables ? JSON.stringify(it.variables, null, 2) : ''
}

async function run() {
  answer.hidden = false
  let given
  try {
    given = variables.value.trim() === '' ? {} : JSON.parse(variables.value)
  } catch (error) {
    answer.textContent = `${words.notJson}: ${error.message}`
    return
  }
  answer.textContent = '…'
  try {
    const { status, text } = await ask(query.value, given)
    answer.textContent = `${status}\n\n${text}`
  } catch (error) {
    answer.textContent = String(error)
  }
}

async function ask(text, given) {
  const headers = { 'content-type': 'application/json', ...(key.value && { 'x-api-key': key.value }) }
  const body = JSON.stringify({ query: text, variables: given })
  const got = await fetch('/graphql', { method: 'POST', headers, body })
  const content = await got.json()
  return { status: `${got.status} ${got.statusText}`, content, text: JSON.stringify(content, null, 2) }
}

const SCHEMA =
  '{ __schema { types { name kind description fields { name description args { name type { ...t } } type { ...t } } inputFields { name type { ...t } } enumValues { name } } } } fragment t on __Type { name kind ofType { name kind ofType { name kind ofType { name } } } }'

async function showSchema() {
  const types = find('types')
  try {
    const { content, text } = await ask(SCHEMA, {})
    const all = content.data?.__schema.types
    if (!all) {
      const isHidden = JSON.stringify(content.errors ?? '').includes('introspection')
      types.replaceChildren(element('p', { className: 'problem' }, isHidden ? words.hidden : text))
      return
    }
    types.lang = 'en'
    types.replaceChildren(
      ...all.filter(it => !it.name.startsWith('__') && it.kind !== 'SCALAR').map(shownType),
    )
  } catch (error) {
    types.replaceChildren(element('p', { className: 'problem' }, String(error)))
  }
}

function shownType({ name, description, fields, inputFields, enumValues }) {
  const lines = [
    ...(fields ?? []).map(it => {
      const given = it.args.map(one => `${one.name}: ${typeName(one.type)}`).join(', ')
      return `${it.name}${given && `(${given})`}: ${typeName(it.type)}${it.description ? `   # ${it.description}` : ''}`
    }),
    ...(inputFields ?? []).map(it => `${it.name}: ${typeName(it.type)}`),
    ...(enumValues ?? []).map(it => it.name),
  ]
  return element(
    'details',
    { open: name === 'Query' || name === 'Mutation' },
    element('summary', {}, element('code', {}, name), description ? ` ${description}` : ''),
    element('pre', {}, lines.join('\n')),
  )
}

function typeName({ name, kind, ofType }) {
  return kind === 'NON_NULL' ? `${typeName(ofType)}!` : kind === 'LIST' ? `[${typeName(ofType)}]` : name
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}
