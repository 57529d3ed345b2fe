// `$A`, `$$OP`, `$_` and `$$$ARGS`: the holes in a pattern of this format.

export type Metavariable =
  /** `$A` stands for one node; `$$A` for a token too. */
  | { readonly what: 'one'; readonly name: string; readonly named: boolean }
  /** `$_`: the same without being remembered. */
  | { readonly what: 'any'; readonly named: boolean }
  /** `$$$ARGS` stands for any number of siblings; `$$$` without being remembered. */
  | { readonly what: 'many'; readonly name: string | undefined }

const NAME = /^[A-Z_][A-Z_0-9]*$/

/** What a node's whole text is as a hole; `sigil` is what `$` became so that the language reads it as a name. */
export function metavariableOf(text: string, sigil: string): Metavariable | undefined {
  if (!text.startsWith(sigil)) return undefined
  const bare = text.slice(sigil.length)
  const many = sigil + sigil
  if (bare.startsWith(many)) {
    const name = bare.slice(many.length)
    if (!/^[A-Z_0-9]*$/.test(name)) return undefined
    return { what: 'many', name: name === '' || name.startsWith('_') ? undefined : name }
  }
  const named = !bare.startsWith(sigil)
  const name = named ? bare : bare.slice(sigil.length)
  if (!NAME.test(name)) return undefined
  return name.startsWith('_') ? { what: 'any', named } : { what: 'one', name, named }
}

/** The pattern as its language can read it: `$` is no letter everywhere, so holes begin with one that is. */
export function withSigil(pattern: string, sigil: string): string {
  if (sigil === '$') return pattern
  return pattern.replace(/(\$+)([A-Z_])?/g, (all, dollars: string, letter = '') =>
    letter || dollars.length === 3 ? sigil.repeat(dollars.length) + letter : all,
  )
}
