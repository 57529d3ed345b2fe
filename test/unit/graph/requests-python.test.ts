// Calls of Python that ask a server for something.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractRequestsPython } from '../../../server/src/graph/extract/python/requests.ts'
import { rowsWithPlaces } from '../../support/facts.ts'

function check(what: string, text: string, expected: readonly string[], path = 'tool/client.py'): void {
  test(what, () => assert.deepEqual(rowsWithPlaces(extractRequestsPython, text, path), expected))
}

check(
  'functions of libraries',
  `
import requests, urllib.request
import httpx as web
from requests import post
from .config import BASE
API = "http://localhost:8000/api"
requests.get(f"{API}/users/{user.id}", timeout=3)
requests.request("delete", url=BASE + "/users/1")
web.put("%s/users/%s" % (API, name))
post("{}/pets".format(API))
urllib.request.urlopen(urllib.request.Request(API + "/x", method="PATCH"))
requests.get(url)
`,
  [
    'request GET http://localhost:8000/api/users/{id} @ f"{API}/users/{user.id}"',
    'request DELETE [.config:BASE]/users/1 @ BASE + "/users/1"',
    'request PUT http://localhost:8000/api/users/{name} @ "%s/users/%s" % (API, name)',
    'request POST http://localhost:8000/api/pets @ "{}/pets".format(API)',
    'request PATCH http://localhost:8000/api/x @ API + "/x"',
  ],
)

check(
  'clients with a base, at the top of a file, in an object and in a function',
  `
import aiohttp, httpx, requests
client = httpx.Client(base_url="https://shop.test/api/")
client.get("/users")
class Shop:
    def __init__(self, base_url):
        self.session = httpx.AsyncClient(base_url=base_url)
        self.plain = requests.Session()
        self.root = "/v1"
    async def pets(self):
        await self.session.post("/pets")
        self.plain.get(f"{self.root}/plain")
async def main():
    async with aiohttp.ClientSession("http://localhost/v2/") as session:
        async with session.get("owners") as response: ...
`,
  [
    'client client https://shop.test/api/ @ httpx.Client(base_url="https://shop.test/api/")',
    'client Shop.session {base_url} @ httpx.AsyncClient(base_url=base_url)',
    'request GET /users of client @ "/users"',
    'request POST /pets of Shop.session @ "/pets"',
    'request GET /v1/plain @ f"{self.root}/plain"',
    'request GET http://localhost/v2/owners @ "owners"',
  ],
)

check(
  'clients of tests: made, typed, and called so',
  `
from fastapi.testclient import TestClient
from rest_framework.test import APIClient
from app.main import app
from tests.utils import api_routes
client = TestClient(app)
def test_made():
    client.get("/users?limit=1")
def test_typed(http: TestClient, user_id):
    http.delete(f"/users/{user_id}")
def test_named(api_client, cache):
    api_client.patch(api_routes.user(1), json={})
    api_client.get("key")
    cache.get("/key")
def test_flask():
    with app.test_client() as flask_client:
        flask_client.open("/x", method="PUT")
class UserTests(TestCase):
    URL = "/api/users/"
    def test_all(self):
        self.client.get(self.URL)
        self.client.post(f"{self.URL}{self.user.id}/")
        self.client.get(reverse("users"))
`,
  [
    'request GET /users?limit=1 @ "/users?limit=1"',
    'request DELETE /users/<1> @ f"/users/{user_id}"',
    'request PATCH [tests.utils:api_routes.user] perhaps @ api_routes.user(1)',
    'request PUT /x perhaps @ "/x"',
    'request GET /api/users/ perhaps @ self.URL',
    'request POST /api/users/{id}/ perhaps @ f"{self.URL}{self.user.id}/"',
  ],
  'tests/test_users.py',
)

check(
  'functions that pass on a path, and those who call them',
  `
import requests
from shop.http import fetch
BASE = "http://localhost"
def send(method, path, body=None):
    return requests.request(method.upper(), BASE + path, json=body)
def read(path):
    return send("GET", path)
def user(id):
    return requests.get(f"{BASE}/users/{id}")
class Api:
    def __init__(self):
        self.http = requests.Session()
    def _get(self, endpoint):
        return self.http.get(f"{BASE}/v1/{endpoint}")
    def pets(self):
        return self._get("pets")
send("POST", "/users")
fetch("/shops", None)
`,
  [
    'request <0> http://localhost<1> @ BASE + path',
    'request GET http://localhost/users/<0> @ f"{BASE}/users/{id}"',
    'request GET http://localhost/v1/<0> @ f"{BASE}/v1/{endpoint}"',
    'wrapper send <0> http://localhost<1> @ BASE + path',
    'wrapper Api._get GET http://localhost/v1/<0> @ f"{BASE}/v1/{endpoint}"',
    'wrapper read GET <0> through send(GET, <0>) @ path',
    'forward send(GET, <0>) @ path',
    'forward Api._get(pets) @ "pets"',
    'forward send(POST, /users) @ "/users"',
    'forward shop.http:fetch(/shops, other) @ "/shops"',
  ],
  'shop/client.py',
)

check(
  'a method that is looked up by its name, and a helper that subclasses inherit',
  `
class ShopTest(BaseTest):
    def request(self, method, path):
        send = getattr(self.client, method.lower())
        return send(path)
    def test_users(self):
        self.request("get", "/users")
        self.make_request("get", "/pets")
`,
  [
    'wrapper ShopTest.request <0> <1> @ path',
    'forward ShopTest.request(get, /users) @ "/users"',
    'forward ShopTest.make_request(get, /pets) @ "/pets"',
  ],
  'tests/test_shop.py',
)

check(
  'near misses',
  `
import os, redis, requests
redis_client = redis.Redis()
redis_client.get("/key")
settings.get("path/of/setting")
response.headers.get("x/y")
os.path.join("/etc", "hosts")
open("/etc/hosts")
session.get(User, 1)
@app.get("/users")
def users(): ...
`,
  [],
)

check(
  'broken code',
  `
import requests
requests.get(
requests.request("GET")
requests.post(f"/a/{
def f(:
self.client.get(self.url)
`,
  [],
)
