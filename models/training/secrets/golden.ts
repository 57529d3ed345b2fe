// The inputs of `models/secrets/golden.jsonl`: written by hand, none of them from anybody's code, none ever a credential.

import type { SecretInput } from '../../../server/src/inference/tasks/is-secret.ts'

/** Name, value, code before with its quote, code behind. */
const INPUTS: readonly (readonly [name: string, value: string, before: string, after: string])[] = [
  ['apiKey', 'k9QzT2vLm4XrB7wYc1Pd', "const client = new Shop({ apiKey: '", "' })"],
  ['API_KEY', '7c1f0be29d8a4f6693b2e5d40718ac3f', 'API_KEY = "', '" TIMEOUT = 30'],
  ['secret', 'q8Zr5TkLm2XvB9wYc4PdQ8sN1aHe', "app.use(session({ secret: '", "', resave: false }))"],
  ['SECRET_KEY', 'x7$k2!qz#m9v@r4&b1(w8)c5^t0*y3_p6+n', 'DEBUG = False SECRET_KEY = "', '" ALLOWED_HOSTS'],
  ['password', 'tr0ub4dor&3', 'connect(host, user="shop", password="', '")'],
  ['DB_PASSWORD', 'w1nter-Sun!', 'os.environ.get("DB_PASSWORD", "', '")'],
  ['dbPassword', 'Granada1492!', "class Config { private readonly dbPassword = '", "' }"],
  ['token', 'acme_live_4fQ9zLm2XvT7bKwYc1PdR8sN', 'let token = "', '".to_string();'],
  ['AUTH_TOKEN', 'Zm9yIGdvbGRlbiB0ZXN0cyBvbmx5IDQy', 'const AUTH_TOKEN: &str = "', '";'],
  ['Authorization', 'Bearer 9fQ2zLm4XvT7bKwYc1PdR8sN3aHe', "headers: { Authorization: '", "' }"],
  [
    'encryption_key',
    '4b0fd5a4c2c84d4e9b1e7d5f3a6c8b9e1f2d3c4b5a69788796a5b4c3d2e1f00f',
    'encryption_key: "',
    '",',
  ],
  ['setToken', 'vK3nQ8xL2mZ7rT4wB9cYdP1s', 'client.setToken("', '")'],
  ['', 'R7vXq2LmZ9kTw4BcYd81PsNaHe3J', 'send("shop", "', '")'],
  ['clientSecret', 'hT8~kQ2zLm4XvT7bKwYc1PdR8sN3aHeJfG', "clientId: 'shop', clientSecret: '", "', tenant"],
  [
    'private_key',
    '-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7',
    'private_key = "',
    '"',
  ],
  // What is random and no credential.
  [
    'integrity',
    'sha384-oqVuAfXRKap7fdgcCY5uykM6-4fQ9zLm2XvT7bKwYc1PdR8sN3aHeJfG0uI5oE6t',
    "integrity: '",
    "', crossorigin",
  ],
  ['commit', '9fceb02d0ae598e95dc970b74767f19372d61af8', 'commit = "', '"'],
  ['sha256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'sha256="', '", size=0'],
  ['password_hash', '$2b$12$k9QzT2vLm4XrB7wYc1PduO8sN3aHeJfG0uI5oE6tR7vXq2LmZ9kTw', 'password_hash = "', '"'],
  ['token_hash', '47cd528f4164b8ea10cb964d47ba75a5e9671564a625056c0b3d43ca8b660c2e', "token_hash: '", "',"],
  ['publicKey', 'pk_live_9fQ2zLm4XvT7bKwYc1PdR8sN', "publicKey: '", "'"],
  ['uuid', '1b4e28ba-2fa1-41d2-883f-0016d3cca427', 'uuid = UUID("', '")'],
  ['timezones', 'America/Argentina/ComodRivadavia', '"America/Catamarca", "', '", "America/Cordoba"'],
  ['dependencies', '0047_merge_20230321_1456', 'dependencies = [ ("payment", "', '"), ]'],
  ['cipher', 'ECDHE-RSA-AES256-GCM-SHA384', 'ciphers = ["', '", "AES128-SHA256"]'],
  ['PASSWORD_HASHERS', 'django.contrib.auth.hashers.MD5PasswordHasher', 'PASSWORD_HASHERS = ("', '",)'],
  ['tokenType', 'urn:ietf:params:oauth:token-type:jwt-2', "tokenType: '", "'"],
  ['addToken', 'Recurrence_DayOfWeek2', 'page.addToken(0x20, "', '")'],
  ['className', 'MuiButton-root-1x2Zq9', 'className="', '">'],
  ['alphabet', 'ABCDEFGHJKMNPQRSTVWXYZ0246813579', 'const alphabet = "', '"'],
  ['accept', 'application/vnd.api+json;version=2.1', "accept: '", "'"],
  ['d', 'M12.5,3.2L9.7,14.1H4.4Z', '<path d="', '" />'],
  ['get', 'X-Amz-Content-Sha256', 'headers.get("', '")'],
  ['region', 'eu-central-1b-2', 'region="', '"'],
  ['font', 'Roboto-BoldItalic-v30.woff2', "font: '", "'"],
  ['icon', 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk', "icon: '", "'"],
]

export function goldenInputs(): SecretInput[] {
  return INPUTS.map(([name, value, before, after]) => ({
    name,
    value,
    context: { before: before.slice(-40), after: after.slice(0, 24) },
  }))
}
