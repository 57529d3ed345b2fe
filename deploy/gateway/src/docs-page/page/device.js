// Letting a device in, or refusing it. The key stays in this page, and goes to this endpoint only.

const WORDS = {
  es: {
    title: 'Autorizar un dispositivo',
    about: 'Un programa que has iniciado muestra un código. Autorízalo solo si has sido tú.',
    code: 'Código',
    key: 'Tu clave o token de acceso',
    email: 'De quién es la sesión (para administradores)',
    allow: 'Autorizar',
    refuse: 'Rechazar',
    allowed: (client, email) => `${client} ha entrado como ${email}. Ya puedes cerrar esta página.`,
    refused: () => 'Se ha rechazado. Ya puedes cerrar esta página.',
    unreachable: () => 'No se pudo preguntar al servidor.',
  },
  en: {
    allowed: (client, email) => `${client} is in as ${email}. You can close this page.`,
    refused: () => 'It was refused. You can close this page.',
    unreachable: () => 'The endpoint could not be asked.',
  },
}

const isSpanish = navigator.language.startsWith('es')
const words = isSpanish ? WORDS.es : WORDS.en
if (isSpanish) {
  document.documentElement.lang = 'es'
  for (const it of document.querySelectorAll('[data-text]')) it.textContent = words[it.dataset.text]
}

const form = document.getElementById('device')
const result = document.getElementById('result')
form.elements.code.value = new URLSearchParams(location.search).get('code') ?? ''

form.addEventListener('submit', async event => {
  event.preventDefault()
  const { code, key, email } = Object.fromEntries(new FormData(form))
  const isAllowed = event.submitter?.value !== 'refuse'
  result.textContent = '…'
  try {
    const answer = await ask(encodeURIComponent(code), key, isAllowed, email)
    const body = answer.status === 204 ? {} : await answer.json()
    if (!answer.ok) result.textContent = body.error?.message ?? String(answer.status)
    else result.textContent = isAllowed ? words.allowed(body.client, body.email) : words.refused()
  } catch {
    result.textContent = words.unreachable()
  }
})

function ask(code, key, isAllowed, email) {
  const headers = { authorization: `Bearer ${key}` }
  if (!isAllowed) return fetch(`/api/v1/devices/${code}`, { method: 'DELETE', headers })
  return fetch(`/api/v1/devices/${code}/approval`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(email ? { email } : {}),
  })
}
