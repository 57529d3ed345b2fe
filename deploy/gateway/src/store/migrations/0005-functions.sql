-- Functions of a team's projects, to be found by what they do: a point each, and where it stands. The code only where the team wants it.

ALTER TABLE tenants ADD COLUMN keeps_code boolean NOT NULL DEFAULT false;
GRANT UPDATE (keeps_code) ON tenants TO codeant_tenant;

-- The same content is one point, in however many places it stands.
CREATE TABLE function_points (
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  -- Points of different encoders do not compare.
  encoder text NOT NULL CHECK (length(encoder) BETWEEN 1 AND 100),
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  -- Signed bytes. `store/point-search.ts` adds a column for pgvector, which follows from this one, where there is pgvector.
  embedding bytea NOT NULL CHECK (length(embedding) = 768),
  language text NOT NULL,
  code text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, encoder, digest)
);

CREATE TABLE function_places (
  tenant_id uuid NOT NULL,
  project text NOT NULL CHECK (length(project) BETWEEN 1 AND 200),
  path text NOT NULL CHECK (length(path) BETWEEN 1 AND 1000),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 500),
  line integer NOT NULL,
  end_line integer NOT NULL,
  encoder text NOT NULL,
  digest text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, project, path, name),
  FOREIGN KEY (tenant_id, encoder, digest) REFERENCES function_points (tenant_id, encoder, digest) ON DELETE CASCADE
);
CREATE INDEX function_places_point ON function_places (tenant_id, encoder, digest);

ALTER TABLE function_points ENABLE ROW LEVEL SECURITY;
ALTER TABLE function_places ENABLE ROW LEVEL SECURITY;
ALTER TABLE function_points FORCE ROW LEVEL SECURITY;
ALTER TABLE function_places FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON function_points TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY own ON function_places TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY every ON function_points TO codeant_system USING (true);
CREATE POLICY every ON function_places TO codeant_system USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON function_points, function_places TO codeant_tenant, codeant_system;
