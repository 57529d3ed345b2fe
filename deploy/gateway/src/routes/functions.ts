// Functions of a team's projects: kept as points, found by what they do, in whichever project and language they stand.

import { CODE_LANGUAGES, type CodeLanguage, DIMENSIONS } from '@codeant/server/api/functions.ts'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import { Refusal } from '../errors.ts'
import type { Encoder } from '../functions/encoder.ts'
import { findFunctions } from '../functions/find.ts'
import { keepFunctions } from '../functions/keep.ts'
import { hungUp } from '../hung-up.ts'
import type { Parts } from '../parts.ts'
import { record } from '../store/audit.ts'
import {
  countByProject,
  type FunctionPlace,
  keepsCode,
  listPlaces,
  removePlaces,
  setKeepsCode,
} from '../store/functions.ts'

/** Of one request: more make one longer than its sender waits. */
const MOST_FUNCTIONS = 100
const MOST_REMOVED = 1000
const MOST_LISTED = 5000
/** Of one function, in characters: what is longer is a file, and its point would say little. */
const MOST_CODE = 50_000

const Project = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\p{Cc}]+$', examples: ['shop'] })
const Path = Type.String({ minLength: 1, maxLength: 1000, pattern: '^[^\\p{Cc}]+$' })
const Name = Type.String({ minLength: 1, maxLength: 500, pattern: '^[^\\p{Cc}]+$' })
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$', examples: ['0c1b'.repeat(16)] })
const Line = Type.Integer({ minimum: 1, maximum: 10_000_000 })
const EncoderName = Type.String({ minLength: 1, maxLength: 100, pattern: '^[\\w.:/-]+$' })
const Language = Type.Unsafe<CodeLanguage>({ type: 'string', enum: [...CODE_LANGUAGES] })
const Code = Type.String({ minLength: 1, maxLength: MOST_CODE })
const Vector = Type.Array(Type.Number(), {
  minItems: DIMENSIONS,
  maxItems: DIMENSIONS,
  description: `${DIMENSIONS} numbers of the encoder that is named`,
})
const How = Type.Unsafe<'index' | 'exact' | 'read'>({
  type: 'string',
  enum: ['index', 'exact', 'read'],
  description:
    'index: by an index, which may miss some; exact: all were compared; read: so, without pgvector',
})
const Place = Type.Object({
  project: Type.String(),
  path: Type.String(),
  name: Type.String(),
  line: Line,
  endLine: Line,
})
const Listed = Type.Object({ ...Place.properties, digest: Digest })

const PutBody = Type.Object(
  {
    project: Project,
    encoder: Type.Optional(EncoderName),
    functions: Type.Array(
      Type.Object(
        {
          path: Path,
          name: Name,
          line: Line,
          endLine: Line,
          language: Language,
          digest: Type.Optional(Digest),
          vector: Type.Optional(Vector),
          code: Type.Optional(Code),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: MOST_FUNCTIONS },
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        project: 'shop',
        functions: [
          {
            path: 'shop/cart.py',
            name: 'total',
            line: 1,
            endLine: 2,
            language: 'python',
            code: 'def total(prices):\n    return sum(prices)\n',
          },
        ],
      },
    ],
  },
)
const SearchBody = Type.Object(
  {
    words: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
    code: Type.Optional(Code),
    vector: Type.Optional(Vector),
    language: Type.Optional(Language),
    encoder: Type.Optional(EncoderName),
    project: Type.Optional(Project),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  { additionalProperties: false, examples: [{ words: 'add up the prices', limit: 5 }] },
)
const DeleteBody = Type.Object(
  {
    project: Project,
    places: Type.Optional(
      Type.Array(Type.Object({ path: Path, name: Type.Optional(Name) }, { additionalProperties: false }), {
        minItems: 1,
        maxItems: MOST_REMOVED,
        description: 'Files, or functions of them; absent: the whole project.',
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ project: 'shop', places: [{ path: 'shop/cart.py', name: 'total' }] }],
  },
)
const Settings = Type.Object(
  {
    keepsCode: Type.Boolean({
      description: 'Whether code is kept beside the points. Turned off, what was kept is gone.',
    }),
  },
  { additionalProperties: false, examples: [{ keepsCode: false }] },
)

export function addFunctionRoutes(
  app: App,
  { database, functions: { encoder, search }, config }: Pick<Parts, 'database' | 'functions' | 'config'>,
): void {
  const tags = ['functions']
  const most = config.functions.most
  const mustEncode = (): Encoder => {
    if (!encoder)
      throw new Refusal('unavailable', 'The table by which functions are compared is not installed here.')
    return encoder
  }

  app.put(
    '/api/v1/functions',
    {
      config: { access: 'functions' },
      schema: {
        tags,
        summary: 'Keep functions, up to a hundred at a time',
        description:
          'Each comes as numbers (`vector`, with the digest of its content), as `code`, which is read and not kept unless the team wants' +
          ' that, or as a digest alone: content that is known needs not be sent again; what is not known is in `missing`. A function that' +
          ' stands in the same place (project, path, name) as one before replaces it.',
        body: PutBody,
        response: {
          200: Type.Object({
            encoder: Type.String(),
            stored: Type.Integer(),
            missing: Type.Array(Digest),
            unreadable: Type.Array(Type.String()),
          }),
        },
      },
    },
    async (request, reply) => {
      request.units = request.body.functions.length
      const options = { database, encoder: mustEncode(), most }
      const { missing, unreadable, ...rest } = await keepFunctions(
        request.body,
        request.caller,
        options,
        hungUp(reply),
      )
      return { ...rest, missing: [...missing], unreadable: [...unreadable] }
    },
  )

  app.post(
    '/api/v1/functions/search',
    {
      config: { access: 'functions', changes: false },
      schema: {
        tags,
        summary: 'Find functions by words, by code that does the same, or by a point',
        description:
          'Words may be English or Spanish. With `code`, say its `language`; what is found may be in any.',
        body: SearchBody,
        response: {
          200: Type.Object({
            encoder: Type.String(),
            search: How,
            functions: Type.Array(
              Type.Object({
                similarity: Type.Number(),
                digest: Digest,
                language: Type.String(),
                code: Type.Union([Type.String(), Type.Null()]),
                places: Type.Array(Place),
              }),
            ),
          }),
        },
      },
    },
    async ({ body, caller }, reply) => {
      const found = await findFunctions(
        body,
        caller.tenant,
        { database, encoder: mustEncode(), search },
        hungUp(reply),
      )
      return { ...found, functions: found.functions.map(it => ({ ...it, places: [...it.places] })) }
    },
  )

  app.get(
    '/api/v1/functions',
    {
      config: { access: 'functions' },
      schema: {
        tags,
        summary: 'Which functions of a project are kept',
        description:
          'With the digests of their contents: who has the project compares, and sends what differs.',
        querystring: Type.Object(
          {
            project: Project,
            after: Type.Optional(Type.String({ maxLength: 4000, description: '`next` of the page before' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_LISTED })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ functions: Type.Array(Listed), next: Type.Union([Type.String(), Type.Null()]) }),
        },
      },
    },
    async ({ caller, query: { project, after, limit = 1000 } }) => {
      const last = after === undefined ? {} : { after: readCursor(after, project) }
      const functions = await database.asTenant(caller.tenant, session =>
        listPlaces(session, { project, ...last }, limit),
      )
      const next = functions.length < limit ? null : cursorOf(functions.at(-1)!)
      return { functions: [...functions], next }
    },
  )

  app.delete(
    '/api/v1/functions',
    {
      config: { access: 'functions' },
      schema: {
        tags,
        summary: 'Forget functions: of a project, of files, or single ones',
        body: DeleteBody,
        response: { 200: Type.Object({ removed: Type.Integer() }) },
      },
    },
    async ({ caller: { tenant, actor }, body: { project, places } }) => {
      const removed = await database.asTenant(tenant, async session => {
        const count = await removePlaces(session, project, places)
        const details = { functions: count, whole: places === undefined }
        await record(session, tenant, { actor, action: 'functions.delete', target: project, details })
        return count
      })
      return { removed }
    },
  )

  app.get(
    '/api/v1/functions/settings',
    {
      config: { access: 'functions' },
      schema: {
        tags,
        summary: 'What is kept, of which projects, and how it is searched',
        response: {
          200: Type.Object({
            keepsCode: Type.Boolean(),
            encoder: Type.Union([Type.String(), Type.Null()]),
            dimensions: Type.Integer(),
            search: How,
            projects: Type.Array(Type.Object({ project: Type.String(), functions: Type.Integer() })),
          }),
        },
      },
    },
    async ({ caller }) =>
      database.asTenant(caller.tenant, async session => ({
        keepsCode: await keepsCode(session),
        encoder: encoder?.name ?? null,
        dimensions: DIMENSIONS,
        search,
        projects: [...(await countByProject(session))],
      })),
  )

  app.put(
    '/api/v1/functions/settings',
    {
      config: { access: 'admin' },
      schema: {
        tags,
        summary: 'Whether the code of functions is kept',
        body: Settings,
        response: { 200: Settings },
      },
    },
    async ({ caller: { tenant, actor }, body: { keepsCode: keeps } }) => {
      await database.asTenant(tenant, async session => {
        await setKeepsCode(session, tenant, keeps)
        const details = { keepsCode: keeps }
        await record(session, tenant, { actor, action: 'functions.settings', target: tenant, details })
      })
      return { keepsCode: keeps }
    },
  )
}

function cursorOf({ path, name }: FunctionPlace): string {
  return Buffer.from(JSON.stringify([path, name])).toString('base64url')
}

function readCursor(text: string, project: string): FunctionPlace {
  try {
    const [path, name] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[]
    if (typeof path === 'string' && typeof name === 'string')
      return { project, path, name, line: 0, endLine: 0, digest: '' }
  } catch {}
  throw new Refusal('invalid', '`after` is not what was `next`.')
}
