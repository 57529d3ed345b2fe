/** A TLS connection whose certificate is not checked is encrypted, but to nobody in particular. */

import { argument, calleeName, isFalse, isTrue, keyText, property, receiver } from '../../semantics/calls.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { replace } from '../edit.ts'
import { at, fixes, js, py, rs, ts } from '../example.ts'
import { defineRule, type Range } from '../rule.ts'
import { isCommented } from '../support/deliberate.ts'
import { pathOf } from '../support/imports.ts'
import { isAskedFor } from '../support/opt-in.ts'
import { isTestCode } from '../support/test-code.ts'

export default defineRule({
  id: 'security/disabled-tls-verification',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [295, 297],
  concept: 'transport-security',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: ['_create_unverified_context', 'danger_accept_invalid_certs', 'danger_accept_invalid_hostnames'],

  check: {
    Call: (node, file) => (file.language === 'python' ? pythonCall(node, file) : rustCall(node, file)),
    KeywordArgument: (node, file) => keyword(node, file),
    Pair: (node, file) =>
      file.language === 'javascript' || file.language === 'typescript' ? pair(node, file) : undefined,
    Assignment: (node, file) => assignment(node, file),
  },

  explain: {
    en: ({ code, host }) => ({
      message: `\`${code}\` accepts ${host ? 'a certificate that belongs to somebody else' : 'any certificate'}`,
      why: 'The connection is encrypted, but nobody checks with whom. Whoever sits in between, in the café or at the provider, can read everything and answer in the name of the server.',
      remedy:
        'Leave the check on. If the server has a certificate of its own, tell the client which authority to trust instead of trusting everybody.',
      fix: 'Turn the check on',
    }),
    es: ({ code, host }) => ({
      message: `\`${code}\` acepta ${host ? 'un certificado que es de otro' : 'cualquier certificado'}`,
      why: 'La conexión va cifrada, pero nadie comprueba con quién. Quien esté en medio, en la cafetería o en el proveedor, puede leerlo todo y responder en nombre del servidor.',
      remedy:
        'Deja activada la comprobación. Si el servidor tiene un certificado propio, indica al cliente en qué autoridad confiar en vez de confiar en todas.',
      fix: 'Activar la comprobación',
    }),
  },

  examples: {
    invalid: [
      fixes(
        py`
          import requests
          requests.get(url, «verify=False»)
        `,
        py`
          import requests
          requests.get(url, verify=True)
        `,
      ),
      py`
        import httpx
        client = httpx.AsyncClient(«verify=False», timeout=5)
      `,
      py`
        import requests
        session = requests.Session()
        «session.verify = False»
        session.post(url, «verify=False»)
      `,
      fixes(
        py`
          import ssl
          context = «ssl._create_unverified_context()»
        `,
        py`
          import ssl
          context = ssl.create_default_context()
        `,
      ),
      py`
        import ssl
        «ssl._create_default_https_context = ssl._create_unverified_context»
      `,
      fixes(
        py`
          import ssl
          context = ssl.create_default_context()
          «context.check_hostname = False»
          «context.verify_mode = ssl.CERT_NONE»
        `,
        py`
          import ssl
          context = ssl.create_default_context()
          context.check_hostname = True
          context.verify_mode = ssl.CERT_REQUIRED
        `,
      ),
      py`
        import ssl, urllib3
        pool = urllib3.PoolManager(«cert_reqs=ssl.CERT_NONE»)
        other = urllib3.PoolManager(«cert_reqs='CERT_NONE'»)
      `,
      py`client = Client(«verify_ssl=False»)`,
      fixes(
        js`const agent = new https.Agent({ «rejectUnauthorized: false» })`,
        js`const agent = new https.Agent({ rejectUnauthorized: true })`,
      ),
      fixes(
        js`«process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'»`,
        js`process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1'`,
      ),
      js`«process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = 0»`,
      js`request({ url, «strictSSL: false» })`,
      js`
        const https = require('https')
        https.request({ host, «rejectUnauthorized: false», requestCert: true }, done)
      `,
      // The comment says that it is done, not why.
      js`
        // skip the check
        const agent = new https.Agent({ «rejectUnauthorized: false» })
      `,
      js`https.request({ host: 'shop.example', path: '/localhost', «rejectUnauthorized: false» }, answer)`,
      js`const ssl = process.env.NODE_ENV === 'production' ? { «rejectUnauthorized: false» } : false`,
      ts`tls.connect({ host, «checkServerIdentity: () => undefined» })`,
      ts`options.ssl = { «'rejectUnauthorized': false» }`,
      ts`«agent.options.rejectUnauthorized = false»`,
      fixes(
        rs`fn f() { let client = Client::builder().«danger_accept_invalid_certs(true)».build()?; }`,
        rs`fn f() { let client = Client::builder().danger_accept_invalid_certs(false).build()?; }`,
      ),
      rs`fn f() { builder.«danger_accept_invalid_hostnames(true)»; }`,
    ],
    valid: [
      ts`const tls = { ...(env.TLS_CHECK_SERVER_IDENTITY === 'false' ? { checkServerIdentity: () => undefined } : {}) }`,
      // Somebody has said whose certificate it is.
      py`
        import requests
        # The device in the same rack has a self-signed certificate.
        requests.get(url, verify=False)
      `,
      js`
        const agent = new https.Agent({
          keepAlive: true,
          rejectUnauthorized: false, // only ever talks to the local daemon
        })
      `,
      rs`
        fn f() {
            let client = Client::builder()
                // Peers of the mesh sign their own certificates (self signed).
                .danger_accept_invalid_certs(true)
                .build()?;
        }
      `,
      // Nobody sits in between.
      py`
        import requests
        requests.get("https://localhost:8443/health", timeout=3, verify=False)
      `,
      js`https.request({ host: '127.0.0.1', port: 8443, rejectUnauthorized: false }, answer)`,
      ts`const answer = await fetch(\`https://localhost:\${port}/ready\`, { agent: new Agent({ rejectUnauthorized: false }) })`,
      py`
        import requests
        requests.get(url, verify=verify)
      `,
      py`jwt.decode(token, verify=False)`,
      py`form.save(verify=False)`,
      py`
        import ssl
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.verify_mode = ssl.CERT_NONE
      `,
      py`
        def connect(insecure):
            context = ssl.create_default_context()
            if insecure:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
      `,
      py`
        import ssl
        context = ssl.create_default_context()
        if not self.request.validate_cert: context.verify_mode = ssl.CERT_NONE
      `,
      py`
        import ssl
        context = ssl.create_default_context(cafile=authority)
        context.check_hostname = False
      `,
      py`
        import ssl
        def read_certificate(host):
            context = ssl._create_unverified_context()
      `,
      py`
        class Context:
            def __init__(self): self.check_hostname = False
      `,
      py`
        def f(host):
            if not hostname: context.check_hostname = False
      `,
      py`
        import ssl
        context.check_hostname = True
        context.verify_mode = ssl.CERT_REQUIRED
      `,
      at(
        'tests/test_client.py',
        py`
          import requests
          requests.get(url, verify=False)
        `,
      ),
      js`https.createServer({ requestCert: true, rejectUnauthorized: false }, handle)`,
      js`const agent = new https.Agent({ rejectUnauthorized: !options.insecure })`,
      js`const options = insecure ? { rejectUnauthorized: false } : {}`,
      js`const defaults = { rejectUnauthorized: true }`,
      js`const ssl = process.env.NODE_ENV === 'production' ? true : { rejectUnauthorized: false }`,
      js`if (env !== 'production') options.rejectUnauthorized = false`,
      ts`interface Options { rejectUnauthorized: false }`,
      ts`tls.connect({ host, checkServerIdentity: (name, certificate) => compare(name, certificate) })`,
      ts`if (options.allowSelfSigned) agent.options.rejectUnauthorized = false`,
      rs`fn f() { let client = Client::builder().danger_accept_invalid_certs(args.insecure).build()?; }`,
      rs`
        #[cfg(test)]
        mod tests {
            fn client() -> Client { Client::builder().danger_accept_invalid_certs(true).build().unwrap() }
        }
      `,
    ],
  },
})

/** Names of settings that let a user ask for it. */
const ASKED_FOR =
  /insecure|verif|validat|ignore|hostname|cert_?reqs|self.?sign|skip|unsafe|reject|trust|danger|allow|strict|debug|\bdev|local|(?:check|verify)_?(?:server_?)?(?:identity|host)/i

/** Functions that look at certificates, whoever they belong to. */
const ASKED_BY = /insecure|unverified|self.?sign|unsafe|cert|scan|probe|fingerprint|inspect/i

function* pythonCall(node: SyntaxNode, file: SourceFile) {
  if (calleeName(node) !== '_create_unverified_context') return
  const callee = node.child('callee')
  if (pathOf(file, callee) !== 'ssl._create_unverified_context' || isExcused(node, file)) return
  yield {
    at: node,
    data: { code: 'ssl._create_unverified_context', host: false },
    fix: {
      safety: 'unsafe',
      edits: () => {
        const name = callee?.child('property')
        return name ? [replace(name, 'create_default_context')] : []
      },
    },
  } as const
}

function* rustCall(node: SyntaxNode, file: SourceFile) {
  if (file.language !== 'rust' || !receiver(node)) return
  const value = argument(node, 0)
  const name = node.child('callee')?.child('property')
  if (!value || !name || !isTrue(file, value) || isExcused(name, file)) return
  yield match({ start: name.start, end: node.end }, `${name.name}(true)`, value, 'false')
}

const OPTION_NAMES =
  /^(?:verify|verify_ssl|ssl_verify|verify_tls|tls_verify|cert_reqs|ssl_cert_reqs|check_hostname|assert_hostname)$/

function* keyword(node: SyntaxNode, file: SourceFile) {
  const name = node.child('label')?.text ?? ''
  if (!OPTION_NAMES.test(name)) return
  const value = node.child('value')
  const call = node.parent
  if (!value || call?.kind !== 'Call') return
  const isNone = name.endsWith('cert_reqs') && isCertNone(value, file)
  if (!isNone && (name.endsWith('cert_reqs') || !isFalse(file, value))) return
  if (name === 'verify' && !isHttpCall(call, file)) return
  if (name === 'assert_hostname' && !/^urllib3\./.test(pathOf(file, call.child('callee')))) return
  if (isExcused(node, file)) return
  yield match(node, node.text, value, isNone ? required(value) : 'True')
}

const HTTP_METHODS =
  /^(?:get|post|put|patch|delete|head|options|request|send|stream|Session|Client|AsyncClient)$/

/** `verify` means the certificate only where HTTP is spoken. */
function isHttpCall(call: SyntaxNode, file: SourceFile): boolean {
  const callee = call.child('callee')
  if (!callee || !HTTP_METHODS.test(calleeName(call))) return false
  if (/^(?:requests|httpx|curl_cffi|niquests)\./.test(pathOf(file, callee))) return true
  const object = receiver(call)
  return object !== undefined && isHttpClient(object, file)
}

function isHttpClient(object: SyntaxNode, file: SourceFile): boolean {
  const made = file.value(object)
  if (made.kind === 'Call' && /^(?:requests|httpx)\./.test(pathOf(file, made.child('callee')))) return true
  const name = object.kind === 'Member' ? (object.child('property')?.name ?? '') : object.name
  return /(?:^|_)(?:session|requests|http|client)$/i.test(name)
}

function* pair(node: SyntaxNode, file: SourceFile) {
  const name = keyText(node.child('key'))
  const value = node.child('value')
  if (!value) return
  if (name === 'rejectUnauthorized' || name === 'strictSSL') {
    if (!isFalse(file, value) || isExcused(node, file)) return
    // A server that asks for a certificate may let in those without one, and look at it later.
    const object = node.parent
    if (object?.kind !== 'Dictionary' || (property(object, 'requestCert') && !isForClient(object, file)))
      return
    yield match(node, `${name}: false`, value, 'true')
  } else if (name === 'checkServerIdentity' && value.kind === 'Function' && saysNothing(value)) {
    if (!isExcused(node, file)) yield { at: node, data: { code: 'checkServerIdentity', host: true } }
  }
}

/** `https.request({ … })`: what a client says about certificates of its own changes nothing about the server's. */
function isForClient(options: SyntaxNode, file: SourceFile): boolean {
  const call = options.role === 'argument' ? options.parent : undefined
  const callee = call?.kind === 'Call' ? calledName(file, call) : ''
  return /^(https\.(request|get)|tls\.connect|request(\.(defaults|get|post|put|delete|patch))?)$/.test(callee)
}

/** `() => undefined`, `() => null`, `() => {}`: no error, whatever the name on the certificate is. */
function saysNothing(it: SyntaxNode): boolean {
  const body = it.child('body')
  if (!body) return false
  if (body.kind !== 'Block') return body.unwrapped.is('Undefined', 'Null', 'Boolean')
  const statements = body.children('statement')
  const only = statements[0]
  if (!only) return true
  const value = only.kind === 'Return' ? only.child('value') : undefined
  return (
    statements.length === 1 && only.kind === 'Return' && (!value || value.is('Undefined', 'Null', 'Boolean'))
  )
}

function* assignment(node: SyntaxNode, file: SourceFile) {
  const target = node.child('target')
  if (!target?.is('Member', 'Index')) return
  const name =
    target.kind === 'Member' ? (target.child('property')?.name ?? '') : keyText(target.child('index'))
  if (!ATTRIBUTES.test(name)) return
  const value = node.child('value')
  const object = target.child('object')
  if (!value || !object || isExcused(node, file)) return
  // A context class that starts out like the real one.
  if (object.text === 'self') return
  if (file.language === 'python') {
    if (name === '_create_default_https_context') {
      if (pathOf(file, value) === 'ssl._create_unverified_context')
        yield { at: node, data: { code: 'ssl._create_unverified_context', host: false } }
    } else if (name === 'verify_mode') {
      if (isCertNone(value, file) && !isForServers(object, file))
        yield match(node, node.text, value, required(value))
    } else if (isFalse(file, value)) {
      const isMeant =
        name === 'check_hostname'
          ? !isForServers(object, file) && !hasOwnAuthority(object, file)
          : isHttpClient(object, file)
      if (isMeant) yield match(node, node.text, value, 'True')
    }
  } else if (name === 'NODE_TLS_REJECT_UNAUTHORIZED') {
    const constant = file.constant(value)
    if (object.text !== 'process.env' || (constant?.kind !== 'string' && constant?.kind !== 'number')) return
    if (String(constant.value) === '0') yield match(node, node.text, value, "'1'")
  } else if (name === 'rejectUnauthorized' && isFalse(file, value))
    yield match(node, node.text, value, 'true')
}

const ATTRIBUTES =
  /^(?:verify|verify_mode|check_hostname|_create_default_https_context|NODE_TLS_REJECT_UNAUTHORIZED|rejectUnauthorized)$/

function isCertNone(value: SyntaxNode, file: SourceFile): boolean {
  if (value.kind === 'String') return /^['"](?:CERT_)?NONE['"]$/i.test(value.text)
  return value.is('Member', 'Name') && /^ssl\.(?:VerifyMode\.)?CERT_NONE$/.test(pathOf(file, value))
}

function required(value: SyntaxNode): string {
  return value.text.replace(/none/i, 'REQUIRED')
}

/** Servers do not check certificates unless they ask for them. */
function isForServers(object: SyntaxNode, file: SourceFile): boolean {
  return /CLIENT_AUTH|TLS_SERVER/.test(file.value(object).text)
}

/** A context that trusts one authority of its own: what that one signs may be called anything. */
function hasOwnAuthority(object: SyntaxNode, file: SourceFile): boolean {
  return /cafile|cadata|capath/.test(file.value(object).text)
}

function isExcused(node: SyntaxNode, file: SourceFile): boolean {
  return (
    isTestCode(node, file) ||
    isAskedFor(node, ASKED_FOR, ASKED_BY) ||
    isExplained(node) ||
    isForThisMachine(node)
  )
}

const REASON =
  /self[-\s]?signed|loopback|localhost|127\.0\.0\.1|\b(?:local|internal|private|own) (?:\w+ )?(?:network|daemon|server|device|peer|host|machine|socket|proxy|authority|ca|certificates?|connections?|agent|address|interface)\b/i

/** A comment on its line, right above it, or right above the statement says whose certificate it is. */
function isExplained(node: SyntaxNode): boolean {
  if (isCommented(node, REASON)) return true
  const { text } = node.tree
  let from = text.lastIndexOf('\n', node.start - 1) + 1
  const end = text.indexOf('\n', node.end)
  const own = text.slice(node.end, end === -1 ? text.length : end)
  const behind = /^[\s,;)}\]]*(?:\/\/|#|\/\*)(.*)$/.exec(own)?.[1] ?? ''
  if (REASON.test(behind)) return true
  while (from > 0) {
    const before = text.lastIndexOf('\n', from - 2) + 1
    const line = text.slice(before, from)
    if (!/^\s*(?:\/\/|#(?!\[)|\/?\*)/.test(line)) return false
    if (REASON.test(line)) return true
    from = before
  }
  return false
}

const LOOPBACK = /^[\w]*["'`](?:(?:https|wss):\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)(?=[:/"'`]|$)/

/** The address stands in the same call, or beside it in the same object. */
function isForThisMachine(node: SyntaxNode): boolean {
  for (const it of node.ancestors()) {
    if (it.is('Function', 'Block', 'Class')) return false
    if (it.is('Call', 'Dictionary', 'New'))
      for (const part of it.kind === 'Dictionary' ? it.children('element') : it.children('argument')) {
        const value = part.is('Pair', 'KeywordArgument') ? part.child('value') : part
        if (value?.is('String', 'Template') && LOOPBACK.test(value.text)) return true
      }
  }
  return false
}

function match(at: SyntaxNode | Range, code: string, value: SyntaxNode, becomes: string) {
  return {
    at,
    data: { code, host: /hostname/.test(code) },
    fix: { safety: 'unsafe', edits: () => [replace(value, becomes)] },
  } as const
}
