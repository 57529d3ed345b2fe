/** Whoever can read the program can sign with a key that is written into it, and be anybody. */

import { argument, calleeName, keyText, keywordArgument, property } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { at, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import { isExamplePath, isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'security/fixed-signing-key',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [321, 798],
  concept: 'secrets',
  impact: { likelihood: 'medium', cost: 'weeks' },

  check: {
    Call: signed,
    New: signed,
    *Assignment(node, file) {
      if (file.language !== 'python') return
      const target = node.child('target')
      const isKey =
        (target?.kind === 'Index' &&
          keyText(target.child('index')) === 'SECRET_KEY' &&
          /(^|\.)config$/.test(target.child('object')?.text ?? '')) ||
        (target?.kind === 'Member' && /^(app|application)\.secret_key$/.test(target.text))
      const value = isKey ? node.child('value') : undefined
      if (value && isFixed(file, value) && !isTestCode(node, file) && !isExamplePath(file.path))
        yield { at: value, data: {} }
    },
  },

  explain: {
    en: () => ({
      message: 'The key that signs sessions or tokens is written into the program',
      why: 'Everybody who sees the source, now or in its history, can make a session or a token of any user that the program takes for its own.',
      remedy:
        'Read it from the environment or from a vault, and change it, since the old one stays in the history.',
    }),
    es: () => ({
      message: 'la clave que firma sesiones o tokens está escrita en el programa',
      why: 'Quien vea el código, ahora o en su historial, puede fabricar una sesión o un token de cualquier usuario que el programa dará por bueno.',
      remedy:
        'Léela del entorno o de un almacén de secretos, y cámbiala, porque la antigua queda en el historial.',
    }),
  },

  examples: {
    invalid: [
      py`
        from flask import Flask
        app = Flask(__name__)
        app.config["SECRET_KEY"] = «"keyboard"»
      `,
      py`
        import jwt
        def token(user): return jwt.encode({"user": user}, «"my signing key"», algorithm="HS256")
      `,
      js`
        const session = require('express-session')
        app.use(session({ secret: «'keyboard cat'», resave: false }))
      `,
      ts`
        import jwt from 'jsonwebtoken'
        export const token = (id: string) => jwt.sign({ id }, «'signing key'»)
      `,
      py`
        from starlette.middleware.sessions import SessionMiddleware
        app.add_middleware(SessionMiddleware, secret_key=«"some signing key"»)
      `,
      py`
        from itsdangerous import URLSafeTimedSerializer
        tokens = URLSafeTimedSerializer(«"some signing key"»)
      `,
      js`
        const jose = require('jose')
        const { JWK, JWT } = jose
        const token = JWT.sign({ id }, «'signing key'»)
        const key = JWK.asKey(«'signing key'»)
        JWT.verify(text, key)
      `,
      js`
        const { Strategy } = require('passport-jwt')
        passport.use(new Strategy({ jwtFromRequest, secretOrKey: «'signing key'» }, check))
      `,
    ],
    valid: [
      js`
        const { Strategy } = require('passport-jwt')
        passport.use(new Strategy({ jwtFromRequest, secretOrKey: process.env.KEY }, check))
        passport.use(new Other({ clientSecret: 'signing key' }))
      `,
      py`
        import os
        from itsdangerous import URLSafeTimedSerializer
        tokens = URLSafeTimedSerializer(os.environ["KEY"])
        words = Signer("some signing key")
      `,
      py`
        import os
        from flask import Flask
        app = Flask(__name__)
        app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
        app.config["TITLE"] = "Shop"
      `,
      at('tests/test_app.py', py`app.config["SECRET_KEY"] = "test"`),
      js`
        const session = require('express-session')
        app.use(session({ secret: process.env.SECRET }))
      `,
      ts`
        import jwt from 'jsonwebtoken'
        export const token = (id: string) => jwt.sign({ id }, key)
        export const read = (text: string) => jwt.verify(text, process.env.KEY ?? '')
      `,
    ],
  },
})

function* signed(node: SyntaxNode, file: SourceFile) {
  const key = signingKey(file, node)
  if (key && isFixed(file, key) && !isTestCode(node, file) && !isExamplePath(file.path))
    yield { at: key, data: {} }
}

function signingKey(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const name = calledName(file, call)
  if (file.language === 'python') {
    if (/^(jwt|jose\.jwt)\.(encode|decode)$/.test(name)) return argument(call, 1, 'key')
    if (/^itsdangerous\.(\w+\.)?(URLSafe(Timed)?Serializer|TimestampSigner|Signer)$/.test(name))
      return argument(call, 0, 'secret_key')
    if (/^pyramid\.(authentication\.AuthTkt(CookieHelper|AuthenticationPolicy)|session\.\w+)$/.test(name))
      return argument(call, 0, 'secret')
    const isSession = calleeName(call) === 'add_middleware' && argument(call, 0)?.text === 'SessionMiddleware'
    return isSession ? keywordArgument(call, 'secret_key') : undefined
  }
  if (/^(jsonwebtoken|jwt-simple)(\.default)?\.(sign|verify|encode|decode)$/.test(name))
    return /\.decode$/.test(name) && name.startsWith('jsonwebtoken') ? undefined : argument(call, 1)
  if (/^jose\.JWT\.(sign|verify)$/.test(name)) return plainKey(file, argument(call, 1))
  if (/^passport-jwt(\.default)?\.Strategy$/.test(name)) return property(options(file, call), 'secretOrKey')
  if (/^passport-[\w-]+(\.default)?(\.\w*Strategy)?$/.test(name) && call.kind === 'New')
    return property(options(file, call), 'clientSecret')
  if (/^(express-session|express-jwt|koa-jwt)(\.default|\.expressjwt)?$/.test(name))
    return property(options(file, call), 'secret')
  return undefined
}

/** `JWK.asKey('…')`, in between or not. */
function plainKey(file: SourceFile, key: SyntaxNode | undefined): SyntaxNode | undefined {
  const made = key && file.value(key)
  return made?.kind === 'Call' && calledName(file, made) === 'jose.JWK.asKey' ? argument(made, 0) : key
}

function options(file: SourceFile, call: SyntaxNode): SyntaxNode | undefined {
  const given = argument(call, 0)
  return given && file.value(given)
}

function isFixed(file: SourceFile, node: SyntaxNode): boolean {
  const constant = file.constant(node)
  if (constant?.kind !== 'string' || constant.value === '') return false
  // A certificate, or a public key, may be read by everybody.
  return !/BEGIN (PUBLIC KEY|CERTIFICATE)/.test(constant.value)
}
