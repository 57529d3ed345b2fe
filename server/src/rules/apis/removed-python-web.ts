// What frameworks of servers and their helpers took away.

import { type ApiEntry, imported, removed } from './entry.ts'

/** Parameters that are gone: by whom, of what, which, what to write instead. */
const PARAMETERS: readonly (readonly [version: string, api: string, option: string, instead: string])[] = [
  ['Django 4.0', 'django.dispatch.Signal', 'providing_args', 'Signal()'],
  ['Flask 2.2', 'flask.send_file', 'attachment_filename', 'download_name='],
  ['Flask 2.2', 'flask.send_file', 'cache_timeout', 'max_age='],
  ['Flask 2.2', 'flask.send_file', 'add_etags', 'etag='],
  ['SQLAlchemy 2.0', 'sqlalchemy.MetaData', 'bind', 'metadata.create_all(engine)'],
  ['SQLAlchemy 2.0', 'sqlalchemy.Table', 'autoload', 'autoload_with=engine'],
  ['pydantic 2.0', 'pydantic.Field', 'regex', 'pattern='],
  ['pydantic 2.0', 'pydantic.Field', 'const', 'Literal[...]'],
  ['pydantic 2.0', 'pydantic.constr', 'regex', 'pattern='],
  ['pydantic 2.0', 'pydantic.conlist', 'min_items', 'min_length='],
  ['pydantic 2.0', 'pydantic.conlist', 'max_items', 'max_length='],
  ['httpx 0.28', 'httpx.Client', 'proxies', 'proxy='],
  ['httpx 0.28', 'httpx.AsyncClient', 'proxies', 'proxy='],
  ['httpx 0.28', 'httpx.get', 'proxies', 'proxy='],
  ['httpx 0.28', 'httpx.post', 'proxies', 'proxy='],
]

const SELENIUM = ['id', 'name', 'xpath', 'class_name', 'css_selector', 'tag_name', 'link_text'].map(by =>
  removed(
    ...(['python', 'Selenium 4.3', `selenium.webdriver.Chrome.find_element_by_${by}`] as const),
    `find_element(By.${by.toUpperCase()}, value)`,
    `from selenium import webdriver\nbrowser = webdriver.Chrome()\nkept = «browser.find_element_by_${by}»('a')`,
    `from selenium import webdriver\nbrowser = webdriver.Chrome()\nkept = browser.find_element(By.${by.toUpperCase()}, 'a')`,
    {
      as: 'method',
      makers: ['selenium.webdriver.Chrome', 'selenium.webdriver.Firefox', 'selenium.webdriver.Remote'],
    },
  ),
)

export const REMOVED_PYTHON_WEB: readonly ApiEntry[] = [
  ...imported(removed, 'python', [
    ['Django 4.0', 'django.conf.urls.url', 'django.urls.re_path'],
    ['Django 4.0', 'django.utils.encoding.force_text', 'django.utils.encoding.force_str'],
    ['Django 4.0', 'django.utils.encoding.smart_text', 'django.utils.encoding.smart_str'],
    ['Django 4.0', 'django.utils.translation.ugettext', 'django.utils.translation.gettext'],
    ['Django 4.0', 'django.utils.translation.ugettext_lazy', 'django.utils.translation.gettext_lazy'],
    ['Django 4.0', 'django.utils.translation.ugettext_noop', 'django.utils.translation.gettext_noop'],
    ['Django 4.0', 'django.utils.translation.ungettext', 'django.utils.translation.ngettext'],
    ['Django 4.0', 'django.utils.translation.ungettext_lazy', 'django.utils.translation.ngettext_lazy'],
    ['Django 4.0', 'django.utils.http.urlquote', 'urllib.parse.quote'],
    ['Django 4.0', 'django.utils.http.urlquote_plus', 'urllib.parse.quote_plus'],
    ['Django 4.0', 'django.utils.http.urlunquote', 'urllib.parse.unquote'],
    ['Django 4.0', 'django.utils.http.urlunquote_plus', 'urllib.parse.unquote_plus'],
    ['Django 4.0', 'django.utils.http.is_safe_url', 'django.utils.http.url_has_allowed_host_and_scheme'],
    ['Django 4.0', 'django.utils.text.unescape_entities', 'html.unescape'],
    ['Django 4.0', 'django.contrib.postgres.fields.JSONField', 'django.db.models.JSONField'],
    ['Django 4.0', 'django.contrib.postgres.forms.JSONField', 'django.forms.JSONField'],
    ['Django 4.0', 'django.db.models.NullBooleanField', 'django.db.models.BooleanField'],
    ['Django 5.0', 'django.utils.timezone.utc', 'datetime.timezone.utc'],
    ['Django 5.1', 'django.core.files.storage.get_storage_class', 'django.core.files.storage.storages'],
    ['Django 3.0', 'django.shortcuts.render_to_response', 'django.shortcuts.render'],
    ['Django 3.0', 'django.utils.encoding.python_2_unicode_compatible', 'six.python_2_unicode_compatible'],
    ['Django 3.0', 'django.utils.six', 'six.text_type'],
    ['Django 3.0', 'django.utils.decorators.available_attrs', 'functools.WRAPPER_ASSIGNMENTS'],
    ['Django 3.0', 'django.utils.decorators.ContextDecorator', 'contextlib.ContextDecorator'],
    ['Django 2.1', 'django.utils.translation.string_concat', 'django.utils.text.format_lazy'],
    ['Django 2.0', 'django.core.urlresolvers.reverse', 'django.urls.reverse'],
    ['Django 2.0', 'django.core.urlresolvers.resolve', 'django.urls.resolve'],
    ['Django 2.0', 'django.core.urlresolvers.reverse_lazy', 'django.urls.reverse_lazy'],
    ['Django 2.1', 'django.contrib.auth.views.login', 'django.contrib.auth.views.LoginView'],
    ['Django 2.1', 'django.contrib.auth.views.logout', 'django.contrib.auth.views.LogoutView'],
    ['Flask 3.0', 'flask.Markup', 'markupsafe.Markup'],
    ['Flask 3.0', 'flask.escape', 'markupsafe.escape'],
    ['Flask 2.3', 'flask.json.JSONEncoder', 'flask.json.provider.DefaultJSONProvider'],
    ['Flask 2.3', 'flask.json.JSONDecoder', 'flask.json.provider.DefaultJSONProvider'],
    ['Flask 2.1', 'flask.safe_join', 'werkzeug.utils.safe_join'],
    ['Werkzeug 2.1', 'werkzeug.security.safe_str_cmp', 'hmac.compare_digest'],
    ['Werkzeug 2.1', 'werkzeug.wrappers.BaseResponse', 'werkzeug.wrappers.Response'],
    ['Werkzeug 2.1', 'werkzeug.wrappers.BaseRequest', 'werkzeug.wrappers.Request'],
    ['Werkzeug 3.0', 'werkzeug.urls.url_quote', 'urllib.parse.quote'],
    ['Werkzeug 3.0', 'werkzeug.urls.url_unquote', 'urllib.parse.unquote'],
    ['Werkzeug 3.0', 'werkzeug.urls.url_encode', 'urllib.parse.urlencode'],
    ['Werkzeug 3.0', 'werkzeug.urls.url_decode', 'urllib.parse.parse_qs'],
    ['Werkzeug 3.0', 'werkzeug.urls.url_parse', 'urllib.parse.urlsplit'],
    ['Werkzeug 3.0', 'werkzeug.urls.url_join', 'urllib.parse.urljoin'],
    ['Werkzeug 3.0', 'werkzeug.urls.url_unparse', 'urllib.parse.urlunsplit'],
    ['Werkzeug 1.0', 'werkzeug.secure_filename', 'werkzeug.utils.secure_filename'],
    ['Werkzeug 1.0', 'werkzeug.FileStorage', 'werkzeug.datastructures.FileStorage'],
    [
      'Werkzeug 1.0',
      'werkzeug.wsgi.SharedDataMiddleware',
      'werkzeug.middleware.shared_data.SharedDataMiddleware',
    ],
    ['Jinja 3.1', 'jinja2.Markup', 'markupsafe.Markup'],
    ['Jinja 3.1', 'jinja2.escape', 'markupsafe.escape'],
    ['Jinja 3.1', 'jinja2.contextfunction', 'jinja2.pass_context'],
    ['Jinja 3.1', 'jinja2.contextfilter', 'jinja2.pass_context'],
    ['Jinja 3.1', 'jinja2.environmentfunction', 'jinja2.pass_environment'],
    ['Jinja 3.1', 'jinja2.environmentfilter', 'jinja2.pass_environment'],
    ['Jinja 3.1', 'jinja2.evalcontextfilter', 'jinja2.pass_eval_context'],
    ['MarkupSafe 2.1', 'markupsafe.soft_unicode', 'markupsafe.soft_str'],
    ['SQLAlchemy 2.0', 'sqlalchemy.orm.mapper', 'sqlalchemy.orm.registry'],
    ['SQLAlchemy 2.0', 'sqlalchemy.orm.relation', 'sqlalchemy.orm.relationship'],
    ['pydantic 2.0', 'pydantic.BaseSettings', 'pydantic_settings.BaseSettings'],
    ['pydantic 2.0', 'pydantic.ConstrainedStr', 'pydantic.StringConstraints'],
    ['pydantic 2.0', 'pydantic.ConstrainedInt', 'pydantic.conint'],
    ['pydantic 2.0', 'pydantic.ConstrainedFloat', 'pydantic.confloat'],
    ['pydantic 2.0', 'pydantic.ConstrainedList', 'pydantic.conlist'],
    ['pydantic 2.0', 'pydantic.PyObject', 'pydantic.ImportString'],
    ['pydantic 2.0', 'pydantic.generics.GenericModel', 'pydantic.BaseModel'],
    ['Tornado 6.0', 'tornado.web.asynchronous', 'async def'],
    ['Tornado 6.0', 'tornado.gen.Task', 'tornado.gen.coroutine'],
    ['Celery 5.0', 'celery.task.task', 'celery.shared_task'],
    ['Celery 5.0', 'celery.task.periodic_task', 'celery.schedules.crontab'],
  ]),
  ...PARAMETERS.map(([version, api, option, instead]) => {
    const dot = api.lastIndexOf('.')
    const [module, name] = [api.slice(0, dot), api.slice(dot + 1)]
    return removed(
      ...(['python', version, api, instead] as const),
      `from ${module} import ${name}\nkept = «${name}»(${option}=value)`,
      `from ${module} import ${name}\nkept = ${name}()`,
      {
        ...{ as: 'call', case: option, when: { option: { [option]: /./ } } },
        why: {
          en: `The parameter \`${option}\` was removed there: the call fails.`,
          es: `El parámetro \`${option}\` se eliminó entonces: la llamada falla.`,
        },
      },
    )
  }),
  ...['ForeignKey', 'OneToOneField'].map(name =>
    removed(
      ...(['python', 'Django 2.0', `django.db.models.${name}`, 'on_delete=models.CASCADE'] as const),
      `from django.db import models\nkept = «models.${name}»(Author)`,
      `from django.db import models\nkept = models.${name}(Author, on_delete=models.CASCADE)`,
      {
        ...{ as: 'call', case: 'on_delete', when: { least: 1, most: 1, without: ['on_delete'] } },
        why: {
          en: 'The default of `on_delete` was removed there: the call raises a `TypeError`.',
          es: 'El valor por defecto de `on_delete` se eliminó entonces: la llamada lanza un `TypeError`.',
        },
      },
    ),
  ),
  removed(
    ...(['python', 'SQLAlchemy 2.0', 'sqlalchemy.select', 'select(a, b)'] as const),
    `from sqlalchemy import select\nkept = «select»([users.c.id])`,
    `from sqlalchemy import select\nkept = select(users.c.id)`,
    {
      ...{ as: 'call', case: 'list', when: { argument: { 0: /^\[/ } } },
      why: {
        en: 'The form with a list was removed there: the call raises an `ArgumentError`.',
        es: 'La forma con una lista se eliminó entonces: la llamada lanza un `ArgumentError`.',
      },
    },
  ),
  removed(
    ...([
      'python',
      'SQLAlchemy 2.0',
      'sqlalchemy.Engine.execute',
      'with engine.connect() as connection',
    ] as const),
    `from sqlalchemy import create_engine\nengine = create_engine(url)\n«engine.execute»('SELECT 1')`,
    `from sqlalchemy import create_engine\nengine = create_engine(url)\nwith engine.connect() as connection:\n    connection.execute(query)`,
    { as: 'method', makers: ['sqlalchemy.create_engine'] },
  ),
  removed(
    ...(['python', 'Flask 2.3', 'flask.Flask.before_first_request', 'with app.app_context()'] as const),
    `from flask import Flask\napp = Flask(__name__)\n@«app.before_first_request»\ndef prepare():\n    load()`,
    `from flask import Flask\napp = Flask(__name__)\nwith app.app_context():\n    load()`,
    { as: 'method', makers: ['flask.Flask'] },
  ),
  ...SELENIUM,
]
