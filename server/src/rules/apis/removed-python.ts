// What versions of Python took away from its own library.

import { type ApiEntry, modules, removed, renamed } from './entry.ts'

const COLLECTIONS = [
  ...['Awaitable', 'Callable', 'Container', 'Coroutine', 'Generator', 'Hashable', 'Iterable', 'Iterator'],
  ...['Mapping', 'MutableMapping', 'MutableSequence', 'MutableSet', 'Sequence', 'Set', 'Sized'],
].map(name =>
  removed(
    'python',
    'Python 3.10',
    `collections.${name}`,
    `collections.abc.${name}`,
    `from collections import «${name}»`,
    `from collections.abc import ${name}`,
  ),
)

const LOOPS = ['sleep', 'gather', 'wait', 'wait_for', 'Queue', 'Lock', 'Event', 'Semaphore', 'Condition'].map(
  name => {
    const first = { sleep: '1, ', gather: 'work, ', wait: 'all_of_them, ', wait_for: 'work, 5, ' }[name] ?? ''
    return removed(
      'python',
      'Python 3.10',
      `asyncio.${name}`,
      {
        en: 'Leave `loop` out: it belongs to the loop that runs.',
        es: 'Quita `loop`: pertenece al bucle que se está ejecutando.',
      },
      `import asyncio\nkept = «asyncio.${name}»(${first}loop=loop)`,
      `import asyncio\nkept = asyncio.${name}(${first.replace(/, $/, '')})`,
      {
        ...{ as: 'call', case: 'loop', when: { option: { loop: /./ } } },
        why: {
          en: 'The parameter `loop` was removed there: the call raises a `TypeError`.',
          es: 'El parámetro `loop` se eliminó entonces: la llamada lanza un `TypeError`.',
        },
      },
    )
  },
)

const gone = (version: string) => (module: string, instead: string) =>
  removed(
    'python',
    version,
    module,
    instead.startsWith('=')
      ? { en: `Use \`${instead.slice(1)}\` from PyPI.`, es: `Usa \`${instead.slice(1)}\`, de PyPI.` }
      : instead,
    `import «${module}»`,
    `import ${instead.replace('=', '').split('.')[0]!.replaceAll('-', '_')}`,
    {
      as: 'module',
      why: {
        en: 'The module was removed there: the import raises a `ModuleNotFoundError`.',
        es: 'El módulo se eliminó entonces: la importación lanza un `ModuleNotFoundError`.',
      },
    },
  )

const MODULES = [
  ...modules(gone('Python 3.12'), {
    ...{
      imp: 'importlib',
      asynchat: 'asyncio',
      asyncore: 'asyncio',
      smtpd: '=aiosmtpd',
      distutils: 'setuptools',
    },
  }),
  ...modules(gone('Python 3.13'), {
    ...{
      cgi: 'urllib.parse',
      cgitb: '=legacy-cgi',
      imghdr: '=filetype',
      sndhdr: '=filetype',
      telnetlib: '=telnetlib3',
    },
    ...{
      nntplib: '=pynntp',
      mailcap: 'mimetypes',
      audioop: '=audioop-lts',
      aifc: '=soundfile',
      sunau: '=soundfile',
    },
    ...{ lib2to3: '=libcst', xdrlib: 'struct', ossaudiodev: '=pyaudio', msilib: 'subprocess' },
  }),
  ...modules(gone('Python 3.9'), { 'xml.etree.cElementTree': 'xml.etree.ElementTree' }),
  ...modules(gone('Python 3'), {
    ...{ urllib2: 'urllib.request', urlparse: 'urllib.parse', httplib: 'http.client', cPickle: 'pickle' },
    ...{ cStringIO: 'io', ConfigParser: 'configparser', Queue: 'queue', SocketServer: 'socketserver' },
    ...{ BaseHTTPServer: 'http.server', HTMLParser: 'html.parser', xmlrpclib: 'xmlrpc.client' },
    ...{ cookielib: 'http.cookiejar', __builtin__: 'builtins', copy_reg: 'copyreg', Tkinter: 'tkinter' },
    ...{ anydbm: 'dbm', dummy_thread: 'threading', StringIO: 'io' },
  }),
]

/** Where the module's name alone could be that of a file of the project. */
const FUNCTIONS: readonly (readonly [version: string, api: string, instead: string])[] = [
  ['Python 3.13', 'pipes.quote', 'shlex.quote'],
  ['Python 3.13', 'uu.encode', 'binascii.b2a_uu'],
  ['Python 3.13', 'locale.resetlocale', "locale.setlocale(locale.LC_ALL, '')"],
  ['Python 3.14', 'pkgutil.find_loader', 'importlib.util.find_spec'],
  ['Python 3.14', 'pkgutil.get_loader', 'importlib.util.find_spec'],
  ['Python 3.14', 'pty.master_open', 'pty.openpty'],
  ['Python 3.14', 'pty.slave_open', 'pty.openpty'],
  ['Python 3.14', 'sqlite3.version', 'sqlite3.sqlite_version'],
  ['Python 3.14', 'ast.Num', 'ast.Constant'],
  ['Python 3.14', 'ast.Str', 'ast.Constant'],
  ['Python 3.14', 'ast.Bytes', 'ast.Constant'],
  ['Python 3.14', 'ast.NameConstant', 'ast.Constant'],
  ['Python 3.14', 'asyncio.get_child_watcher', 'asyncio.create_subprocess_exec'],
  ['Python 3.14', 'asyncio.set_child_watcher', 'asyncio.create_subprocess_exec'],
  ['Python 3.14', 'importlib.abc.ResourceReader', 'importlib.resources.abc.ResourceReader'],
  ['Python 3.14', 'importlib.abc.Traversable', 'importlib.resources.abc.Traversable'],
  ['Python 3.12', 'ssl.wrap_socket', 'ssl.SSLContext.wrap_socket'],
  ['Python 3.12', 'ssl.match_hostname', 'ssl.create_default_context'],
  ['Python 3.12', 'ssl.RAND_pseudo_bytes', 'os.urandom'],
  ['Python 3.12', 'pkgutil.ImpImporter', 'importlib.machinery.FileFinder'],
  ['Python 3.12', 'pkgutil.ImpLoader', 'importlib.machinery.SourceFileLoader'],
  ['Python 3.12', 'importlib.find_loader', 'importlib.util.find_spec'],
  ['Python 3.12', 'importlib.abc.Finder', 'importlib.abc.MetaPathFinder'],
  ['Python 3.12', 'sqlite3.OptimizedUnicode', 'str'],
  ['Python 3.12', 'sqlite3.enable_shared_cache', 'sqlite3.connect'],
  ['Python 3.12', 'locale.format', 'locale.format_string'],
  ['Python 3.12', 'io.OpenWrapper', 'open'],
  ['Python 3.11', 'asyncio.coroutine', 'async def'],
  ['Python 3.11', 'inspect.getargspec', 'inspect.getfullargspec'],
  ['Python 3.11', 'inspect.formatargspec', 'inspect.signature'],
  ['Python 3.11', 'binascii.b2a_hqx', 'binascii.b2a_base64'],
  ['Python 3.11', 'binascii.a2b_hqx', 'binascii.a2b_base64'],
  ['Python 3.11', 'gettext.lgettext', 'gettext.gettext'],
  ['Python 3.11', 'gettext.ldgettext', 'gettext.dgettext'],
  ['Python 3.11', 'gettext.lngettext', 'gettext.ngettext'],
  ['Python 3.9', 'fractions.gcd', 'math.gcd'],
  ['Python 3.9', 'asyncio.Task.all_tasks', 'asyncio.all_tasks'],
  ['Python 3.9', 'asyncio.Task.current_task', 'asyncio.current_task'],
  ['Python 3.9', 'sys.setcheckinterval', 'sys.setswitchinterval'],
  ['Python 3.9', 'sys.getcheckinterval', 'sys.getswitchinterval'],
  ['Python 3.9', 'plistlib.readPlist', 'plistlib.load'],
  ['Python 3.9', 'plistlib.writePlist', 'plistlib.dump'],
  ['Python 3.9', 'plistlib.readPlistFromBytes', 'plistlib.loads'],
  ['Python 3.8', 'time.clock', 'time.perf_counter'],
  ['Python 3.8', 'platform.linux_distribution', 'platform.freedesktop_os_release'],
  ['Python 3.8', 'platform.dist', 'platform.freedesktop_os_release'],
  ['Python 3.7', 'os.errno', 'errno'],
  ['Python 3', 'os.getcwdu', 'os.getcwd'],
  ['Python 3', 'string.letters', 'string.ascii_letters'],
  ['Python 3', 'string.lowercase', 'string.ascii_lowercase'],
  ['Python 3', 'string.uppercase', 'string.ascii_uppercase'],
  ['Python 3', 'string.maketrans', 'str.maketrans'],
  ['Python 3', 'string.join', 'str.join'],
  ['Python 3', 'itertools.izip', 'zip'],
  ['Python 3', 'itertools.imap', 'map'],
  ['Python 3', 'itertools.ifilter', 'filter'],
  ['Python 3', 'itertools.izip_longest', 'itertools.zip_longest'],
  ['Python 3', 'sys.maxint', 'sys.maxsize'],
  ['Python 3', 'urllib.urlencode', 'urllib.parse.urlencode'],
  ['Python 3', 'urllib.quote', 'urllib.parse.quote'],
  ['Python 3', 'urllib.quote_plus', 'urllib.parse.quote_plus'],
  ['Python 3', 'urllib.unquote', 'urllib.parse.unquote'],
  ['Python 3', 'urllib.urlopen', 'urllib.request.urlopen'],
  ['Python 3', 'urllib.urlretrieve', 'urllib.request.urlretrieve'],
]

const BUILTINS: Readonly<Record<string, string>> = {
  ...{ raw_input: 'input', xrange: 'range', execfile: 'exec', unichr: 'chr' },
  ...{ reduce: 'functools.reduce', basestring: 'str' },
}

export const REMOVED_PYTHON: readonly ApiEntry[] = [
  ...COLLECTIONS,
  ...LOOPS,
  ...MODULES,
  ...FUNCTIONS.map(([version, api, instead]) => {
    const module = api.slice(0, api.lastIndexOf('.'))
    const [top] = module.split('.')
    const importOf = (it: string) => (it.includes('.') ? `import ${it.slice(0, it.lastIndexOf('.'))}\n` : '')
    const valid = /^[\w.]+$/.test(instead) ? instead : 'value'
    return removed(
      ...(['python', version, api, instead] as const),
      `import ${api.startsWith('asyncio.') ? top : module}\nkept = «${api}»`,
      `${valid === 'errno' ? 'import errno\n' : importOf(valid.replace(/^(asyncio|ssl)\..*\./, '$1.'))}kept = ${valid}`,
    )
  }),
  ...Object.entries(BUILTINS)
    .filter(([name]) => name !== 'basestring')
    .map(([name, instead]) =>
      removed('python', 'Python 3', name, instead, `kept = «${name}»(value)`, `kept = ${instead}(value)`, {
        as: 'call',
        why: {
          en: 'It is a builtin of Python 2: with Python 3, the call raises a `NameError`.',
          es: 'Es una función de Python 2: con Python 3, la llamada lanza un `NameError`.',
        },
      }),
    ),
  ...renamed(
    'python',
    'Python 3.9',
    'base64',
    { imported: 'import base64', as: 'base64' },
    {
      encodestring: 'encodebytes',
      decodestring: 'decodebytes',
    },
  ),
  ...renamed(
    'python',
    'Python 3.12',
    'configparser',
    { imported: 'import configparser', as: 'configparser' },
    {
      SafeConfigParser: 'ConfigParser',
    },
  ),
  removed(
    ...(['python', 'Python 3.12', 'configparser.ConfigParser.readfp', 'read_file'] as const),
    `import configparser\nparser = configparser.ConfigParser()\n«parser.readfp»(source)`,
    `import configparser\nparser = configparser.ConfigParser()\nparser.read_file(source)`,
    {
      ...{ as: 'method', makers: ['configparser.ConfigParser', 'configparser.RawConfigParser'] },
      ...{ put: '$object.read_file' },
      fixed: `import configparser\nparser = configparser.ConfigParser()\nparser.read_file(source)`,
    },
  ),
  removed(
    ...(['python', 'Python 3.9', 'threading.Thread.isAlive', 'is_alive'] as const),
    `import threading\nworker = threading.Thread(target=work)\nkept = «worker.isAlive»()`,
    `import threading\nworker = threading.Thread(target=work)\nkept = worker.is_alive()`,
    {
      ...{ as: 'method', makers: ['threading.Thread', 'threading.Timer'], put: '$object.is_alive' },
      fixed: `import threading\nworker = threading.Thread(target=work)\nkept = worker.is_alive()`,
    },
  ),
  removed(
    ...(['python', 'Python 3.9', 'array.array.tostring', 'tobytes'] as const),
    `import array\nnumbers = array.array('i', [1])\nkept = «numbers.tostring»()`,
    `import array\nnumbers = array.array('i', [1])\nkept = numbers.tobytes()`,
    {
      ...{ as: 'method', makers: ['array.array'], put: '$object.tobytes' },
      fixed: `import array\nnumbers = array.array('i', [1])\nkept = numbers.tobytes()`,
    },
  ),
  removed(
    ...(['python', 'Python 3.9', 'json.loads'] as const),
    {
      en: 'Leave `encoding` out: bytes are decoded by themselves.',
      es: 'Quita `encoding`: los bytes se decodifican solos.',
    },
    `import json\nkept = «json.loads»(text, encoding='utf-8')`,
    `import json\nkept = json.loads(text)`,
    {
      ...{ as: 'call', case: 'encoding', when: { option: { encoding: /./ } } },
      why: {
        en: 'The parameter `encoding` was removed there: the call raises a `TypeError`.',
        es: 'El parámetro `encoding` se eliminó entonces: la llamada lanza un `TypeError`.',
      },
    },
  ),
  removed(
    ...(['python', 'Python 3.11', 'random.shuffle'] as const),
    { en: 'Leave the second argument out.', es: 'Quita el segundo argumento.' },
    `import random\n«random.shuffle»(cards, random.random)`,
    `import random\nrandom.shuffle(cards)`,
    {
      ...{ as: 'call', case: 'random', when: { least: 2 } },
      why: {
        en: 'The parameter `random` was removed there: the call raises a `TypeError`.',
        es: 'El parámetro `random` se eliminó entonces: la llamada lanza un `TypeError`.',
      },
    },
  ),
  removed(
    ...(['python', 'Python 3.11', 'open', "open(path, 'r')"] as const),
    `with «open»(path, 'rU') as source:\n    kept = source.read()`,
    `with open(path, 'r') as source:\n    kept = source.read()`,
    {
      ...{ as: 'call', case: 'U', when: { argument: { 1: /^['"][rbt]*U/ } } },
      why: {
        en: "The mode 'U' was removed there: the call raises a `ValueError`. Ends of lines are read so anyway.",
        es: "El modo 'U' se eliminó entonces: la llamada lanza un `ValueError`. Los finales de línea ya se leen así.",
      },
    },
  ),
  ...['sorted', 'list.sort'].map(api =>
    removed(
      ...(['python', 'Python 3', api, 'functools.cmp_to_key'] as const),
      api === 'sorted' ? 'kept = «sorted»(values, cmp=compare)' : '«values.sort»(cmp=compare)',
      'from functools import cmp_to_key\nkept = sorted(values, key=cmp_to_key(compare))',
      {
        ...{ as: api === 'sorted' ? 'call' : 'method', case: 'cmp', when: { option: { cmp: /./ } } },
        ...(api !== 'sorted' && { makers: ['*'] }),
        why: {
          en: 'The parameter `cmp` was removed there: the call raises a `TypeError`.',
          es: 'El parámetro `cmp` se eliminó entonces: la llamada lanza un `TypeError`.',
        },
      },
    ),
  ),
  ...['encode', 'decode'].map(method =>
    removed(
      ...(['python', 'Python 3', `str.${method}`, `codecs.${method}`] as const),
      `kept = «text.${method}»('hex')`,
      `import codecs\nkept = codecs.${method}(data, 'hex')`,
      {
        ...{
          as: 'method',
          case: 'bytes',
          makers: ['*'],
          when: { argument: { 0: /^['"](?:base64|hex|zlib|bz2|rot13)['"]$/ } },
        },
        why: {
          en: 'Text is encoded to bytes and bytes are decoded to text only: this raises a `LookupError`.',
          es: 'El texto solo se codifica a bytes y los bytes solo se decodifican a texto: esto lanza un `LookupError`.',
        },
      },
    ),
  ),
]
