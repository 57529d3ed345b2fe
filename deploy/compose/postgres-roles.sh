#!/bin/sh
# Run once, by the image, in an empty database: the gateway's own user, who is no superuser and may make the two roles that keep teams
# apart, and pgvector, which only a superuser can add.
set -eu
psql --set=ON_ERROR_STOP=1 --username postgres --dbname "$POSTGRES_DB" --set=secret="$POSTGRES_GATEWAY_PASSWORD" <<'SQL'
CREATE ROLE gateway LOGIN CREATEROLE PASSWORD :'secret';
ALTER DATABASE codeant OWNER TO gateway;
ALTER SCHEMA public OWNER TO gateway;
CREATE EXTENSION IF NOT EXISTS vector;
SQL
