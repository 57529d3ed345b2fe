/** A redirect whose target a request decides sends people from a page they trust to any other. */

import type { SourceFile } from '../../semantics/source-file.ts'
import { calledTarget, isLocation } from '../../semantics/taint/sinks/redirects.ts'
import { sourceText, type Wanted } from '../../semantics/taint/untrusted.ts'
import { hostSource } from '../../semantics/taint/urls.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/open-redirect',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript'],
  cwe: [601],
  concept: 'untrusted-data',
  impact: { likelihood: 'medium', cost: 'days' },
  callees: [
    ...['redirect', 'HttpResponseRedirect', 'HttpResponsePermanentRedirect', 'RedirectResponse', 'HTTPFound'],
    ...['permanentRedirect', 'assign', 'replace', 'HTTPSeeOther', 'location'],
  ],

  check: {
    Call: (node, file) => redirects(node, file, calledTarget(file, node)),
    New: (node, file) => redirects(node, file, calledTarget(file, node)),
    Assignment(node, file) {
      if (file.language === 'python') return undefined
      return isLocation(file, node.child('target')) ? redirects(node, file, node.child('value')) : undefined
    },
  },

  explain: {
    en: ({ value, isPage }) => ({
      message: `\`${value}\` decides where people are sent`,
      why: isPage
        ? 'A link to this page can lead to a copy of it that asks for passwords, and a target that begins with `javascript:` runs code in this page.'
        : 'A link that begins with the address of this site can lead to a copy of it that asks for passwords.',
      remedy:
        'Accept only paths of this site, check the host against a list, or choose the target by a short name.',
    }),
    es: ({ value, isPage }) => ({
      message: `\`${value}\` decide adónde se envía a la gente`,
      why: isPage
        ? 'Un enlace a esta página puede llevar a una copia que pida contraseñas, y un destino que empiece por `javascript:` ejecuta código en esta página.'
        : 'Un enlace que empieza por la dirección de este sitio puede llevar a una copia que pida contraseñas.',
      remedy:
        'Acepta solo rutas de este sitio, comprueba el host contra una lista o elige el destino por un nombre corto.',
    }),
  },

  examples: {
    invalid: [
      py`
        from flask import redirect, request
        def login():
            return redirect(«request.args.get("next")»)
      `,
      py`
        from django.http import HttpResponseRedirect
        def login(request):
            target = request.GET.get("next", "/")
            return HttpResponseRedirect(«target»)
      `,
      py`
        from fastapi import FastAPI
        from fastapi.responses import RedirectResponse
        app = FastAPI()
        @app.get("/out")
        def out(url: str):
            return RedirectResponse(url=«url»)
      `,
      py`
        from flask import redirect, request
        def out():
            return redirect(«f"https://{request.args['host']}/welcome"»)
      `,
      js`app.get('/out', (req, res) => res.redirect(«req.query.url»))`,
      js`app.get('/out', (req, res) => { const { next = '/' } = req.query; res.redirect(302, «next») })`,
      js`
        const target = new URLSearchParams(location.search).get('returnTo')
        window.location.href = «target»
      `,
      ts`
        import { NextResponse } from 'next/server'
        export function GET(request: NextRequest) {
          return NextResponse.redirect(«request.nextUrl.searchParams.get('to') as string»)
        }
      `,
      ts`
        import { useSearchParams } from 'react-router-dom'
        function Done() {
          const [params] = useSearchParams()
          const done = () => window.location.assign(«params.get('redirect') ?? '/'»)
        }
      `,
    ],
    valid: [
      py`
        from flask import redirect, url_for
        def login():
            return redirect(url_for("index"))
      `,
      py`
        from flask import redirect, request
        def search():
            return redirect("/search?q=" + request.args["q"])
      `,
      py`
        from django.shortcuts import redirect
        from django.utils.http import url_has_allowed_host_and_scheme
        def login(request):
            target = request.GET.get("next", "/")
            if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
                target = "/"
            return redirect(target)
      `,
      py`
        from django.shortcuts import redirect
        def save(request):
            return redirect(request.path)
      `,
      py`
        from flask import redirect, request
        def back():
            return redirect(request.headers.get("Referer"))
      `,
      js`app.get('/out', (req, res) => res.redirect('/user/' + req.params.id))`,
      js`app.use((req, res) => res.redirect('https://' + HOST + req.url))`,
      js`app.get('/out', (req, res) => { if (!req.query.url.startsWith('/')) return res.end(); res.redirect(req.query.url) })`,
      js`const text = value.replace(req.query.a, 'b')`,
      js`window.location.href = '/login?next=' + encodeURIComponent(location.pathname)`,
      js`location.href = location.pathname + location.search`,
      ts`
        const TARGETS: Record<string, string> = { docs: '/docs' }
        app.get('/out', (req: Request, res: Response) => res.redirect(TARGETS[req.query.to as string]))
      `,
      ts`const url = new URLSearchParams(location.search).get('tab'); history.replaceState({}, '', url)`,
    ],
  },
})

/** What a victim's browser sends along by itself is not what a link can decide. */
const WANTED: Wanted = {
  origins: ['request', 'page'],
  except: ['headers', 'cookies', 'url', 'path', 'segment', 'file'],
}

function* redirects(node: SyntaxNode, file: SourceFile, target: SyntaxNode | undefined) {
  if (!target || file.isTest || file.constant(target)) return
  // That begins with a question mark or a hash: it leads to this page.
  if (/\blocation\.(search|hash)$/.test(target.text)) return
  const source = hostSource(file, target, WANTED)
  if (!source) return
  yield {
    at: target,
    data: { value: sourceText(source), isPage: source.origin === 'page' && node.kind !== 'New' },
    ...(target.contains(source.at) ? {} : { related: [source.at] }),
  }
}
