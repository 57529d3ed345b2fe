// Routes of Django: lists of URLs, regular expressions, views and viewsets.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractDjango } from '../../../server/src/graph/extract/python/django.ts'
import { ofExpression } from '../../../server/src/graph/extract/python/django-paths.ts'
import { rowsWithPlaces } from '../../support/facts.ts'

function check(what: string, text: string, expected: readonly string[], path = 'shop/users/urls.py'): void {
  test(what, () => assert.deepEqual(rowsWithPlaces(extractDjango, text, path), expected))
}

check(
  'paths, expressions, and views in wrappings',
  String.raw`
from django.urls import path, re_path
from django.views.decorators.cache import cache_page
from . import views
urlpatterns = [
    path("", views.home, name="home"),
    path("users/<int:id>/", views.user),
    path("files/<path:name>", csrf_exempt(views.file)),
    re_path(r"^posts/(?P<year>[0-9]{4})/$", cache_page(60)(views.year)),
    re_path(r"^users/(?P<id>\d+)/?$", views.again),
    re_path(".*", views.app),
    path("admin/", admin.site.urls),
    path("ws/", views.Socket.as_asgi()),
]
`,
  [
    'router django urlpatterns @ urlpatterns',
    'route * / of urlpatterns by home @ ""',
    'route * /users/{id}/ of urlpatterns by user @ "users/<int:id>/"',
    'route * /files/{name*} of urlpatterns by file @ "files/<path:name>"',
    'route * /posts/{year}/ of urlpatterns by year @ r"^posts/(?P<year>[0-9]{4})/$"',
    'route * /users/{id}/ of urlpatterns by again @ r"^users/(?P<id>\\d+)/?$"',
    'route * /users/{id} of urlpatterns by again @ r"^users/(?P<id>\\d+)/?$"',
    'route * /{arg*} of urlpatterns by app @ ".*"',
    'route * /admin/{path*} of urlpatterns by urls @ "admin/"',
  ],
)

test('expressions', () => {
  const paths = (text: string, isWhole = true) => ofExpression(text, isWhole).join(' ')
  assert.equal(paths('^a/b/$'), 'a/b/')
  assert.equal(paths('^(?P<pk>[^/.]+)/files/(?P<rest>.*)$'), '{pk}/files/{rest*}')
  assert.equal(paths('^(?P<id>\\d+)(?:/(?P<slug>[\\w-]+))?/$'), '{id}/{slug}/ {id}/')
  assert.equal(paths('^(en|es)/favicon\\.ico$'), 'en/favicon.ico es/favicon.ico')
  assert.equal(paths('^tags/[a-z][a-z0-9]*/$'), 'tags/{arg}/')
  assert.equal(paths('^(?P<a>(x|y)+)/$'), '{a}/')
  assert.equal(paths('^(\\d+)-(.+)$'), '{arg}-{arg*}')
  assert.equal(paths('^(?!api/).*$'), '{arg*}')
  assert.equal(paths('^'), '{path*}')
  assert.equal(paths('^$'), '')
  assert.equal(paths('^', false), '')
  assert.equal(paths('manifest.json'), 'manifest.json')
  // Nobody can tell, or nobody wants to: too many, or broken.
  assert.equal(paths('^(a|b)(c|d)(e|f)(g|h)$'), '')
  assert.equal(paths('^(?P<a>x/$'), '')
  assert.equal(paths('^[a-'), '')
})

check(
  'what is included: modules, lists of this file, of others, and written in place',
  String.raw`
from django.conf.urls import include, url
from django.conf.urls.i18n import i18n_patterns
from django.urls import path
from rest_framework.routers import DefaultRouter
from shop.pets import urls as pets
from .more import extra_patterns
from . import views
router = DefaultRouter()
own = [path("a/", views.a)]
urlpatterns = [
    path("users/", include("shop.users.urls", namespace="users")),
    path("pets/", include((pets, "pets"))),
    path("own/", include(own)),
    path("more/", include(extra_patterns)),
    url(r"^api/v(?P<version>\d)/", include([url("^ping$", views.ping), *router.urls])),
    path("odd/", include(make_urls())),
] + i18n_patterns(path("about/", views.about))
urlpatterns += router.urls
urlpatterns.append(path(f"{settings.PREFIX}/x", views.x))
if settings.DEBUG:
    urlpatterns = [path("debug/", views.debug)] + urlpatterns
`,
  [
    'router django router @ DefaultRouter()',
    'router django own @ own',
    'router django urlpatterns @ urlpatterns',
    'mount urlpatterns <- shop.users.urls:urlpatterns /users/ @ "users/"',
    'mount urlpatterns <- shop.pets:urls.urlpatterns /pets/ @ "pets/"',
    'mount urlpatterns <- own /own/ @ "own/"',
    'mount urlpatterns <- .more:extra_patterns /more/ @ "more/"',
    'mount urlpatterns <- router /api/v{version}/ @ router.urls',
    'mount urlpatterns <- router @ router.urls',
    'route * /a/ of own by a @ "a/"',
    'route * /api/v{version}/ping of urlpatterns by ping @ "^ping$"',
    'route * /odd/{path*} of urlpatterns @ "odd/"',
    'route * /{language}/about/ of urlpatterns by about @ "about/"',
    'route * /debug/ of urlpatterns by debug @ "debug/"',
    'route * ? of urlpatterns by x @ f"{settings.PREFIX}/x"',
  ],
)

check(
  'methods of views in the same file, and of viewsets as they are used',
  `
from django.urls import path
from django.views import View
from django.views.decorators.http import require_POST
from rest_framework.decorators import api_view
from .views import UserViewSet
@require_POST
def save(request): ...
@api_view(["GET", "DELETE"])
def item(request): ...
class Page(View):
    def get(self, request): ...
    def post(self, request): ...
users = UserViewSet.as_view({"get": "list", "post": "create"})
urlpatterns = [
    path("save", save),
    path("item", item),
    path("page", login_required(Page.as_view())),
    path("users", users),
]
`,
  [
    'router django urlpatterns @ urlpatterns',
    'route POST /save of urlpatterns by save @ "save"',
    'route GET|DELETE /item of urlpatterns by item @ "item"',
    'route GET|POST /page of urlpatterns by Page @ "page"',
    'route GET|POST /users of urlpatterns by UserViewSet @ "users"',
  ],
)

check(
  'classes of other files are looked for there when they are of the project',
  `
from django.urls import path
from django.views.generic import TemplateView
from shop.users import views
from .pets import PetView, Shelter
urlpatterns = [
    path("me/", views.ProfileView.as_view()),
    path("pet/", PetView.as_view()),
    path("shelter/", Shelter.as_view()),
    path("about/", TemplateView.as_view(template_name="about.html")),
]
`,
  [
    'router django urlpatterns @ urlpatterns',
    'mount urlpatterns <- shop.users:views.ProfileView /me/ @ "me/"',
    'mount urlpatterns <- .pets:PetView /pet/ @ "pet/"',
    'route * /shelter/ of urlpatterns by Shelter @ "shelter/"',
    'route * /about/ of urlpatterns by TemplateView @ "about/"',
  ],
)

check(
  'routers of viewsets, nested ones too',
  String.raw`
from rest_framework.routers import SimpleRouter
from rest_framework_nested.routers import NestedSimpleRouter
from . import views
router = SimpleRouter()
router.register("groups", views.GroupViewSet)
router.register(r"groups/(?P<group>\d+)/files", views.FileViewSet, basename="files")
router.register("", views.HomeViewSet, basename="home")
users = NestedSimpleRouter(router, "groups", lookup="group")
users.register("users", views.UserViewSet)
notes = NestedSimpleRouter(users, "users", lookup="user")
router.registry.extend(other.registry)
admin.site.register(Model, ModelAdmin)
`,
  [
    'router django router @ SimpleRouter()',
    'router django users /groups/{group_pk} @ NestedSimpleRouter(router, "groups", lookup="group")',
    'router django notes /groups/{group_pk}/users/{user_pk} @ NestedSimpleRouter(users, "users", lookup="user")',
    'mount router <- .:views.GroupViewSet /groups/ @ "groups"',
    'mount router <- .:views.FileViewSet /groups/{group}/files/ @ r"groups/(?P<group>\\d+)/files"',
    'mount router <- .:views.HomeViewSet @ ""',
    'mount users <- .:views.UserViewSet /users/ @ "users"',
  ],
)

check(
  'viewsets: actions that the framework brings, own ones, extra ones, and those of superclasses',
  `
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from shop.base import AuditMixin, Helper
class UserViewSet(AuditMixin, Helper, viewsets.ReadOnlyModelViewSet[User]):
    lookup_field = "slug"
    def retrieve(self, request, slug=None): ...
    @action(detail=True, methods=["post"], url_path="do/publish")
    def publish(self, request, slug=None): ...
    @publish.mapping.delete
    def unpublish(self, request, slug=None): ...
    @extend_schema()
    @action(detail=False)
    def recent(self, request): ...
    def helper(self): ...
class PetViewSet(mixins.CreateModelMixin, viewsets.GenericViewSet):
    http_method_names = ["post", "head"]
    def list(self, request): ...
`,
  [
    'router django UserViewSet @ UserViewSet',
    'router django PetViewSet @ PetViewSet',
    'mount UserViewSet <- shop.base:AuditMixin @ UserViewSet',
    'route GET / of UserViewSet by UserViewSet.list @ UserViewSet',
    'route GET /{slug}/ of UserViewSet by UserViewSet.retrieve @ retrieve',
    'route POST /{slug}/do/publish/ of UserViewSet by UserViewSet.publish @ "do/publish"',
    'route DELETE /{slug}/do/publish/ of UserViewSet by UserViewSet.unpublish @ publish.mapping.delete',
    'route GET /recent/ of UserViewSet by UserViewSet.recent @ action(detail=False)',
    'route POST / of PetViewSet by PetViewSet.create @ PetViewSet',
  ],
  'shop/views.py',
)

check(
  'views that other files give their paths',
  `
from rest_framework import generics
from rest_framework.views import APIView
from rest_framework_simplejwt.views import TokenObtainPairView
from .base import BaseAPIView
class UserView(BaseAPIView):
    def get(self, request): ...
    def delete(self, request): ...
class PetsView(generics.ListCreateAPIView):
    queryset = Pet.objects.all()
class LoginView(TokenObtainPairView): ...
class Inner(UserView):
    def put(self, request): ...
class Pet(models.Model): ...
`,
  [
    'router django UserView @ UserView',
    'router django PetsView @ PetsView',
    'router django LoginView @ LoginView',
    'router django Inner @ Inner',
    'mount UserView <- .base:BaseAPIView @ UserView',
    'mount Inner <- .base:BaseAPIView @ Inner',
    'route GET  of UserView by UserView.get @ get',
    'route DELETE  of UserView by UserView.delete @ delete',
    'route GET  of PetsView by PetsView @ PetsView',
    'route POST  of PetsView by PetsView @ PetsView',
    'route *  of LoginView by LoginView @ LoginView',
    'route PUT  of Inner by Inner.put @ put',
    'route GET  of Inner by Inner.get @ get',
    'route DELETE  of Inner by Inner.delete @ delete',
  ],
  'shop/views.py',
)

check(
  'near misses: other functions of the name, lists of something else, tests of views',
  `
from pathlib import path
from rest_framework.test import APITestCase
items = [path("a"), url("b")]
class UserViewTest(APITestCase):
    def get(self): ...
`,
  [],
)

check(
  'broken code',
  `
from django.urls import path, include
urlpatterns = [
    path(),
    path("a/"),
    path("b/", include()),
    path("c/", include(())),
    path("d/", View.as_view({),
    path(
`,
  [],
)
