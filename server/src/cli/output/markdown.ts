// The little Markdown that explanations use, for a terminal.

import { type Output, paint } from '../terminal.ts'

export function markdownText(output: Output, markdown: string): string {
  // Every second part is the inside of a fence.
  const parts = markdown.split(/^```\w*\n([\s\S]*?)^```$/m)
  const text = parts.map((it, i) => (i % 2 === 1 ? code(output, it) : prose(output, it))).join('')
  return `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`
}

function code(output: Output, text: string): string {
  return text.replace(/^.+$/gm, line => paint(output, 'cyan', `    ${line}`))
}

/** Asterisks inside of backquotes are code; emphasis may run over the end of a line. */
function prose(output: Output, text: string): string {
  const parts = text.split(/(`[^`]+`)/)
  return parts
    .map((it, i) => {
      if (i % 2 === 1) return output.hasColour ? paint(output, 'cyan', it.slice(1, -1)) : it
      return it
        .replace(/^#+ (.*)$/gm, (_, heading: string) => paint(output, 'bold', heading))
        .replace(/\*\*(.+?)\*\*/g, (_, strong: string) => paint(output, 'bold', strong))
        .replace(/(?<![*\w])\*([^*\s][^*]*)\*(?!\w)/g, (all, stressed: string) =>
          output.hasColour ? paint(output, 'underline', stressed) : all,
        )
    })
    .join('')
}
