/** A model or a schema declares a column that no migration makes. */

import { at, beside, py, rs, text, ts } from '../example.ts'
import { defineRule } from '../rule.ts'

type Data = { readonly column: string; readonly table: string }

export default defineRule<Data>({
  id: 'contracts/model-without-migration',
  severity: 'warning',
  languages: ['python', 'typescript', 'rust'],
  concept: 'contracts',
  impact: { likelihood: 'high', cost: 'hours' },

  check: {},
  relate: {
    *unmadeColumn({ column, table, at: place, made }) {
      yield { at: place, data: { column, table }, related: [made] }
    },
  },

  explain: {
    en: ({ column, table }) => ({
      message: `no migration gives \`${table}\` the column \`${column}\``,
      why: 'Where the database is made by the migrations the column is not there: the first query of this table fails, and with it most of the program.',
      remedy: 'Make the migration and check it in, or take the column out of the model.',
    }),
    es: ({ column, table }) => ({
      message: `ninguna migración da a \`${table}\` la columna \`${column}\``,
      why: 'Donde las migraciones crean la base de datos, la columna no existe: falla la primera consulta a esta tabla y, con ella, casi todo el programa.',
      remedy: 'Crea la migración y súbela al repositorio, o quita la columna del modelo.',
    }),
  },

  examples: {
    invalid: [
      beside(
        [
          at(
            'server/alembic/versions/1_users.py',
            py`
from alembic import op
import sqlalchemy as sa
revision = "1"
down_revision = None

def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer), sa.Column("name", sa.String))
`,
          ),
        ],
        at(
          'server/models.py',
          py`
from sqlalchemy import Column, Integer, String
from .base import Base

class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    «nick» = Column(String)
`,
        ),
      ),
      // Django calls tables after the application and the model.
      beside(
        [
          at(
            'shop/migrations/0001_initial.py',
            py`
from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[("id", models.AutoField()), ("buyer", models.ForeignKey(to="auth.User"))],
        ),
        migrations.AddField(model_name="order", name="total", field=models.IntegerField()),
    ]
`,
          ),
        ],
        at(
          'shop/models.py',
          py`
from django.db import models

class Order(models.Model):
    buyer = models.ForeignKey("auth.User", on_delete=models.CASCADE)
    total = models.IntegerField()
    «note» = models.TextField(blank=True)
`,
        ),
      ),
      beside(
        [at('drizzle/0000_users.sql', text`CREATE TABLE "users" ("id" serial, "name" text);`)],
        at(
          'server/schema.ts',
          ts`
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
export const users = pgTable(«'users'», { id: serial('id'), name: text('name'), nick: text('nick') })
`,
        ),
      ),
      beside(
        [at('migrations/2024-01-01_users/up.sql', text`CREATE TABLE users (id INT, name TEXT);`)],
        at(
          'src/schema.rs',
          rs`diesel::table! { «users» (id) { id -> Integer, name -> Text, nick -> Nullable<Text>, } }`,
        ),
      ),
    ],
    valid: [
      // A later migration adds it; a loop over names may do so, too.
      beside(
        [
          at(
            'server/alembic/versions/1_users.py',
            py`
from alembic import op
import sqlalchemy as sa
revision = "1"

def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer), sa.Column("name", sa.String))
`,
          ),
          at(
            'server/alembic/versions/2_more.py',
            py`
from alembic import op
import sqlalchemy as sa
revision = "2"
down_revision = "1"

def upgrade():
    op.add_column("users", sa.Column("nick", sa.String))
    for column in ["created", "changed"]:
        op.add_column("users", sa.Column(column, sa.DateTime))
`,
          ),
        ],
        at(
          'server/models.py',
          py`
from sqlalchemy import Column, DateTime, Integer, String
from .base import Base

class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    nick = Column(String)
    created = Column(DateTime)
`,
        ),
      ),
      // Migrations call a table with a name of its own after the model.
      beside(
        [
          at(
            'shop/migrations/0001_initial.py',
            py`
from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[("id", models.AutoField())],
            options={"db_table": "orders"},
        ),
        migrations.AddField(model_name="order", name="total", field=models.IntegerField()),
        migrations.RenameModel(old_name="Order", new_name="Purchase"),
        migrations.AddField(model_name="purchase", name="note", field=models.TextField()),
    ]
`,
          ),
        ],
        at(
          'shop/models.py',
          py`
from django.db import models

class Purchase(models.Model):
    total = models.IntegerField()
    note = models.TextField()

    class Meta:
        db_table = "orders"
`,
        ),
      ),
      // Nothing here says how the table is made.
      at(
        'server/models.py',
        py`
from sqlalchemy import Column, Integer
from .base import Base

class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
`,
      ),
      beside(
        [at('drizzle/0000_users.sql', text`CREATE TABLE "users" ("id" serial, "name" text);`)],
        at(
          'server/schema.ts',
          ts`
import { pgTable, serial, text } from 'drizzle-orm/pg-core'
export const users = pgTable('users', { id: serial('id'), name: text('name') })
`,
        ),
      ),
      beside(
        [at('migrations/2024-01-01_users/up.sql', text`CREATE TABLE users (id INT, name TEXT);`)],
        at('src/schema.rs', rs`diesel::table! { users (id) { id -> Integer, name -> Text, } }`),
      ),
    ],
  },
})
