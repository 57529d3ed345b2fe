// Reads how many tokens an answer says it took, while it passes by: whole, or as events of a stream.

export interface TokenCount {
  readonly prompt: number
  readonly completion: number
}

/** Within a text the quotation marks would be escaped, so what is found is a key. The last one counts: streams may tell in between. */
const PROMPT = /(?<!\\)"prompt_tokens"\s*:\s*(\d{1,9})(?=\D)/g
const COMPLETION = /(?<!\\)"completion_tokens"\s*:\s*(\d{1,9})(?=\D)/g
/** Longer than any of them: one that is cut in two pieces is found in the next. */
const OVERLAP = 64

export class TokenReader {
  #before = ''
  #prompt = 0
  #completion = 0

  get tokens(): TokenCount {
    return { prompt: this.#prompt, completion: this.#completion }
  }

  read(piece: Uint8Array): void {
    // One byte is one character: what is looked for is ASCII, whatever is cut around it.
    const text = this.#before + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1')
    this.#prompt = lastIn(text, PROMPT) ?? this.#prompt
    this.#completion = lastIn(text, COMPLETION) ?? this.#completion
    this.#before = text.slice(-OVERLAP)
  }
}

function lastIn(text: string, pattern: RegExp): number | undefined {
  let last: number | undefined
  for (const it of text.matchAll(pattern)) last = Number(it[1])
  return last
}
