/** Angular makes values harmless before they become HTML, unless it is told not to. */

import { argument } from '../../semantics/calls.ts'
import { definitionOf } from '../../semantics/definitions.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/bypassed-sanitizer',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  cwe: [79],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: ['bypassSecurityTrustHtml', 'bypassSecurityTrustScript'],

  check: {
    *Call(node, file) {
      const value = argument(node, 0)
      if (!value || file.isTest || file.constant(value) || isCleaned(file, value)) return
      yield { at: value, data: { value: value.text.slice(0, 60) } }
    },
  },

  explain: {
    en: ({ value }) => ({
      message: `\`${value}\` becomes HTML and Angular is told not to clean it`,
      why: 'What anybody wrote into it, a name or a comment, can bring a script that runs in the browser of everybody who sees the page.',
      remedy:
        'Bind it as it is, so that Angular cleans it, or clean it first (`sanitizer.sanitize(SecurityContext.HTML, value)`, DOMPurify).',
    }),
    es: ({ value }) => ({
      message: `\`${value}\` se convierte en HTML y se le dice a Angular que no lo limpie`,
      why: 'Lo que alguien haya escrito dentro, un nombre o un comentario, puede traer un script que se ejecuta en el navegador de todo el que vea la página.',
      remedy:
        'Enlázalo tal cual, para que Angular lo limpie, o límpialo antes (`sanitizer.sanitize(SecurityContext.HTML, value)`, DOMPurify).',
    }),
  },

  examples: {
    invalid: [
      ts`
        class Comments {
          constructor(private sanitizer: DomSanitizer) {}
          show(comment: Comment) { this.text = this.sanitizer.bypassSecurityTrustHtml(«comment.text») }
        }
      `,
      ts`const title = sanitizer.bypassSecurityTrustHtml(«\`<b>\${user.name}</b>\`»)`,
      js`scope.html = sanitizer.bypassSecurityTrustHtml(«route.params.q»)`,
    ],
    valid: [
      ts`const icon = sanitizer.bypassSecurityTrustHtml('<svg></svg>')`,
      ts`const text = sanitizer.bypassSecurityTrustHtml(DOMPurify.sanitize(comment.text))`,
      js`
        const clean = purify.sanitize(comment)
        scope.html = sanitizer.bypassSecurityTrustHtml(clean)
      `,
    ],
  },
})

/** Somebody made it harmless, or it is a drawing of the program's own. */
function isCleaned(file: SourceFile, value: SyntaxNode): boolean {
  if (/saniti[sz]e|purify|escape|svg|icon/i.test(value.text)) return true
  const binding = value.kind === 'Name' ? file.binding(value) : undefined
  for (const write of binding?.writes() ?? []) {
    const definition = definitionOf(write)
    if (definition?.kind === 'value' && /saniti[sz]e|purify|escape|<svg/i.test(definition.value?.text ?? ''))
      return true
  }
  return false
}
