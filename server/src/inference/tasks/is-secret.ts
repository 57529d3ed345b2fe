// Whether a text in the code is a credential, asked of the small model in `models/secrets`.

import type { ModelTask, Tensors } from '../task.ts'
import { row } from '../task.ts'

export interface SecretInput {
  /** What the text is given to: a variable, a key, a parameter, a function. */
  readonly name: string
  /** What stands between the quotes, as it is written. */
  readonly value: string
  readonly context: SecretContext
}

export interface SecretContext {
  /** The code in front of the text, the opening quote included; blanks and ends of lines are one blank. */
  readonly before: string
  /** The code behind it, from the closing quote on. */
  readonly after: string
}

/** `probability` is calibrated on validation material in which every second text is a credential. */
export interface SecretAnswer {
  readonly probability: number
}

export const isSecret: ModelTask<SecretInput, SecretAnswer> = {
  id: 'is-secret',
  version: 1,
  model: 'secrets',
  batch: 1,
  key: input => JSON.stringify([...fieldsOf(input), ...measuresOf(input.value)]),
  cost: () => LENGTH,
  encode,
  decode,
}

/** The question about the literal at `start..end` of a document; `name` is what the finding says it is given to. */
export function secretInput(text: string, start: number, end: number, name: string): SecretInput {
  const literal = text.slice(start, end)
  const opening = /^[A-Za-z]{0,3}#{0,3}(?:"""|'''|["'`])/.exec(literal)?.[0] ?? ''
  const closing = opening.replace(/^[A-Za-z]*/, '')
  const isQuoted = opening !== '' && literal.length >= opening.length + closing.length
  return {
    name,
    value: isQuoted ? literal.slice(opening.length, literal.length - closing.length) : literal,
    context: {
      before: squeezed(text.slice(Math.max(0, start - REACH), start) + (isQuoted ? opening : '')).slice(
        -BEFORE,
      ),
      after: squeezed((isQuoted ? literal.slice(-closing.length) : '') + text.slice(end, end + REACH)).slice(
        0,
        AFTER,
      ),
    },
  }
}

// The lengths of what the model reads; `models/secrets/model.json` repeats them for others.
const NAME = 24
const VALUE_HEAD = 48
const VALUE_TAIL = 16
const BEFORE = 40
const AFTER = 24
export const LENGTH = NAME + VALUE_HEAD + VALUE_TAIL + BEFORE + AFTER
export const MEASURES = 8
/** Indented code has many blanks, which are squeezed before it is cut. */
const REACH = 160

/** 0 is nothing, 1 is a character that is not on the list; the others follow their order here. */
export const ALPHABET =
  ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~'

export function encode(inputs: readonly SecretInput[]): Tensors {
  const characters = new Int32Array(inputs.length * LENGTH)
  const measures = new Int32Array(inputs.length * MEASURES)
  inputs.forEach((input, index) => {
    const [name, head, tail, before, after] = fieldsOf(input)
    let at = index * LENGTH
    // Ends are what matters of a name and of what stands before: they lie at the same place whatever their length.
    at = put(characters, name, at + NAME - name.length, name.length)
    at = put(characters, head, at, VALUE_HEAD)
    at = put(characters, tail, at + VALUE_TAIL - tail.length, tail.length)
    at = put(characters, before, at + BEFORE - before.length, before.length)
    put(characters, after, at, AFTER)
    measures.set(measuresOf(input.value), index * MEASURES)
  })
  return {
    characters: { type: 'int32', dims: [inputs.length, LENGTH], data: characters },
    measures: { type: 'int32', dims: [inputs.length, MEASURES], data: measures },
  }
}

export function decode(outputs: Tensors, index: number): SecretAnswer {
  return { probability: 1 / (1 + Math.exp(-row(outputs.logit!, index)[0]!)) }
}

function fieldsOf({ name, value, context }: SecretInput) {
  const head = value.slice(0, VALUE_HEAD)
  const tail = value.slice(VALUE_HEAD).slice(-VALUE_TAIL)
  return [
    name.slice(-NAME),
    head,
    tail,
    context.before.slice(-BEFORE),
    context.after.slice(0, AFTER),
  ] as const
}

/** What characters alone hardly tell, in thousandths: length, bits a character, shares of letters, digits, signs, and turns. */
function measuresOf(value: string): number[] {
  const counts = new Map<string, number>()
  const kinds = [0, 0, 0, 0]
  let turns = 0
  let last = -1
  for (let i = 0; i < value.length; i++) {
    const it = value[i]!
    counts.set(it, (counts.get(it) ?? 0) + 1)
    const kind = it >= 'a' && it <= 'z' ? 0 : it >= 'A' && it <= 'Z' ? 1 : it >= '0' && it <= '9' ? 2 : 3
    kinds[kind]!++
    if (kind !== last) turns++
    last = kind
  }
  const length = value.length || 1
  let bits = 0
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length)
  return [
    Math.min(value.length, 512) / 128,
    bits / 6,
    ...kinds.map(it => it / length),
    turns / length,
    counts.size / 64,
  ].map(it => Math.round(it * 1000))
}

function put(into: Int32Array, text: string, at: number, room: number): number {
  for (let i = 0; i < text.length; i++) into[at + i] = NUMBERS.get(text[i]!) ?? 1
  return at + room
}

const NUMBERS = new Map([...ALPHABET].map((it, index) => [it, index + 2]))

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ')
}
