// A file of sentences, `*.codeant`: one rule a line. Empty lines and what begins with `#` is for people.

export interface WrittenSentence {
  readonly text: string
  readonly start: number
  readonly end: number
}

export const RULE_FILE = /\.codeant$/
/** Of one file. More are no rules that anybody keeps in mind, and each is a question about every file. */
export const MOST_SENTENCES = 500

export function sentencesIn(text: string): readonly WrittenSentence[] {
  const sentences: WrittenSentence[] = []
  let start = 0
  for (const line of text.split('\n')) {
    // A list in Markdown is as good.
    const [, before = '', sentence = ''] = /^(\s*(?:[-*•]\s+|\d+[.)]\s+)?)(.*?)\s*$/.exec(line) ?? []
    if (sentence !== '' && !sentence.startsWith('#')) {
      const from = start + before.length
      sentences.push({ text: sentence, start: from, end: from + sentence.length })
    }
    start += line.length + 1
  }
  return sentences
}
