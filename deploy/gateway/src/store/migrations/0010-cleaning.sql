-- What is over goes, and what is asked for often is found without reading a table: see store/cleaning.ts.

CREATE INDEX sessions_expired ON sessions (expires_at);
CREATE INDEX sessions_revoked ON sessions (revoked_at) WHERE revoked_at IS NOT NULL;
CREATE INDEX refresh_tokens_expired ON refresh_tokens (expires_at);
CREATE INDEX device_logins_expired ON device_logins (expires_at);
CREATE INDEX usage_day ON usage (day);
CREATE INDEX audit_at ON audit (at);
-- The newest jobs of a tenant.
CREATE INDEX batch_jobs_tenant ON batch_jobs (tenant_id, created_at);

-- What happened is still never changed, and what is younger than ninety days is never taken away, whatever a setting says.
GRANT DELETE ON audit TO codeant_system;
CREATE POLICY old_only ON audit AS RESTRICTIVE FOR DELETE TO codeant_system USING (at < now() - interval '90 days');
