/** A form lets through what the route that it is sent to refuses: the limits of a field differ. */

import { at, beside, js, py, rs, ts } from '../example.ts'
import { defineRule } from '../rule.ts'
import {
  type DifferingLimit,
  differingLimits,
  limitInEnglish,
  limitInSpanish,
} from '../support/field-limits.ts'

export default defineRule<DifferingLimit>({
  id: 'contracts/wider-field-limit',
  severity: 'warning',
  languages: ['typescript', 'javascript'],
  concept: 'contracts',
  impact: { likelihood: 'medium', cost: 'hours' },

  check: {},
  relate: {
    limitTwin: (twin, relations) => differingLimits(twin, 'wider', relations),
  },

  explain: {
    en: data => ({
      message: `\`${data.field}\` is accepted ${limitInEnglish(data, data.here)} here, and ${limitInEnglish(data, data.there)} ${data.taken ? `in \`${data.taken}\`` : 'on the server'}`,
      why: 'What lies between the two passes the check here and is refused by the server: the user gets an error that no field explains.',
      remedy: `Accept \`${data.field}\` ${limitInEnglish(data, data.there)} here too, or let the server take more.`,
    }),
    es: data => ({
      message: `\`${data.field}\` se acepta aquí ${limitInSpanish(data, data.here)}, y ${limitInSpanish(data, data.there)} ${data.taken ? `en \`${data.taken}\`` : 'en el servidor'}`,
      why: 'Lo que queda entre ambos límites pasa la comprobación de aquí y el servidor lo rechaza: el usuario recibe un error que ningún campo explica.',
      remedy: `Acepta \`${data.field}\` ${limitInSpanish(data, data.there)} también aquí, o deja que el servidor admita más.`,
    }),
  },

  examples: {
    invalid: [
      // A schema is what the call sends.
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
const newTeam = z.object({ «name»: z.string().min(2).max(50), seats: z.number().int().min(1).max(100) })
export const add = (team: z.infer<typeof newTeam>) => axios.post('/api/teams', team)
`,
        ),
      ),
      // A form in a file that names what the route takes.
      beside(
        [
          at(
            'server/main.py',
            py`
from typing import Annotated
from fastapi import FastAPI
from pydantic import BaseModel, StringConstraints
app = FastAPI()

class TeamCreate(BaseModel):
    name: Annotated[str, StringConstraints(min_length=3, max_length=40)]
    motto: str

@app.post("/api/teams")
def add(team: TeamCreate): ...
`,
          ),
        ],
        at(
          'web/new-team.tsx',
          ts`
import { type TeamCreate, TeamsService } from './client'
import { z } from 'zod'
const form = z.object({ «name»: z.string().min(1).max(40), motto: z.string() })
export const save = (team: TeamCreate) => TeamsService.add({ body: team })
`,
        ),
      ),
      beside(
        [
          at(
            'src/main.rs',
            rs`
use axum::{routing::post, Json, Router};
use serde::Deserialize;
use validator::Validate;

#[derive(Deserialize, Validate)]
struct NewTeam {
    #[validate(length(min = 2, max = 40))]
    name: String,
    #[validate(range(min = 1, max = 100))]
    seats: u32,
}

async fn add(Json(team): Json<NewTeam>) {}

fn app() -> Router {
    Router::new().route("/api/teams", post(add))
}
`,
          ),
        ],
        at(
          'web/teams.ts',
          ts`
import axios from 'axios'
class NewTeam {
  @Length(2, 40) name: string
  @Min(1) @Max(500) «seats»: number
}
export const add = (team: NewTeam) => axios.post('/api/teams', team)
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
const form = z.object({ «name»: z.string().max(60), motto: z.string(), agreed: z.boolean() })
export const save = values => axios.post('/api/teams', values)
`,
        ),
      ),
    ],
    valid: [
      // The same, and one that is narrower than it might be.
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
const newTeam = z.object({ name: z.string().min(2).max(30), seats: z.number().int().positive().max(100) })
export const add = (team: z.infer<typeof newTeam>) => axios.post('/api/teams', team)
`,
        ),
      ),
      // Only one side says anything.
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
    seats: int

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
const newTeam = z.object({ name: z.string(), seats: z.number().int().min(1) })
export const add = (team: z.infer<typeof newTeam>) => axios.post('/api/teams', team)
`,
        ),
      ),
      // A form of something else, in a file that calls the route too.
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
    seats: int

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
const report = z.object({ name: z.string().max(200), text: z.string().max(4000), mail: z.string().max(90) })
export const add = (name: string, seats: number) => axios.post('/api/teams', { name, seats })
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
const form = z.object({ name: z.string().max(30), motto: z.string() })
export const save = values => axios.post('/api/teams', values)
`,
        ),
      ),
    ],
  },
})
