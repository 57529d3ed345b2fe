/** Text that becomes HTML unescaped can bring its own tags, and with them its own scripts. */

import { argument, calleeName, receiver } from '../../semantics/calls.ts'
import { excerpt } from '../../semantics/excerpt.ts'
import { calledName } from '../../semantics/full-name.ts'
import type { SourceFile } from '../../semantics/source-file.ts'
import { isHarmlessInHtml } from '../../semantics/taint/html.ts'
import {
  assignedHtml,
  attributeHtml,
  MARKUP,
  routeHtml,
  writtenHtml,
} from '../../semantics/taint/sinks/html.ts'
import {
  type Source,
  sourceText,
  untrusted,
  untrustedHole,
  type Wanted,
} from '../../semantics/taint/untrusted.ts'
import { isHole, isPutTogether, type Piece, textsOf } from '../../semantics/text-pieces.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { TextEdit } from '../../text/document.ts'
import { between } from '../edit.ts'
import { fixes, js, jsx, py, ts, tsx } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/html-injection',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [79],
  concept: 'injection',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: [
    ...['insertAdjacentHTML', 'write', 'writeln', 'createContextualFragment', 'html', 'send', 'end'],
    ...[
      'Markup',
      'mark_safe',
      'SafeString',
      'SafeText',
      'HttpResponse',
      'HttpResponseBadRequest',
      'HttpResponseNotFound',
      'HttpResponseForbidden',
      'HttpResponseServerError',
      'make_response',
      'HTMLResponse',
      'Response',
    ],
  ],

  check: {
    Call(node, file) {
      if (file.isTest) return undefined
      return file.language === 'python' ? pythonCall(node, file) : scriptCall(node, file)
    },
    Assignment(node, file) {
      return file.language === 'python' ? undefined : elementAssignment(node, file)
    },
    AugmentedAssignment(node, file) {
      return file.language === 'python' ? undefined : elementAssignment(node, file)
    },
    JsxAttribute(node, file) {
      const html = attributeHtml(file, node)
      return html && fromOutside(html, file, IN_PAGE)
    },
    Return(node, file) {
      const html = file.isTest ? undefined : routeHtml(file, node)
      return html && response(html, file, true)
    },
  },

  explain: {
    en: ({ value, isStranger }) => ({
      message: `\`${value}\` becomes HTML without being escaped`,
      why: isStranger
        ? 'A `<script>` or an `onerror=` in it runs in the browser of whoever follows a prepared link, in their name.'
        : 'A `<script>` or an `onerror=` in it runs in the browser of everybody who sees the page, in their name.',
      remedy: 'Set text as text, let the template escape it, or escape the value where it is put in.',
      fix: 'Put the value in by way of the markup, which escapes it',
    }),
    es: ({ value, isStranger }) => ({
      message: `\`${value}\` se convierte en HTML sin escaparse`,
      why: isStranger
        ? 'Un `<script>` o un `onerror=` dentro se ejecuta en el navegador de quien siga un enlace preparado, y en su nombre.'
        : 'Un `<script>` o un `onerror=` dentro se ejecuta en el navegador de todo el que vea la página, y en su nombre.',
      remedy:
        'Trata el texto como texto, deja que la plantilla lo escape o escapa el valor donde lo insertas.',
      fix: 'Insertar el valor a través del marcado, que lo escapa',
    }),
  },

  examples: {
    invalid: [
      py`
        from markupsafe import Markup
        def link(name):
            return Markup(«f"<b>{name}</b>"»)
      `,
      fixes(
        py`
        from markupsafe import Markup
        def link(name):
            return Markup(«"<b>%s</b>" % name»)
      `,
        py`
        from markupsafe import Markup
        def link(name):
            return Markup("<b>%s</b>") % name
      `,
      ),
      fixes(
        py`
        from flask import Markup
        def link(user):
            return Markup(«"<b>{}</b>".format(user.name)»)
      `,
        py`
        from flask import Markup
        def link(user):
            return Markup("<b>{}</b>").format(user.name)
      `,
      ),
      py`
        from django.utils.safestring import mark_safe
        class BookAdmin(ModelAdmin):
            def cover(self, book):
                return mark_safe(«'<img src="%s" alt="%s">' % (book.cover.url, book.title)»)
      `,
      py`
        from flask import request
        @app.route("/hello")
        def hello():
            return «f"<h1>Hello {request.args['name']}</h1>"»
      `,
      py`
        from django.http import HttpResponse
        def search(request):
            return HttpResponse(«"<p>Nothing found for " + request.GET["q"]»)
      `,
      py`
        from django.http import HttpResponse, HttpResponseBadRequest
        def search(request):
            if "q" not in request.GET:
                return HttpResponseBadRequest(«"Unknown: " + request.GET["other"]»)
            return HttpResponse(«"Nothing found for {}".format(request.GET["q"])»)
      `,
      py`
        from pyramid.response import Response
        def search(request):
            return Response(«"<p>Nothing found for %s</p>" % request.params["q"]»)
      `,
      js`
        const name = new URLSearchParams(location.search).get('name')
        document.getElementById('greeting').innerHTML = «'Hello ' + name»
      `,
      js`document.write(«'<p>' + decodeURIComponent(location.hash.slice(1)) + '</p>'»)`,
      js`app.get('/', (req, res) => res.send(«\`<h1>\${req.query.name}</h1>\`»))`,
      js`window.addEventListener('message', event => { box.insertAdjacentHTML('beforeend', «event.data.html») })`,
      js`angular.element('#title').html(«decodeURIComponent(location.hash)»)`,
      js`$('#title').html(«new URL(location.href).searchParams.get('title')»)`,
      ts`
        window.onload = () => {
          const { hash } = window.location
          panel.innerHTML += «decodeURI(hash)»
        }
      `,
      tsx`
        import { useSearchParams } from 'next/navigation'
        export const Note = () => {
          const params = useSearchParams()
          return <p dangerouslySetInnerHTML={{ __html: «params.get('note')» }} />
        }
      `,
      jsx`
        const message = new URLSearchParams(window.location.search).get('message')
        const Note = () => <p dangerouslySetInnerHTML={{ __html: «message» }} />
      `,
    ],
    valid: [
      py`
        from django.http import HttpResponse
        def echo(request):
            if request.GET.get("text"):
                return HttpResponse("Got " + request.GET["text"], content_type="text/plain")
            return HttpResponse(request.body)
      `,
      js`const version = location.pathname.split('/')[1]; banner.innerHTML = '<b>' + version + '</b>'`,
      py`
        from markupsafe import Markup
        def link(name):
            return Markup("<b>%s</b>") % name
      `,
      py`
        from markupsafe import Markup, escape
        def link(name, count: int):
            return Markup(f"<b>{escape(name)}</b> {count} {len(name)}")
      `,
      py`
        from django.utils.html import format_html
        from django.utils.safestring import mark_safe
        def link(name, rows_html):
            return mark_safe("<ul>" + rows_html + "</ul>") + format_html("<b>{}</b>", name)
      `,
      py`
        from django.utils.safestring import mark_safe
        def icon(kind):
            return mark_safe(ICONS[kind])
      `,
      py`
        from flask import request
        @app.route("/hello")
        def hello():
            return {"name": f"<{request.args['name']}>"}
      `,
      py`
        from flask import request
        def title():
            return f"<{request.args['name']}>"
      `,
      js`element.textContent = new URLSearchParams(location.search).get('name')`,
      js`element.innerHTML = '<b>fixed</b>'`,
      js`element.innerHTML = DOMPurify.sanitize(location.hash)`,
      js`element.innerHTML = \`<a href="\${encodeURIComponent(location.search)}">\``,
      js`app.get('/', (req, res) => res.send(req.body))`,
      js`app.get('/', (req, res) => { res.type('text/plain'); res.send(\`<\${req.query.name}>\`) })`,
      js`window.addEventListener('message', event => { if (event.origin === HOME) box.innerHTML = event.data })`,
      ts`export function show(element: HTMLElement, html: string) { element.innerHTML = \`<b>\${html}</b>\` }`,
      jsx`const Note = ({ html }) => <p dangerouslySetInnerHTML={{ __html: html }} />`,
    ],
  },
})

/** A stranger cannot choose the cookies that somebody else's browser has, and the browser escapes the path itself. */
const IN_PAGE: Wanted = { origins: ['page', 'request'], except: ['cookies', 'path'] }
const IN_ANSWER: Wanted = { origins: ['request'], except: ['cookies', 'headers'] }

function* fromOutside(html: SyntaxNode, file: SourceFile, wanted: Wanted) {
  if (file.constant(html)) return
  const source = untrusted(file, html, wanted)
  if (source) yield finding(html, source)
}

function finding(html: SyntaxNode, source: Source) {
  return {
    at: html,
    data: { value: sourceText(source), isStranger: true },
    ...(html.contains(source.at) ? {} : { related: [source.at] }),
  }
}

// ---- JavaScript ---------------------------------------------------------------------------------------------------

function elementAssignment(node: SyntaxNode, file: SourceFile) {
  const html = assignedHtml(node)
  return html && fromOutside(html, file, IN_PAGE)
}

function scriptCall(call: SyntaxNode, file: SourceFile) {
  const html = writtenHtml(file, call)
  if (html) return fromOutside(html, file, IN_PAGE)
  const first = argument(call, 0)
  if (!first || !/^(write|writeln|send|end)$/.test(calleeName(call))) return undefined
  let object = receiver(call)
  if (object?.kind === 'Call' && calleeName(object) === 'status') object = receiver(object)
  return /^_?(res|response|reply)$/.test(object?.name ?? '') ? answer(call, first, file) : undefined
}

/** What Express sends is HTML when it is a text, unless somebody says otherwise. */
function* answer(call: SyntaxNode, text: SyntaxNode, file: SourceFile) {
  const isSent = calleeName(call) === 'send'
  for (const pieces of textsOf(file, text)) {
    if (!isMarkup(pieces) && !(isSent && isPutTogether(pieces))) continue
    const source = holeSource(file, pieces, text, IN_ANSWER)
    if (!source || saysOtherwise(call)) continue
    yield finding(text, source)
    return
  }
}

/** `res.type('text')`, `res.setHeader('Content-Type', …)`, `res.json(…)` in the same function. */
function saysOtherwise(call: SyntaxNode): boolean {
  const around = call.function
  if (!around) return false
  for (const other of around.descendants('Call'))
    if (/^(type|setHeader|header|set|contentType|writeHead)$/.test(calleeName(other))) return true
  return false
}

function isMarkup(pieces: readonly Piece[]): boolean {
  return isPutTogether(pieces) && pieces.some(it => typeof it === 'string' && /<\/?[a-z!]/i.test(it))
}

function holeSource(
  file: SourceFile,
  pieces: readonly Piece[],
  place: SyntaxNode,
  wanted: Wanted,
): Source | undefined {
  for (const piece of pieces) {
    const source = isHole(piece) ? untrustedHole(file, piece, place, wanted) : undefined
    if (source) return source
  }
  return undefined
}

// ---- Python -------------------------------------------------------------------------------------------------------

const RESPONSES =
  /^(django\.http\.(response\.)?HttpResponse(BadRequest|NotFound|Forbidden|ServerError)?|flask\.make_response|flask\.Response|(fastapi|starlette)\.responses\.HTMLResponse|(pyramid\.(response|request)|webob)\.Response)$/
/** A text that they are given is a page, whether or not there is a tag in it. */
const PAGES = /^(django\.|flask\.)/

function pythonCall(call: SyntaxNode, file: SourceFile) {
  const name = calledName(file, call)
  const html = argument(call, 0)
  // `Markup(text).unescape()` and `.striptags()` read HTML, they do not make it.
  if (!html || file.constant(html) || call.role === 'object') return undefined
  if (MARKUP.test(name)) return markup(html, file, name.endsWith('.Markup'))
  if (!RESPONSES.test(name)) return undefined
  const isOther = call
    .children('argument')
    .some(
      it =>
        it.kind === 'KeywordArgument' &&
        /^(content_type|mimetype|media_type|headers)$/.test(it.child('label')?.text ?? ''),
    )
  return isOther ? undefined : response(html, file, PAGES.test(name))
}

function* markup(html: SyntaxNode, file: SourceFile, isMarkupClass: boolean) {
  const stranger = untrusted(file, html, { origins: ['request'] })
  if (stranger) {
    yield { ...finding(html, stranger), ...(isMarkupClass && fixOf(html)) }
    return
  }
  for (const pieces of textsOf(file, html)) {
    if (!isMarkup(pieces)) continue
    const hole = pieces.filter(isHole).find(it => !isHarmlessInHtml(file, it))
    if (!hole) continue
    yield {
      at: html,
      data: { value: excerpt(hole.node, 60), isStranger: false },
      ...(isMarkupClass && fixOf(html)),
    }
    return
  }
}

/** `Markup("…%s" % x)` → `Markup("…%s") % x`; a value that was meant to be HTML would now show its tags. */
function fixOf(html: SyntaxNode) {
  return { fix: { safety: 'unsafe' as const, edits: () => outside(html) } }
}

function outside(html: SyntaxNode): TextEdit[] {
  const call = html.parent
  if (!call || html.row !== html.unwrapped.row || call.children('argument').length !== 1) return []
  if (html.kind === 'Binary' && html.operator === '%') {
    const format = html.child('left')
    const values = html.child('right')
    if (!format?.is('String', 'Concatenation') || !values) return []
    return [between(format, values, ') % '), { start: html.end, end: call.end, newText: '' }]
  }
  const format = receiver(html)
  const args = html.children('argument')
  if (calleeName(html) !== 'format' || !format?.is('String', 'Concatenation') || args.length === 0) return []
  return [
    { start: format.end, end: format.end, newText: ')' },
    { start: html.end, end: call.end, newText: '' },
  ]
}

function* response(html: SyntaxNode, file: SourceFile, isText = false) {
  for (const pieces of textsOf(file, html)) {
    const isAnswer = isMarkup(pieces) || (isText && (isPutTogether(pieces) || isHole(pieces[0] ?? '')))
    const source = isAnswer ? holeSource(file, pieces, html, IN_ANSWER) : undefined
    if (!source || (pieces.length === 1 && !isPlainText(source))) continue
    yield finding(html, source)
    return
  }
}

/** A field of the address is a text; a body may be data, which is sent back as data. */
function isPlainText({ part, path }: Source): boolean {
  return /^(query|route|segment)$/.test(part) && path.length > 1
}
