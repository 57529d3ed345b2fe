/** Angular makes values harmless before they become HTML or run as a script, unless it is told not to. */

import { argument, calleeName } from '../../semantics/calls.ts'
import { definitionOf } from '../../semantics/definitions.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

const SCRIPT = 'bypassSecurityTrustScript'

export default defineRule({
  id: 'security/bypassed-sanitizer',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  cwe: [79],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: ['bypassSecurityTrustHtml', SCRIPT],

  check: {
    *Call(node, file) {
      const value = argument(node, 0)
      if (!value || file.isTest || file.constant(value) || isCleaned(file, value)) return
      yield { at: value, data: { value: value.text.slice(0, 60), isScript: calleeName(node) === SCRIPT } }
    },
  },

  explain: {
    en: ({ value, isScript }) => ({
      message: isScript
        ? `Angular is told to trust \`${value}\` as a script`
        : `\`${value}\` becomes HTML and Angular is told not to clean it`,
      why: 'What anybody wrote into it, a name or a comment, can bring a script that runs in the browser of everybody who sees the page.',
      remedy: isScript
        ? 'Do not make scripts of values: put the script into the program, and hand it the value as data.'
        : 'Bind it as it is, so that Angular cleans it, or clean it first (`sanitizer.sanitize(SecurityContext.HTML, value)`, DOMPurify).',
    }),
    es: ({ value, isScript }) => ({
      message: isScript
        ? `Se le dice a Angular que confíe en \`${value}\` como script`
        : `\`${value}\` se convierte en HTML y se le dice a Angular que no lo limpie`,
      why: 'Lo que alguien haya escrito dentro, un nombre o un comentario, puede traer un script que se ejecuta en el navegador de todo el que vea la página.',
      remedy: isScript
        ? 'No hagas scripts con valores: lleva el script al programa y pásale el valor como dato.'
        : 'Enlázalo tal cual, para que Angular lo limpie, o límpialo antes (`sanitizer.sanitize(SecurityContext.HTML, value)`, DOMPurify).',
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
      ts`const script = sanitizer.bypassSecurityTrustScript(«route.snapshot.queryParams.q»)`,
    ],
    valid: [
      ts`const icon = sanitizer.bypassSecurityTrustHtml('<svg></svg>')`,
      // Only drawings are pictures that become HTML, and the cleaner would take them away.
      ts`this.captcha = this.sanitizer.bypassSecurityTrustHtml(answer.image)`,
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
  if (/saniti[sz]e|purify|escape|svg|icon/i.test(value.text) || PICTURE.test(value.text)) return true
  const binding = value.kind === 'Name' ? file.binding(value) : undefined
  for (const write of binding?.writes() ?? []) {
    const definition = definitionOf(write)
    if (definition?.kind === 'value' && /saniti[sz]e|purify|escape|<svg/i.test(definition.value?.text ?? ''))
      return true
  }
  return false
}

/** A name that ends so, and not in what people write about it: `image`, never `imageDescription`. */
const PICTURE =
  /(?:^|[._]|[a-z](?=[A-Z]))(?:[iI]mage|[cC]aptcha|[lL]ogo|[dD]iagram|[cC]hart|[dD]rawing|[qQ][rR]_?[cC]ode)$/
