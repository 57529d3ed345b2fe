// Words of names, brought to one form: what four languages and many authors abbreviate and inflect differently.

/** `parseHTTPHeaders2` and `parse_http_headers_2` are `parse`, `http`, `headers`. Digits say nothing by themselves. */
export function wordsOf(name: string): string[] {
  const words: string[] = []
  for (const [run] of name.matchAll(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+/gu))
    words.push(run.toLowerCase())
  return words
}

/** One word in the form under which vectors know it. */
export function normalWord(word: string): string {
  const written = LONG_FORM.get(word)
  if (written) return written
  const stem = stemOf(word)
  return LONG_FORM.get(stem) ?? stem
}

/** Endings of number and tense. Coarse, but the same for all: two forms need to meet, not to be English. */
function stemOf(word: string): string {
  if (word.length <= 3 || STEM_KEPT.has(word)) return word
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2)
  if (word.endsWith('s') && !/(ss|us|is)$/.test(word)) return stemOf(word.slice(0, -1))
  if (word.endsWith('ing') && word.length > 5) return undoubled(word.slice(0, -3))
  if (word.endsWith('ed') && word.length > 4 && !word.endsWith('eed')) return undoubled(word.slice(0, -2))
  return word.length > 4 && word.endsWith('e') ? word.slice(0, -1) : word
}

/** `swapp` is `swap`, but `call` stays. */
function undoubled(stem: string): string {
  return /([bdgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem
}

const STEM_KEPT: ReadonlySet<string> = new Set(['string', 'embed', 'thing', 'shed', 'bring', 'spring'])

/** What programmers shorten, and what one language or author calls otherwise than the next. */
const LONG_FORM: ReadonlyMap<string, string> = new Map(
  Object.entries({
    array: 'arr list lst vec vector collection',
    number: 'num nbr',
    string: 'str',
    index: 'idx indexes indices ind',
    value: 'val',
    result: 'res ret output answer ans',
    count: 'cnt counter',
    length: 'len size',
    previous: 'prev',
    current: 'cur curr',
    temporary: 'tmp temp',
    message: 'msg',
    error: 'err exception exc',
    function: 'fn func callback cb',
    object: 'obj',
    map: 'dict dictionary hashmap',
    source: 'src',
    destination: 'dst dest',
    position: 'pos',
    maximum: 'max maximal largest biggest greatest',
    minimum: 'min minimal smallest lowest',
    matrix: 'mat matrices',
    neighbor: 'adj adjacent adjacency neighbour',
    pointer: 'ptr',
    button: 'btn',
    config: 'cfg conf configuration',
    context: 'ctx',
    request: 'req',
    response: 'resp',
    character: 'char chr letter',
    element: 'elem el elt item itm',
    parameter: 'param',
    argument: 'arg argv',
    directory: 'dir folder',
    command: 'cmd',
    environment: 'env',
    address: 'addr',
    attribute: 'attr',
    average: 'avg mean',
    boolean: 'bool',
    database: 'db',
    document: 'doc',
    expression: 'expr',
    identifier: 'id ident',
    initial: 'init initialize initialise initialization',
    integer: 'int',
    iterator: 'iter',
    left: 'lhs',
    right: 'rhs',
    node: 'vertex vertices',
    original: 'orig',
    password: 'pwd passwd',
    package: 'pkg',
    column: 'col',
    property: 'prop',
    reference: 'ref',
    regex: 'regexp',
    repository: 'repo',
    sequence: 'seq',
    statement: 'stmt',
    symbol: 'sym',
    target: 'tgt',
    variable: 'var',
    version: 'ver',
    window: 'win',
    distance: 'dist',
    difference: 'diff',
    coefficient: 'coeff coef',
    factorial: 'fact',
    frequency: 'freq',
    permutation: 'perm',
    combination: 'comb',
    compute: 'calc calculate calculation computation',
    create: 'make build construct',
    delete: 'del remove',
    multiply: 'mul mult multiplication',
    subtract: 'sub subtraction',
    divide: 'div division',
    binary: 'bin',
    decimal: 'dec',
    hexadecimal: 'hex',
    encode: 'encoder encrypt encipher encryption encoding',
    decode: 'decoder decrypt decipher decryption decoding',
    sum: 'total',
    visited: 'vis visit',
    authenticate: 'auth authentication',
    parenthesis: 'paren parentheses bracket',
  }).flatMap(([long, shorts]) =>
    [long, ...shorts.split(' ')].flatMap(it => [it, stemOf(it)].map(form => [form, stemOf(long)] as const)),
  ),
)
