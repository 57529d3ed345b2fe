// What somebody sends as a batch: projects as lists of files or as archives, in one JSON or as the parts of a form.

import { LOCALES, type Locale } from '@codeant/shared/locale.ts'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { Upload, type UploadLimits } from '../analysis/upload.ts'
import { Refusal } from '../errors.ts'
import { archiveBytes, readArchive } from './archive.ts'
import type { Project } from './content.ts'

const Name = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\u0000-\\u001f]+$',
  examples: ['shop'],
})
const File = Type.Object(
  {
    path: Type.String({ minLength: 1, examples: ['src/cart.py'] }),
    content: Type.String({ examples: ['def total(items):\n    return sum(items)\n'] }),
    encoding: Type.Optional(
      Type.Unsafe<'utf8' | 'base64'>({
        type: 'string',
        enum: ['utf8', 'base64'],
        description: '`base64` for what is not UTF-8.',
      }),
    ),
  },
  { additionalProperties: false },
)
const Root = Type.String({
  pattern: '^[a-z][a-z0-9+.-]*://[^\\s]*/$',
  maxLength: 2048,
  description: 'The address of the folder on the computer of who asks, as the report is to have it.',
})
const ProjectBody = Type.Object(
  {
    name: Name,
    root: Type.Optional(Root),
    files: Type.Optional(Type.Array(File)),
    archive: Type.Optional(
      Type.String({ description: 'Instead of files: a tar or tar.gz, in base64.', examples: ['H4sIAAAA…'] }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        name: 'shop',
        files: [{ path: 'src/cart.py', content: 'def total(items):\n    return sum(items)\n' }],
      },
    ],
  },
)
const locale = Type.Unsafe<Locale>({ type: 'string', enum: LOCALES, description: 'Of the sentences.' })

export const SubmissionBody = Type.Object(
  { projects: Type.Array(ProjectBody, { minItems: 1 }), locale: Type.Optional(locale) },
  { additionalProperties: false },
)

export interface Submission {
  readonly projects: readonly Project[]
  readonly locale: Locale
}

export interface SubmissionLimits extends UploadLimits {
  readonly projects: number
}

export async function fromJson(
  { projects, locale = 'en' }: Static<typeof SubmissionBody>,
  limits: SubmissionLimits,
): Promise<Submission> {
  const read: Project[] = []
  for (const { name, root, files, archive } of projects) {
    if ((files === undefined) === (archive === undefined))
      throw new Refusal('invalid', 'A project has either files or an archive.')
    const upload =
      archive === undefined ? new Upload(limits) : await readArchive(Buffer.from(archive, 'base64'), limits)
    for (const { path, content, encoding = 'utf8' } of files ?? [])
      upload.add(path, Buffer.from(content, encoding))
    read.push({ name, ...(root !== undefined && { root }), files: upload.files })
  }
  return { projects: held(read, limits), locale }
}

/** Each file is an archive, the name of its part is the project's: `-F shop=@shop.tar.gz`. */
export async function fromForm(request: FastifyRequest, limits: SubmissionLimits): Promise<Submission> {
  const read: Project[] = []
  let locale: Locale = 'en'
  const most = { fileSize: archiveBytes(limits), files: limits.projects + 1, fields: 1, fieldNameSize: 200 }
  for await (const part of request.parts({ limits: most })) {
    if (part.type === 'file') {
      const { files } = await readArchive(await part.toBuffer(), limits)
      read.push({ name: part.fieldname, files })
      continue
    }
    const given = LOCALES.find(it => it === part.value)
    if (part.fieldname !== 'locale' || !given)
      throw new Refusal('invalid', `Only "locale" may have no file: ${LOCALES.join(' or ')}.`)
    locale = given
  }
  return { projects: held(read, limits), locale }
}

function held(projects: readonly Project[], limits: SubmissionLimits): readonly Project[] {
  if (projects.length === 0) throw new Refusal('invalid', 'There is no project in it.')
  if (projects.length > limits.projects)
    throw new Refusal('too-large', `At most ${limits.projects} projects are taken at once.`)
  if (new Set(projects.map(it => it.name)).size < projects.length)
    throw new Refusal('invalid', 'Two projects have the same name.')
  return projects
}
