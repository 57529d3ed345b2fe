// What can be asked over GraphQL: the same data as over REST, in one request, and nothing that REST does not have.

import { buildSchema } from 'graphql'

export const SCHEMA = buildSchema(`
  scalar JSON
  enum Locale { en es }

  type Query {
    "Which models are here."
    models: [Model!]!
    "Which model a task goes to, and why."
    routes: [Route!]!
    "What this instance does, and what the team used."
    systemMetrics(days: Int = 30): SystemMetrics!
    "The newest first."
    jobs(limit: Int = 20): [Job!]!
    job(id: ID!): Job
  }

  type Mutation {
    "One question to the model that answers such questions."
    processQuery(task: String!, input: JSON!, model: String): Answer!
    "Many projects as one job; the same content is the same job."
    processBatch(projects: [ProjectInput!]!, locale: Locale = en): Job!
    "Forgets the answers that are kept for the team; how many those were."
    clearCache: Int!
  }

  type Model {
    name: String!
    kind: String!
    engine: String!
    sha256: String
    platform: String
    isReady: Boolean!
    tasks: [String!]!
    purpose: String
  }

  type Route {
    task: String!
    model: String
    engine: String
    sha256: String
    why: String!
    alternatives: [String!]!
  }

  type Answer {
    task: String!
    answer: JSON!
    route: Route!
  }

  type SystemMetrics {
    version: String!
    "Figures of this instance are those since then."
    since: String!
    activeCallers: Int!
    routes: [RouteTimes!]!
    "Rows that engines for encoders were asked."
    rows: Int!
    inference: [ModelTimes!]!
    cache: CacheMetrics!
    tokens: Tokens!
    "Analyses that run or wait on this instance."
    analyses: Int!
    openProjects: Int!
    requests: Int!
    failures: Int!
    usage: [Usage!]!
  }

  "How long requests took, of one instance since it started."
  type RouteTimes {
    route: String!
    requests: Int!
    failures: Int!
    p50Ms: Float!
    p95Ms: Float!
    p99Ms: Float!
  }

  type ModelTimes {
    model: String!
    requests: Int!
    failures: Int!
    p50Ms: Float!
    p95Ms: Float!
    p99Ms: Float!
  }

  type CacheMetrics {
    hits: Int!
    misses: Int!
    "What may not be kept."
    bypassed: Int!
    "Null: nothing was asked that could have been kept."
    hitRatio: Float
  }

  type Tokens {
    prompt: Int!
    completion: Int!
  }

  type Usage {
    day: String!
    actor: String!
    route: String!
    requests: Int!
    failures: Int!
    units: Float!
  }

  type Job {
    id: ID!
    state: String!
    createdAt: String!
    finishedAt: String
    progress: Float!
    projects: ProjectCounts!
    files: Int!
    findings: Int!
    "Of the projects that are done, the first of them."
    results(limit: Int = 20): [Finding!]!
  }

  "What the analysis says of a place."
  type Finding {
    project: String!
    rule: String!
    "error, warning or note"
    level: String!
    message: String!
    path: String!
    line: Int!
    column: Int!
  }

  type ProjectCounts {
    all: Int!
    waiting: Int!
    running: Int!
    done: Int!
    dead: Int!
    cancelled: Int!
  }

  input ProjectInput {
    name: String!
    root: String
    files: [FileInput!]
    "Instead of files: a tar or tar.gz, in base64."
    archive: String
  }

  input FileInput {
    path: String!
    content: String!
    encoding: String
  }
`)
