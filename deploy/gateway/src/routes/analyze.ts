// `analyze`: files in, SARIF out, by the very same engine as on the developer's own computer.

import { LOCALES, type Locale } from '@codeant/shared/locale.ts'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { AnalysisRequest } from '../analysis/analyser.ts'
import { Upload } from '../analysis/upload.ts'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import { hungUp } from '../hung-up.ts'
import type { Parts } from '../parts.ts'

const FileBody = Type.Object(
  {
    path: Type.String({ minLength: 1 }),
    content: Type.String(),
    /** `base64` for what is not UTF-8. */
    encoding: Type.Optional(Type.Unsafe<'utf8' | 'base64'>({ type: 'string', enum: ['utf8', 'base64'] })),
  },
  { additionalProperties: false },
)
const Options = Type.Object(
  {
    /** Of the sentences. */
    locale: Type.Optional(Type.Unsafe<Locale>({ type: 'string', enum: LOCALES })),
    /** The address of the folder on the computer of who asks, as the report is to have it. */
    root: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9+.-]*://[^\\s]*/$', maxLength: 2048 })),
  },
  { additionalProperties: false },
)
const Body = Type.Object(
  { files: Type.Array(FileBody), ...Options.properties },
  { additionalProperties: false },
)

type JsonBody = Static<typeof Body>
type Asked = Omit<AnalysisRequest, 'tenant'>

export function addAnalyzeRoutes(app: App, { analyser, config }: Pick<Parts, 'analyser' | 'config'>): void {
  const { files, bytes } = config.analysis

  app.post(
    '/api/v1/analyze',
    {
      config: { access: 'analyze', compressible: true },
      schema: {
        tags: ['analysis'],
        summary: 'Analyse files, and get the report as SARIF',
        body: { content: { 'application/json': { schema: Body } } },
        consumes: ['application/json', 'multipart/form-data'],
        produces: ['application/sarif+json'],
      },
    },
    async (request, reply) => {
      const upload = new Upload({ files, bytes })
      const asked = request.isMultipart()
        ? await fromParts(request, upload)
        : fromJson(request.body as JsonBody, upload)
      const {
        sarif,
        files: read,
        findings,
        notices,
        problems,
      } = await analyser.analyse({ ...asked, tenant: request.caller.tenant }, hungUp(reply))
      request.units = read
      // Settings that cannot be used would silently be none: the command line ends with an error of its own then.
      if (problems > 0) throw new Refusal('unprocessable', notices.trim())
      return reply
        .type('application/sarif+json; charset=utf-8')
        .header('x-codeant-files', String(read))
        .header('x-codeant-findings', String(findings))
        .send(sarif)
    },
  )
}

function fromJson({ files, locale = 'en', root }: JsonBody, upload: Upload): Asked {
  for (const { path, content, encoding = 'utf8' } of files) upload.add(path, Buffer.from(content, encoding))
  return { files: upload.files, locale, ...(root !== undefined && { root }) }
}

/** The name of a part is its path, since a file's name may not hold slashes: `-F src/a.py=@src/a.py`. Parts without a file are options. */
async function fromParts(request: FastifyRequest, upload: Upload): Promise<Asked> {
  const options: Record<string, string> = {}
  const limits = {
    fileSize: upload.limits.bytes,
    files: upload.limits.files + 1,
    fields: Object.keys(Options.properties).length,
    fieldSize: 4096,
    fieldNameSize: 4096,
  }
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') upload.add(part.fieldname, await part.toBuffer())
    else options[part.fieldname] = String(part.value)
  }
  if (!request.validateInput(options, Options))
    throw new Refusal(
      'invalid',
      `Only these parts may have no file: ${Object.keys(Options.properties).join(', ')}.`,
    )
  const { locale = 'en', root }: Static<typeof Options> = options
  return { files: upload.files, locale, ...(root !== undefined && { root }) }
}
