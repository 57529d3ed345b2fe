/** An address that a request decides makes the server fetch what only the server can reach. */

import { calleeName } from '../../semantics/calls.ts'
import { addressOf, BROWSER_CALLEES } from '../../semantics/taint/sinks/addresses.ts'
import { sourceText, untrusted, type Wanted } from '../../semantics/taint/untrusted.ts'
import { hostSource } from '../../semantics/taint/urls.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/server-side-request-forgery',
  severity: 'warning',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [918],
  concept: 'untrusted-data',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: [
    ...[
      'get',
      'post',
      'put',
      'patch',
      'delete',
      'head',
      'options',
      'request',
      'urlopen',
      'urlretrieve',
      'Request',
    ],
    ...['fetch', '$fetch', 'axios', 'got', 'needle', 'superagent', 'ky', 'ofetch', 'stream'],
    ...BROWSER_CALLEES,
  ],

  check: {
    *Call(node, file) {
      const address = addressOf(file, node)
      if (!address || file.isTest || file.constant(address)) return
      // A page may name any address, wherever it does.
      const isPage = /^set_?content$/i.test(calleeName(node))
      const source = isPage ? untrusted(file, address, WANTED) : hostSource(file, address, WANTED)
      if (!source) return
      yield {
        at: address,
        data: { value: sourceText(source) },
        ...(address.contains(source.at) ? {} : { related: [source.at] }),
      }
    },
  },

  explain: {
    en: ({ value }) => ({
      message: `\`${value}\` decides which machine the server talks to`,
      why: 'The server can reach what strangers cannot: databases, admin pages, the address where the cloud hands out its keys.',
      remedy:
        'Build the address on a fixed host, or check the host against a list of those that are allowed.',
    }),
    es: ({ value }) => ({
      message: `\`${value}\` decide con qué máquina habla el servidor`,
      why: 'El servidor llega adonde los extraños no llegan: bases de datos, páginas de administración, la dirección donde la nube entrega sus claves.',
      remedy:
        'Construye la dirección sobre un host fijo o comprueba el host contra una lista de los permitidos.',
    }),
  },

  examples: {
    invalid: [
      py`
        import requests
        from flask import request
        def preview():
            return requests.get(«request.args["url"]»).text
      `,
      py`
        from urllib.request import urlopen
        def fetch(request):
            address = request.GET.get("url")
            return urlopen(«address»)

        from django.http import HttpRequest
      `,
      py`
        import httpx
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/check")
        async def check(host: str):
            return httpx.get(«f"http://{host}/health"»)
      `,
      py`
        import aiohttp
        from aiohttp import web
        async def proxy(request):
            async with aiohttp.ClientSession() as session:
                async with session.get(«request.query["url"]») as answer:
                    return web.Response(text=await answer.text())
      `,
      js`
        app.get('/proxy', async (req, res) => {
          const answer = await fetch(«req.query.url»)
          answer.body.pipe(res)
        })
      `,
      js`
        const puppeteer = require('puppeteer')
        app.post('/picture', async (req, res) => {
          const page = await (await puppeteer.launch()).newPage()
          await page.goto(«req.body.url»)
          await page.setContent(«\`<h1>\${req.body.title}</h1>\`»)
        })
      `,
      js`
        const wkhtmltopdf = require('wkhtmltopdf')
        app.get('/print', (req, res) => { wkhtmltopdf(«req.query.page»).pipe(res) })
      `,
      js`
        const axios = require('axios')
        app.post('/hook', (req, res) => { axios({ method: 'post', url: «req.body.callback» }) })
      `,
      ts`
        import axios from 'axios'
        app.get('/status', async (req: Request, res) => { await axios.get(«\`https://\${req.query.region}.example.com/status\`») })
      `,
      ts`
        import got from 'got'
        export async function POST(request: NextRequest) {
          const { url } = await request.json()
          return new Response(await got(«url»).text())
        }
      `,
      rs`
        use axum::extract::Query;
        struct Params { url: String }
        async fn preview(Query(params): Query<Params>) -> String {
            reqwest::get(«&params.url»).await.unwrap().text().await.unwrap()
        }
      `,
      rs`
        use actix_web::web;
        use std::collections::HashMap;
        async fn preview(query: web::Query<HashMap<String, String>>) {
            let client = reqwest::Client::new();
            let host = query.get("host").unwrap();
            client.get(«format!("http://{}/", host)»).send().await;
        }
      `,
    ],
    valid: [
      js`
        const puppeteer = require('puppeteer')
        app.get('/picture', async (req, res) => {
          const page = await browser.newPage()
          await page.goto(\`https://example.com/\${req.query.id}\`)
          history.goto(req.query.url)
        })
      `,
      js`const { test } = require('playwright'); test('opens', async ({ page }) => { await page.goto(url) })`,
      py`
        import requests
        from flask import request
        @app.get("/photos")
        def photos():
            query = request.args.get("query")
            url = (
                f"https://api.photos.com/search?query={query}"
                if query
                else "https://api.photos.com/all"
            )
            return requests.get(url=url)
      `,
      py`
        import requests
        def load(url):
            return requests.get(url)
      `,
      py`
        import requests
        from flask import request
        def user():
            return requests.get("https://api.example.com/users/" + request.args["id"])
      `,
      py`
        import requests
        from flask import request
        def user():
            return requests.get(f"{BASE}/users/{request.args['id']}")
      `,
      py`
        import requests
        from urllib.parse import urlparse
        from flask import request, abort
        def preview():
            url = request.args["url"]
            if urlparse(url).hostname not in HOSTS:
                abort(400)
            return requests.get(url)
      `,
      py`
        from flask import request
        def value(cache):
            return cache.get(request.args["key"])
      `,
      js`app.get('/user', async (req, res) => res.json(await fetch(\`https://api.example.com/\${req.params.id}\`)))`,
      js`app.get('/user', (req, res) => res.json(cache.get(req.query.key)))`,
      js`fetch(new URLSearchParams(location.search).get('url'))`,
      ts`
        app.get('/proxy', async (req: Request) => {
          const url = new URL(req.query.url as string)
          if (!HOSTS.has(url.hostname)) throw new Error('no')
          return fetch(url)
        })
      `,
      rs`
        use axum::extract::Path;
        async fn user(Path(id): Path<u32>) { reqwest::get(format!("https://api.example.com/users/{id}")).await; }
      `,
    ],
  },
})

const WANTED: Wanted = { origins: ['request'], except: ['cookies', 'url', 'file', 'headers'] }
