-- Batches: jobs of many projects, and the queue that their parts wait in. The code lies here until it is analysed, and no longer.

CREATE TABLE batch_jobs (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  actor text NOT NULL,
  -- Of all that the result depends on: the same content is the same job.
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  locale text NOT NULL,
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  UNIQUE (tenant_id, id)
);
-- What failed or was cancelled may be sent again.
CREATE UNIQUE INDEX batch_jobs_content ON batch_jobs (tenant_id, digest)
  WHERE state NOT IN ('failed', 'cancelled');
CREATE INDEX batch_jobs_finished ON batch_jobs (finished_at);

CREATE TABLE batch_parts (
  tenant_id uuid NOT NULL,
  job_id uuid NOT NULL,
  number integer NOT NULL,
  name text NOT NULL,
  root text,
  state text NOT NULL DEFAULT 'waiting'
    CHECK (state IN ('waiting', 'running', 'done', 'dead', 'cancelled')),
  attempts integer NOT NULL DEFAULT 0,
  run_after timestamptz NOT NULL DEFAULT now(),
  -- Of the worker that has it: who comes with another one has lost it.
  lease uuid,
  leased_until timestamptz,
  input bytea,
  result text,
  files integer,
  findings integer,
  problem text,
  PRIMARY KEY (job_id, number),
  FOREIGN KEY (tenant_id, job_id) REFERENCES batch_jobs (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX batch_parts_open ON batch_parts (state, run_after) WHERE state IN ('waiting', 'running');

ALTER TABLE batch_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE batch_parts ENABLE ROW LEVEL SECURITY;
ALTER TABLE batch_jobs FORCE ROW LEVEL SECURITY;
ALTER TABLE batch_parts FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON batch_jobs TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY own ON batch_parts TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY every ON batch_jobs TO codeant_system USING (true);
CREATE POLICY every ON batch_parts TO codeant_system USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON batch_jobs, batch_parts TO codeant_tenant, codeant_system;
