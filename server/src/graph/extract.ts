// The facts of one file.

import { atOnce } from '../base/steps.ts'
import type { SourceFile } from '../semantics/source-file.ts'
import { extractArchitecture, SETTINGS_FILE } from './extract/architecture.ts'
import { extractBodies } from './extract/bodies.ts'
import { CRATE_FILE, extractCrate } from './extract/cargo.ts'
import { extractFlagFile, extractFlags, FLAG_FILE } from './extract/flags.ts'
import { extractFlows } from './extract/flows.ts'
import { extractGraphqlFile, GRAPHQL_FILE } from './extract/graphql/file.ts'
import { extractGraphqlText } from './extract/graphql/text.ts'
import { extractLoader } from './extract/javascript/built-modules.ts'
import { extractBundlers } from './extract/javascript/bundlers.ts'
import { extractEnvironmentJavaScript } from './extract/javascript/environment.ts'
import { extractExpress } from './extract/javascript/express.ts'
import { extractFastify } from './extract/javascript/fastify.ts'
import { extractFileRoutes } from './extract/javascript/file-routes.ts'
import { extractForeignScript } from './extract/javascript/foreign.ts'
import { extractHandlersJavaScript } from './extract/javascript/handlers.ts'
import { extractImportsJavaScript } from './extract/javascript/imports.ts'
import { extractNamesJavaScript } from './extract/javascript/names.ts'
import { extractNestJs } from './extract/javascript/nestjs.ts'
import { extractProtobufScript } from './extract/javascript/protobuf.ts'
import { extractReactRouter } from './extract/javascript/react-router.ts'
import { extractRequestsJavaScript } from './extract/javascript/requests.ts'
import { extractScriptUses } from './extract/javascript/script-uses.ts'
import { extractShapesJavaScript } from './extract/javascript/shapes.ts'
import { extractTablesScript } from './extract/javascript/tables.ts'
import { extractTopicsJavaScript } from './extract/javascript/topics.ts'
import { DESCRIPTION_FILE, extractDescription } from './extract/openapi/document.ts'
import { extractPackage, PACKAGE_FILE } from './extract/packages.ts'
import { extractPrisma, PRISMA_FILE } from './extract/prisma.ts'
import { extractProtoFile, PROTO_FILE } from './extract/protobuf/file.ts'
import { extractDjango } from './extract/python/django.ts'
import { extractEnvironmentPython } from './extract/python/environment.ts'
import { extractFastApi } from './extract/python/fastapi.ts'
import { extractFlask } from './extract/python/flask.ts'
import { extractForeignPython } from './extract/python/foreign.ts'
import { extractImportsPython } from './extract/python/imports.ts'
import { extractLibraries } from './extract/python/libraries.ts'
import { extractNamesPython } from './extract/python/names.ts'
import { extractProtobufPython } from './extract/python/protobuf.ts'
import { extractRequestsPython } from './extract/python/requests.ts'
import { extractShapesPython } from './extract/python/shapes.ts'
import { extractStubs } from './extract/python/stubs.ts'
import { extractTablesPython } from './extract/python/tables.ts'
import { extractTopicsPython } from './extract/python/topics.ts'
import { extractActix } from './extract/rust/actix.ts'
import { extractAxum } from './extract/rust/axum.ts'
import { extractEnvironmentRust } from './extract/rust/environment.ts'
import { extractForeignRust } from './extract/rust/foreign.ts'
import { extractHandlersRust } from './extract/rust/handler-data.ts'
import { extractImportsRust } from './extract/rust/imports.ts'
import { extractNamesRust } from './extract/rust/names.ts'
import { extractRequestsRust } from './extract/rust/requests.ts'
import { extractRocket } from './extract/rust/rocket.ts'
import { extractShapesRust } from './extract/rust/shapes.ts'
import { extractTablesRust } from './extract/rust/tables.ts'
import { extractTopicsRust } from './extract/rust/topics.ts'
import { extractSettings } from './extract/settings-files.ts'
import { extractSqlFile, SQL_FILE } from './extract/sql-file.ts'
import { extractSqlText } from './extract/sql-text.ts'
import { extractValues } from './extract/values.ts'
import { FactWriter, type FileFacts } from './facts.ts'
import { extractTerraform, TERRAFORM_FILE } from './terraform/extract.ts'

/** Those that take long yield in between. */
type Extractor = (file: SourceFile, facts: FactWriter) => void | Generator<void, void>

const SCRIPT: readonly Extractor[] = [
  extractNamesJavaScript,
  extractImportsJavaScript,
  extractRequestsJavaScript,
  extractExpress,
  extractFastify,
  extractNestJs,
  extractFileRoutes,
  extractReactRouter,
  extractShapesJavaScript,
  extractEnvironmentJavaScript,
  extractBundlers,
  extractTopicsJavaScript,
  extractForeignScript,
  extractScriptUses,
  extractLoader,
  extractHandlersJavaScript,
  extractSqlText,
  extractValues,
  extractTablesScript,
  extractFlows,
  extractFlags,
  extractGraphqlText,
  extractProtobufScript,
]

const EXTRACTORS: Readonly<Record<SourceFile['language'], readonly Extractor[]>> = {
  javascript: SCRIPT,
  typescript: SCRIPT,
  python: [
    extractNamesPython,
    extractImportsPython,
    extractShapesPython,
    extractFastApi,
    extractFlask,
    extractDjango,
    extractRequestsPython,
    extractEnvironmentPython,
    extractTopicsPython,
    extractForeignPython,
    extractLibraries,
    extractStubs,
    extractSqlText,
    extractValues,
    extractTablesPython,
    extractFlows,
    extractFlags,
    extractGraphqlText,
    extractProtobufPython,
  ],
  rust: [
    extractNamesRust,
    extractImportsRust,
    extractShapesRust,
    extractHandlersRust,
    extractAxum,
    extractActix,
    extractRocket,
    extractRequestsRust,
    extractEnvironmentRust,
    extractTopicsRust,
    extractForeignRust,
    extractSqlText,
    extractValues,
    extractTablesRust,
    extractFlows,
    extractFlags,
  ],
}

const GENERATED: Partial<typeof EXTRACTORS> = {
  typescript: [extractNamesJavaScript, extractShapesJavaScript, extractLoader],
  javascript: [extractLoader],
  python: [
    extractNamesPython,
    extractImportsPython,
    extractShapesPython,
    extractFastApi,
    extractFlask,
    extractDjango,
    extractRequestsPython,
    extractEnvironmentPython,
    extractForeignPython,
    extractLibraries,
    extractSqlText,
    extractValues,
    extractTablesPython,
  ],
  rust: [
    extractNamesRust,
    extractImportsRust,
    extractShapesRust,
    extractHandlersRust,
    extractAxum,
    extractActix,
    extractRocket,
    extractRequestsRust,
    extractEnvironmentRust,
    extractForeignRust,
    extractSqlText,
    extractValues,
    extractTablesRust,
  ],
}

/** What costs something in every file, and is read only where somebody asks for it. */
export interface Extras {
  /** See `rows/bodies.ts`. */
  readonly bodies: boolean
}

export function factsOf(file: SourceFile, extras?: Extras): FileFacts {
  return atOnce(factSteps(file, extras))
}

/** The same in steps, for whoever has something else to do in between. */
export function* factSteps(file: SourceFile, extras: Extras = { bodies: false }): Generator<void, FileFacts> {
  const facts = new FactWriter()
  // What nobody works on, such as a bundle, says nothing to others but what its types are, which clients are generated for.
  const extractors = file.isGenerated ? GENERATED[file.language] : EXTRACTORS[file.language]
  for (const extract of extractors ?? []) {
    const steps = extract(file, facts)
    if (steps) yield* steps
    yield
  }
  if (extras.bodies) extractBodies(file, facts)
  return facts.facts
}

/** Of settings: how files name each other, and which variables the environment has. */
export function settingsFacts(path: string, text: string): FileFacts {
  const facts = new FactWriter()
  if (PACKAGE_FILE.test(path)) extractPackage(path, text, facts)
  if (CRATE_FILE.test(path)) extractCrate(path, text, facts)
  if (SETTINGS_FILE.test(path)) extractArchitecture(text, facts)
  if (PRISMA_FILE.test(path)) extractPrisma(path, text, facts)
  if (FLAG_FILE.test(path)) extractFlagFile(text, facts)
  if (SQL_FILE.test(path)) extractSqlFile(path, text, facts)
  if (DESCRIPTION_FILE.test(path)) extractDescription(path, text, facts)
  if (GRAPHQL_FILE.test(path)) extractGraphqlFile(path, text, facts)
  if (PROTO_FILE.test(path)) extractProtoFile(path, text, facts)
  if (TERRAFORM_FILE.test(path)) extractTerraform(path, text, facts)
  extractSettings(path, text, facts)
  return facts.facts
}
