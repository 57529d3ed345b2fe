// The little Markdown that explanations use, for a terminal.

import { type Output, paint } from '../terminal.ts'

export function markdownText(output: Output, markdown: string): string {
  let inCode = false
  const lines = markdown.split('\n').map(line => {
    if (/^\s*```/.test(line)) {
      inCode = !inCode
      return ''
    }
    if (inCode) return paint(output, 'cyan', `    ${line}`)
    const heading = /^#+ (.*)$/.exec(line)
    if (heading) return paint(output, 'bold', heading[1]!)
    return line
      .replace(/\*\*(.+?)\*\*/g, (_, text: string) => paint(output, 'bold', text))
      .replace(/`([^`]+)`/g, (_, text: string) =>
        output.hasColour ? paint(output, 'cyan', text) : `\`${text}\``,
      )
  })
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}
