// Status codes as Python writes them: `404`, `status.HTTP_404_NOT_FOUND`, `HTTPStatus.NOT_FOUND`.

import { argument, calleeName } from '../../../semantics/calls.ts'
import type { SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'

const BY_NAME: Readonly<Record<string, number>> = {
  OK: 200,
  CREATED: 201,
  ACCEPTED: 202,
  NO_CONTENT: 204,
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  GONE: 410,
  UNPROCESSABLE_ENTITY: 422,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
}

export function statusIn(file: SourceFile, node: SyntaxNode): number | undefined {
  const constant = file.constant(node)
  if (constant?.kind === 'number') return isStatus(constant.value) ? constant.value : undefined
  if (node.kind !== 'Member') return undefined
  const name = node.child('property')?.name ?? ''
  const number = /^HTTP_(\d{3})_/.exec(name)?.[1]
  if (number) return Number(number)
  if (name === 'value') return statusIn(file, node.child('object')!)
  return /\bHTTPStatus$/.test(node.child('object')?.text ?? '') ? BY_NAME[name] : undefined
}

/** What a function is seen to raise: `HTTPException(404)`, `abort(404)`. */
export function raisedStatuses(file: SourceFile, fn: SyntaxNode): number[] {
  const found = new Set<number>()
  for (const call of fn.descendants('Call')) {
    const name = calleeName(call)
    if (!/^(\w*HTTP\w*(Exception|Error)|abort)$/.test(name)) continue
    const given = argument(call, 0, 'status_code')
    const status = given && statusIn(file, given)
    if (status !== undefined) found.add(status)
  }
  return [...found]
}

function isStatus(value: number): boolean {
  return Number.isInteger(value) && value >= 100 && value < 600
}
