// The names by which messages find those that wait for them: topics, queues, events of sockets and windows, tasks.

import type { TextParts } from './names.ts'

export const SYSTEMS = [
  'kafka',
  'redis',
  'rabbitmq',
  'nats',
  'bullmq',
  'socket',
  'tauri',
  'electron',
  /** Tasks by name: `send_task("app.tasks.clean")`, schedules. */
  'celery',
  /** Types of messages to groups, which are the names of methods. */
  'channels',
  /** Something is listened to, and nobody can tell where: it keeps rules quiet. */
  'unknown',
] as const
export type MessageSystem = (typeof SYSTEMS)[number]

export interface TopicRow {
  readonly system: MessageSystem
  readonly role: 'sends' | 'receives'
  /** Holes stand for what only the run knows. */
  readonly name: TextParts
}

export interface TopicRows {
  readonly topic: readonly TopicRow[]
}
