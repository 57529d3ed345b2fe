// The facts of one file.

import type { SourceFile } from '../semantics/source-file.ts'
import { extractExpress } from './extract/javascript/express.ts'
import { extractFastify } from './extract/javascript/fastify.ts'
import { extractFileRoutes } from './extract/javascript/file-routes.ts'
import { extractImportsJavaScript } from './extract/javascript/imports.ts'
import { extractNamesJavaScript } from './extract/javascript/names.ts'
import { extractNestJs } from './extract/javascript/nestjs.ts'
import { extractRequestsJavaScript } from './extract/javascript/requests.ts'
import { extractShapesJavaScript } from './extract/javascript/shapes.ts'
import { extractPackage, PACKAGE_FILE } from './extract/packages.ts'
import { extractDjango } from './extract/python/django.ts'
import { extractFastApi } from './extract/python/fastapi.ts'
import { extractFlask } from './extract/python/flask.ts'
import { extractImportsPython } from './extract/python/imports.ts'
import { extractNamesPython } from './extract/python/names.ts'
import { extractRequestsPython } from './extract/python/requests.ts'
import { extractShapesPython } from './extract/python/shapes.ts'
import { extractActix } from './extract/rust/actix.ts'
import { extractAxum } from './extract/rust/axum.ts'
import { extractImportsRust } from './extract/rust/imports.ts'
import { extractNamesRust } from './extract/rust/names.ts'
import { extractRequestsRust } from './extract/rust/requests.ts'
import { extractRocket } from './extract/rust/rocket.ts'
import { FactWriter, type FileFacts } from './facts.ts'

type Extractor = (file: SourceFile, facts: FactWriter) => void

const SCRIPT: readonly Extractor[] = [
  extractNamesJavaScript,
  extractImportsJavaScript,
  extractRequestsJavaScript,
  extractExpress,
  extractFastify,
  extractNestJs,
  extractFileRoutes,
  extractShapesJavaScript,
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
  ],
  rust: [extractNamesRust, extractImportsRust, extractAxum, extractActix, extractRocket, extractRequestsRust],
}

const GENERATED: Partial<typeof EXTRACTORS> = {
  typescript: [extractNamesJavaScript, extractShapesJavaScript],
}

export function factsOf(file: SourceFile): FileFacts {
  const facts = new FactWriter()
  // What nobody works on, such as a bundle, says nothing to others but what its types are, which clients are generated for.
  const extractors = file.isGenerated ? GENERATED[file.language] : EXTRACTORS[file.language]
  for (const extract of extractors ?? []) extract(file, facts)
  return facts.facts
}

/** Of settings that say how files name each other. */
export function namesFacts(path: string, text: string): FileFacts | undefined {
  if (!PACKAGE_FILE.test(path)) return undefined
  const facts = new FactWriter()
  extractPackage(path, text, facts)
  return facts.facts
}
