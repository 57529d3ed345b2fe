// Every setting there is: what it means, what it is when nobody says anything, and what it may be. How it is read, config.ts knows.

import { isRole, ROLES } from './identity/roles.ts'
import {
  address,
  choice,
  flag,
  hostNames,
  integer,
  list,
  mapping,
  origins,
  proxies,
  type Section,
  secret,
  secretAddress,
  text,
} from './settings.ts'

const MIB = 1024 * 1024

export const SECTIONS = {
  http: {
    host: text('127.0.0.1'),
    port: integer(8520, 0, 65_535),
    /** The largest body of any request, in bytes. */
    bodyLimit: integer(32 * MIB, 1024, 1024 * MIB),
    /** To receive a request whole, in seconds: who sends a byte a minute is cut off. */
    receiveSeconds: integer(60, 1, 3600),
    /** Longer than the idle time of what balances the load in front, or it meets closed connections. */
    keepAliveSeconds: integer(75, 1, 3600),
    /** Whose word in `X-Forwarded-For` is believed. */
    trustProxy: proxies(),
    /** As people reach it, for links: https://codeant.example.com; absent: where it listens. Never what a request says. */
    publicUrl: address(),
    /** By which names it is asked; absent: on this computer only, by those of this computer, and elsewhere by any. */
    hosts: hostNames(),
    /** Of pages elsewhere that may ask from a browser. */
    origins: origins(),
    /** How long `ready` says no before the door is closed: until whoever balances the load has noticed. */
    drainDelaySeconds: integer(0, 0, 600),
    /** How long requests in flight may take after that. */
    drainSeconds: integer(25, 0, 3600),
  },
  identity: {
    /** Seals the keys that sign tokens; absent: the embedded database has one of its own beside it, PostgreSQL no logins. */
    secret: secret(),
    /** The `iss` of access tokens. */
    issuer: text('codeant'),
    /** So long an access token lives. */
    tokenSeconds: integer(600, 60, 600),
    /** So long somebody stays logged in, whatever they do. */
    sessionDays: integer(90, 1, 366),
  },
  oidc: {
    /** Of the provider with which people log in: https://login.example.com; absent: there is none. */
    issuer: address({ isExact: true }),
    clientId: text(),
    /** Absent: the provider takes this endpoint without one (a public client). */
    clientSecret: secret(),
    scopes: text('openid email profile'),
    /** In which the provider says that an address was verified: `xms_edov` with Entra ID. */
    verifiedClaim: text('email_verified'),
    /** Of whose e-mail addresses people may be; absent: any, but then nobody joins who was not invited. */
    domains: list(),
    /** As what somebody of these domains comes in whom nobody invited. */
    join: choice(['nobody', ...ROLES.filter(it => it !== 'admin')], 'nobody'),
    /** In which the provider says to which groups somebody belongs. */
    roleClaim: text('groups'),
    /** What these groups are here; given: the provider decides at every login. */
    roles: mapping('role', isRole),
    /** In which the provider says to which team somebody belongs. */
    teamClaim: text(),
    /** Which team of this endpoint a value of it stands for. */
    teams: mapping('id', isId),
    /** One of these ways has to be among those in which somebody proved who they are: `mfa`, `otp`, `hwk` (RFC 8176). */
    amr: list(),
    /** One of these classes has to be that of the login. */
    acr: list(),
    /** How long ago somebody may have proved it to the provider, in seconds. */
    maxAge: integer(undefined, 0, 30 * 86_400),
  },
  limits: {
    /** Requests a minute of one key or person; 0: as many as come. */
    caller: integer(1200, 0, 10_000_000),
    /** Of one key or person on one route. */
    route: integer(600, 0, 10_000_000),
    /** From one address. Behind a proxy this needs `http.trustProxy`. */
    address: integer(3000, 0, 10_000_000),
    /** From one address that proved nothing: keys and codes are not to be guessed. */
    failures: integer(30, 0, 10_000_000),
    /** Whether nobody has more than 100 a minute, whatever stands above. */
    strict: flag(false),
    /** Whether changes are refused; analyses and models answer on. */
    readOnly: flag(false),
    /** When the process is late by so many milliseconds, it sends requests away; 0: never. */
    delayMs: integer(2000, 0, 60_000),
  },
  log: {
    level: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info'),
  },
  metrics: {
    host: text('127.0.0.1'),
    /** Of the metrics, for who runs the endpoint; absent: there is none. */
    port: integer(undefined, 0, 65_535),
  },
  tracing: {
    /** A collector that takes OTLP over HTTP, without `/v1/traces`; absent: traces are handed on, and none is kept. */
    url: address(),
    key: secret(),
    /** How many of a hundred traces that begin here are kept. */
    percent: integer(100, 0, 100),
  },
  data: {
    /** Where the embedded database lies. */
    folder: text(),
  },
  database: {
    /** postgres://…; absent: embedded in the data folder. */
    url: secret(),
    connections: integer(10, 1, 500),
    /** Whether this process brings the schema up to date when it starts; false where a job of its own does. */
    migrate: flag(true),
  },
  redis: {
    /** redis://[user:password@]host[:port][/database], or rediss:// for TLS; Valkey as well. Absent: every instance counts and remembers for itself. */
    url: secretAddress('redis', 'rediss'),
    /** Before the name of every key. */
    prefix: text('codeant:'),
    /** Of this instance. Requests share one without waiting for each other; more help where the network is the limit. */
    connections: integer(2, 1, 200),
    /** A store that takes longer counts as gone: until it is back, every instance counts for itself. */
    timeoutMs: integer(250, 10, 10_000),
    /** How often it is asked whether it is back. */
    retryMs: integer(1000, 50, 600_000),
  },
  inference: {
    /** An engine that speaks the Open Inference Protocol v2 (Triton, OpenVINO); absent: the models of this installation. */
    url: address(),
    key: secret(),
    timeoutSeconds: integer(30, 1, 600),
    threads: integer(1, 1, 64),
    /** Of all models together, in MiB. */
    memory: integer(1024, 64, 65_536),
    /** How many inputs may wait for the embedded engine. */
    queue: integer(256, 1, 100_000),
  },
  cache: {
    /** Of all answers that are kept; 0: none are. */
    bytes: integer(64 * MIB, 0, 64 * 1024 * MIB),
    ttlSeconds: integer(3600, 1, 30 * 86_400),
    /** Whether the versions of a model stand for its weights, with an engine that tells no digest of them. */
    versionsAreWeights: flag(false),
  },
  chat: {
    /** An engine that speaks OpenAI's chat completions (vLLM, llama.cpp), up to and with `/v1`; absent: there is none. */
    url: address(),
    key: secret(),
    timeoutSeconds: integer(120, 1, 3600),
  },
  weights: {
    /** Of who says which weights may be loaded: Ed25519 in PEM, several while they change; absent: digests alone are looked at. */
    publicKey: text(),
    /** What they signed with it, in base64, a line for each key. */
    signature: text(),
  },
  breaker: {
    /** So many failures in a row open the circuit of an engine. */
    failures: integer(5, 1, 1000),
    /** After so many milliseconds one request tries again. */
    retryMs: integer(2000, 10, 600_000),
  },
  analysis: {
    threads: integer(1, 1, 64),
    /** Where files lie while they are analysed; absent: the system's own place. */
    folder: text(),
    /** Analyses that may wait for a thread. */
    queue: integer(16, 0, 10_000),
    timeoutSeconds: integer(120, 1, 3600),
    files: integer(2000, 1, 1_000_000),
    /** Of all files of one request together. */
    bytes: integer(24 * MIB, 1024, 1024 * MIB),
  },
  batch: {
    /** Projects of batches at the same time, beside analyses that somebody waits for; 0 leaves them to other instances. */
    threads: integer(1, 0, 64),
    /** Of one batch. */
    projects: integer(200, 1, 10_000),
    /** Projects of one tenant that may wait. */
    waiting: integer(1000, 1, 1_000_000),
    /** So long after its worker was lost, a project is taken by another. */
    leaseSeconds: integer(30, 1, 3600),
    /** What breaks or loses so many workers is given up. */
    attempts: integer(3, 1, 100),
    /** How often the queue is looked at, in milliseconds; what this instance takes on, it begins at once. */
    pollMs: integer(2000, 50, 600_000),
    /** How long a result is kept. */
    keepHours: integer(72, 1, 8760),
  },
  retention: {
    /** Sessions, their refresh tokens and logins of devices, after they ended. */
    sessionDays: integer(30, 1, 3650),
    /** Counts of use. */
    usageDays: integer(400, 31, 3650),
    /** What was done by whom; 0: for ever. The database itself keeps ninety days. */
    auditDays: integer(0, 0, 36_500),
    /** Names and addresses of who was shut out, and invitations, after they ended; 0: for ever. */
    personDays: integer(0, 0, 3650),
  },
  functions: {
    /** Of one tenant that are kept to be found: a place and some 800 bytes each, twice that with pgvector. */
    most: integer(200_000, 1, 10_000_000),
  },
  graphql: {
    /** Whether the schema may be asked for: for who tries it out on a laptop. */
    introspection: flag(false),
    /** Of a port that has `/graphql` and nothing else, under the same rules; absent: it is on the port of everything else. */
    port: integer(undefined, 0, 65_535),
  },
} as const satisfies Readonly<Record<string, Section>>

function isId(text: string): text is string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}
