/** A cookie that lets somebody in must not travel in the clear, and no script needs to read it. */

import {
  calleeName,
  hasSpread,
  isFalse,
  keyText,
  keywordArgument,
  property,
  receiver,
} from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isExamplePath } from '../support/test-code.ts'

type Data = { readonly cookie: string; readonly flag: string; readonly isMissing: boolean }

export default defineRule<Data>({
  id: 'security/insecure-cookie',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [614, 1004],
  concept: 'transport-security',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: [
    ...['set_cookie', 'cookie', 'setCookie', 'session', 'cookieSession', 'set'],
    ...['AuthTktCookieHelper', 'AuthTktAuthenticationPolicy', 'SignedCookieSessionFactory'],
    ...[
      'RedisStorage',
      'EncryptedCookieStorage',
      'NaClCookieStorage',
      'SimpleCookieStorage',
      'MemcachedStorage',
    ],
  ],

  check: {
    *Call(node, file) {
      if (file.isTest || isExamplePath(file.path)) return
      const flags = flagsOf(node, file)
      if (!flags) return
      const off = flags.given.find(it => it.value && isFalse(file, it.value))
      if (off?.value)
        yield { at: off.value, data: { cookie: flags.cookie, flag: off.name, isMissing: false } }
      else if (flags.isForLogin) {
        const missing = flags.given.find(it => !it.value)
        if (missing)
          yield { at: flags.at, data: { cookie: flags.cookie, flag: missing.name, isMissing: true } }
      }
    },
  },

  explain: {
    en: ({ cookie, flag, isMissing }) => ({
      message: isMissing
        ? `The cookie \`${cookie}\` is set without \`${flag}\``
        : `The cookie \`${cookie}\` is set with \`${flag}\` switched off`,
      why: /secure/i.test(flag)
        ? 'The browser also sends it over connections that anybody on the way can read, and whoever has it is logged in.'
        : 'Every script of the page can read it, so one script that somebody smuggled in is enough to take over the session.',
      remedy: `Set \`${flag}\`; where there is no encryption while developing, decide it by the environment.`,
    }),
    es: ({ cookie, flag, isMissing }) => ({
      message: isMissing
        ? `La cookie \`${cookie}\` se crea sin \`${flag}\``
        : `La cookie \`${cookie}\` se crea con \`${flag}\` desactivado`,
      why: /secure/i.test(flag)
        ? 'El navegador también la envía por conexiones que cualquiera puede leer por el camino, y quien la tiene ya ha entrado.'
        : 'Cualquier script de la página puede leerla, así que basta con que alguien cuele uno para quedarse con la sesión.',
      remedy: `Activa \`${flag}\`; si al desarrollar no hay cifrado, decídelo según el entorno.`,
    }),
  },

  examples: {
    invalid: [
      py`
        def login(response, token):
            response.set_cookie("theme", theme, secure=«False», httponly=True)
      `,
      py`
        def login(response, token):
            «response.set_cookie»("session_token", token)
      `,
      py`
        from pyramid.authentication import AuthTktAuthenticationPolicy
        policy = AuthTktAuthenticationPolicy(key, secure=«False», httponly=True)
        other = «AuthTktAuthenticationPolicy»(key)
      `,
      py`
        from aiohttp_session.redis_storage import RedisStorage
        storage = RedisStorage(pool, httponly=«False»)
      `,
      js`app.post('/login', (req, res) => res.cookie('sid', id, { httpOnly: «false», secure: true }))`,
      js`app.post('/login', (req, res) => «res.cookie»('auth_token', token, { httpOnly: true }))`,
      ts`
        import session from 'express-session'
        app.use(session({ secret: key, cookie: { secure: «false» } }))
      `,
    ],
    valid: [
      py`
        from pyramid.authentication import AuthTktAuthenticationPolicy
        policy = AuthTktAuthenticationPolicy(key, secure=True, httponly=True)
        other = AuthTktAuthenticationPolicy(key, **options)
        third = AuthTktAuthenticationPolicy(key, secure=is_production)
      `,
      py`
        from aiohttp_session.redis_storage import RedisStorage
        storage = RedisStorage(pool)
      `,
      py`
        def login(response, token):
            response.set_cookie("session_token", token, secure=True, httponly=True, samesite="Lax")
            response.set_cookie("theme", "dark")
      `,
      py`
        def login(response, options):
            response.set_cookie("session_token", token, **options)
            response.set_cookie("session_token", token, secure=settings.SECURE, httponly=True)
      `,
      py`
        def logout(response):
            response.set_cookie("session_token", "", expires=0)
      `,
      js`app.post('/login', (req, res) => res.cookie('sid', id, { httpOnly: true, secure: isProduction }))`,
      js`app.get('/', (req, res) => { res.cookie('theme', 'dark'); res.cookie('sid', id, options) })`,
      ts`cache.cookie('auth_token', token, { httpOnly: true }); store.set('sid', value)`,
    ],
  },
})

interface Flags {
  readonly at: SyntaxNode
  readonly cookie: string
  readonly given: readonly { readonly name: string; readonly value: SyntaxNode | undefined }[]
  readonly isForLogin: boolean
}

/** Names of cookies by which a server knows again who has logged in. */
const LOGIN =
  /^(connect\.)?(sid|session|sessionid|auth|jwt|access|refresh|remember)([_-]?(id|token|me|key|cookie))*$|(session|auth|access|refresh|login)[_-]?(id|token|key)$|[a-z]_session$/i

function flagsOf(call: SyntaxNode, file: SourceFile): Flags | undefined {
  const callee = call.child('callee')
  if (!callee) return undefined
  return file.language === 'python' ? pythonFlags(call, callee, file) : scriptFlags(call, callee, file)
}

/** What keeps a session in a cookie of its own: the last names of what makes it, of Pyramid and aiohttp. */
const SESSIONS =
  /^(pyramid\.(authentication\.AuthTkt(CookieHelper|AuthenticationPolicy)|session\.(Signed|Base)CookieSession(Factory)?)|aiohttp_session\.(\w+\.)?\w+Storage)$/

function pythonFlags(call: SyntaxNode, callee: SyntaxNode, file: SourceFile): Flags | undefined {
  if (SESSIONS.test(calledName(file, call)) && !hasSpread(call)) {
    const given = ['secure', 'httponly'].map(it => ({ name: it, value: keywordArgument(call, it) }))
    // Pyramid's tickets go in the clear, and scripts may read them, unless somebody says how the cookie is to be sent.
    const isTicket = /AuthTkt/.test(calleeName(call))
    const isForLogin = isTicket && !['secure', 'httponly', 'samesite'].some(it => keywordArgument(call, it))
    return { at: callee, cookie: isTicket ? 'auth_tkt' : 'session', given, isForLogin }
  }
  if (calleeName(call) !== 'set_cookie' || hasSpread(call) || !receiver(call)) return undefined
  const [name, value] = call.children('argument')
  const constant = name && file.constant(name)
  const isRemoved = value !== undefined && file.constant(value)?.value === ''
  const given = ['secure', 'httponly'].map(it => ({ name: it, value: keywordArgument(call, it) }))
  const cookie = constant?.kind === 'string' ? constant.value : (name?.text ?? '')
  return {
    at: callee,
    cookie,
    given,
    isForLogin: constant?.kind === 'string' && LOGIN.test(cookie) && !isRemoved,
  }
}

function scriptFlags(call: SyntaxNode, callee: SyntaxNode, file: SourceFile): Flags | undefined {
  if (/^(express-session|cookie-session)(\.default)?$/.test(calledName(file, call))) {
    const options = call.children('argument')[0]
    const cookie =
      property(options, 'cookie') ?? (calledName(file, call).startsWith('cookie') ? options : undefined)
    return cookie?.kind === 'Dictionary'
      ? { at: callee, cookie: 'session', given: optionsIn(cookie), isForLogin: false }
      : undefined
  }
  const [name, , options] = call.children('argument')
  if (
    !/^(cookie|setCookie)$/.test(calleeName(call)) ||
    !/^_?(res|resp|response|reply)$/.test(receiver(call)?.name ?? '')
  )
    return undefined
  const constant = name && file.constant(name)
  const cookie = constant?.kind === 'string' ? constant.value : (name?.text ?? '')
  const isLogin = constant?.kind === 'string' && LOGIN.test(cookie)
  if (!options) return { at: callee, cookie, given: optionsIn(undefined), isForLogin: isLogin }
  if (options.kind !== 'Dictionary') return undefined
  const isWhole = !options.children('element').some(it => it.kind === 'Spread')
  return { at: callee, cookie, given: optionsIn(options), isForLogin: isLogin && isWhole }
}

function optionsIn(options: SyntaxNode | undefined): Flags['given'] {
  const pairs = new Map(
    (options?.children('element') ?? []).map(it => [
      it.kind === 'Pair' ? keyText(it.child('key')) : it.name,
      it.kind === 'Pair' ? it.child('value') : it,
    ]),
  )
  return ['secure', 'httpOnly'].map(name => ({ name, value: pairs.get(name) }))
}
