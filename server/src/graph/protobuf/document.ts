// What a `.proto` file declares. Reading never fails: what is not understood is stepped over.

export interface ProtoDocument {
  readonly package: string
  readonly hasPublicImport: boolean
  readonly extensions: readonly string[]
  readonly types: readonly ProtoType[]
}

export interface Named {
  readonly name: string
  readonly start: number
  readonly end: number
}

export interface ProtoType extends Named {
  readonly kind: 'message' | 'enum' | 'service'
  readonly members: readonly ProtoMember[]
  /** Groups of fields of which one is given. */
  readonly oneofs: readonly string[]
}

export interface ProtoMember extends Named {
  /** Empty where there is no one value of one type: a list, a map, a stream. */
  readonly type: string
  readonly answer: string
}

export function readProto(text: string): ProtoDocument {
  return new ProtoReader(text).document()
}

interface Token {
  readonly text: string
  readonly start: number
}

const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|[\w.]+|[^\s\w]/g
const NAME = /^[A-Za-z_]\w*$/
const END: Token = { text: '', start: -1 }

class ProtoReader {
  readonly #tokens: readonly Token[]
  #at = 0
  #package = ''
  #hasPublicImport = false
  readonly #extensions: string[] = []
  readonly #types: ProtoType[] = []

  constructor(text: string) {
    this.#tokens = [...text.matchAll(TOKEN)]
      .map(it => ({ text: it[0], start: it.index }))
      .filter(it => !it.text.startsWith('//') && !it.text.startsWith('/*'))
  }

  document(): ProtoDocument {
    this.#body('', undefined)
    return {
      package: this.#package,
      hasPublicImport: this.#hasPublicImport,
      extensions: this.#extensions,
      types: this.#types,
    }
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? END
  }

  #skip(text: string): void {
    if (this.#next.text === text) this.#at++
  }

  #take(): Token {
    const token = this.#next
    this.#at++
    return token
  }

  /** All up to the brace that closes what is around; `members` takes the fields, where that has any. */
  #body(around: string, members: ProtoMember[] | undefined, oneofs: string[] = []): void {
    while (this.#next !== END) {
      const { text } = this.#next
      const after = this.#tokens[this.#at + 1]?.text ?? ''
      const isDeclaration = NAME.test(after) && this.#tokens[this.#at + 2]?.text === '{'
      if (text === '}') {
        this.#at++
        if (around !== '') return
      } else if (text === 'message' && isDeclaration) this.#message(around)
      else if (text === 'enum' && isDeclaration) this.#enum(around)
      else if (text === 'service' && isDeclaration) this.#service()
      else if (text === 'oneof' && isDeclaration) {
        oneofs.push(after)
        this.#at += 3
        this.#body(`${around}.`, members)
      } else if (text === 'extend' && this.#tokens[this.#at + 2]?.text === '{') {
        this.#at += 3
        const extensions: ProtoMember[] = []
        this.#body(`${around}.`, extensions)
        if (around === '') this.#extensions.push(...extensions.map(it => it.name))
      } else if (text === 'package' && !members) {
        this.#at++
        this.#package = this.#take().text
        this.#statement()
      } else {
        if (text === 'import' && after === 'public') this.#hasPublicImport = true
        const field = this.#statement()
        if (field) members?.push(field)
      }
    }
  }

  #message(around: string): void {
    this.#at++
    const name = this.#name(around)
    const members: ProtoMember[] = []
    this.#at++
    const oneofs: string[] = []
    this.#types.push({ ...name, kind: 'message', members, oneofs })
    this.#body(name.name, members, oneofs)
  }

  #enum(around: string): void {
    this.#at++
    const name = this.#name(around)
    this.#at++
    const members: ProtoMember[] = []
    while (this.#next !== END && this.#next.text !== '}') {
      const value = this.#next
      const isValue = NAME.test(value.text) && this.#tokens[this.#at + 1]?.text === '='
      if (isValue) members.push({ ...named(value), type: '', answer: '' })
      this.#statement()
    }
    this.#at++
    this.#types.push({ ...name, kind: 'enum', members, oneofs: [] })
  }

  /** `rpc Show (stream Order) returns (Orders) { … }` */
  #service(): void {
    this.#at++
    const name = this.#name('')
    this.#at++
    const members: ProtoMember[] = []
    while (this.#next !== END && this.#next.text !== '}') {
      if (this.#next.text === 'rpc') {
        this.#at++
        const method = named(this.#take())
        const type = this.#messageOf()
        this.#skip('returns')
        members.push({ ...method, type, answer: this.#messageOf() })
      }
      this.#statement()
    }
    this.#at++
    this.#types.push({ ...name, kind: 'service', members, oneofs: [] })
  }

  /** `(Order)`; empty for a stream. */
  #messageOf(): string {
    if (this.#next.text !== '(') return ''
    this.#at++
    let type = this.#take().text
    const isStream = type === 'stream' && NAME.test(this.#next.text.replace(/\./g, ''))
    if (isStream) type = this.#take().text
    this.#skip(')')
    return isStream ? '' : type
  }

  /** Up to its semicolon, or to the end of its braces. The field that it declares, when it declares one. */
  #statement(): ProtoMember | undefined {
    const first = this.#at
    let equals = -1
    let depth = 0
    for (; this.#next !== END; this.#at++) {
      const { text } = this.#next
      if (text === '=' && depth === 0 && equals === -1) equals = this.#at
      if (/^[{[(<]$/.test(text)) depth++
      // Brackets of other kinds are left open by whoever is typing.
      if (text === '}' && depth === 0) break
      if (/^[}\])>]$/.test(text) && --depth === 0 && text === '}') {
        this.#at++
        this.#skip(';')
        break
      }
      if (text === ';' && depth <= 0) {
        this.#at++
        break
      }
    }
    return equals > first ? this.#field(first, equals) : undefined
  }

  #field(first: number, equals: number): ProtoMember | undefined {
    const words = this.#tokens.slice(first, equals)
    const name = words.at(-1)!
    if (words.length < 2 || words[0]!.text === 'option' || !NAME.test(name.text)) return undefined
    const isMany = words.some(it => it.text === 'repeated' || it.text === '<')
    return { ...named(name), type: isMany ? '' : words.at(-2)!.text, answer: '' }
  }

  /** With what is around it. */
  #name(around: string): Named {
    const name = named(this.#take())
    return around === '' ? name : { ...name, name: `${around.replace(/\.+$/, '')}.${name.name}` }
  }
}

function named({ text, start }: Token): Named {
  return { name: text, start, end: start + text.length }
}
