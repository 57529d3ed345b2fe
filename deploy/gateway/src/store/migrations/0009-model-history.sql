-- How models did, by day and by weights: what becomes better or worse when weights are exchanged can be seen afterwards.

CREATE TABLE model_days (
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  day date NOT NULL,
  model text NOT NULL,
  engine text NOT NULL,
  -- Their digest; empty where the engine tells none.
  weights text NOT NULL,
  requests integer NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0,
  -- Answered out of memory, and not among the times.
  cached integer NOT NULL DEFAULT 0,
  row_count bigint NOT NULL DEFAULT 0,
  prompt_tokens bigint NOT NULL DEFAULT 0,
  completion_tokens bigint NOT NULL DEFAULT 0,
  -- How many answers took how long: by the bounds of `store/model-days.ts`.
  latency integer[] NOT NULL,
  PRIMARY KEY (tenant_id, day, model, engine, weights)
);
CREATE INDEX model_days_model ON model_days (tenant_id, model, day);

ALTER TABLE model_days ENABLE ROW LEVEL SECURITY;
ALTER TABLE model_days FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON model_days TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY every ON model_days TO codeant_system USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON model_days TO codeant_tenant, codeant_system;
