-- People: their roles, how they come in (invitations, codes of devices), and the sessions that they leave open.

ALTER TABLE users ADD COLUMN role text NOT NULL DEFAULT 'user'
  CHECK (role IN ('admin', 'developer', 'user', 'read-only'));

CREATE TABLE sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  user_id uuid NOT NULL,
  -- What the one who logged in called the program or the computer.
  client text NOT NULL CHECK (length(client) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX sessions_user ON sessions (tenant_id, user_id);

-- Each is used once. One that comes a second time was stolen, or its successor was: the session ends.
CREATE TABLE refresh_tokens (
  digest text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
  tenant_id uuid NOT NULL,
  session_id uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (tenant_id, session_id);

CREATE TABLE invitations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
  email text NOT NULL CHECK (length(email) BETWEEN 3 AND 320),
  role text NOT NULL CHECK (role IN ('admin', 'developer', 'user', 'read-only')),
  digest text NOT NULL UNIQUE CHECK (digest ~ '^[0-9a-f]{64}$'),
  invited_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX invitations_tenant ON invitations (tenant_id, created_at);

-- A device that waits for somebody to approve it (RFC 8628). It is nobody's until then.
CREATE TABLE device_logins (
  digest text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
  user_code text NOT NULL UNIQUE,
  client text NOT NULL CHECK (length(client) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  polled_at timestamptz,
  denied_at timestamptz,
  tenant_id uuid,
  user_id uuid,
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);

-- What access tokens are signed with: of the endpoint, not of a tenant. The private half is sealed with the operator's secret.
CREATE TABLE signing_keys (
  kid text PRIMARY KEY,
  public_key jsonb NOT NULL,
  sealed_key text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE refresh_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE device_logins ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
ALTER TABLE refresh_tokens FORCE ROW LEVEL SECURITY;
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;
ALTER TABLE device_logins FORCE ROW LEVEL SECURITY;
ALTER TABLE signing_keys FORCE ROW LEVEL SECURITY;

CREATE POLICY own ON sessions TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY own ON refresh_tokens TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY own ON invitations TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY own ON device_logins TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY every ON sessions TO codeant_system USING (true);
CREATE POLICY every ON refresh_tokens TO codeant_system USING (true);
CREATE POLICY every ON invitations TO codeant_system USING (true);
CREATE POLICY every ON device_logins TO codeant_system USING (true);
CREATE POLICY every ON signing_keys TO codeant_system USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, refresh_tokens, invitations TO codeant_tenant, codeant_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON device_logins, signing_keys TO codeant_system;
GRANT SELECT ON device_logins TO codeant_tenant;
