// What a caller may be allowed to do. A route names one; a key, a token or a role holds some.

export const SCOPES = [
  'infer',
  'chat',
  'analyze',
  'functions',
  'usage',
  'keys',
  'team',
  'audit',
  'admin',
] as const
export type Scope = (typeof SCOPES)[number]

/** `admin` is every scope of its own tenant. */
export function allows(held: readonly Scope[], wanted: Scope): boolean {
  return held.includes(wanted) || held.includes('admin')
}

export function isScope(text: string): text is Scope {
  return (SCOPES as readonly string[]).includes(text)
}
