// Letting a device in, or refusing it: as whoever logged in with the provider in this browser, or with a key, which stays in this page.

const WORDS = {
  es: {
    title: 'Autorizar un dispositivo',
    about: 'Un programa que has iniciado muestra un código. Autorízalo solo si has sido tú.',
    code: 'Código',
    withKey: 'O con una clave',
    key: 'Tu clave o token de acceso',
    email: 'De quién es la sesión (para administradores)',
    allow: 'Autorizar',
    refuse: 'Rechazar',
    leave: 'No soy yo',
    login: name => `Iniciar sesión con ${name}`,
    person: ({ email, team }) => `Eres ${email}, del equipo «${team}».`,
    waiting: client => `Quiere entrar: ${client}`,
    allowed: (client, email) => `${client} ha entrado como ${email}. Ya puedes cerrar esta página.`,
    refused: () => 'Se ha rechazado. Ya puedes cerrar esta página.',
    unreachable: () => 'No se pudo preguntar al servidor.',
    errors: {
      unauthenticated: 'Esta clave o este inicio de sesión no vale. Inténtalo de nuevo.',
      forbidden: 'No puedes autorizar a este dispositivo.',
      'not-found': 'Con este código no espera nada (ya), o nadie tiene esa dirección.',
      conflict: 'Alguien se ha adelantado.',
      'too-many': 'Son demasiados intentos. Espera un momento.',
      invalid:
        'Falta algo, o no es como debe: mira el código y, con una clave de programa, di de quién es la sesión.',
    },
    problems: {
      expired:
        'Este inicio de sesión ya no vale: ha tardado demasiado, ya se ha usado o empezó en otro navegador. Inténtalo de nuevo.',
      provider:
        'El proveedor con el que se inicia sesión no responde como debe. Inténtalo más tarde; las claves siguen funcionando.',
      refused: 'El proveedor no ha confirmado quién eres.',
      unverified:
        'El proveedor no dice que tu dirección de correo esté verificada. Verifícala allí y vuelve a intentarlo.',
      domain: 'Con direcciones de correo de ese dominio no se entra aquí.',
      mfa: 'Aquí hace falta demostrar quién eres con un segundo factor y hace poco, y el proveedor dice que no ha sido así. Actívalo allí, o cierra la sesión allí, y vuelve a intentarlo.',
      unknown: 'Nadie te ha invitado todavía. Pide una invitación a quien administra tu equipo.',
      removed: 'Se te ha retirado el acceso. Pregunta a quien administra tu equipo.',
      taken:
        'Tu dirección pertenece aquí a otra cuenta del proveedor. Quien administra tu equipo puede soltarla para que entres tú.',
      team: 'No está claro a qué equipo perteneces. Pregunta a quien administra este servidor.',
    },
  },
  en: {
    login: name => `Log in with ${name}`,
    person: ({ email, team }) => `You are ${email}, of the team “${team}”.`,
    waiting: client => `It wants in: ${client}`,
    allowed: (client, email) => `${client} is in as ${email}. You can close this page.`,
    refused: () => 'It was refused. You can close this page.',
    unreachable: () => 'The endpoint could not be asked.',
    // What the endpoint itself says is English already.
    errors: {},
    problems: {
      expired:
        'This login does not count any more: it took too long, was used already, or began in another browser. Try again.',
      provider: 'The provider to log in with does not answer as it should. Try again later; keys work on.',
      refused: 'The provider did not confirm who you are.',
      unverified:
        'The provider does not say that your e-mail address was verified. Verify it there, and try again.',
      domain: 'E-mail addresses of that domain do not come in here.',
      mfa: 'You have to prove here who you are with a second factor, and recently; the provider says that you did not. Switch it on there, or log out there, and try again.',
      unknown: 'Nobody has invited you yet. Ask whoever looks after your team for an invitation.',
      removed: 'You were shut out. Ask whoever looks after your team.',
      taken:
        'Your address belongs to another account of the provider here. Whoever looks after your team can let go of it, so that you come in.',
      team: 'It is not clear to which team you belong. Ask whoever runs this endpoint.',
    },
  },
}

const isSpanish = navigator.language.startsWith('es')
const words = isSpanish ? WORDS.es : WORDS.en
if (isSpanish) {
  document.documentElement.lang = 'es'
  for (const it of document.querySelectorAll('[data-text]')) it.textContent = words[it.dataset.text]
}
document.title = `CodeAnt · ${document.querySelector('h1').textContent}`

const part = id => document.getElementById(id)
const form = part('device')
const { code: codeField, key: keyField, email: emailField } = form.elements
const given = new URLSearchParams(location.search)
codeField.value = given.get('code') ?? ''

const problem = given.get('problem') ?? ''
if (Object.hasOwn(words.problems, problem)) {
  part('problem').textContent = words.problems[problem]
  part('problem').hidden = false
}
// Who was refused or is somebody else would otherwise be taken for the same one again, without being asked.
let isFresh = problem !== ''
// What is told once is not told again by whoever reloads the page.
history.replaceState(
  null,
  '',
  codeField.value ? `?code=${encodeURIComponent(codeField.value)}` : location.pathname,
)

let user = null
let loginUrl = ''
show(await login())

part('with-key').addEventListener('toggle', () => offerKey(part('with-key').open))
part('provider').addEventListener('click', () => {
  const target = new URL(loginUrl)
  if (codeField.value && codeField.validity.valid) target.searchParams.set('code', codeField.value)
  if (isFresh) target.searchParams.set('fresh', 'true')
  location.assign(target)
})
codeField.addEventListener('change', async () => show(await login()))
keyField.addEventListener('change', async () => tell(await waitingForKey()))
part('leave').addEventListener('click', async () => {
  isFresh = true
  await fetch('/device/login', { method: 'DELETE' }).catch(() => {})
  show(await login())
})

form.addEventListener('submit', async event => {
  event.preventDefault()
  const isAllowed = event.submitter?.value !== 'refuse'
  const result = part('result')
  part('problem').hidden = true
  result.textContent = '…'
  try {
    const answer = await (user ? askAsPerson(isAllowed) : askWithKey(isAllowed))
    const body = answer.status === 204 ? {} : await answer.json()
    if (!answer.ok)
      result.textContent = words.errors[body.error?.code] ?? body.error?.message ?? String(answer.status)
    else {
      result.textContent = isAllowed ? words.allowed(body.client, body.email) : words.refused()
      form.hidden = true
      part('about').hidden = true
    }
  } catch {
    result.textContent = words.unreachable()
  }
})

/** Who is logged in in this browser, and where one can log in. */
async function login() {
  try {
    const code = codeField.validity.valid && codeField.value
    const answer = await fetch(`/device/login${code ? `?code=${encodeURIComponent(code)}` : ''}`)
    return answer.ok ? await answer.json() : { provider: null, user: null }
  } catch {
    return { provider: null, user: null }
  }
}

function show({ provider, user: found, waiting }) {
  user = found
  tell(waiting)
  part('person').hidden = !user
  if (user) part('person').firstElementChild.textContent = words.person(user)
  part('login').hidden = !provider || Boolean(user)
  if (provider) {
    part('provider').textContent = words.login(provider.name)
    loginUrl = provider.url
  }
  const withKey = part('with-key')
  withKey.hidden = Boolean(user)
  // Where there is nothing to choose from, there is nothing to unfold.
  withKey.firstElementChild.hidden = !provider
  withKey.open = !provider && !user
  offerKey(withKey.open)
}

/** Whom it would be that is let in: before that, not after it. */
function tell(waiting) {
  part('waiting').hidden = !waiting
  if (waiting) part('waiting').textContent = words.waiting(waiting.client)
}

async function waitingForKey() {
  const { value: code, validity } = codeField
  if (!code || !validity.valid || !keyField.value) return null
  const headers = { authorization: `Bearer ${keyField.value}` }
  const answer = await fetch(`/api/v1/devices/${encodeURIComponent(code)}`, { headers }).catch(
    () => undefined,
  )
  return answer?.ok ? answer.json() : null
}

function offerKey(isOffered) {
  for (const it of [keyField, emailField]) it.disabled = !isOffered
  part('answers').hidden = !isOffered && !user
}

function askAsPerson(isAllowed) {
  return fetch('/device/approval', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: codeField.value, isAllowed }),
  })
}

function askWithKey(isAllowed) {
  const path = `/api/v1/devices/${encodeURIComponent(codeField.value)}`
  const headers = { authorization: `Bearer ${keyField.value}` }
  if (!isAllowed) return fetch(path, { method: 'DELETE', headers })
  return fetch(`${path}/approval`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(emailField.value ? { email: emailField.value } : {}),
  })
}
