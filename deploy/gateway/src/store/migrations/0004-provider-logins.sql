-- Logins with the company's provider (OpenID Connect): who somebody is there, and logins that have begun and not ended.

-- Bound when somebody comes for the first time. Afterwards only the subject counts: an e-mail address may be given to somebody else.
CREATE TABLE provider_identities (
  issuer text NOT NULL CHECK (length(issuer) BETWEEN 1 AND 2000),
  subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_login_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (issuer, subject),
  UNIQUE (tenant_id, user_id, issuer),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);

-- Nobody's until the provider has answered. Each counts once, and in the browser that began it.
CREATE TABLE login_attempts (
  digest text PRIMARY KEY CHECK (digest ~ '^[0-9a-f]{64}$'),
  browser text NOT NULL CHECK (browser ~ '^[0-9a-f]{64}$'),
  -- What only this endpoint may know of it, sealed with the operator's secret.
  sealed text NOT NULL,
  -- Of the device that waits for it.
  user_code text,
  expires_at timestamptz NOT NULL
);
CREATE INDEX login_attempts_expired ON login_attempts (expires_at);

ALTER TABLE provider_identities ENABLE ROW LEVEL SECURITY;
ALTER TABLE login_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_identities FORCE ROW LEVEL SECURITY;
ALTER TABLE login_attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON provider_identities TO codeant_tenant USING (tenant_id = app_tenant());
CREATE POLICY every ON provider_identities TO codeant_system USING (true);
CREATE POLICY every ON login_attempts TO codeant_system USING (true);
-- A tenant lets go of whom somebody is at the provider; it never says who they are.
GRANT SELECT, DELETE ON provider_identities TO codeant_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON provider_identities, login_attempts TO codeant_system;
