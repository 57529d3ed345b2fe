// Under which code a failure is counted and traced, whoever threw it: one of our own table, never a text.

import type { FastifyError } from 'fastify'
import { codeOfStatus, Refusal } from '../errors.ts'
import { HungUp } from '../hung-up.ts'

export function codeOf(error: FastifyError | Refusal | HungUp): string {
  if (error instanceof Refusal) return error.code
  return error instanceof HungUp ? 'hung-up' : codeOfStatus(error.statusCode ?? 500)
}
