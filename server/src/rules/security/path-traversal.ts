/** A path that a request decides can lead out of the folder it was meant for. */

import type { SourceFile } from '../../semantics/source-file.ts'
import { NODE_FUNCTIONS, PATH_METHODS, pathsOf } from '../../semantics/taint/sinks/paths.ts'
import { type Source, sourceText, untrusted } from '../../semantics/taint/untrusted.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import { js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'security/path-traversal',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [22],
  concept: 'untrusted-data',
  impact: { likelihood: 'medium', cost: 'weeks' },
  callees: [
    ...new Set([
      ...NODE_FUNCTIONS,
      ...PATH_METHODS,
      ...[
        'listdir',
        'scandir',
        'makedirs',
        'replace',
        'copy',
        'copyfile',
        'copytree',
        'move',
        'rmtree',
        'send_file',
      ],
      ...['FileResponse', 'save', 'sendFile', 'sendfile', 'download', 'read', 'read_to_string', 'write'],
      ...['remove_file', 'remove_dir_all', 'create_dir_all', 'create', 'read_dir', 'open_async'],
    ]),
  ],

  check: {
    *Call(node, file) {
      if (file.isTest) return
      for (const path of pathsOf(file, node)) {
        const source = pathSource(file, path)
        if (!source) continue
        yield {
          at: path,
          data: { value: sourceText(source) },
          ...(path.contains(source.at) ? {} : { related: [source.at] }),
        }
        return
      }
    },
  },

  explain: {
    en: ({ value }) => ({
      message: `\`${value}\` decides which file is used`,
      why: 'With `../` in it, or as an absolute path, it leads to any file that the program can reach: keys, settings, other people’s data.',
      remedy:
        'Resolve the whole path and check that it still lies in its folder, keep only the file name, or look the file up in a list.',
    }),
    es: ({ value }) => ({
      message: `\`${value}\` decide qué archivo se usa`,
      why: 'Con `../` dentro, o como ruta absoluta, lleva a cualquier archivo al alcance del programa: claves, configuración, datos de otras personas.',
      remedy:
        'Resuelve la ruta completa y comprueba que sigue dentro de su carpeta, quédate solo con el nombre del archivo o búscalo en una lista.',
    }),
  },

  examples: {
    invalid: [
      py`
        import os
        from flask import request
        def page():
            name = request.args.get("page")
            with open(«os.path.join("pages", name)») as file:
                return file.read()
      `,
      py`
        from pathlib import Path
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/files/{name:path}")
        def read(name: str):
            return «(Path("files") / name)».read_text()
      `,
      py`
        from flask import request, send_file
        def download():
            return send_file(«f"/srv/reports/{request.args['name']}.pdf"»)
      `,
      py`
        import os
        from flask import request
        def upload():
            file = request.files["photo"]
            file.save(«os.path.join("/srv/photos", file.filename)»)
      `,
      py`
        from django.http import HttpResponse
        def view(request):
            return HttpResponse(open(«"docs/" + request.GET["doc"]»).read())
      `,
      js`
        const fs = require('fs')
        const path = require('path')
        app.get('/file', (req, res) => {
          const file = path.join(__dirname, 'public', req.query.name)
          fs.createReadStream(«file»).pipe(res)
        })
      `,
      js`
        http.createServer((req, res) => { require('fs').readFile(«'.' + req.url», (error, data) => res.end(data)) })
      `,
      ts`
        import { readFile } from 'node:fs/promises'
        export async function GET(request: Request) {
          const { searchParams } = new URL(request.url)
          return new Response(await readFile(«\`content/\${searchParams.get('page')}.md\`»))
        }
      `,
      ts`
        import path from 'path'
        router.get('/:file', (req: Request, res: Response) => res.sendFile(«path.resolve('uploads', req.params.file)»))
      `,
      ts`
        import fs from 'fs'
        @Controller()
        class Files {
          @Get() read(@Query('name') name: string) { return fs.readFileSync(«'data/' + name») }
        }
      `,
      rs`
        use axum::extract::Query;
        struct Params { name: String }
        async fn read(Query(params): Query<Params>) -> Vec<u8> {
            std::fs::read(«format!("data/{}", params.name)»).unwrap()
        }
      `,
      rs`
        use actix_web::web;
        async fn read(path: web::Path<String>) -> String {
            let name = path.into_inner();
            tokio::fs::read_to_string(«PathBuf::from("data").join(&name)»).await.unwrap()
        }
      `,
    ],
    valid: [
      // Only a key that is known gets past.
      js`
        app.post('/', async (req, res) => {
          const key = req.body.key
          let snippet
          try {
            snippet = await retrieveSnippet(key)
            if (snippet == null) return res.status(404).end()
          } catch (error) {
            return res.status(500).end()
          }
          fs.readFile('./data/' + key + '.yml', done)
        })
      `,
      ts`
        app.post('/', (req, res) => {
          const key = req.body.key
          const found = readFixes(key)
          if (found.fixes.length === 0) res.status(404).end()
          else fs.readFileSync('./data/' + key + '.yml')
        })
      `,
      py`
        def load(path):
            with open(path) as file:
                return file.read()
      `,
      py`
        import sys
        open(sys.argv[1])
      `,
      py`
        import os
        from flask import request
        def page():
            return open(os.path.join("pages", os.path.basename(request.args["page"])))
      `,
      py`
        from flask import request
        from werkzeug.utils import secure_filename
        def upload():
            file = request.files["photo"]
            file.save("/srv/photos/" + secure_filename(file.filename))
      `,
      py`
        import os
        from flask import request, abort
        def page():
            path = os.path.realpath(os.path.join(ROOT, request.args["page"]))
            if not path.startswith(ROOT):
                abort(404)
            return open(path)
      `,
      py`
        from flask import request
        def page():
            number = int(request.args["page"])
            return open(f"pages/{number}.html")
      `,
      py`
        @app.route("/pages/<name>")
        def page(name):
            return open(f"pages/{name}.html")
      `,
      py`
        from flask import request
        def page():
            return open(PAGES[request.args["page"]])
      `,
      js`
        const fs = require('fs')
        app.get('/file', (req, res) => res.sendFile(req.params.name, { root: 'public' }))
      `,
      js`
        const fs = require('fs')
        const path = require('path')
        app.get('/file', (req, res) => {
          const file = path.resolve(root, req.query.name)
          if (!file.startsWith(root + path.sep)) return res.sendStatus(403)
          fs.createReadStream(file).pipe(res)
        })
      `,
      js`
        const fs = require('fs')
        const read = name => fs.readFileSync(name)
        read(process.argv[2])
      `,
      ts`
        import fs from 'fs'
        app.get('/', (req: Request) => { store.open(req.query.name); fs.readFile(String(Number(req.query.id)), done) })
      `,
      rs`
        use axum::extract::Path;
        async fn read(Path(id): Path<u32>) -> Vec<u8> { std::fs::read(format!("data/{id}")).unwrap() }
      `,
      rs`fn read(name: &str) -> Vec<u8> { std::fs::read(name).unwrap() }`,
    ],
  },
})

/** A Flask or Starlette route without `:path` never matches a slash; Node's upload middlewares keep the base name only. */
function pathSource(file: SourceFile, path: SyntaxNode): Source | undefined {
  const source = untrusted(file, path, { origins: ['request'], except: ['segment'] })
  if (source?.part === 'file' && !(file.language === 'python' && source.path.at(-1) === 'filename'))
    return undefined
  return source
}
