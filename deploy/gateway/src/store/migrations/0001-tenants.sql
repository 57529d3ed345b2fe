-- Tenants and what belongs to them. Every table that holds rows of a tenant has row-level security from its first day on.

-- Roles belong to the whole server, not to this database: they may be there already.
DO $$
DECLARE
  own text;
BEGIN
  FOREACH own IN ARRAY ARRAY['codeant_tenant', 'codeant_system'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = own) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', own);
    END IF;
    -- Whether it may be taken on is tried: who made a role is a member of it from PostgreSQL 16 on, and may not take it on.
    BEGIN
      EXECUTE format('SET LOCAL ROLE %I', own);
      RESET ROLE;
    EXCEPTION WHEN insufficient_privilege THEN
      EXECUTE format('GRANT %I TO %I', own, current_user);
    END;
  END LOOP;
END
$$;

-- The tenant of this transaction; NULL, which equals nothing, when none was set.
CREATE FUNCTION app_tenant() RETURNS uuid LANGUAGE sql STABLE
  RETURN nullif(current_setting('app.tenant', true), '')::uuid;

CREATE TABLE tenants (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  email text NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
  name text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  disabled_at timestamptz,
  UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX users_email ON users (tenant_id, lower(email));

CREATE TABLE api_keys (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  user_id uuid,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  -- What finds the row; the rest of the key is known by its digest only.
  prefix text NOT NULL UNIQUE,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX api_keys_tenant ON api_keys (tenant_id, created_at);

-- One row for each day, key and kind of request: enough to bill and to notice, and nothing about what was asked.
CREATE TABLE usage (
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  day date NOT NULL,
  actor text NOT NULL,
  route text NOT NULL,
  requests integer NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0,
  -- Tokens of a language model, inputs of an encoder, files of an analysis.
  units bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, day, actor, route)
);

CREATE TABLE audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- No reference: what was done outlives the tenant it was done to.
  tenant_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  action text NOT NULL,
  target text NOT NULL DEFAULT '',
  details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_tenant ON audit (tenant_id, id);

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
-- The owner too: a query that forgot to say as whom it speaks sees nothing.
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE usage FORCE ROW LEVEL SECURITY;
ALTER TABLE audit FORCE ROW LEVEL SECURITY;

CREATE POLICY own ON tenants TO codeant_tenant USING (id = app_tenant());
CREATE POLICY own ON users TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY own ON api_keys TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY own ON usage TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY own ON audit TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY every ON tenants TO codeant_system USING (true);
CREATE POLICY every ON users TO codeant_system USING (true);
CREATE POLICY every ON api_keys TO codeant_system USING (true);
CREATE POLICY every ON usage TO codeant_system USING (true);
CREATE POLICY every ON audit TO codeant_system USING (true);

GRANT SELECT, UPDATE (name) ON tenants TO codeant_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON users, api_keys, usage TO codeant_tenant;
-- What happened is added to and never changed.
GRANT SELECT, INSERT ON audit TO codeant_tenant, codeant_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON tenants, users, api_keys, usage TO codeant_system;
