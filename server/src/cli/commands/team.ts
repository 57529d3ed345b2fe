// `codeant team`: who belongs to your team at the endpoint, who is invited, and what they may do.

import type { EndpointClient } from '@codeant/shared/endpoint-client.ts'
import { ENDPOINT_ROLES, type EndpointMember, type EndpointRole } from '@codeant/shared/endpoint-people.ts'
import { EndpointCredentials } from '../../host/node/endpoint-credentials.ts'
import { type Arguments, UsageError } from '../arguments.ts'
import { type Command, EXIT } from '../command.ts'
import { clientName } from '../device-login.ts'
import {
  ACCOUNT_OPTIONS,
  addressOf,
  clientAt,
  logOf,
  openAccount,
  tellingRefusals,
} from '../endpoint-account.ts'
import { rememberEndpoint } from '../endpoint-choice.ts'
import { table } from '../output/table.ts'
import { paint, type Terminal } from '../terminal.ts'
import { keepLogin } from './auth.ts'
import { TEAM_WORDS } from './team-words.ts'

export const team: Command = {
  name: 'team',
  usage: {
    en: 'list|invite|join|… [who]',
    es: 'list|invite|join|… [quién]',
  },
  summary: {
    en: 'See and change who belongs to your team at the endpoint',
    es: 'Muestra y cambia quién pertenece a tu equipo en el servidor',
  },
  options: {
    role: {
      type: 'string',
      choices: ENDPOINT_ROLES,
      help: {
        en: 'invite, role: what they may do (default of invite: user)',
        es: 'invite, role: qué podrán hacer (por defecto, con invite: user)',
      },
    },
    days: {
      type: 'string',
      value: 'N',
      help: {
        en: 'invite: how long the code counts, 1 to 30 days (default: 7)',
        es: 'invite: cuánto vale el código, de 1 a 30 días (por defecto, 7)',
      },
    },
    name: {
      type: 'string',
      value: 'NAME',
      help: { en: 'join: what you are called', es: 'join: cómo te llamas' },
    },
    ...ACCOUNT_OPTIONS,
  },
  examples: [
    'codeant team invite ana@example.com --role developer',
    'codeant team join cai_… --endpoint https://codeant.example.com',
    'codeant team list',
    'codeant team role ana@example.com --role admin',
  ],

  async run(given, terminal) {
    const say = TEAM_WORDS[terminal.locale]
    const [action, whom] = given.positionals
    const needsSomebody = action !== 'list'
    if (!ACTIONS.includes(action!) || (needsSomebody && !whom)) throw new UsageError(say.which)
    const meaning = (code: string) => say.codes[`${action} ${code}`]?.(whom!)
    return tellingRefusals(
      terminal,
      async () => {
        if (action === 'join') return join(whom!, given, terminal)
        const { client, base } = await openAccount(given, terminal)
        const [own] = (await client.teams()).teams
        const work = { client, team: own!.id, terminal, given }
        switch (action) {
          case 'list':
            return list(own!.name, work)
          case 'invite':
            return invite(whom!, base, work)
          case 'role':
            return changeRole(whom!, work)
          default:
            return action === 'remove' ? remove(whom!, work) : restore(whom!, work)
        }
      },
      meaning,
    )
  },
}

const ACTIONS: readonly string[] = ['list', 'invite', 'role', 'remove', 'restore', 'join']

interface Work {
  readonly client: EndpointClient
  readonly team: string
  readonly terminal: Terminal
  readonly given: Arguments
}

async function list(name: string, { client, team, terminal }: Work): Promise<number> {
  const { out, locale } = terminal
  const say = TEAM_WORDS[locale]
  const [{ members }, { invitations }] = await Promise.all([client.members(team), client.invitations(team)])
  const open = invitations.filter(it => isOpen(it))
  const day = (time: string) => new Date(time).toLocaleDateString(locale)
  const rows = [
    ...members.map(it => [
      it.email,
      it.name,
      it.role,
      it.disabledAt ? say.out(day(it.disabledAt)) : say.since(day(it.createdAt)),
    ]),
    ...open.map(it => [it.email, '', it.role, say.invited(day(it.expiresAt))]),
  ]
  out.write(`${say.team(paint(out, 'bold', name), members.filter(it => !it.disabledAt).length)}\n\n`)
  if (rows.length > 0) out.write(table(out, say.head, rows))
  return EXIT.ok
}

async function invite(email: string, base: URL, { client, team, terminal, given }: Work): Promise<number> {
  const { out, locale } = terminal
  const say = TEAM_WORDS[locale]
  const role = (given.value('role') ?? 'user') as EndpointRole
  const days = daysOf(given, terminal)
  const { code, expiresAt } = await client.invite(team, {
    email,
    role,
    ...(days !== undefined && { expiresInDays: days }),
  })
  out.write(`${paint(out, 'green', '✓')} ${say.wasInvited(email, role)}\n\n`)
  out.write(`${say.passOn(new Date(expiresAt).toLocaleString(locale))}\n\n`)
  out.write(`  codeant team join ${code} --endpoint ${base.href}\n`)
  return EXIT.ok
}

function daysOf(given: Arguments, { locale }: Terminal): number | undefined {
  const text = given.value('days')
  if (text === undefined) return undefined
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 30) throw new UsageError(TEAM_WORDS[locale].days(text))
  return days
}

async function changeRole(email: string, { client, team, terminal, given }: Work): Promise<number> {
  const { out, locale } = terminal
  const say = TEAM_WORDS[locale]
  const role = given.value('role') as EndpointRole | undefined
  if (!role) throw new UsageError(say.whichRole)
  const member = await memberCalled(email, { client, team, terminal, given })
  await client.changeMember(team, member.id, { role })
  out.write(`${paint(out, 'green', '✓')} ${say.changed(member.email, member.role, role)}\n`)
  return EXIT.ok
}

/** Somebody who never came in is shut out by taking the invitation back. */
async function remove(email: string, work: Work): Promise<number> {
  const { client, team, terminal } = work
  const { out, locale } = terminal
  const say = TEAM_WORDS[locale]
  const { invitations } = await client.invitations(team)
  const own = invitations.filter(it => isOpen(it) && isSame(it.email, email))
  for (const it of own) await client.takeBack(team, it.id)
  if (own.length > 0) {
    out.write(`${paint(out, 'green', '✓')} ${say.takenBack(email)}\n`)
    return EXIT.ok
  }
  const member = await memberCalled(email, work)
  await client.changeMember(team, member.id, { isDisabled: true })
  out.write(`${paint(out, 'green', '✓')} ${say.removed(member.email)}\n`)
  return EXIT.ok
}

async function restore(email: string, work: Work): Promise<number> {
  const { client, team, terminal } = work
  const { out, locale } = terminal
  const member = await memberCalled(email, work)
  await client.changeMember(team, member.id, { isDisabled: false })
  out.write(`${paint(out, 'green', '✓')} ${TEAM_WORDS[locale].restored(member.email, member.role)}\n`)
  return EXIT.ok
}

/** With the code of an invitation, as whom it was made for. */
async function join(code: string, given: Arguments, terminal: Terminal): Promise<number> {
  const base = addressOf(given, terminal)
  const name = given.value('name')
  const grant = await clientAt(base, terminal, undefined, [code]).accept(code, {
    client: clientName(),
    ...(name !== undefined && { name }),
  })
  const login = {
    accessToken: grant.access_token,
    refreshToken: grant.refresh_token,
    seconds: grant.expires_in,
  }
  await keepLogin(base, login, new EndpointCredentials(terminal.env, logOf(terminal)), terminal)
  rememberEndpoint(terminal.env, base)
  return EXIT.ok
}

async function memberCalled(email: string, { client, team, terminal }: Work): Promise<EndpointMember> {
  const { members } = await client.members(team)
  const found = members.find(it => isSame(it.email, email))
  if (!found) throw new UsageError(TEAM_WORDS[terminal.locale].nobody(email))
  return found
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function isOpen({
  acceptedAt,
  revokedAt,
  expiresAt,
}: {
  readonly acceptedAt: string | null
  readonly revokedAt: string | null
  readonly expiresAt: string
}): boolean {
  return acceptedAt === null && revokedAt === null && Date.parse(expiresAt) > Date.now()
}
