// A little colour for texts that are being written: enough to find one's way, by looking at words alone.

export interface Stretch {
  readonly start: number
  readonly end: number
  readonly style: string
}

/** More is shown without colour: it is coloured anew with every key. */
const MOST_COLOURED = 60_000

export function coloursOf(text: string, path: string): Stretch[] {
  if (text.length > MOST_COLOURED) return []
  return [...text.matchAll(wordsOf(path))].flatMap(match => {
    const named = Object.entries(match.groups ?? {}).find(([, it]) => it !== undefined)
    if (!named) return []
    const [style, word] = named
    const start = match.index + match[0].lastIndexOf(word!)
    return [{ start, end: start + word!.length, style }]
  })
}

function wordsOf(path: string): RegExp {
  if (/\.ya?ml$/i.test(path)) return YAML
  return /\.(?:py|pyi|sh|tf|hcl|toml)$|file$/i.test(path) ? HASHED : SLASHED
}

const STRING = /(?<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/.source
const NUMBER = /(?<number>\b\d[\w.]*\b)/.source
const CALL = /(?<call>\b[A-Za-z_]\w*(?=\())/.source
const KEYWORD =
  /(?<keyword>\b(?:and|as|assert|async|await|break|case|catch|class|const|continue|def|default|del|do|elif|else|enum|except|export|extends|finally|fn|for|from|func|function|global|if|impl|import|in|interface|is|lambda|let|loop|match|mod|mut|new|not|of|or|package|pass|private|pub|public|raise|return|self|static|struct|super|switch|this|throw|trait|try|type|use|var|void|where|while|with|yield|true|false|True|False|null|None|undefined)\b)/
    .source

const YAML = new RegExp(
  [
    /(?<comment>(?<=^|\s)#.*$)/.source,
    /^[ \t]*(?:- +)*(?<key>[\w-]+)(?=:(?:\s|$))/.source,
    STRING,
    /(?<hole>\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*|\$\$\$?[A-Z_]*|\.\.\.)/.source,
  ].join('|'),
  'gm',
)
const HASHED = new RegExp(
  [
    /(?<comment>#.*$)/.source,
    /(?<text>"""[\s\S]*?"""|'''[\s\S]*?''')/.source,
    STRING,
    NUMBER,
    KEYWORD,
    CALL,
  ].join('|'),
  'gm',
)
const SLASHED = new RegExp(
  [
    /(?<comment>\/\/.*$|\/\*[\s\S]*?\*\/)/.source,
    /(?<text>`(?:\\.|[^`\\])*`)/.source,
    STRING,
    NUMBER,
    KEYWORD,
    CALL,
  ].join('|'),
  'gm',
)
