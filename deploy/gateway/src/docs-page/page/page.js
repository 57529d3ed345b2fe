// Shows the description of the endpoint and sends requests to it. Text is put in as text: nothing of an answer is ever markup.

// What the routes say of themselves is in English, like the interface that they are.
const WORDS = {
  es: {
    title: 'Servidor de inferencia de CodeAnt',
    key: 'Clave',
    stays: 'Se queda en esta página y solo se envía a este servidor.',
    find: 'Buscar',
    send: 'Enviar',
    optional: 'opcional',
  },
  en: { send: 'Send', optional: 'optional' },
}
const isSpanish = navigator.language.startsWith('es')
const words = isSpanish ? WORDS.es : WORDS.en
if (isSpanish) {
  document.documentElement.lang = 'es'
  for (const it of document.querySelectorAll('[data-text]')) it.textContent = words[it.dataset.text]
  document.title = words.title
}

const description = await (await fetch('/api/v1/openapi.json')).json()
const operations = document.querySelector('#operations')
operations.lang = 'en'
document.querySelector('#about').textContent = `${description.info.version} · ${description.info.summary}`

for (const { name, description: about = '' } of description.tags) {
  const section = element('section', {}, element('h2', {}, name), element('p', {}, ...inline(about)))
  for (const [path, methods] of Object.entries(description.paths))
    for (const [method, operation] of Object.entries(methods))
      if (operation.tags.includes(name)) section.append(shown(path, method.toUpperCase(), operation))
  operations.append(section)
}

const find = document.querySelector('#find')
find.addEventListener('input', showFound)
// Somebody may have typed before the description came, or have come back to what was typed.
showFound()

function showFound() {
  const wanted = find.value.toLowerCase()
  for (const it of operations.querySelectorAll('details.operation'))
    it.hidden = !it.firstChild.textContent.toLowerCase().includes(wanted)
}

function shown(path, method, operation) {
  const fields = operation.parameters.map(parameter => {
    const input = element('input', { value: parameter.required ? String(parameter.example ?? '') : '' })
    return { parameter, input }
  })
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  const body = type && element('textarea', { rows: 8, spellcheck: false })
  if (body) body.value = JSON.stringify(content.example ?? {}, null, 2)
  const answer = element('pre', { hidden: true })
  const send = element('button', { type: 'button' }, words.send)
  send.addEventListener('click', () => ask(path, method, fields, type, body, answer))

  const details = element('details', { className: 'operation' })
  if (operation.deprecated) details.dataset.deprecated = ''
  details.append(
    element('summary', {}, element('code', {}, `${method} ${path}`), ` ${operation.summary ?? ''}`),
    element(
      'div',
      {},
      ...operation.description.split('\n\n').map(it => element('p', {}, ...inline(it))),
      ...fields.map(({ parameter, input }) =>
        element('label', {}, `${parameter.name}${parameter.required ? '' : ` (${words.optional})`} `, input),
      ),
      ...(body ? [body] : []),
      send,
      answer,
      ...Object.entries(operation.responses).map(([status, it]) => response(status, it)),
    ),
  )
  return details
}

function response(status, { description: about, content = {} }) {
  const all = Object.entries(content).map(([type, { schema, example }]) =>
    element(
      'div',
      {},
      element('p', {}, type),
      ...(example === undefined ? [] : [element('pre', {}, JSON.stringify(example, null, 2))]),
      ...(schema ? [element('pre', {}, JSON.stringify(schema, null, 2))] : []),
    ),
  )
  return element('details', {}, element('summary', {}, `${status} `, ...inline(about)), ...all)
}

async function ask(path, method, fields, type, body, answer) {
  const query = new URLSearchParams()
  let address = path
  for (const { parameter, input } of fields)
    if (parameter.in === 'path')
      address = address.replace(`{${parameter.name}}`, encodeURIComponent(input.value))
    else if (input.value !== '') query.set(parameter.name, input.value)
  const key = document.querySelector('#key').value
  const headers = { ...(key && { 'x-api-key': key }), ...(body && { 'content-type': type }) }
  answer.hidden = false
  answer.textContent = '…'
  try {
    const target = query.size > 0 ? `${address}?${query}` : address
    const got = await fetch(target, { method, headers, ...(body && { body: body.value }) })
    answer.textContent = `${got.status} ${got.statusText}\n\n${pretty(await got.text())}`
  } catch (error) {
    answer.textContent = String(error)
  }
}

/** What stands between backticks is code. */
function inline(text) {
  return text.split('`').map((it, i) => (i % 2 ? element('code', {}, it) : it))
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}
