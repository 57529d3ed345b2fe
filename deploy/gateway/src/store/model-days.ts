// How the models of a tenant did, a row for each day, model, engine and weights; nothing about what was asked.

import type { Session } from './database.ts'

export interface ModelCount {
  readonly model: string
  readonly engine: string
  /** Their digest; empty where the engine tells none. */
  readonly weights: string
  readonly requests: number
  readonly failures: number
  /** Answered out of memory. */
  readonly cached: number
  readonly rows: number
  readonly promptTokens: number
  readonly completionTokens: number
  /** Answers of the engine by how long they took; one longer than `BOUNDS_MS`. */
  readonly latency: readonly number[]
}

export interface ModelDay extends ModelCount {
  /** `2026-11-22`, in UTC. */
  readonly day: string
}

/** In milliseconds. Never edited: rows that were written would say something else. */
export const BOUNDS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000] as const

/** Adds to today's counts. */
export async function countModels(
  session: Session,
  tenant: string,
  counts: readonly ModelCount[],
): Promise<void> {
  for (const it of counts)
    await session.query(
      `INSERT INTO model_days (tenant_id, day, model, engine, weights, requests, failures, cached, row_count,
         prompt_tokens, completion_tokens, latency)
       VALUES ($1, (now() AT TIME ZONE 'UTC')::date, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (tenant_id, day, model, engine, weights) DO UPDATE SET
         requests = model_days.requests + excluded.requests,
         failures = model_days.failures + excluded.failures,
         cached = model_days.cached + excluded.cached,
         row_count = model_days.row_count + excluded.row_count,
         prompt_tokens = model_days.prompt_tokens + excluded.prompt_tokens,
         completion_tokens = model_days.completion_tokens + excluded.completion_tokens,
         latency = (SELECT array_agg(a + b ORDER BY i)
           FROM unnest(model_days.latency, excluded.latency) WITH ORDINALITY AS both_of (a, b, i))`,
      [
        ...[tenant, it.model, it.engine, it.weights, it.requests, it.failures, it.cached, it.rows],
        ...[it.promptTokens, it.completionTokens, it.latency],
      ],
    )
}

/** The oldest days first; of all models without a name. */
export function readModelDays(session: Session, days: number, model?: string): Promise<readonly ModelDay[]> {
  return session.query<ModelDay>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, model, engine, weights, requests, failures, cached,
       row_count::float8 AS rows, prompt_tokens::float8 AS "promptTokens",
       completion_tokens::float8 AS "completionTokens", latency
     FROM model_days WHERE day > (now() AT TIME ZONE 'UTC')::date - $1::integer AND ($2::text IS NULL OR model = $2)
     ORDER BY day, model, engine, weights`,
    [days, model ?? null],
  )
}
