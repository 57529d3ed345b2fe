// Models, serializers and views of Python: what they are on the wire.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphOf } from '../../support/graph.ts'
import { handlerLines, shapeLines } from '../../support/resolved-data.ts'

function shapes(what: string, text: string, expected: readonly string[]): void {
  test(what, () =>
    assert.deepEqual(shapeLines(graphOf({ 'app/models.py': text }), 'app/models.py'), expected),
  )
}

function handlers(what: string, text: string, expected: readonly string[]): void {
  test(what, () => assert.deepEqual(handlerLines(graphOf({ 'app/views.py': text })), expected))
}

shapes(
  'Pydantic: types and what may be left out',
  `
from __future__ import annotations
import enum, uuid
from datetime import datetime
from typing import Annotated, Any, ClassVar, Generic, Literal, Optional, TypeVar, Union
from pydantic import BaseModel, ConfigDict, EmailStr, Field, RootModel, computed_field
T = TypeVar("T")
class Role(str, enum.Enum):
    admin = "admin"
    guest = "guest"
class User(BaseModel):
    """A user."""
    model_config = ConfigDict(extra="forbid")
    TABLE: ClassVar[str] = "users"
    _private: int = 1
    id: uuid.UUID
    age: int | None
    email: Optional[EmailStr] = None
    role: Role = Role.guest
    kind: Literal["a", "b", None]
    tags: list[str] = Field(default_factory=list)
    scores: dict[str, float] = {}
    needed: str = Field(..., max_length=3)
    named: Annotated[int, Field(alias="namedInt")] = 3
    taken: str = Field(validation_alias="takenHere", serialization_alias="givenHere")
    friends: list["User"] | None = None
    either: Union[int, str]
    anything: Any
    hidden: str = Field("", exclude=True)
    @computed_field
    @property
    def label(self) -> str: return ""
class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int
class Ids(RootModel[list[int]]): pass
class Open(BaseModel):
    a: int
    class Config:
        extra = "allow"
class Child(Open):
    def twice(self): return self.a * 2
`,
  [
    'Role: admin|guest',
    'User! { id: string, age=: integer | null, email=: string | null, role=: Role, kind=: a|b | null, tags=: [string], scores=: {*: number}, needed: string, namedInt=: integer, givenHere/takenHere: string, friends=: [User] | null, either: integer | string, anything: ?, <hidden=: string, >label=: string }',
    'Page { items: [?], total: integer }',
    'Ids: [integer]',
    'Open { a: integer, … }',
    'Child { a: integer, … }',
  ],
)

shapes(
  'dataclasses, typed dictionaries, names for types, and what is no data',
  `
from dataclasses import dataclass, field
from typing import TypedDict, Literal, Annotated, NotRequired
from sqlalchemy.orm import Mapped
from .db import Base
Color = Literal["red", "blue"]
@dataclass
class Point:
    x: int
    y: int = 0
    tags: list[str] = field(default_factory=list)
class Loose(TypedDict, total=False):
    a: str
class Tight(TypedDict):
    a: str
    b: NotRequired[int]
class Row(Base):
    id: Mapped[int]
class Service:
    name: str
`,
  [
    'Point { x: integer, y=: integer, tags=: [string] }',
    'Loose { a?: string }',
    'Tight { a: string, b?: integer }',
    'Color: red|blue',
  ],
)

shapes(
  'serializers',
  `
from rest_framework import serializers
from .models import User
class TagSerializer(serializers.Serializer):
    name = serializers.CharField()
    count = serializers.IntegerField(read_only=True)
class UserSerializer(serializers.ModelSerializer):
    tags = TagSerializer(many=True, required=False)
    role = serializers.ChoiceField(choices=[("a", "Admin"), ("g", "Guest")])
    label = serializers.SerializerMethodField()
    class Meta:
        model = User
        fields = ["id", "email", "password", "tags", "role", "label"]
        extra_kwargs = {"password": {"write_only": True}}
    def get_label(self, user) -> str: return ""
class AllSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = "__all__"
class MoreSerializer(UserSerializer):
    class Meta(UserSerializer.Meta):
        fields = UserSerializer.Meta.fields + ["more"]
class ChangedSerializer(serializers.Serializer):
    a = serializers.CharField()
    def to_representation(self, it): return {}
`,
  [
    'TagSerializer { name: string, >count=: integer }',
    'UserSerializer { tags=: [TagSerializer], role: a|g, >label=: string, >id=: ?, email=: ?, <password=: ? }',
    'AllSerializer { … }',
    'MoreSerializer { tags=: [TagSerializer], role: a|g, >label=: string, >id=: ?, email=: ?, <password=: ?, more=: ?, … }',
    'ChangedSerializer { a?: string, … }',
  ],
)

handlers(
  'FastAPI: each kind of parameter',
  `
from fastapi import Body, Cookie, Depends, FastAPI, File, Form, Header, Path, Query, Request, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
app = FastAPI()
class Item(BaseModel): name: str
@app.put("/items/{item_id}", response_model=list[Item], status_code=201)
async def put(item_id: int, item: Item, q: str | None = None, sort: Annotated[list[str], Query(alias="sortBy")] = [], x_token: str = Header(...), session: str = Cookie(None)): ...
@app.post("/two")
def two(a: Item, b: Item, c: int = Body()): ...
@app.post("/embedded")
def embedded(item: Item = Body(embed=True)) -> Item: ...
@app.post("/form")
def form(name: str = Form(), file: UploadFile = File()): ...
@app.post("/raw")
async def raw(request: Request): return await use(request)
@app.get("/stream", response_model_exclude_none=True)
def stream() -> StreamingResponse: ...
@app.get("/partly", response_model=Item, response_model_exclude_unset=True)
def partly(common: dict = Depends(lambda: {})): ...
@app.get("/written")
def written():
    if not found: raise HTTPException(404)
    result = {"id": 1, "tags": [{"name": it.name} for it in tags]}
    result["extra"] = 1
    return result
`,
  [
    'PUT /items/{item_id} put(path item_id: integer, query q?: string | null, query sortBy?: [string], header x-token: string, cookie session?: string, body Item) → [Item] 201',
    'POST /two two(body { a: Item, b: Item, c: integer }) 200',
    'POST /embedded embedded(body { item: Item }) → Item 200',
    'POST /form form(form name: string, form file: ?, body ?) 200',
    'POST /raw raw(body ?, …) 200',
    'GET /stream stream() 200',
    'GET /partly partly(body ?, …) → partly Item 200',
    'GET /written written() → { id: integer, tags: [{ name: ? }], extra?: ? } 200 404',
  ],
)

handlers(
  'Flask: what is read of the request',
  `
from flask import Flask, jsonify, request
app = Flask(__name__, static_folder=None)
api = Api(app)
@app.post("/users")
def add():
    data = request.get_json()
    name = data["name"]
    if "email" in data: mail = data["email"]
    page = request.args.get("page", 1, type=int)
    if not name: return jsonify(error="no name"), 400
    return jsonify({"id": 1, "name": name}), 201
@app.get("/users")
def users(): return jsonify([serialize_user(it) for it in all()])
def serialize_user(user):
    return {"id": user.id}
parser = reqparse.RequestParser()
parser.add_argument("size", type=int, required=True, location="args")
parser.add_argument("note", location="json")
class Users(Resource):
    def put(self, id): return {"done": request.json["done"]}
    def get(self, id): args = parser.parse_args()
api.add_resource(Users, "/many/<int:id>")
`,
  [
    'POST /users add(query page?: integer, body { name: ?, email?: ?, … }, …) → { id: integer, name: ? } 400 201',
    'GET /users users(body ?, …) → [serialize_user] 200',
    'PUT /many/{id} Users.put(body { done: ?, … }, …) → { done: ? } 200',
    'GET /many/{id} Users.get(query size: integer, body { note?: ?, … }, …)',
  ],
)

handlers(
  'Django: functions, view classes and viewsets',
  `
from django.http import JsonResponse
from django.urls import path
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.views import APIView
from .serializers import UserSerializer
def index(request):
    return JsonResponse({"page": request.GET.get("page")}, status=200)
class UserViewSet(viewsets.ModelViewSet):
    serializer_class = UserSerializer
    pagination_class = None
    @action(detail=True, methods=["post"])
    def rename(self, request, pk):
        name = request.data["name"]
        return Response(self.get_serializer(self.get_object()).data)
class Login(APIView):
    def post(self, request):
        serializer = UserSerializer(data=request.data)
        if not serializer.is_valid(): return Response(serializer.errors, status=400)
        return Response(serializer.data, status=status.HTTP_201_CREATED)
router = DefaultRouter()
router.register("users", UserViewSet)
urlpatterns = [path("", index), path("login", Login.as_view())] + router.urls
`,
  [
    '* / index(query page?: ?, body ?, …) → { page: ? } 200',
    'POST /login Login.post(body UserSerializer, …) → UserSerializer 400 201',
    'GET /users/ UserViewSet.list(body ?, …) → [UserSerializer] 200',
    'POST /users/ UserViewSet.create(body UserSerializer, …) → UserSerializer 201',
    'GET /users/{pk}/ UserViewSet.retrieve(body ?, …) → UserSerializer 200',
    'PUT /users/{pk}/ UserViewSet.update(body UserSerializer, …) → UserSerializer 200',
    'PATCH /users/{pk}/ UserViewSet.partial_update(body ?, …) → UserSerializer 200',
    'DELETE /users/{pk}/ UserViewSet.destroy(body ?, …) 204',
    'POST /users/{pk}/rename/ UserViewSet.rename(body { name: ?, … }, …) → UserSerializer 200',
  ],
)
