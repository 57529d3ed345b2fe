/** A signed token that is read without checking the signature says whatever its bearer wrote into it. */

import {
  argument,
  calleeName,
  isFalse,
  isTrue,
  keyText,
  keywordArgument,
  property,
} from '../../semantics/calls.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { removeElement, replace } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule, type Fix, type Range } from '../rule.ts'
import { pathOf } from '../support/imports.ts'
import { isAskedFor } from '../support/opt-in.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'security/unverified-token',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [347],
  concept: 'cryptography',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: [
    'decode',
    'verify',
    'sign',
    'encode',
    'expressjwt',
    'insecure_disable_signature_validation',
    'dangerous_insecure_decode',
    'insecure_decode',
  ],

  check: {
    *Call(node, file) {
      const slip =
        file.language === 'python'
          ? python(node, file)
          : file.language === 'rust'
            ? rust(node, file)
            : javascript(node, file)
      if (!slip || isTestCode(node, file) || isAskedFor(node, ASKED_FOR, ASKED_BY)) return
      const { at: place, what, code, fix } = slip
      yield fix ? { at: place, data: { what, code }, fix } : { at: place, data: { what, code } }
    },
  },

  explain: {
    en: ({ what, code }) => ({
      message:
        what === 'none'
          ? `\`${code}\` lets a token do without a signature`
          : `\`${code}\` reads the token without checking who signed it`,
      why: 'Anybody can write a token with any name and any rights in it. Only the signature tells whether it comes from whom it says.',
      remedy: 'Check the signature with the key of the issuer, and list only the algorithms that it uses.',
      fix: what === 'none' ? 'Take the algorithm off the list' : 'Check the signature',
    }),
    es: ({ what, code }) => ({
      message:
        what === 'none'
          ? `\`${code}\` admite que un token vaya sin firma`
          : `\`${code}\` lee el token sin comprobar quién lo firmó`,
      why: 'Cualquiera puede escribir un token con el nombre y los permisos que quiera. Solo la firma dice si viene de quien afirma.',
      remedy: 'Comprueba la firma con la clave del emisor y enumera solo los algoritmos que usa.',
      fix: what === 'none' ? 'Quitar el algoritmo de la lista' : 'Comprobar la firma',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
          import jwt
          def user(request):
              token = request.headers["Authorization"]
              return jwt.decode(token, options={«"verify_signature": False»})["sub"]
        `,
        py`
          import jwt
          def user(request):
              token = request.headers["Authorization"]
              return jwt.decode(token, options={"verify_signature": True})["sub"]
        `,
      ),
      fixes(
        py`
          import jwt
          def authenticate(token): return jwt.decode(token, key, «verify=False»)
        `,
        py`
          import jwt
          def authenticate(token): return jwt.decode(token, key, verify=True)
        `,
      ),
      fixes(
        py`
          from jose import jwt
          claims = jwt.decode(token, key, algorithms=["HS256", «"none"»])
        `,
        py`
          from jose import jwt
          claims = jwt.decode(token, key, algorithms=["HS256"])
        `,
      ),
      py`
        import jwt
        OPTIONS = {«"verify_signature": False», "verify_exp": True}
        def current_user(token): return jwt.decode(token, options=OPTIONS)
      `,
      py`
        import jwt
        def verify_token(token): return jwt.decode(token, options={«"verify_signature": False»})["sub"]
      `,
      py`
        import jwt
        token = jwt.encode(claims, None, algorithm=«"none"»)
      `,
      js`
        const jwt = require('jsonwebtoken')
        jwt.verify(token, key, { algorithms: ['RS256', «'none'»] })
      `,
      js`
        import jwt from 'jwt-simple'
        const claims = jwt.decode(token, key, «true»)
      `,
      ts`
        import { sign } from 'jsonwebtoken'
        const token = sign(claims, '', { algorithm: «'none'» })
      `,
      ts`
        import { expressjwt } from 'express-jwt'
        app.use(expressjwt({ secret, algorithms: [«'none'»] }))
      `,
      rs`fn authenticate(token: &str) { let mut validation = Validation::default(); validation.«insecure_disable_signature_validation()»; }`,
      rs`fn user(request: &Request) { let claims = jsonwebtoken::«dangerous_insecure_decode::<Claims>(&token)»?; }`,
    ],
    valid: [
      py`
        import jwt
        claims = jwt.decode(token, key, algorithms=["RS256"], options={"verify_exp": False})
      `,
      py`
        import jwt
        def user(token):
            issuer = jwt.decode(token, options={"verify_signature": False})["iss"]
            return jwt.decode(token, keys[issuer], algorithms=["RS256"])
      `,
      py`
        import jwt
        def refresh(account): return jwt.decode(account.access_token, options={"verify_signature": False})["scope"]
      `,
      py`
        import jwt
        def user(request):
            # The gateway has checked the signature.
            return jwt.decode(request.token, options={"verify_signature": False})
      `,
      py`
        import jwt
        expires = jwt.decode(token, options={"verify_signature": False})["exp"]
        key_id = jwt.decode(token, options={"verify_signature": False}).get("kid")
      `,
      py`text.decode("utf-8", verify=False)`,
      at(
        'tests/test_tokens.py',
        py`
          import jwt
          jwt.decode(token, options={"verify_signature": False})
        `,
      ),
      py`
        import jwt
        def decode_unverified(token): return jwt.decode(token, options={"verify_signature": False})
      `,
      js`
        const jwt = require('jsonwebtoken')
        jwt.verify(token, key, { algorithms: ['RS256'] })
        jwt.decode(token)
      `,
      js`certificate.verify(token, key, { algorithms: ['none'] })`,
      ts`
        import { verify } from 'jsonwebtoken'
        verify(token, key, { algorithms })
      `,
      rs`fn f() { let claims = decode::<Claims>(&token, &key, &Validation::new(Algorithm::RS256))?; }`,
    ],
  },
})

const ASKED_FOR = /insecure|verif|skip|debug|\bdev|local/i
/** Functions whose name says that what they give is not to be relied on. */
const ASKED_BY = /insecure|unverified|unsafe|without_?verif|no_?verif|peek|inspect|debug|expir|header|issuer/i

interface Slip {
  readonly at: SyntaxNode | Range
  readonly what: 'signature' | 'none'
  readonly code: string
  readonly fix?: Fix
}

function python(call: SyntaxNode, file: SourceFile): Slip | undefined {
  const path = pathOf(file, call.child('callee'))
  if (path === 'jwt.encode' || path === 'jose.jwt.encode') {
    const algorithm = argument(call, 2, 'algorithm')
    return isNone(algorithm, file) ? { at: algorithm!, what: 'none', code: 'none' } : undefined
  }
  if (path !== 'jwt.decode' && path !== 'jose.jwt.decode') return undefined
  const none = noneIn(argument(call, 2, 'algorithms'), file)
  if (none) return none
  const verify = keywordArgument(call, 'verify')
  const options = keywordArgument(call, 'options')
  const dictionary = options && file.value(options)
  const signature = property(dictionary, 'verify_signature')
  const value = isFalse(file, verify) ? verify : isFalse(file, signature) ? signature : undefined
  if (!value || readsLittle(call) || !letsIn(call) || isVerifiedElsewhere(call, file)) return undefined
  return {
    at: value.parent!,
    what: 'signature',
    code: value.parent!.text,
    fix: { safety: 'unsafe', edits: () => [replace(value, 'True')] },
  }
}

function javascript(call: SyntaxNode, file: SourceFile): Slip | undefined {
  const name = calleeName(call)
  const path = pathOf(file, call.child('callee'))
  if (path === 'jsonwebtoken.verify') return noneIn(property(argument(call, 2), 'algorithms'), file)
  if (path === 'jsonwebtoken.sign') {
    const algorithm = property(argument(call, 2), 'algorithm')
    return isNone(algorithm, file) ? { at: algorithm!, what: 'none', code: 'none' } : undefined
  }
  if (name === 'expressjwt' && path.startsWith('express-jwt'))
    return noneIn(property(argument(call, 0), 'algorithms'), file)
  const noVerify = path === 'jwt-simple.decode' ? argument(call, 2) : undefined
  return noVerify && isTrue(file, noVerify) ? { at: noVerify, what: 'signature', code: 'decode' } : undefined
}

function rust(call: SyntaxNode, file: SourceFile): Slip | undefined {
  const name = calleeName(call)
  let callee = call.child('callee')
  if (callee?.kind === 'GenericType') callee = callee.child('callee')
  if (!/insecure/.test(name) || !callee || !letsIn(call)) return undefined
  if (name === 'insecure_decode' && !/^jsonwebtoken\./.test(pathOf(file, callee))) return undefined
  const start = callee.child('property')?.start ?? callee.start
  return { at: { start, end: call.end }, what: 'signature', code: name }
}

/** `none` among the algorithms that are accepted. */
function noneIn(list: SyntaxNode | undefined, file: SourceFile): Slip | undefined {
  const algorithms = list && file.value(list)
  if (algorithms?.kind !== 'List') return undefined
  const elements = algorithms.children('element')
  const none = elements.find(it => isNone(it, file))
  if (!none) return undefined
  const slip = { at: none, what: 'none', code: 'none' } as const
  return elements.length > 1
    ? { ...slip, fix: { safety: 'unsafe', edits: () => [removeElement(none)] } }
    : slip
}

function isNone(node: SyntaxNode | undefined, file: SourceFile): boolean {
  const constant = node && file.constant(node)
  return constant?.kind === 'string' && constant.value.toLowerCase() === 'none'
}

/**
 * The token came with a request, or the function is there to tell who somebody is; and nobody wrote that they know what
 * they are doing. Programs that look into a token of their own are left alone.
 */
function letsIn(call: SyntaxNode): boolean {
  const around = call.function
  if (!around || !ASKED_BY_SOMEBODY.test(around.text)) return false
  if (/unverified|unsafe/i.test(call.parent?.child('target')?.text ?? '')) return false
  for (const it of around.descendants('Comment')) if (EXPLAINED.test(it.text)) return false
  const first = around.child('body')?.child('statement')?.child('value')
  return !(first?.kind === 'String' && EXPLAINED.test(first.text))
}

const ASKED_BY_SOMEBODY =
  /\b(?:request|req|authorization|bearer|cookies?|Depends|HttpRequest)\b|current_?user|authenticat|authoriz|verify_?(?:jwt|token)|validate_?(?:jwt|token)|\b(?:verify|validate)\b(?!\s*=)/i
const EXPLAINED = /verif|signature|trust|debug|dummy|firma|unsafe|insecure/i

/** Only what one needs in order to check it, or to ask for another in time: who signed it, with which key, until when. */
function readsLittle(call: SyntaxNode): boolean {
  const { parent } = call
  if (parent?.kind === 'Index' && call.role === 'object') return HARMLESS.test(keyText(parent.child('index')))
  if (parent?.kind !== 'Member' || parent.parent?.kind !== 'Call' || calleeName(parent.parent) !== 'get')
    return false
  return HARMLESS.test(keyText(argument(parent.parent, 0)))
}

const HARMLESS = /^(?:exp|iat|nbf|iss|aud|kid|alg|typ|azp|tid|jti|client_id)$/

/** The same function looks first and checks afterwards. */
function isVerifiedElsewhere(call: SyntaxNode, file: SourceFile): boolean {
  const around = call.function
  if (!around) return false
  for (const it of around.descendants('Call')) {
    if (it.row !== call.row && /^(?:jose\.)?jwt\.decode$/.test(pathOf(file, it.child('callee')))) {
      if (!/verify\s*=\s*False|verify_signature["']\s*:\s*False/.test(it.text)) return true
    }
  }
  return false
}
