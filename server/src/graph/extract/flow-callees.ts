// Which function a call runs, as far as its file can name it: through imports, `this`, and the types of what it is called on.

import { calleeOf } from '../../semantics/calls.ts'
import { type Definition, definitionOf } from '../../semantics/definitions.ts'
import type { Binding, SourceFile } from '../../semantics/source-file.ts'
import type { SyntaxNode } from '../../syntax/node.ts'
import type { Reference } from '../rows/names.ts'
import { referenceOf } from './reference.ts'

/** Undefined where nothing of this project can be meant. */
export function calleeReference(file: SourceFile, call: SyntaxNode): Reference | undefined {
  let callee = call.kind === 'JsxElement' ? componentOf(call) : calleeOf(call)
  if (callee?.kind === 'GenericType') callee = callee.child('callee')
  const found = callee && ofExpression(file, callee, 0)
  return found && !isLibrary(file, found) ? found : undefined
}

/** `<Note text={…} />`: a component is a function that is given an object. */
function componentOf(element: SyntaxNode): SyntaxNode | undefined {
  const name = element.child('name') ?? element.child('element')?.child('name')
  return name && /^[A-Z]/.test(name.text) ? name : undefined
}

const DEPTH = 4

function ofExpression(file: SourceFile, node: SyntaxNode, depth: number): Reference | undefined {
  const it = node.unwrapped
  if (it.is('Name', 'TypeName')) {
    const binding = file.binding(it)
    // A function inside of another one is nobody else's.
    return !binding || binding.isModuleLevel || binding.kind === 'import' ? referenceOf(file, it) : undefined
  }
  if (!it.is('Member', 'Path') || depth > DEPTH) return undefined
  const object = it.child('object')?.unwrapped
  const name = it.child('property')?.name
  if (!object || !name) return undefined
  const of = it.kind === 'Path' ? ofPath(file, it, object) : ofObject(file, object, depth + 1)
  return of && { ...of, names: [...of.names, name] }
}

/** `Self::find`, `store::find` */
function ofPath(file: SourceFile, path: SyntaxNode, object: SyntaxNode): Reference | undefined {
  if (object.text === 'Self') {
    const owner = path.closest('Implementation')?.child('type')?.text
    return owner === undefined ? undefined : { module: '', names: [owner] }
  }
  const whole = referenceOf(file, path)
  return whole && { ...whole, names: whole.names.slice(0, -1) }
}

/** What holds the method: a module, or the class of an object. */
function ofObject(file: SourceFile, object: SyntaxNode, depth: number): Reference | undefined {
  if (depth > DEPTH) return undefined
  if (object.kind === 'This' || (file.language === 'python' && /^(self|cls)$/.test(object.name)))
    return ownClass(object)
  if (object.is('Await', 'NonNull', 'Borrow', 'Propagate')) {
    const value = object.child('value')
    return value && ofObject(file, value.unwrapped, depth + 1)
  }
  if (object.kind === 'Member') {
    const field = ofField(file, object, depth)
    if (field) return field
  }
  if (object.is('Call', 'New')) return ofMade(file, object, depth)
  if (object.kind !== 'Name') return ofExpression(file, object, depth)
  const binding = file.binding(object)
  if (!binding || binding.kind === 'import') return referenceOf(file, object)
  if (binding.isModuleLevel) return isMadeByLibrary(file, binding) ? undefined : referenceOf(file, object)
  for (const write of binding.writes()) {
    const definition = definitionOf(write)
    const found = definition && ofDefinition(file, definition, write, depth)
    if (found) return found
  }
  return undefined
}

/** `const app = express()`, `logger = logging.getLogger(__name__)`: what such an object does is nobody's here. */
function isMadeByLibrary(file: SourceFile, binding: Binding): boolean {
  const value = binding.onlyValue?.unwrapped
  const callee = value?.is('Call', 'New') ? calleeOf(value) : undefined
  if (!callee) return false
  const maker = referenceOf(file, callee)
  return !maker || isLibrary(file, maker)
}

function ofDefinition(
  file: SourceFile,
  definition: Definition,
  write: SyntaxNode,
  depth: number,
): Reference | undefined {
  if (definition.kind === 'parameter') {
    const type = definition.parameter.child('type')
    // Rust's `State(store): State<Store>` takes the wrapper off.
    const isWhole = definition.path.length === 0 || file.language === 'rust'
    return type && isWhole ? ofType(file, type) : undefined
  }
  if (definition.kind !== 'value' || definition.path.length > 0) return undefined
  const type = write.parent?.is('Declarator', 'Assignment') ? write.parent.child('type') : undefined
  if (type) return ofType(file, type)
  const value = definition.value?.unwrapped
  return value && ofMade(file, value, depth)
}

/** `new Store()`, `Store()`, `Store::new(…)` */
function ofMade(file: SourceFile, value: SyntaxNode, depth: number): Reference | undefined {
  let it = value
  while (it.is('Await', 'Propagate', 'Borrow')) {
    const inner = it.child('value')?.unwrapped
    if (!inner) return undefined
    it = inner
  }
  const callee = it.is('New', 'Call') ? calleeOf(it) : undefined
  if (!callee) return undefined
  if (file.language === 'rust') {
    const object = callee.kind === 'Path' ? callee.child('object') : undefined
    return object && /^[A-Z]/.test(object.text) ? referenceOf(file, object) : undefined
  }
  // What is imported may be a class whatever its case: if it is none, nothing is found by these names.
  return it.kind === 'New' || file.language === 'python' ? ofClass(file, callee, depth + 1) : undefined
}

function ofClass(file: SourceFile, callee: SyntaxNode, depth: number): Reference | undefined {
  const name = callee.kind === 'Member' ? (callee.child('property')?.name ?? '') : callee.name
  if (file.language !== 'python' || /^[A-Z]/.test(name)) return ofExpression(file, callee, depth)
  let root = callee
  while (root.kind === 'Member') {
    const object = root.child('object')?.unwrapped
    if (!object) return undefined
    root = object
  }
  return root.kind === 'Name' && file.binding(root)?.kind === 'import'
    ? ofExpression(file, callee, depth)
    : undefined
}

/** The name of a class in a type: `Store` of `Arc<Store>`, `Annotated[Store, Depends()]`, `Store | undefined`. */
function ofType(file: SourceFile, type: SyntaxNode): Reference | undefined {
  const names = type.is('TypeName', 'Name') ? [type] : [...type.descendants('TypeName', 'Name')]
  const own = names.filter(it => !WRAPPERS.test(it.name))
  const name = file.language === 'rust' ? own.at(-1) : own[0]
  return name && /^[A-Z]/.test(name.name) ? referenceOf(file, name) : undefined
}

const WRAPPERS =
  /^(Annotated|Optional|Type|Arc|Rc|Box|Mutex|RwLock|State|Data|Extension|Option|Promise|Readonly|Depends|Inject)$/

function ownClass(object: SyntaxNode): Reference | undefined {
  const holder = object.closest('Class', 'Implementation')
  const name = (holder?.child('name') ?? holder?.child('type'))?.text
  return name === undefined ? undefined : { module: '', names: [name] }
}

/** `this.store`, when the class says what it is. */
function ofField(file: SourceFile, member: SyntaxNode, depth: number): Reference | undefined {
  const object = member.child('object')?.unwrapped
  const name = member.child('property')?.name
  if (!object || !name) return undefined
  const isOwn = object.kind === 'This' || (file.language === 'python' && object.name === 'self')
  const holder = isOwn ? object.closest('Class', 'Implementation') : undefined
  if (!holder) return undefined
  if (file.language === 'rust') return ofStruct(file, holder, name)
  return file.language === 'python'
    ? ofSelf(file, holder, name, depth)
    : ofProperty(file, holder, name, depth)
}

function ofStruct(file: SourceFile, implementation: SyntaxNode, name: string): Reference | undefined {
  const type = implementation.child('type')
  const head = type?.kind === 'GenericType' ? type.child('type') : type
  const struct = head && file.binding(head)?.declaration.parent
  const field =
    struct?.kind === 'Struct'
      ? struct.children('member').find(it => it.child('name')?.name === name)
      : undefined
  const of = field?.child('type')
  return of && ofType(file, of)
}

function ofProperty(file: SourceFile, home: SyntaxNode, name: string, depth: number): Reference | undefined {
  for (const member of home.children('member')) {
    if (member.kind === 'Field' && member.child('name')?.name === name) {
      const type = member.child('type')
      const value = member.child('value')?.unwrapped
      return (type && ofType(file, type)) ?? (value && ofMade(file, value, depth))
    }
    if (member.child('name')?.name !== 'constructor') continue
    for (const it of member.child('parameters')?.children('parameter') ?? []) {
      const type = it.child('type')
      if (
        it.child('target')?.name === name &&
        type &&
        /^(@\w+\([^)]*\)\s*)*(private|public|protected|readonly)\b/.test(it.text)
      )
        return ofType(file, type)
    }
  }
  return ofAssigned(file, home, 'this', name, depth)
}

function ofSelf(file: SourceFile, home: SyntaxNode, name: string, depth: number): Reference | undefined {
  for (const statement of home.child('body')?.children('statement') ?? []) {
    const assignment = statement.kind === 'ExpressionStatement' ? statement.child('value') : statement
    if (assignment?.kind !== 'Assignment' || assignment.child('target')?.name !== name) continue
    const type = assignment.child('type')
    const value = assignment.child('value')?.unwrapped
    return (type && ofType(file, type)) ?? (value && ofMade(file, value, depth))
  }
  return ofAssigned(file, home, 'self', name, depth)
}

/** `self.store = Store()`, `this.store = store` with a typed parameter. */
function ofAssigned(
  file: SourceFile,
  home: SyntaxNode,
  self: string,
  name: string,
  depth: number,
): Reference | undefined {
  for (const it of home.named(name, 'any')) {
    const target = it.parent
    const assignment = target?.role === 'target' ? target.parent : undefined
    if (
      target?.kind !== 'Member' ||
      assignment?.kind !== 'Assignment' ||
      target.child('object')?.text !== self
    )
      continue
    const type = assignment.child('type')
    const value = assignment.child('value')?.unwrapped
    if (type) return ofType(file, type)
    if (value?.kind === 'Name') {
      const binding = file.binding(value)
      const write = binding && [...binding.writes()][0]
      const definition = write && definitionOf(write)
      return definition?.kind === 'parameter' ? ofDefinition(file, definition, write!, depth) : undefined
    }
    return value && ofMade(file, value, depth)
  }
  return undefined
}

/** Nothing in there calls back with what a project hands over. */
function isLibrary(file: SourceFile, { module, names }: Reference): boolean {
  if (file.language === 'rust')
    return RUST.test(names[0] ?? '') || (names.length === 1 && /^[A-Z]/.test(names[0]!))
  if (module === '' || module.startsWith('.')) return false
  if (file.language === 'python') return PYTHON.test(module)
  // Packages of the same repository mostly have a scope.
  return !/^(@|~|#|\$lib|src\/|app\/|lib\/)/.test(module) || SCOPES.test(module)
}

const RUST =
  /^(std|core|alloc|serde|serde_json|tokio|tracing|log|anyhow|thiserror|axum|actix_web|rocket|sqlx|diesel|reqwest|chrono|uuid|futures|rand|regex|hyper|tower|tower_http|sea_orm|url|base64|sha2|clap|Some|Ok|Err|Vec|String|Box|Arc|Rc|Option|Result|HashMap|Default|Duration|Instant|PathBuf|Path|Command)$/
const PYTHON =
  /^(abc|argparse|ast|asyncio|base64|collections|contextlib|copy|csv|dataclasses|datetime|decimal|enum|functools|glob|hashlib|hmac|html|http|importlib|inspect|io|itertools|json|logging|math|mimetypes|operator|os|pathlib|pickle|platform|queue|random|re|secrets|shlex|shutil|signal|socket|sqlite3|ssl|string|struct|subprocess|sys|tempfile|textwrap|threading|time|traceback|types|typing|typing_extensions|unittest|urllib|uuid|warnings|xml|zipfile|zlib|numpy|pandas|requests|httpx|aiohttp|flask|flask_\w+|django|rest_framework|fastapi|starlette|pydantic|sqlalchemy|alembic|celery|redis|boto3|botocore|jinja2|markupsafe|yaml|pytest|click|werkzeug|marshmallow|attr|dateutil|pytz|cryptography|jwt|PIL|psycopg2|pymongo|sentry_sdk|structlog|loguru|torch|tensorflow|sklearn|scipy|matplotlib)(\.|$)/
const SCOPES =
  /^@(nestjs|angular|types|mui|tanstack|radix-ui|prisma|aws-sdk|testing-library|babel|emotion|reduxjs|tiptap|sentry|storybook|headlessui|heroicons|mantine|chakra-ui|apollo|trpc|vueuse|vue|nuxt|sveltejs|fortawesome|floating-ui|hookform|google-cloud|azure|octokit|fastify|hapi|koa|remix-run|vercel|auth0|stripe|ember|glimmer|ant-design|dnd-kit)\//
