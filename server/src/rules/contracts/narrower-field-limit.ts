/** A form refuses what the route that it is sent to would take: the limits of a field differ. */

import { at, beside, js, py, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import {
  type DifferingLimit,
  differingLimits,
  limitInEnglish,
  limitInSpanish,
} from '../support/field-limits.ts'

export default defineRule<DifferingLimit>({
  id: 'contracts/narrower-field-limit',
  severity: 'hint',
  languages: ['typescript', 'javascript'],
  concept: 'contracts',
  impact: { likelihood: 'low', cost: 'minutes' },

  check: {},
  relate: {
    limitTwin: (twin, relations) => differingLimits(twin, 'narrower', relations),
  },

  explain: {
    en: data => ({
      message: `\`${data.field}\` is accepted ${limitInEnglish(data, data.here)} here, though ${data.taken ? `\`${data.taken}\`` : 'the server'} takes it ${limitInEnglish(data, data.there)}`,
      why: 'Somebody who is refused here would have been let in there: either the limit was changed on one side only, or it is stricter on purpose.',
      remedy: `Accept \`${data.field}\` ${limitInEnglish(data, data.there)} here too, or let the server be as strict.`,
    }),
    es: data => ({
      message: `\`${data.field}\` se acepta aquí ${limitInSpanish(data, data.here)}, aunque ${data.taken ? `\`${data.taken}\`` : 'el servidor'} lo admite ${limitInSpanish(data, data.there)}`,
      why: 'Lo que se rechaza aquí se habría admitido allí: o el límite se cambió en un solo lado, o aquí es más estricto a propósito.',
      remedy: `Acepta \`${data.field}\` ${limitInSpanish(data, data.there)} también aquí, o haz que el servidor sea igual de estricto.`,
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel, Field
app = FastAPI()

class NewTeam(BaseModel):
    name: str = Field(min_length=2, max_length=40)
    seats: int = Field(gt=0, le=100)

@app.post("/api/teams")
def add(team: NewTeam): ...
`,
          ),
        ],
        at(
          'web/teams.ts',
          ts`
import axios from 'axios'
import { z } from 'zod'
const newTeam = z.object({ «name»: z.string().min(2).max(30), seats: z.number().int().min(1).max(100) })
export const add = (team: z.infer<typeof newTeam>) => axios.post('/api/teams', team)
`,
        ),
      ),
      beside(
        [
          at(
            'server/views.py',
            py`
from rest_framework import serializers
from rest_framework.decorators import api_view
from drf_spectacular.utils import extend_schema
from django.urls import path

class TeamSerializer(serializers.Serializer):
    name = serializers.CharField(min_length=2, max_length=40)
    seats = serializers.IntegerField(min_value=1, max_value=100)

@extend_schema(request=TeamSerializer)
@api_view(["POST"])
def add(request):
    team = TeamSerializer(data=request.data)

urlpatterns = [path("api/teams", add)]
`,
          ),
        ],
        at(
          'web/teams.ts',
          ts`
import axios from 'axios'
import { z } from 'zod'
const newTeam = z.object({ name: z.string().min(2).max(40), «seats»: z.coerce.number().min(1).max(10) })
export const add = (team: z.infer<typeof newTeam>) => axios.post('/api/teams', team)
`,
        ),
      ),
      // A form in a file that calls the route.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel, Field
app = FastAPI()

class NewTeam(BaseModel):
    name: str = Field(max_length=40)
    motto: str

@app.post("/api/teams")
def add(team: NewTeam): ...
`,
          ),
        ],
        at(
          'web/teams.js',
          js`
import axios from 'axios'
import { z } from 'zod'
const form = z.object({ «name»: z.string().max(30), motto: z.string(), agreed: z.boolean() })
export const save = values => axios.post('/api/teams', values)
`,
        ),
      ),
    ],
    valid: [
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel, Field
app = FastAPI()

class NewTeam(BaseModel):
    name: str = Field(min_length=2, max_length=40)
    seats: int = Field(gt=0, le=100)

@app.post("/api/teams")
def add(team: NewTeam): ...
`,
          ),
        ],
        at(
          'web/teams.ts',
          ts`
import axios from 'axios'
import { z } from 'zod'
const newTeam = z.object({ name: z.string().min(2).max(50), seats: z.number().int().positive().max(100) })
export const add = (team: z.infer<typeof newTeam>) => axios.post('/api/teams', team)
`,
        ),
      ),
      // Here alone it has to be there.
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel, Field
app = FastAPI()

class NewTeam(BaseModel):
    name: str = Field(max_length=40)
    motto: str

@app.post("/api/teams")
def add(team: NewTeam): ...
`,
          ),
        ],
        at(
          'web/teams.ts',
          ts`
import axios from 'axios'
import { z } from 'zod'
const newTeam = z.object({ name: z.string().min(1).max(40), motto: z.string().min(1).max(80) })
export const add = (team: z.infer<typeof newTeam>) => axios.post('/api/teams', team)
`,
        ),
      ),
      beside(
        [
          at(
            'server/main.py',
            py`
from fastapi import FastAPI
from pydantic import BaseModel, Field
app = FastAPI()

class NewTeam(BaseModel):
    name: str = Field(max_length=40)
    motto: str

@app.post("/api/teams")
def add(team: NewTeam): ...
`,
          ),
        ],
        at(
          'web/teams.js',
          js`
import axios from 'axios'
import { z } from 'zod'
const form = z.object({ name: z.string().max(60), motto: z.string() })
export const save = values => axios.post('/api/teams', values)
`,
        ),
      ),
    ],
  },
})
