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
    "Analyses that run or wait on this instance."
    analyses: Int!
    openProjects: Int!
    requests: Int!
    failures: Int!
    usage: [Usage!]!
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
