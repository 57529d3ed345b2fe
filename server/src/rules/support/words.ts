// The words that a name is made of.

/** `accessTokenURL`, `access_token_url` and `access-token-url` are `access`, `token`, `url`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter(it => it !== '')
    .map(it => it.toLowerCase())
}

/** The word that says what a name is, behind those that say which: `token` in `access_token`. */
export function lastWord(name: string): string {
  return wordsOf(name).at(-1) ?? ''
}
