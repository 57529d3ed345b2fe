-- A copy of the database is made under the role that sees all teams (deploy/operations/backup.mjs): the owner of the tables is held
-- by row-level security as well. It has to see which migrations were applied, too.
GRANT SELECT ON schema_migrations TO codeant_system;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO codeant_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO codeant_system;
