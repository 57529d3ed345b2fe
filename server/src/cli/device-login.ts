// Logging in at the endpoint from a terminal: a code is shown, a person approves it in a browser, this waits.

import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import type { Locale } from '@codeant/shared/locale.ts'
import type { Send } from '../inference/remote/egress.ts'
import { awaitGrant, beginDeviceLogin, type DeviceCode, type Grant } from '../inference/remote/oauth.ts'
import { paint, type Terminal } from './terminal.ts'

/** As whoever approves reads it. */
export function clientName(): string {
  return `CodeAnt on ${hostname()}`
}

/**
 * Undefined: there are no logins at this address. Rejects with `LoginRefused`, and with `EndpointError` where nobody answered in the
 * first place.
 */
export async function deviceLogin(send: Send, base: URL, terminal: Terminal): Promise<Grant | undefined> {
  const { signal } = new AbortController()
  const code = await beginDeviceLogin(send, base, clientName(), signal)
  if (!code) return undefined
  show(code, terminal)
  const over = new AbortController()
  const clock = {
    now: () => performance.now(),
    sleep: (ms: number) => wait(ms),
  }
  const approval = awaitGrant(send, base, code, clock, signal).finally(() => over.abort())
  // It may be refused while somebody still reads; that is told when they are asked for nothing any more.
  approval.catch(() => {})
  if (await terminal.untilEnter(over.signal)) await open(code, terminal)
  return approval
}

function show({ userCode, page }: DeviceCode, { out, locale }: Terminal): void {
  const say = WORDS[locale]
  out.write(`${say.code}  ${paint(out, 'bold', userCode)}\n\n`)
  out.write(`${say.where(paint(out, 'underline', page.href))}\n`)
  out.write(`${paint(out, 'gray', say.enter)}\n`)
}

/** Only ever because somebody pressed Enter. */
async function open({ pageWithCode }: DeviceCode, { out, browse, locale }: Terminal): Promise<void> {
  if (!(await browse(pageWithCode))) out.write(`${WORDS[locale].noBrowser(pageWithCode.href)}\n`)
}

interface DeviceWords {
  readonly code: string
  readonly where: (page: string) => string
  readonly enter: string
  readonly noBrowser: (page: string) => string
}

const WORDS: Readonly<Record<Locale, DeviceWords>> = {
  en: {
    code: 'Your code:',
    where: page => `Type it in at ${page} on any device, and check that the page shows this computer.`,
    enter: 'Enter opens the page here. Waiting …',
    noBrowser: page => `There is no browser here. The page, with the code: ${page}`,
  },
  es: {
    code: 'Tu código:',
    where: page =>
      `Escríbelo en ${page} desde cualquier dispositivo y comprueba que la página muestra este ordenador.`,
    enter: 'Intro abre la página aquí. Esperando…',
    noBrowser: page => `Aquí no hay navegador. La página, con el código: ${page}`,
  },
}
