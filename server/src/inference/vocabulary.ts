// Cuts words into the pieces that a model knows: whole subwords where they are common, else the longest pieces that fit.

/** The number of pieces that a token keeps; of longer ones the first and the last, which say most. */
export const PIECES = 5

/** Piece 0 stands for nothing. */
export class Vocabulary {
  readonly #numbers: ReadonlyMap<string, number>
  readonly #known = new Map<string, readonly number[]>()

  constructor(pieces: readonly string[]) {
    this.#numbers = new Map(pieces.map((it, i) => [it, i]))
  }

  /** At most `PIECES` numbers. */
  cut(word: string): readonly number[] {
    let found = this.#known.get(word)
    if (found === undefined) {
      found = this.#cut(word)
      // Names repeat; strings seldom do, and a long session sees many.
      if (this.#known.size > 50_000) this.#known.clear()
      this.#known.set(word, found)
    }
    return found
  }

  #cut(word: string): readonly number[] {
    const pieces = subwords(word).flatMap(it => this.#piecesOf(it))
    return pieces.length <= PIECES ? pieces : [...pieces.slice(0, PIECES - 2), ...pieces.slice(-2)]
  }

  #piecesOf(subword: string): number[] {
    const whole = this.#numbers.get(subword)
    if (whole !== undefined) return [whole]
    const pieces: number[] = []
    for (let at = 0; at < subword.length && pieces.length < PIECES; ) {
      let length = Math.min(LONGEST_PIECE, subword.length - at)
      let piece: number | undefined
      for (; length > 0; length--) {
        // Pieces of words are marked, so that `is` within `list` is not the word `is`.
        piece = this.#numbers.get(`#${subword.slice(at, at + length)}`)
        if (piece !== undefined) break
      }
      if (piece === undefined) at++
      else {
        pieces.push(piece)
        at += length
      }
    }
    return pieces
  }
}

export const LONGEST_PIECE = 6

/** `getHTTPStatus_code2` → get, http, status, code, 2. Structure words and operators stay whole. */
export function subwords(word: string): string[] {
  if (WHOLE.test(word)) return [word]
  return (word.match(SUBWORD) ?? []).slice(0, 12).map(it => it.toLowerCase())
}

const WHOLE = /^(?:<[a-z]+>|[^\p{L}\p{N}_$'"`]+|not in|is not)$/u
const SUBWORD = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}]+|\p{N}+/gu
