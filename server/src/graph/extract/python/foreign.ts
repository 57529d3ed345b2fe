// Names that Python takes from modules that may be written in Rust, and how it calls them. Whether they are is for those to
// say who see both sides: here only modules are left out that surely are something else.

import { isTest } from '../../../semantics/provenance.ts'
import type { Binding, SourceFile } from '../../../semantics/source-file.ts'
import type { SyntaxNode } from '../../../syntax/node.ts'
import type { FactWriter } from '../../facts.ts'
import type { GivenArguments } from '../../rows/foreign.ts'
import type { Reference } from '../../rows/names.ts'
import { referenceOfBinding } from '../reference.ts'

export function extractForeignPython(file: SourceFile, facts: FactWriter): void {
  if (isTest(file.path)) return
  for (const statement of file.root.descendants('Import')) {
    if (!mayBeForeign(file.path, statement) || isGuarded(statement)) continue
    const isType = isForTypes(statement)
    for (const it of statement.descendants('Name', 'PropertyName')) {
      const binding = file.binding(it)
      if (binding?.kind !== 'import' || binding.declaration.row !== it.row) continue
      const of = referenceOfBinding(file, binding)
      if (!of) continue
      if (of.names.length > 0) add(facts, of, it, undefined, isType)
      // What only checkers of types import is not there when the program runs.
      if (!isType) for (const read of binding.reads()) readUse(file, of, read, facts)
    }
  }
}

/** `scale(2)`, `core.scale(2)`, `Counter(1)` and what is called on it. */
function readUse(file: SourceFile, of: Reference, read: SyntaxNode, facts: FactWriter): void {
  let it = read
  const names = [...of.names]
  while (it.role === 'object' && it.parent?.kind === 'Member') {
    it = it.parent
    names.push(it.child('property')?.name ?? '')
  }
  const reference: Reference = { module: of.module, names }
  const call = it.role === 'callee' && it.parent?.kind === 'Call' ? it.parent : undefined
  if (!call) {
    if (it.row !== read.row) add(facts, reference, it.child('property') ?? it)
    return
  }
  add(facts, reference, it.child('property') ?? it, argumentsOf(call))
  const made = instanceIn(file, call)
  if (!made) return
  for (const other of made.reads()) {
    const member = other.role === 'object' ? other.parent : undefined
    const property = member?.kind === 'Member' ? member.child('property') : undefined
    const given =
      member?.role === 'callee' && member.parent?.kind === 'Call' ? argumentsOf(member.parent) : undefined
    if (!property) continue
    const row = { module: of.module, names: [...names, property.name] }
    facts.add('foreignUse', { bridge: 'pyo3', of: row, isMember: true, arguments: given }, property)
  }
}

function add(facts: FactWriter, of: Reference, at: SyntaxNode, given?: GivenArguments, isType = false): void {
  facts.add('foreignUse', { bridge: 'pyo3', of, arguments: given, ...(isType && { isType }) }, at)
}

/** `counter` for the call in `counter = Counter(1)`, when it is nothing else ever. */
function instanceIn(file: SourceFile, call: SyntaxNode): Binding | undefined {
  const target = call.parent?.kind === 'Assignment' ? call.parent.child('target') : undefined
  const binding = target?.kind === 'Name' ? file.binding(target) : undefined
  return binding?.onlyValue?.row === call.row ? binding : undefined
}

function argumentsOf(call: SyntaxNode): GivenArguments {
  const all = call.children('argument')
  const names = all.flatMap(it => (it.kind === 'KeywordArgument' ? [it.child('label')?.text ?? ''] : []))
  const positional = all.filter(it => !it.is('KeywordArgument', 'Spread')).length
  return { positional, names, isOpen: all.some(it => it.kind === 'Spread') || names.includes('') }
}

/** `if TYPE_CHECKING:` */
function isForTypes(statement: SyntaxNode): boolean {
  const around = statement.closest('If')
  return around !== undefined && /^(\w+\.)?TYPE_CHECKING$/.test(around.child('condition')?.text ?? '')
}

/** Who catches the error of an import knows that there may be none. */
function isGuarded(statement: SyntaxNode): boolean {
  const around = statement.closest('Try')
  return around !== undefined && around.child('body')?.contains(statement) === true
}

function mayBeForeign(path: string, statement: SyntaxNode): boolean {
  const module = (statement.child('source') ?? statement.child('name'))?.text ?? ''
  const top = /^\w*/.exec(module)![0]
  if (ELSEWHERE.has(top)) return false
  // Modules of one's own package are Python, unless they are called like what hides below it.
  const isOwn = top === '' || `/${path}`.includes(`/${top}/`)
  const last = /\w*$/.exec(module)![0]
  // `from .tokens import …` in the package `tokens`, which adds to what is written in Rust.
  if (last !== '' && `/${path}`.includes(`/${last}/`) && module.startsWith('.')) return true
  return (
    !isOwn || CUSTOMARY.test(module) || (/^\.+$|^\w+$/.test(module) && CUSTOMARY_NAME.test(statement.text))
  )
}

/** What compiled modules below a package are called. */
const CUSTOMARY = /(^|\.)_\w+$|(^|[._])(rust|rs|native|core|lib|ext|internal|bindings?|ffi)\w*$/
const CUSTOMARY_NAME = /\bimport\b[^#]*\b(_\w+|\w*(rust|rs|native|core|internal|bindings?))\b/

/** Of the standard library, and what nearly everybody uses. */
const ELSEWHERE: ReadonlySet<string> = new Set(
  (
    '__future__ abc argparse array ast asyncio atexit base64 binascii bisect builtins bz2 calendar cmath codecs collections ' +
    'concurrent configparser contextlib contextvars copy csv ctypes dataclasses datetime decimal difflib dis email enum errno ' +
    'fnmatch fractions ftplib functools gc getpass gettext glob gzip hashlib heapq hmac html http imaplib importlib inspect io ' +
    'ipaddress itertools json keyword linecache locale logging lzma math mimetypes mmap multiprocessing numbers operator os ' +
    'pathlib pickle pkgutil platform pprint profile queue random re readline resource sched secrets select selectors shelve ' +
    'shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat statistics string struct subprocess sys sysconfig ' +
    'syslog tarfile tempfile textwrap threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc types ' +
    'typing unicodedata unittest urllib uuid venv warnings weakref webbrowser wsgiref xml xmlrpc zipfile zipimport zlib zoneinfo ' +
    'typing_extensions numpy pandas scipy matplotlib sklearn torch tensorflow keras jax PIL cv2 requests httpx aiohttp urllib3 ' +
    'flask django rest_framework fastapi starlette uvicorn gunicorn sanic tornado pydantic pydantic_settings sqlalchemy alembic ' +
    'celery redis boto3 botocore google azure openai anthropic langchain transformers datasets huggingface_hub pytest ' +
    'click typer rich tqdm yaml toml tomli jinja2 markdown bs4 lxml attr attrs marshmallow psycopg2 psycopg asyncpg pymongo ' +
    'peewee loguru structlog sentry_sdk prometheus_client opentelemetry setuptools pkg_resources packaging dateutil pytz six ' +
    'cryptography jwt jose passlib bcrypt werkzeug itsdangerous docker kubernetes grpc pyarrow dask networkx sympy nltk spacy ' +
    'plotly seaborn streamlit gradio selenium playwright babel docutils sphinx distutils pip wheel dotenv anyio trio greenlet'
  ).split(' '),
)
