/** What a stranger sends goes through other files, or through another program, to where it does harm. */

import type { Step } from '../../graph/flows.ts'
import type { SinkSort } from '../../graph/rows/flows.ts'
import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

type Data = {
  readonly sort: SinkSort
  /** The code by which it comes in. */
  readonly value: string
  /** The file in which it does. */
  readonly file: string
  readonly from: 'request' | 'page' | 'input'
  readonly isSent: boolean
  /** What happens at each of the related places. */
  readonly steps: readonly Step['kind'][]
}

export default defineRule<Data>({
  id: 'security/untrusted-flow',
  severity: 'error',
  languages: ['python', 'typescript', 'javascript', 'rust'],
  cwe: [89, 78, 94, 22, 79, 601, 918, 1336, 502, 643, 90, 943],
  concept: 'untrusted-data',
  impact: { likelihood: 'high', cost: 'weeks' },
  covers: [
    'security/sql-injection',
    'security/command-injection',
    'security/dynamic-code',
    'security/path-traversal',
    'security/html-injection',
    'security/open-redirect',
    'security/server-side-request-forgery',
    'security/template-injection',
    'security/unsafe-deserialization',
    'security/xpath-injection',
    'security/ldap-injection',
    'security/nosql-injection',
  ],

  check: {},
  relate: {
    *flow({ sort, sink, source, steps, isSent }) {
      const before = steps.slice(0, -1)
      const file = steps[0]!.file
      yield {
        at: sink,
        data: { sort, value: source.text, file, from: source.from, isSent, steps: before.map(it => it.kind) },
        related: before,
      }
    },
  },

  explain: {
    en: data => ({
      message: `${sourceInEnglish(data)} ${SORTS[data.sort].en.effect}`,
      why: `${SORTS[data.sort].en.why} Nothing on its way checks or converts the value.`,
      remedy: SORTS[data.sort].en.remedy,
      places: data.steps.map(it => STEPS[it].en),
    }),
    es: data => ({
      message: `${sourceInSpanish(data)} ${SORTS[data.sort].es.effect}`,
      why: `${SORTS[data.sort].es.why} Nada en su camino comprueba ni convierte el valor.`,
      remedy: SORTS[data.sort].es.remedy,
      places: data.steps.map(it => STEPS[it].es),
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'web/people.ts',
            ts`
export function search(input: HTMLInputElement) {
  return fetch(\`/api/people?name=\${encodeURIComponent(input.value)}\`)
}
`,
          ),
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from server.people import find_people

app = FastAPI()

@app.get("/api/people")
def people(name: str):
    return find_people(name)
`,
          ),
        ],
        at(
          'server/people.py',
          py`
from server.database import connection

def find_people(name):
    return connection.execute(«f"SELECT * FROM people WHERE name = '{name}'"»).fetchall()
`,
        ),
      ),
      beside(
        [
          at(
            'src/routes.js',
            js`
const express = require('express')
const { lookup } = require('./whois')
const app = express()
app.post('/whois', (req, res) => lookup(req.body.domain, res))
`,
          ),
        ],
        at(
          'src/whois.js',
          js`
const { exec } = require('child_process')

exports.lookup = (domain, res) => exec(«'whois ' + domain», (error, out) => res.send(out))
`,
        ),
      ),
      beside(
        [
          at('src/main.rs', rs`mod preview; mod routes;`),
          at(
            'src/routes.rs',
            rs`
use axum::extract::Query;
use crate::preview::Previewer;

struct Link { url: String }

pub async fn preview(Query(link): Query<Link>) -> String {
    Previewer::fetch(&link.url).await
}
`,
          ),
        ],
        at(
          'src/preview.rs',
          rs`
pub struct Previewer;

impl Previewer {
    pub async fn fetch(url: &str) -> String {
        reqwest::get(«url»).await.unwrap().text().await.unwrap()
    }
}
`,
        ),
      ),
      beside(
        [
          at(
            'src/upload.ts',
            ts`
import { Router } from 'express'
import { save } from './storage'

export const router = Router()
router.post('/notes', (req, res) => save({ name: req.body.name, text: req.body.text }))
`,
          ),
        ],
        at(
          'src/storage.ts',
          ts`
import { writeFile } from 'fs/promises'

export const save = ({ name, text }: Note) => writeFile(«\`notes/\${name}.md\`», text)
`,
        ),
      ),
    ],
    valid: [
      beside(
        [
          at(
            'src/upload.ts',
            ts`
import { Router } from 'express'
import { save } from './storage'

export const router = Router()
router.post('/notes', (req, res) => save({ name: 'today', text: req.body.text }))
`,
          ),
        ],
        at(
          'src/storage.ts',
          ts`
import { writeFile } from 'fs/promises'

export const save = ({ name, text }: Note) => writeFile(\`notes/\${name}.md\`, text)
`,
        ),
      ),
      beside(
        [
          at('src/main.rs', rs`mod routes; mod store;`),
          at(
            'src/routes.rs',
            rs`
use axum::extract::Query;
use crate::store;

struct Page { name: String, number: u32 }

pub async fn list(Query(page): Query<Page>) {
    store::list(page.number).await
}
`,
          ),
        ],
        at(
          'src/store.rs',
          rs`
pub async fn list(number: u32) {
    sqlx::query(&format!("SELECT * FROM users OFFSET {number}")).execute(pool()).await;
}
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from server.people import find_people

app = FastAPI()

@app.get("/api/people/{person_id}")
def people(person_id: int):
    return find_people(person_id)
`,
          ),
        ],
        at(
          'server/people.py',
          py`
from server.database import connection

def find_people(key):
    return connection.execute("SELECT * FROM people WHERE id = ?", (key,)).fetchall()
`,
        ),
      ),
      beside(
        [
          at(
            'src/routes.js',
            js`
const express = require('express')
const { run } = require('./jobs')
const app = express()
app.post('/jobs', (req, res) => {
  if (!['build', 'test'].includes(req.body.job)) return res.sendStatus(400)
  run(req.body.job)
})
`,
          ),
        ],
        at(
          'src/jobs.js',
          js`
const { spawn } = require('child_process')

exports.run = job => spawn(job, { shell: true })
`,
        ),
      ),
    ],
  },
})

function sourceInEnglish({ value, file, from, isSent }: Data): string {
  if (from === 'input') return `What is typed into a form of \`${file}\``
  if (from === 'page') return `\`${value}\`, which \`${file}\` reads from the address of the page,`
  return isSent
    ? `\`${value}\`, which \`${file}\` sends,`
    : `\`${value}\`, which a request brings into \`${file}\`,`
}

function sourceInSpanish({ value, file, from, isSent }: Data): string {
  if (from === 'input') return `lo que se escribe en un formulario de \`${file}\``
  if (from === 'page') return `\`${value}\`, que \`${file}\` lee de la dirección de la página,`
  return isSent
    ? `\`${value}\`, que envía \`${file}\`,`
    : `\`${value}\`, que llega a \`${file}\` con una petición,`
}

interface Said {
  readonly effect: string
  readonly why: string
  readonly remedy: string
}

const HTML = {
  en: {
    effect: 'becomes HTML without being escaped',
    why: 'A `<script>` or an `onerror=` in it runs in the browser of whoever sees the page, in their name.',
    remedy: 'Set text as text, or escape the value where it is put in.',
  },
  es: {
    effect: 'se convierte en HTML sin escaparse',
    why: 'Un `<script>` o un `onerror=` dentro se ejecuta en el navegador de quien vea la página, y en su nombre.',
    remedy: 'Trata el texto como texto o escapa el valor donde lo insertas.',
  },
} as const

const SORTS: Readonly<Record<SinkSort, { readonly en: Said; readonly es: Said }>> = {
  sql: {
    en: {
      effect: 'becomes part of an SQL statement',
      why: 'A quote in it ends the value, and what follows is read as SQL: rows can be read, changed or deleted that were never meant.',
      remedy:
        'Write a placeholder in its place and pass the value separately; choose names from a fixed list.',
    },
    es: {
      effect: 'pasa a formar parte de una sentencia SQL',
      why: 'Una comilla en el valor lo cierra, y lo que sigue se lee como SQL: se pueden leer, cambiar o borrar filas que nadie quería exponer.',
      remedy:
        'Pon un marcador de parámetro en su lugar y pasa el valor aparte; los nombres, elígelos de una lista fija.',
    },
  },
  command: {
    en: {
      effect: 'becomes part of a shell command',
      why: 'The shell reads it as code: a `;` or a `$(…)` in it starts any program that whoever sends it wants.',
      remedy:
        'Start the program without a shell and pass its arguments as a list, or quote the value for the shell.',
    },
    es: {
      effect: 'pasa a formar parte de un comando de shell',
      why: 'La shell lo lee como código: un `;` o un `$(…)` dentro arranca el programa que quiera quien lo envía.',
      remedy:
        'Ejecuta el programa sin shell y pásale los argumentos como lista, o entrecomilla el valor para la shell.',
    },
  },
  code: {
    en: {
      effect: 'is run as code',
      why: 'Whoever sends it can make the program do anything it is able to do.',
      remedy: 'Read it as data, or choose among functions with a table.',
    },
    es: {
      effect: 'se ejecuta como código',
      why: 'Quien lo envíe puede hacer que el programa haga cualquier cosa que esté a su alcance.',
      remedy: 'Léelo como datos o elige entre funciones con una tabla.',
    },
  },
  path: {
    en: {
      effect: 'decides which file is used',
      why: 'With `../` in it, or as an absolute path, it leads to any file that the program can reach.',
      remedy:
        'Resolve the whole path and check that it still lies in its folder, or keep only the file name.',
    },
    es: {
      effect: 'decide qué archivo se usa',
      why: 'Con `../` dentro, o como ruta absoluta, lleva a cualquier archivo al alcance del programa.',
      remedy:
        'Resuelve la ruta completa y comprueba que sigue dentro de su carpeta, o quédate solo con el nombre del archivo.',
    },
  },
  html: HTML,
  answer: HTML,
  redirect: {
    en: {
      effect: 'decides where people are sent',
      why: 'A link that begins with the address of this site can lead to a copy of it that asks for passwords.',
      remedy: 'Accept only paths of this site, or check the host against a list.',
    },
    es: {
      effect: 'decide adónde se envía a la gente',
      why: 'Un enlace que empieza por la dirección de este sitio puede llevar a una copia que pida contraseñas.',
      remedy: 'Acepta solo rutas de este sitio o comprueba el host contra una lista.',
    },
  },
  url: {
    en: {
      effect: 'decides which machine the server talks to',
      why: 'The server can reach what strangers cannot: databases, admin pages, the address where the cloud hands out its keys.',
      remedy:
        'Build the address on a fixed host, or check the host against a list of those that are allowed.',
    },
    es: {
      effect: 'decide con qué máquina habla el servidor',
      why: 'El servidor llega adonde los extraños no llegan: bases de datos, páginas de administración, la dirección donde la nube entrega sus claves.',
      remedy:
        'Construye la dirección sobre un host fijo o comprueba el host contra una lista de los permitidos.',
    },
  },
  template: {
    en: {
      effect: 'is compiled as part of a template',
      why: 'A template is a program, and most engines let it reach the files and the commands of the server.',
      remedy: 'Keep the template constant and pass the value to it as data.',
    },
    es: {
      effect: 'se compila como parte de una plantilla',
      why: 'Una plantilla es un programa, y la mayoría de los motores le dan acceso a los archivos y comandos del servidor.',
      remedy: 'Deja la plantilla constante y pásale el valor como dato.',
    },
  },
  deserialisation: {
    en: {
      effect: 'is turned back into objects',
      why: 'Such data can name a function to call while it is read, so whoever sends it runs code in the program.',
      remedy: 'Use a format that holds only data, such as JSON.',
    },
    es: {
      effect: 'se vuelve a convertir en objetos',
      why: 'Esos datos pueden indicar una función que se llama al leerlos, así que quien los envía ejecuta código en el programa.',
      remedy: 'Usa un formato que solo contenga datos, como JSON.',
    },
  },
  xpath: {
    en: {
      effect: 'becomes part of an XPath',
      why: 'A quote in it ends the value, and what follows is read as XPath: other parts of the document can be read than were meant.',
      remedy: 'Pass the value as a variable of the expression, such as `$name`.',
    },
    es: {
      effect: 'pasa a formar parte de una expresión XPath',
      why: 'Una comilla en el valor lo cierra, y lo que sigue se lee como XPath: se pueden leer partes del documento que nadie quería exponer.',
      remedy: 'Pasa el valor como variable de la expresión, por ejemplo `$name`.',
    },
  },
  ldap: {
    en: {
      effect: 'becomes part of a search in a directory (LDAP)',
      why: 'Parentheses and stars in it change what is searched for: other people’s entries, or a login without a password.',
      remedy: 'Escape the value for filters before it is put in.',
    },
    es: {
      effect: 'pasa a formar parte de una búsqueda en un directorio (LDAP)',
      why: 'Los paréntesis y asteriscos que contenga cambian lo que se busca: entradas de otras personas o un acceso sin contraseña.',
      remedy: 'Escapa el valor para filtros antes de insertarlo.',
    },
  },
  document: {
    en: {
      effect: 'is run as code by the database',
      why: '`$where` is JavaScript: a quote in the value ends it, and what follows runs in the database.',
      remedy: 'Compare the field with the value, without `$where`.',
    },
    es: {
      effect: 'lo ejecuta la base de datos como código',
      why: '`$where` es JavaScript: una comilla en el valor lo cierra, y lo que sigue se ejecuta en la base de datos.',
      remedy: 'Compara el campo con el valor, sin `$where`.',
    },
  },
}

const STEPS: Readonly<Record<Step['kind'], { readonly en: string; readonly es: string }>> = {
  source: { en: 'The value comes in here', es: 'El valor entra aquí' },
  passed: { en: 'It is passed on here', es: 'Aquí se pasa a otra función' },
  returned: { en: 'It is given back here', es: 'Aquí se devuelve' },
  sent: { en: 'It is sent to the server here', es: 'Aquí se envía al servidor' },
  answered: { en: 'It comes back from the server here', es: 'Aquí vuelve del servidor' },
  sink: { en: 'It does harm here', es: 'Aquí hace daño' },
}
