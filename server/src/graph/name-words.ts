// Names of code as words, so that `MAX_UPLOAD_SIZE` and `maxUploadSize` are the same name.

/** In lower case. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(it => it !== '')
}

/**
 * A name of a constant that two files hardly give to different things: three words, or two of which none is said of everything.
 * `PAGE_SIZE` and `DEFAULT_BASE_URL` are not.
 */
export function isSpecific(words: readonly string[]): boolean {
  const own = words.filter(it => !OF_EVERYTHING.has(it)).length
  return own >= 2 || (own === 1 && words.length >= 3)
}

/** `USERNAME_RE`, `slugPattern`: what stands before is what the pattern is of. */
export function isOfPattern(name: string): boolean {
  return /(?:_RE|_REGEX|_REGEXP|_PATTERN|[a-z](?:Re|Regex|RegExp|Regexp|Pattern))$/.test(name)
}

const OF_EVERYTHING = new Set(
  `a all allowed an api app args attempts base batch buffer bytes cache char chars chunk class client code color concurrency
  config connect connection content count current data date db debug default defaults delay dir directory duration empty
  enabled end endpoint env error errors expiry field fields file files first folder font format get global grid header headers
  height host hours http https id ids in index init initial input interval is item items key keys label last length level limit
  limits list log logger main max maximum message messages min mins minimum minutes mode ms name names new num number of offset
  old on options out output page pages param params parse path paths pattern per poll polling pool port prefix query queue rate
  re read regex request response result retries retry root row rows schema sec seconds secret separator server set size socket
  start state status step str string suffix table tag template test text threshold time timeout timestamp title to token total
  ttl type types uri url urls use user value values version wait width window worker workers write`.split(
    /\s+/,
  ),
)
