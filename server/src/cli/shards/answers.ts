// What the files of a part say by themselves, kept until all of their project were read: a line for each file.

import { relative, sep } from 'node:path'
import type { ScanAnswer } from '../../features/scan/scan-file.ts'
import type { Terminal } from '../terminal.ts'
import { absolute } from '../workspace.ts'

export function answerLine(answer: ScanAnswer, { cwd }: Pick<Terminal, 'cwd'>): string {
  const { fresh: _, ...rest } = answer
  const file = relative(cwd, answer.file).split(sep).join('/')
  return `${JSON.stringify({ ...rest, file })}\n`
}

/** Undefined when this is not the whole of as many files. */
export function readAnswers(text: string, files: number, terminal: Terminal): ScanAnswer[] | undefined {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.length !== files) return undefined
  try {
    return lines.map(line => {
      const answer = JSON.parse(line) as ScanAnswer
      const { likelihoods } = answer.result
      return {
        ...answer,
        file: absolute(terminal, answer.file),
        result: {
          ...answer.result,
          // JSON has no word for what nobody knows but this one.
          ...(likelihoods && { likelihoods: likelihoods.map(it => it ?? undefined) }),
        },
      }
    })
  } catch {
    return undefined
  }
}
