// The property that training stands on: changing one token is what changing the text would have given.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bugKindOf, CHOICES, choicesOf, groupOf, VARIABLE_SITE } from '../../server/src/inference/choices.ts'
import { functionsOf } from '../../server/src/inference/function-tokens/functions.ts'
import { bindingFeature, STRUCTURE } from '../../server/src/inference/function-tokens/structure.ts'
import type { FunctionTokens } from '../../server/src/inference/function-tokens/tokens.ts'
import { resolveNames } from '../../server/src/semantics/resolve-names.ts'
import type { Grammar } from '../../server/src/syntax/language.ts'
import { testParser } from '../support/engine.ts'

const parser = await testParser()

const SOURCES: readonly { readonly grammar: Grammar; readonly text: string }[] = [
  {
    grammar: 'python',
    text: `
class Cart:
    async def total(self, items, rate=2, strict=False):
        count = 0
        for item in items:
            if not item.sold and item.price > rate or (strict and count >= 3):
                count += 1
                price = await self.price(item, count)
            elif item in self.gifts and strict is not None:
                price = 0
            rate = [x * rate for x in items if x]
        while not self.done(items):
            items = await fetch(rate)
        return count if strict else rate
    def price(self, thing, number): return thing % number
`,
  },
  {
    grammar: 'typescript',
    text: `
async function load(url: string, limit: number, retry = true) {
  const response = await fetch(url)
  if (!response.ok && retry === true) return load(url, limit - 1, false)
  for (let i = 0; i < limit; i++) { limit += i }
  const { body } = response
  return (!body || (limit & 1)) ? url : \`\${body}\${limit << 2}\`
}`,
  },
  {
    grammar: 'rust',
    text: `
async fn find(items: &[Item], wanted: usize, deep: bool) -> Option<usize> {
    let mut best = 0;
    let found = lookup(items, wanted).await?;
    for (index, item) in items.iter().enumerate() {
        if !item.is_empty() && index <= wanted || deep { best = index; }
        match found { Some(other) if !deep => return Some(other), _ => best *= 2 }
    }
    while best > 1 { best -= wanted; }
    if deep { Some(best) } else { println!("{}", wanted); None }
}`,
  },
]

for (const { grammar, text } of SOURCES)
  test(`a change of one token is a change of the text: ${grammar}`, () => {
    const tree = parser.parseOnce(text, grammar)!
    const functions = functionsOf(tree, resolveNames(tree))
    const kinds = new Set<string>()
    for (const tokens of functions)
      for (let token = 0; token < tokens.count; token++) {
        const site = tokens.site[token]!
        if (site === 0) continue
        kinds.add(bugKindOf(site))
        for (const change of changesAt(tokens, token, text, tree.grammar)) {
          const broken = parser.parseOnce(change.text, grammar)!
          const reread = functionsOf(broken, resolveNames(broken)).find(
            it => it.row === tokens.row || it.words[1] === tokens.words[1],
          )
          assert.ok(reread, change.text)
          assert.deepEqual(show(reread), show(change.tokens), change.text)
        }
      }
    assert.deepEqual([...kinds].sort(), ['await', 'literal', 'negation', 'operator', 'variable'])
  })

/** What each token says, with variables by name, because a change may number them in another order. */
function show(tokens: FunctionTokens): readonly string[] {
  return tokens.words.map((word, i) => {
    const structure = tokens.structure.slice(i * STRUCTURE.length, (i + 1) * STRUCTURE.length).join()
    const name = tokens.symbols[tokens.symbol[i]! - 1]?.name ?? ''
    return `${word} ${structure} ${name} ${tokens.site[i]} ${tokens.choice[i]} ${tokens.expected[i]} ${tokens.statement[i]}`
  })
}

interface Change {
  readonly text: string
  readonly tokens: FunctionTokens
}

function* changesAt(
  tokens: FunctionTokens,
  token: number,
  text: string,
  grammar: Grammar,
): Generator<Change> {
  const site = tokens.site[token]!
  const row = tokens.rows[token]!
  const tree = parser.parseOnce(text, grammar)!
  const start = tree.start[row]!
  const end = tree.end[row]!
  const put = (put: string) => text.slice(0, start) + put + text.slice(end)
  if (site === VARIABLE_SITE) {
    const own = tokens.symbols[tokens.symbol[token]! - 1]!
    for (const [i, it] of tokens.symbols.entries()) {
      if (!it.isVariable || it.name === own.name || it.from > token || it.until <= token) continue
      yield { text: put(it.name), tokens: withVariable(tokens, token, i + 1) }
    }
    return
  }
  const { from, to } = choicesOf(site)
  for (let choice = from; choice < to; choice++) {
    if (choice === tokens.choice[token]) continue
    yield {
      text: put(written(groupOf(site), CHOICES[choice]!, text.slice(start, end), grammar)),
      tokens: withChoice(tokens, token, choice),
    }
  }
}

function written(group: string, choice: string, was: string, grammar: Grammar): string {
  if (group === 'boolean')
    return grammar === 'python' ? (choice === '<true>' ? 'True' : 'False') : choice.slice(1, -1)
  if (group === 'logical' && grammar !== 'python') return choice === 'and' ? '&&' : '||'
  if (group === 'negation') {
    const not = grammar === 'python' ? 'not ' : '!'
    return choice === '<not>' ? not + was : was.slice(not.length)
  }
  if (group === 'await') {
    if (grammar === 'rust') return choice === '<await>' ? `${was}.await` : was.replace(/\.await$/, '')
    return choice === '<await>' ? `await ${was}` : was.replace(/^await /, '')
  }
  return choice
}

function withChoice(tokens: FunctionTokens, token: number, choice: number): FunctionTokens {
  const words = [...tokens.words]
  const choices = tokens.choice.slice()
  words[token] = CHOICES[choice]!
  choices[token] = choice
  return { ...tokens, words, choice: choices }
}

function withVariable(tokens: FunctionTokens, token: number, number: number): FunctionTokens {
  const words = [...tokens.words]
  const symbol = tokens.symbol.slice()
  const structure = tokens.structure.slice()
  const was = tokens.symbols[symbol[token]! - 1]!
  const now = tokens.symbols[number - 1]!
  words[token] = now.name
  symbol[token] = number
  structure[token * STRUCTURE.length + 8]! += bindingFeature(now.kind, 0) - bindingFeature(was.kind, 0)
  return { ...tokens, words, symbol, structure }
}
