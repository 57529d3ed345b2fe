// Digests: names for content. Equal content has an equal digest; different content, for all purposes, a different one.

/** Hexadecimal. The host chooses the algorithm, so that the core runs where there is no Node. */
export type Digest = (content: string | Uint8Array) => string

/** A fast 32-bit number for text, where a rare collision does no harm. */
export function hash32(text: string, seed = 0x811c9dc5): number {
  let hash = seed
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
